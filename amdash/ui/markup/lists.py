"""Sentences, tables, month strips and short lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc
from typing import Literal

from amdash.ui.markup.marks import icon

Tone = Literal["plain", "attention", "good", "dim"]
# The class of a tone.
TONES: dict[Tone, str] = {"plain": "", "attention": "no", "good": "ok", "dim": "dim"}


@dataclass(frozen=True)
class Text:
    """A value for a cell: ``code`` sets it as a cell address, ``tone`` colours it; ``verdict``: the name of a mark and its word, behind it."""

    value: str
    tone: Tone = "plain"
    code: bool = False
    verdict: tuple[str, str] | None = None


@dataclass(frozen=True)
class Slot:
    """A month in the strip of an import. ``action``: new, replaced or unchanged. ``counts``: rows new, changed and gone, a line each."""

    month: str
    action: str
    words: str
    rows: str
    counts: tuple[str, ...] = ()


def story(sentences: Iterable[tuple[str, Text | str]], *, even: bool = False) -> str:
    """Sentences side by side, each with its heading in bold; a sentence that is a Text with a tone colours its heading."""
    inside = "".join(
        f'<p><span class="lead {TONES[as_text(said).tone]}">{esc(lead)}</span>{esc(as_text(said).value)}</p>' for lead, said in sentences
    )
    return f'<div class="story{" even" if even else ""}">{inside}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[Text | str]], *, short: Collection[int] = (), flow: bool = False) -> str:
    """A plain table; the columns in ``short`` (by place) are never broken. On a phone every row becomes a block, or with ``flow`` a line or two."""
    heads = "".join(f'<th scope="col"{" class=short" if place in short else ""}>{esc(title)}</th>' for place, title in enumerate(head))
    body = "".join(
        f"<tr>{''.join(_td(title, value, place in short) for place, (title, value) in enumerate(zip(head, row, strict=True)))}</tr>" for row in rows
    )
    return f'<table class="plain{" flow" if flow else ""}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _td(title: str, value: Text | str, short: bool) -> str:
    inside = toned(value)
    return f'<td{" class=short" if short else ""} data-head="{esc(title)}">{inside}</td>' if inside else "<td></td>"


def slots(tables: Iterable[tuple[str, str, Sequence[Slot]]]) -> str:
    """(table, series, months) under one another: what an import would do to every month."""
    rows = "".join(f'<div class="tb">{esc(title)}<span class="sub">{esc(series)}</span></div>{strip(months)}' for title, series, months in tables)
    return f'<div class="slots">{rows}</div>'


def strip(months: Iterable[Slot]) -> str:
    """Months side by side: what an import would do to each."""
    marks = {"new": "＋", "replaced": "⇄"}
    cells = "".join(
        f'<li class="sl sl-{esc(slot.action)}"><span class="mo">{esc(slot.month)}</span>'
        f'<span class="wd">{_mark(marks.get(slot.action))}{esc(slot.words)}</span><span class="rows">{esc(slot.rows)}</span>{_counts(slot)}</li>'
        for slot in months
    )
    return f'<ol class="strip">{cells}</ol>'


def _counts(slot: Slot) -> str:
    return "".join(f'<span class="rows">{esc(one)}</span>' for one in slot.counts)


def todo(title: str, items: Iterable[tuple[Text | str, str]], empty: str, *, beside: tuple[str, str, str] | None = None) -> str:
    """A short list: a line and what stands below it; ``empty`` where there is nothing.

    ``beside`` the title: (words to press, what a click reports, what the pointer and a screen reader are told of them).
    """
    lines = "".join(f'<li><span class="line">{toned(line)}</span><span class="sub">{esc(below)}</span></li>' for line, below in items)
    return f'<h4>{esc(title)}{_pressed(*beside) if beside else ""}</h4><ul class="todo">{lines or f"""<li class="dim">{esc(empty)}</li>"""}</ul>'


def _pressed(words: str, go: str, told: str) -> str:
    said = esc(f"{words}: {told}")
    return f'<button type="button" class="press" data-go="{esc(go)}" title="{esc(told)}" aria-label="{said}">{esc(words)}</button>'


def side_by_side(parts: Sequence[str]) -> str:
    """Pieces of markup in columns."""
    return f'<div class="grid{len(parts)}">{"".join(f"<div>{part}</div>" for part in parts)}</div>'


def heading(text: str, sub: str = "", *, small: bool = False) -> str:
    """A small heading with something quieter behind it; ``small``: as large as text."""
    return f'<h3 class="hd{" small" if small else ""}">{esc(text)}<span class="sub">{esc(sub)}</span></h3>'


def as_text(value: Text | str) -> Text:
    """A plain text for words alone."""
    return Text(value) if isinstance(value, str) else value


def toned(value: Text | str) -> str:
    """A value escaped, in its tone; '' for no words in a plain tone."""
    value = as_text(value)
    inside = f"<code>{esc(value.value)}</code>" if value.code and value.value else esc(value.value)
    if value.verdict:
        mark, word = value.verdict
        inside += f' <span class="w w-{esc(mark)}">{icon(mark)}{esc(word)}</span>'
    return f'<span class="{TONES[value.tone]}">{inside}</span>' if value.tone != "plain" else inside


def _mark(sign: str | None) -> str:
    return f'<i aria-hidden="true">{sign}</i>' if sign else ""
