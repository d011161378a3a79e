"""Where somebody is strong and where weak: the figures that stand out, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from amdash.i18n import Translator, formats
from amdash.insight.reading import Reading
from amdash.metrics.score import is_met
from amdash.metrics.spec import Kpi

# The most urgent first. reliable: every point reached the target of its time.
Kind = Literal["worsening", "missed", "improving", "reliable"]
_KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class StandingOut:
    """A figure that stands out. ``words``: its value and why, '92.9%, clearly improving'. ``is_weak``: something is to be done about it."""

    kpi: Kpi
    kind: Kind
    words: str
    is_weak: bool


def is_weak(reading: Reading) -> bool:
    """Whether a figure asks for a plan: the target is missed, or it has worsened beyond ordinary variation."""
    return reading.verdict == "missed" or reading.variation == "worsening"


def standing_out(readings: Iterable[tuple[Kpi, Reading]], _: Translator) -> list[StandingOut]:
    """The figures of one person that stand out, the weak ones first; of one kind in the order given. Empty: nothing does.

    What is worsening is weak also where its target is still met; what is missed is weak also where it is improving.
    """
    found = [StandingOut(kpi, kind, _words(kpi, reading, kind, _), is_weak(reading)) for kpi, reading in readings if (kind := _kind(kpi, reading))]
    return sorted(found, key=lambda one: _KINDS.index(one.kind))


def _kind(kpi: Kpi, reading: Reading) -> Kind | None:
    if reading.variation == "worsening":
        return "worsening"
    if reading.verdict == "missed":
        return "missed"
    if reading.variation == "improving":
        return "improving"
    if reading.verdict == "met" and all(point.value is not None and is_met(point.value, kpi.aimed(point.target)) for point in reading.points):
        return "reliable"
    return None


def _words(kpi: Kpi, reading: Reading, kind: Kind, _: Translator) -> str:
    value = formats.written(reading.value, kpi.unit, _.language)
    if kind == "worsening":
        return _("{value}, clearly worsening", value=value)
    if kind == "missed":
        return _("{value}, target not met", value=value)
    if kind == "improving":
        return _("{value}, clearly improving", value=value)
    n = len(reading.points)
    return _.plural("{value}, met in {n} period running", "{value}, met in {n} periods running", n, value=value)
