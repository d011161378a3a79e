"""Marks that say the same by shape, word and colour; numbers with small units; sparklines."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as esc
from typing import Literal

from amdash.charts.band import step_path, steps
from amdash.i18n import Translator, formats
from amdash.i18n.words import ASSURED, FLAGS, VARIATIONS
from amdash.insight.reading import Assurance, Reading
from amdash.insight.wording import lacks_cases, shared_target, verdict_words
from amdash.metrics.spec import Kpi

_DIAMOND = '<path d="M8 .6l7.4 7.4L8 15.4.6 8z" class="fill"/>'
_SHAPES = {
    # Circle, diamond, broken ring: the outline alone tells them apart, also in grey.
    "met": '<circle cx="8" cy="8" r="6.6" class="line"/><path d="M4.9 8.2l2.2 2.3 4-4.6" class="stroke"/>',
    "missed": f'{_DIAMOND}<path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" class="cut"/>',
    "few": '<circle cx="8" cy="8" r="6.4" class="line" stroke-dasharray="2.6 2.4"/><path d="M5.2 8h.01M8 8h.01M10.8 8h.01" class="dots"/>',
    "none": '<path d="M3 8h10" class="stroke thin"/>',
    "absent": '<path d="M3.5 12.5l9-9" class="stroke thin"/>',
    "improving": '<path d="M3 8l5-5 5 5M3 13l5-5 5 5" class="stroke"/>',
    "worsening": '<path d="M3 3l5 5 5-5M3 8l5 5 5-5" class="stroke"/>',
    "unknown": '<path d="M3 8h.01M8 8h.01M13 8h.01" class="dots"/>',
    "check": '<path d="M8 2l6.6 11.6H1.4z" class="line"/><path d="M8 6.4v3.4M8 12h.01" class="stroke thin"/>',
    "note": '<circle cx="8" cy="8" r="6.4" class="line"/><path d="M8 7.4v4M8 4.6h.01" class="stroke thin"/>',
    "clock": '<circle cx="8" cy="8" r="6.4" class="line"/><path d="M8 4.4V8l2.4 1.8" class="stroke thin"/>',
    # The fuller the disc, the more is there.
    "present": '<circle cx="8" cy="8" r="5.2" class="fill"/>',
    "partial": '<circle cx="8" cy="8" r="5.2" class="line"/><path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" class="fill"/>',
    "missing": '<circle cx="8" cy="8" r="5.2" class="line"/><path d="M4.4 11.6l7.2-7.2" class="stroke thin"/>',
    "not_expected": '<path d="M8 8h.01" class="dots"/>',
    # A small chart: what is ordinary as a block, the target dashed. The block lies on the good side, on the other, or across.
    "will_meet": '<rect x="1.5" y="1.5" width="13" height="6.6" rx="1.6" class="fill"/><path d="M1 13h14" class="aim"/>',
    "will_miss": '<path d="M1 3h14" class="aim"/><rect x="1.5" y="7.9" width="13" height="6.6" rx="1.6" class="fill"/>',
    "hit_or_miss": '<rect x="1.8" y="3.6" width="12.4" height="8.8" rx="1.6" class="line"/><path d="M0 8h16" class="aim"/>',
    "flag": '<path d="M4 15V1.8" class="stroke thin"/><path d="M4 2.2h9l-2.4 3.2 2.4 3.2H4z" class="fill"/>',
    "up": '<path d="M8 13V3.5M4 7.2L8 3l4 4.2" class="stroke thin"/>',
    "down": '<path d="M8 3v9.5M4 8.8L8 13l4-4.2" class="stroke thin"/>',
    "ordinary": '<path d="M1.5 9c1.6-3.4 3.8-3.4 6.5-.6s4.9 2.6 6.5-.8" class="stroke"/>',
}
# As charts draw a point: they have no room for what stands inside the shapes above.
_POINTS = {"met": '<path d="M8 2l6.6 11.6H1.4z" class="fill"/>', "missed": _DIAMOND}
_PAD = 2.5
# Signals of so many last periods are what is talked about.
_RECENT = 2


def icon(name: str) -> str:
    """A mark, hidden from screen readers: the word beside it or the label around it speaks."""
    return f'<svg class="i i-{name}" viewBox="0 0 16 16" aria-hidden="true">{_SHAPES[name]}</svg>'


def chart_point(kind: Literal["met", "missed"]) -> str:
    """The mark of a point that stands out in a chart beside this; hidden from screen readers as :func:`icon`."""
    return f'<svg class="i i-{kind}" viewBox="0 0 16 16" aria-hidden="true">{_POINTS[kind]}</svg>'


def number(value: float | None, unit: formats.Unit, _: Translator) -> str:
    """A figure with its unit set smaller."""
    digits, name = formats.figure(value, unit, _.language)
    return f'<span class="nu"><b class="num">{esc(digits)}</b><span class="unit">{esc(name)}</span></span>'


def aim(kpi: Kpi, target: float | None, _: Translator) -> str:
    """'≥ 95%', or 'no target' for None, as plain text."""
    return formats.target(target, kpi.unit, kpi.higher_is_better, _.language) or _("no target")


def shared_goal(kpi: Kpi, readings: Iterable[Reading], _: Translator) -> str:
    """The target of everybody's reading of a KPI, or that each has their own."""
    shared = shared_target(kpi, readings, _)
    return _("targets of their own") if shared is None else shared or _("no target")


