"""A table whose rows can be acted on: a value with something quieter below it, and words to press."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.ui.markup.lists import TONES, Tone


@dataclass(frozen=True)
class Act:
    """Words to press that report ``go``; ``said``: what a screen reader says instead, so that one row's is not another's."""

    words: str
    go: str
    said: str = ""


@dataclass(frozen=True)
class Cell:
    """A value, something quieter ``below`` it, and what can be done with it."""

    value: str = ""
    below: str = ""
    tone: Tone = "plain"
    acts: tuple[Act, ...] = ()


def acting_table(head: Sequence[str], rows: Iterable[Sequence[Cell | str]], *, short: Collection[int] = (), quiet: Collection[int] = ()) -> str:
    """The columns in ``short`` (by place) are never broken. On a phone every row becomes a block, in which those in ``quiet`` need no heading."""
    heads = "".join(f'<th scope="col"{_short(place in short)}>{esc(title)}</th>' for place, title in enumerate(head))
    titles = ["" if place in quiet else title for place, title in enumerate(head)]
    body = "".join(f"<tr>{''.join(_td(titles[place], _cell(value), place in short) for place, value in enumerate(row))}</tr>" for row in rows)
    return f'<table class="plain acts"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _td(title: str, cell: Cell, short: bool) -> str:
    value = f'<span class="{TONES[cell.tone]}">{esc(cell.value)}</span>' if cell.value else ""
    below = f'<span class="sub">{esc(cell.below)}</span>' if cell.below else ""
    acts = "".join(
        f'<button type="button" class="press" data-go="{esc(act.go)}" aria-label="{esc(act.said or act.words)}">{esc(act.words)}</button>'
        for act in cell.acts
    )
    if not value + below + acts:
        return "<td></td>"
    head = f' data-head="{esc(title)}"' if title and value else ""
    return f"<td{_short(short)}{head}>{value}{below}{acts}</td>"


def _cell(value: Cell | str) -> Cell:
    return Cell(value) if isinstance(value, str) else value


def _short(short: bool) -> str:
    return " class=nowrap" if short else ""
