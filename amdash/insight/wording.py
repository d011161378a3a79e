"""How a reading is put into words, the same on pages and in reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amdash.i18n import Translator, formats
from amdash.i18n.words import TOO_FEW, VERDICTS
from amdash.insight.reading import Reading
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi


def lacks_cases(verdict: str, kpi: str, n: int) -> bool:
    """Whether a figure is undecided for want of cases, and not because it is too close to its target."""
    known = catalogue.KPIS.get(kpi)
    return verdict == "few" and known is not None and n < known.min_sample


def is_waived(reading: Reading) -> bool:
    """Whether there is a target that is not applied: the figure is so near the top that no percentage can be asked for, or came from nothing."""
    return reading.verdict == "none" and reading.target is not None and reading.value is not None


def verdict_name(reading: Reading, _: Translator) -> str:
    """The verdict in a word or two, without a number: for cells that are sorted and coloured by it."""
    if is_waived(reading):
        # So near the top that no percentage can be asked for, or from nothing.
        return _("target not applied")
    return named(reading.verdict, reading.kpi, reading.n, _)


def named(verdict: str, kpi: str, n: int, _: Translator) -> str:
    """The same of a verdict on a figure of a KPI with so many cases."""
    return _(TOO_FEW if lacks_cases(verdict, kpi, n) else VERDICTS[verdict])


def verdict_words(reading: Reading, _: Translator) -> str:
    """The verdict in words, with the number of cases where they are too few."""
    words = verdict_name(reading, _)
    return f"{words} · {reading.n}" if reading.n and lacks_cases(reading.verdict, reading.kpi, reading.n) else words


def shared_target(kpi: Kpi, readings: Iterable[Reading], _: Translator) -> str | None:
    """'≥ 95%': the target of everybody's reading of a KPI, without any reading its own; '' where there is none, None where they differ."""
    aims = {reading.target for reading in readings if reading.kpi == kpi.id} or {kpi.target}
    return (formats.target(aims.pop(), kpi.unit, kpi.higher_is_better, _.language) or "") if len(aims) == 1 else None


def missing_sheets(missing: Sequence[tuple[str, str]], _: Translator) -> str:
    """Which sheets, as (title, month), a period lacks, and what follows from it; '' where it lacks none."""
    named = _.comma.join(_("{text} ({who})", text=title, who=formats.month(month, _.language)) for title, month in missing)
    return _("{missing}: no data, so these KPIs cannot be said.", missing=named) if missing else ""
