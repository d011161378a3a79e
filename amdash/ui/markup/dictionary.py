"""The dictionary's markup: an index to choose from, an entry as terms and what they mean, marks with their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.ui.markup.marks import icon


@dataclass(frozen=True)
class Choice:
    """A line of the index. ``go``: what a click reports."""

    go: str
    name: str


@dataclass(frozen=True)
class Explained:
    """A word with what it means; ``mark``: the icon drawn before it, '' for none."""

    mark: str
    word: str
    meaning: str


def index(groups: Iterable[tuple[str, Sequence[Choice]]], chosen: str, label: str) -> str:
    """Headings with lines to choose from, in columns; the chosen one is marked. Groups without lines are left out."""
    inside = "".join(
        f'<section><h4>{esc(title)}</h4><ul role="list">{"".join(_line(one, chosen) for one in lines)}</ul></section>'
        for title, lines in groups
        if lines
    )
    return f'<nav class="ix" aria-label="{esc(label)}">{inside}</nav>'


def _line(one: Choice, chosen: str) -> str:
    current = ' aria-current="true"' if one.go == chosen else ""
    return f'<li><button type="button" data-go="{esc(one.go)}"{current}>{esc(one.name)}</button></li>'


def entry(title: str, sub: str, said: str, terms: Iterable[tuple[str, str | Sequence[str]]]) -> str:
    """A heading, a sentence, and terms with what stands for each: a text, or several lines."""
    lines = "".join(f"<dt>{esc(term)}</dt><dd>{''.join(f'<p>{esc(line)}</p>' for line in _lines(value))}</dd>" for term, value in terms if value)
    return f'<h3 class="hd">{esc(title)}<span class="sub">{esc(sub)}</span></h3><p class="say">{esc(said)}</p><dl class="df">{lines}</dl>'


def _lines(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def words(title: str, said: str, explained: Iterable[Explained], note: str = "") -> str:
    """A heading, a sentence, and words with their marks and meanings; ``note`` stands below."""
    rows = "".join(
        f'<dt class="mk">{icon(one.mark) if one.mark else ""}<span>{esc(one.word)}</span></dt><dd><p>{esc(one.meaning)}</p></dd>' for one in explained
    )
    below = f'<p class="sub below">{esc(note)}</p>' if note else ""
    return f'<h3 class="hd">{esc(title)}</h3><p class="say">{esc(said)}</p><dl class="df">{rows}</dl>{below}'