def assured(reading: Reading) -> Assurance:
    """The assurance that is shown: none beside a figure on the other side of the target.

    Such a figure has left the limits that the assurance speaks of: they tell of the time before it changed.
    """
    contradicted = {"will_meet": "missed", "will_miss": "met"}.get(reading.assurance)
    return "unknown" if reading.value is None or (contradicted and contradicted == reading.leaning) else reading.assurance


def spoken(reading: Reading, kpi: Kpi, _: Translator) -> str:
    """What a screen reader says for a cell: who, what, value, target, verdict, variation, assurance."""
    parts = [
        reading.subject,
        f"{_(kpi.name)} {formats.written(reading.value, kpi.unit, _.language)}",
        _("target {target}", target=aim(kpi, reading.target, _)) if reading.target is not None else "",
        *status(reading, _),
    ]
    return _.clause.join(part for part in parts if part)


def status(reading: Reading, _: Translator) -> list[str]:
    """The words of a figure's marks: verdict, variation, and assurance where there is one."""
    if reading.value is None:
        return [verdict_words(reading, _)]
    lasting = assured(reading)
    return [verdict_words(reading, _), _(VARIATIONS[reading.variation]), *([_(ASSURED[lasting])] if lasting in ASSURED else [])]


def settling(reading: Reading, _: Translator) -> str:
    """Of an undecided figure: why it is, on which side of the target it leans, and what would settle it; '' else."""
    if reading.verdict != "few" or reading.leaning is None:
        return ""
    leans = _("leans towards met") if reading.leaning == "met" else _("leans towards missed")
    if not lacks_cases(reading.verdict, reading.kpi, reading.n) and reading.interval:
        leans = f"{_('too close to tell')}{_.clause}{leans}"
    more = getattr(reading.settling, reading.leaning) if reading.settling else None
    if not more:
        return leans
    if reading.leaning == "met":
        would = _.plural("met once the next case is good", "met once the next {n} cases are all good", more)
    else:
        would = _.plural("missed once the next case is bad", "missed once the next {n} cases are all bad", more)
    return f"{leans}{_.clause}{would}"


def signal(reading: Reading, _: Translator) -> str:
    """Why the newest point is called a signal; '' where it is none."""
    newest = reading.points[-1] if reading.points else None
    return _(FLAGS[newest.flag]) if newest and newest.flag and newest.value is not None else ""


def hover(reading: Reading, kpi: Kpi, _: Translator) -> str:
    """What the pointer shows over a cell, ready for an attribute: the spoken words, then why, and what would settle it, a line each."""
    return "&#10;".join(esc(part) for part in (spoken(reading, kpi, _), signal(reading, _), settling(reading, _)) if part)


def spark(reading: Reading, width: int = 120, height: int = 18, *, band: bool = False) -> str:
    """The points as a line with gaps, the target dashed, the last point and the signals marked, older ones smaller; ``band`` shows the limits."""
    values = [point.value for point in reading.points]
    known = [value for value in values if value is not None]
    if not known:
        return f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true"></svg>'
    heights = [*known, *([reading.target] if reading.target is not None else []), *(aim for *_ends, aim in reading.aims())]
    if band and reading.limits:
        heights += [reading.limits.lower, reading.limits.upper, *(height for _place, *both in reading.band() for height in both)]
    low, high = min(heights), max(heights)
    span = (high - low) or 1.0

    def across(place: float) -> float:
        return _PAD + place * (width - 2 * _PAD) / max(1, len(values) - 1)

    def up(value: float) -> float:
        return height - _PAD - (value - low) / span * (height - 2 * _PAD)

    places = [None if value is None else (across(place), up(value)) for place, value in enumerate(values)]
    parts = []
    if band and reading.band():
        parts.append(f'<path d="{step_path(reading.band(), lambda place: min(max(across(place), 0), width), up)}" class="band"/>')
    elif band and reading.limits:
        top, bottom = up(reading.limits.upper), up(reading.limits.lower)
        parts.append(f'<rect x="0" y="{top:.1f}" width="{width}" height="{max(1.0, bottom - top):.1f}" class="band"/>')
    if reading.aims():
        parts.append(f'<path d="{steps(reading.aims(), lambda place: min(max(across(place), 0), width), up)}" class="target"/>')
    elif reading.target is not None:
        parts.append(f'<path d="M0 {up(reading.target):.1f}H{width}" class="target"/>')
    parts.append(f'<path d="{run(places)}" class="run"/>')
    for place, point in enumerate(reading.points):
        if point.value is not None and (point.direction or place == len(values) - 1):
            kind = {"improvement": "up", "concern": "down"}.get(point.direction or "", "now")
            kind += "" if place >= len(values) - _RECENT else " past"
            parts.append(f'<path d="M{across(place):.1f} {up(point.value):.1f}h.01" class="{kind}"/>')
    return f'<svg class="spark" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'


def run(places: Iterable[tuple[float, float] | None]) -> str:
    """The line through points (across, down; in the units of the picture) as a path that lifts the pen over a gap; '' without any point."""
    path, pen_down = [], False
    for place in places:
        if place is not None:
            path.append(f"{'L' if pen_down else 'M'}{place[0]:.1f} {place[1]:.1f}")
        pen_down = place is not None
    return "".join(path)
