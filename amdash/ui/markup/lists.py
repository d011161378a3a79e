"""Sentences, tables, month strips and short lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc
from typing import Literal

Tone = Literal["plain", "attention", "good", "dim"]
_TONES = {"plain": "", "attention": "no", "good": "ok", "dim": "dim"}


@dataclass(frozen=True)
class Text:
    """A value for a cell: ``code`` sets it as a cell address, ``tone`` colours it."""

    value: str
    tone: Tone = "plain"
    code: bool = False


@dataclass(frozen=True)
class Slot:
    """A month in the strip of an import. ``action``: new, replaced, unchanged or empty."""

    month: str
    action: str
    words: str
    rows: str


def story(sentences: Iterable[tuple[str, str]], *, even: bool = False) -> str:
    """Sentences side by side, each with its heading in bold."""
    inside = "".join(f'<p><span class="lead">{esc(lead)}</span>{esc(sentence)}</p>' for lead, sentence in sentences)
    return f'<div class="story{" even" if even else ""}">{inside}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[Text | str]]) -> str:
    """A plain table."""
    heads = "".join(f'<th scope="col">{esc(title)}</th>' for title in head)
    body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows)
    return f'<table class="plain"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def strip(slots: Iterable[Slot]) -> str:
    """Months side by side: what an import would do to each."""
    marks = {"new": "＋", "replaced": "⇄"}
    cells = "".join(
        f'<li class="sl sl-{esc(slot.action)}"><span class="mo">{esc(slot.month)}</span>'
        f'<span class="wd">{_mark(marks.get(slot.action))}{esc(slot.words)}</span><span class="rows">{esc(slot.rows)}</span></li>'
        for slot in slots
    )
    return f'<ol class="strip">{cells}</ol>'


def todo(title: str, items: Iterable[tuple[str, str]], empty: str) -> str:
    """A short list: a line and what stands below it; ``empty`` where there is nothing."""
    lines = "".join(f'<li>{esc(line)}<span class="sub">{esc(below)}</span></li>' for line, below in items)
    return f'<h4>{esc(title)}</h4><ul class="todo">{lines or f"""<li class="dim">{esc(empty)}</li>"""}</ul>'


def side_by_side(parts: Sequence[str]) -> str:
    """Pieces of markup in columns."""
    return f'<div class="grid{len(parts)}">{"".join(f"<div>{part}</div>" for part in parts)}</div>'


def heading(text: str, sub: str = "") -> str:
    """A small heading with something quieter behind it."""
    return f'<h3 class="hd">{esc(text)}<span class="sub">{esc(sub)}</span></h3>'


def _cell(value: Text | str) -> str:
    if isinstance(value, str):
        return esc(value)
    inside = f"<code>{esc(value.value)}</code>" if value.code and value.value else esc(value.value)
    return f'<span class="{_TONES[value.tone]}">{inside}</span>' if value.tone != "plain" else inside


def _mark(sign: str | None) -> str:
    return f'<i aria-hidden="true">{sign}</i>' if sign else ""
