"""Which months of which tables are there: a disc that is full, half full, empty or a dot; the words for screen readers and the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc
from typing import Literal

from amdash.ui.markup.marks import icon

State = Literal["present", "partial", "missing", "not_expected"]


@dataclass(frozen=True)
class Cell:
    """A month of a table: its state, and all that is to be said of it."""

    state: State
    words: str


def coverage(label: str, corner: str, months: Sequence[str], rows: Iterable[tuple[str, Sequence[Cell]]], words: Iterable[tuple[State, str]]) -> str:
    """The matrix, tables by months, and what its signs mean. ``corner``: the heading of the tables' names."""
    heads = "".join(f'<th scope="col">{esc(month)}</th>' for month in months)
    body = "".join(f'<tr><th scope="row">{esc(title)}</th>{"".join(_cell(cell) for cell in cells)}</tr>' for title, cells in rows)
    signs = "".join(f'<span class="li">{icon(state)}{esc(said)}</span>' for state, said in words)
    return (
        f'<table class="cov" aria-label="{esc(label)}"><thead><tr><th scope="col">{esc(corner)}</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f'<div class="legend">{signs}</div>'
    )


def _cell(cell: Cell) -> str:
    return f'<td title="{esc(cell.words)}">{icon(cell.state)}<span class="sr">{esc(cell.words)}</span></td>'


def gaps(items: Iterable[tuple[State, str, str, str]]) -> str:
    """What is missing or there in part: (state, its word, which table and month, why)."""
    lines = "".join(
        f'<li><span class="sv">{icon(state)}{esc(word)}</span><div><p><b>{esc(what)}</b> {esc(why)}</p></div></li>'
        for state, word, what, why in items
    )
    return f'<ul class="faults">{lines}</ul>'
