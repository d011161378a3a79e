"""What is wrong in a sheet: the same fault once, with its cells; how grave it is by shape, word and colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc
from typing import Literal

from amdash.ui.markup.marks import icon

Severity = Literal["error", "warning", "info"]
_SHAPES: dict[Severity, str] = {"error": "missed", "warning": "check", "info": "note"}


@dataclass(frozen=True)
class Fault:
    """One line: ``severity`` and the ``word`` for it, the ``reason`` with its remedy, and the cells as (address, what stands there).

    ``count`` and ``every`` are the words for how many there are and for the way to see all.
    """

    severity: Severity
    word: str
    reason: str
    cells: Sequence[tuple[str, str]] = ()
    count: str = ""
    every: str = ""


def faults(items: Iterable[Fault], named: int) -> str:
    """The list; of each fault the first ``named`` cells, the others folded away."""
    return f'<ul class="faults">{"".join(_fault(item, named) for item in items)}</ul>'


def _fault(item: Fault, named: int) -> str:
    first, rest = item.cells[:named], item.cells[named:]
    more = f"<details><summary>{esc(item.every)}</summary><p>{_cells(rest)}</p></details>" if rest else ""
    count = f'<span class="sub">{esc(item.count)}</span>' if item.count else ""
    places = f'<p class="cells">{_cells(first)}</p>' if first else ""
    return (
        f'<li class="f-{item.severity}"><span class="sv">{icon(_SHAPES[item.severity])}{esc(item.word)}{count}</span>'
        f"<div><p>{esc(item.reason)}</p>{places}{more}</div></li>"
    )


def _cells(cells: Iterable[tuple[str, str]]) -> str:
    return " ".join(f'<span class="ce"><code>{esc(address)}</code>{f" {esc(value)}" if value else ""}</span>' for address, value in cells)
