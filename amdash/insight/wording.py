"""How a reading is put into words, the same on pages and in reports."""

from __future__ import annotations

from amdash.i18n import Translator
from amdash.i18n.words import TOO_FEW, VERDICTS
from amdash.insight.reading import Reading
from amdash.metrics import catalogue


def lacks_cases(verdict: str, kpi: str, n: int) -> bool:
    """Whether a figure is undecided for want of cases, and not because it is too close to its target."""
    known = catalogue.KPIS.get(kpi)
    return verdict == "few" and known is not None and n < known.min_sample


def is_waived(reading: Reading) -> bool:
    """Whether there is a target that is not applied: the figure is so near the top that no percentage can be asked for, or came from nothing."""
    return reading.verdict == "none" and reading.target is not None and reading.value is not None


def verdict_name(reading: Reading, _: Translator) -> str:
    """The verdict in a word or two, without a number: for cells that are sorted and coloured by it."""
    return named(reading.verdict, reading.kpi, reading.n, _)


def named(verdict: str, kpi: str, n: int, _: Translator) -> str:
    """The same of a verdict on a figure of a KPI with so many cases."""
    return _(TOO_FEW if lacks_cases(verdict, kpi, n) else VERDICTS[verdict])


def verdict_words(reading: Reading, _: Translator) -> str:
    """The verdict in words, with the number of cases where they are too few."""
    if reading.verdict == "none" and reading.target is not None:
        # So near the top that no percentage can be asked for, or from nothing.
        return _("target not applied")
    words = verdict_name(reading, _)
    return f"{words} · {reading.n}" if reading.n and lacks_cases(reading.verdict, reading.kpi, reading.n) else words
