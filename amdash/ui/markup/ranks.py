"""Ranks in groups of those who cannot be told apart, with the ranks that each may hold as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as esc
from typing import Literal

from amdash.ui.markup.marks import chart_point

Side = Literal["better", "worse"]


@dataclass(frozen=True)
class RankLine:
    """One manager: ``go`` is reported on a click. ``best``, ``worst``: the ranks that may be held, None for who is not ranked.

    ``side``: beyond the limits, said in ``words``; ``words`` also say why somebody is not ranked.
    """

    name: str
    go: str
    figure: str
    cases: str
    best: int | None
    worst: int | None
    words: str = ""
    side: Side | None = None


def ranks(groups: Sequence[tuple[str, str, Sequence[RankLine]]], ranked: int) -> str:
    """(ranks, what is said of them, the managers) of each group. ``ranked``: how many ranks there are."""
    sections = "".join(
        f'<section class="rk"><div class="rl"><b>{esc(label)}</b><span class="sub">{esc(said)}</span></div>'
        f'<ul role="list">{"".join(_line(one, ranked) for one in lines)}</ul></section>'
        for label, said, lines in groups
    )
    return f'<div class="ranks">{sections}</div>'


def _line(one: RankLine, ranked: int) -> str:
    shape = chart_point("met" if one.side == "better" else "missed") if one.side else ""
    tone = {"better": "ok", "worse": "no", None: "dim"}[one.side]
    words = f'<span class="rw {tone}">{shape}{esc(one.words)}</span>' if one.words else ""
    return (
        f'<li><button type="button" data-go="{esc(one.go)}"><span class="rn">{esc(one.name)}{words}</span>'
        f'<span class="rf">{esc(one.figure)}<span class="sub">{esc(one.cases)}</span></span>{_bar(one, ranked)}</button></li>'
    )


def _bar(one: RankLine, ranked: int) -> str:
    """From the best to the worst rank that may be held, on a line of all ranks."""
    if one.best is None or one.worst is None or ranked < 2:
        return '<span class="rb"></span>'
    left, width = 100 * (one.best - 1) / ranked, 100 * (one.worst - one.best + 1) / ranked
    return (
        f'<span class="rb"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><path d="M0 4H100" class="track"/>'
        f'<rect x="{left:.1f}" y="1" width="{width:.1f}" height="6" class="span{f" {one.side}" if one.side else ""}"/></svg></span>'
    )
