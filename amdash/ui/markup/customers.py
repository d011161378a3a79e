"""Customers in markup: the tiles of a base or a file, tables whose heads sort and whose names open a file, and the timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.ui.markup.lists import Text, as_text, toned


@dataclass(frozen=True)
class Tile:
    """A figure under its name with quieter lines below; ``go``: what a click reports, '' for no button. ``unit`` stands small behind the figure."""

    name: str
    digits: str
    unit: str = ""
    below: tuple[str, ...] = ()
    go: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Head:
    """A column: ``go``: what a click on its head reports, '' where it cannot be sorted by; ``sorts``: '', 'ascending' or 'descending'.

    ``right``: figures, ``short``: never broken, ``wide``: left out on a phone.
    """

    title: str
    go: str = ""
    sorts: str = ""
    right: bool = False
    short: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of a timeline: when, what kind, what (with ``quiet`` beside it), how much, where from; ``go`` and ``act``: a quiet button."""

    when: str
    kind: str
    said: Text | str
    quiet: str = ""
    right: str = ""
    source: str = ""
    go: str = ""
    act: str = ""


def tiles(items: Iterable[Tile]) -> str:
    """Figures side by side between hairlines."""
    return f'<ul class="tiles" role="list">{"".join(_tile(item) for item in items)}</ul>'


def _tile(item: Tile) -> str:
    below = "".join(f'<span class="sub">{esc(line)}</span>' for line in item.below if line)
    inside = (
        f'<span class="tn">{esc(item.name)}</span><span class="nu"><b class="num">{esc(item.digits)}</b>'
        f'<span class="unit">{esc(item.unit)}</span></span>{below}'
    )
    if not item.go:
        return f"<li><div>{inside}</div></li>"
    pressed = "true" if item.chosen else "false"
    return f'<li><button type="button" data-go="{esc(item.go)}" aria-pressed="{pressed}">{inside}</button></li>'


def ledger(heads: Sequence[Head], rows: Iterable[tuple[str, Sequence[Text | str]]]) -> str:
    """A table of customers: (what a click on the name reports, cells). On a phone a row is the name and a line below it."""
    head = "".join(_head(one) for one in heads)
    body = "".join(_row(go, cells, heads) for go, cells in rows)
    return f'<table class="plain led"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def rates(heads: Sequence[Head], rows: Iterable[Sequence[str]]) -> str:
    """A small table of short words and figures, which stays one however narrow its place is."""
    head = "".join(_head(one) for one in heads)
    body = "".join(f"<tr>{''.join(f'<td{_classes(one)}>{esc(cell)}</td>' for one, cell in zip(heads, row, strict=True))}</tr>" for row in rows)
    return f'<table class="few"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _head(one: Head) -> str:
    sorts = f' aria-sort="{esc(one.sorts)}"' if one.sorts else ""
    mark = {"ascending": " ↑", "descending": " ↓"}.get(one.sorts, "")
    inside = f'<button type="button" data-go="{esc(one.go)}">{esc(one.title)}{mark}</button>' if one.go else esc(one.title)
    return f'<th scope="col"{_classes(one)}{sorts}>{inside}</th>'


def _row(go: str, cells: Sequence[Text | str], heads: Sequence[Head]) -> str:
    first, *others = cells
    name = f'<td><button type="button" class="lk" data-go="{esc(go)}">{toned(first)}</button></td>'
    rest = "".join(
        f'<td{_classes(head)} data-head="{esc(head.title)}">{toned(cell)}</td>' if as_text(cell).value else "<td></td>"
        for head, cell in zip(heads[1:], others, strict=True)
    )
    return f"<tr>{name}{rest}</tr>"


def _classes(one: Head) -> str:
    names = [name for name, holds in (("r", one.right), ("short", one.short), ("wide", one.wide)) if holds]
    return f' class="{" ".join(names)}"' if names else ""


def opening(title: str, items: Iterable[tuple[str, str, Text | str, str]], empty: str) -> str:
    """A short list whose lines open a file: (what a click reports, line, what stands below, what stands at the right)."""
    lines = "".join(
        f'<li><button type="button" data-go="{esc(go)}"><span class="line">{esc(line)}</span><span class="rt">{esc(right)}</span>'
        f'<span class="sub">{toned(below)}</span></button></li>'
        for go, line, below, right in items
    )
    return f'<h4>{esc(title)}</h4><ul class="todo open">{lines or f"""<li class="dim">{esc(empty)}</li>"""}</ul>'


def timeline(entries: Iterable[Entry]) -> str:
    """What happened, the newest first."""
    return f'<ol class="tl">{"".join(_entry(one) for one in entries)}</ol>'


def _entry(one: Entry) -> str:
    quiet = f'<span class="sub">{esc(one.quiet)}</span>' if one.quiet else ""
    source = f'<span class="src">{esc(one.source)}</span>' if one.source else ""
    act = f'<button type="button" class="act" data-go="{esc(one.go)}">{esc(one.act)}</button>' if one.go else ""
    return (
        f'<li><span class="wh">{esc(one.when)}</span><span class="kd">{esc(one.kind)}</span>'
        f'<span class="sd">{toned(one.said)}{quiet}{source}{act}</span><span class="rt">{esc(one.right)}</span></li>'
    )


def facts(pairs: Iterable[tuple[str, Text | str]]) -> str:
    """Names, each with what is to be said of it."""
    return f'<dl class="fx">{"".join(f"<div><dt>{esc(name)}</dt><dd>{toned(value)}</dd></div>" for name, value in pairs)}</dl>'


def badges(words: Collection[str]) -> str:
    """Words as quiet labels."""
    return f'<p class="bdgs">{"".join(f"""<span class="bdg">{esc(one)}</span>""" for one in words)}</p>' if words else ""
