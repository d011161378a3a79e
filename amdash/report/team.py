"""What the summary of a team says: the team as a whole, its managers side by side, and what is to be talked about below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amdash.i18n import Language, Translator, formats, translator
from amdash.i18n.words import VARIATIONS, VERDICTS
from amdash.insight.reading import Reading
from amdash.insight.wording import missing_sheets, shared_target, verdict_words
from amdash.metrics.spec import Kpi
from amdash.report.coverage_page import ReportGap, gap_section
from amdash.report.document import ReportInput, document
from amdash.report.sections import ReportAgreement, ReportMove, ReportPlan, ReportRestated, Sections, sections
from amdash.report.xlsx import display_width

_MOST_ROWS = 8
_MOST_GAPS = 6
# Letters; a column that would be wider takes a part of the line instead.
_WIDEST = 24
_SIGNALS = ("improving", "worsening")


@dataclass(frozen=True)
class TeamMember:
    """A line of the table: a manager's weighted score (1 = all targets just met, None where unknown) and a reading for every column."""

    name: str
    score: float | None
    readings: Sequence[Reading]


@dataclass(frozen=True)
class TeamPart:
    """A team: its members in the order of the board, and its own reading for every column; none for people without a team (name '')."""

    name: str
    members: Sequence[TeamMember]
    readings: Sequence[Reading] = ()


@dataclass(frozen=True)
class TeamInput:
    """Everything that the summary is made of. ``whole``: the figures of all together, as a manager's summary has them.

    ``team``: '' for everybody. ``through``: the last month with figures of a period that is not over. ``missing``: (table, month) of the
    sheets that the period lacks. ``moves``: those at stake. Plans and the like go with the name of their manager, '' for what is everybody's.
    """

    whole: ReportInput
    team: str
    columns: Sequence[Kpi]
    parts: Sequence[TeamPart]
    through: str | None = None
    missing: Sequence[tuple[str, str]] = ()
    agreed: Sequence[tuple[str, ReportAgreement]] = ()
    plans: Sequence[tuple[str, ReportPlan]] = ()
    moves: Sequence[tuple[str, ReportMove]] = ()
    restated: Sequence[tuple[str, ReportRestated]] = ()
    gaps: Sequence[ReportGap] = ()


def team_summary(found: TeamInput, language: Language) -> dict[str, Any]:
    """The summary as plain data for the template. Numbers are written exactly as the pages write them."""
    _ = translator(language)
    said = document(found.whole, language)
    period = formats.month(found.whole.period, language)
    people = sum(len(part.members) for part in found.parts)
    teams = sum(bool(part.name) for part in found.parts)
    return {
        **{name: said[name] for name in ("lang", "company", "story", "head", "rows", "charts", "legend", "footer")},
        "title": _("{team}: summary of {period}", team=found.team, period=period) if found.team else _("Team summary of {period}", period=period),
        "name": found.team or _("Team summary"),
        "facts": [
            *([_("Team summary")] if found.team else []),
            _period(found, period, _),
            _.plural("{n} manager", "{n} managers", people),
            *([_.plural("{n} team", "{n} teams", teams)] if not found.team and teams > 1 else []),
        ],
        "warning": missing_sheets(found.missing, _),
        "whole": _("The team as a whole"),
        "each": _each(found, _),
        "sections": _sections(found, _),
        "gaps": gap_section(found.gaps, _, most=_MOST_GAPS),
        "signatures": [_("Supervisor"), _("Head of the business"), _("Date")],
    }


def _period(found: TeamInput, period: str, _: Translator) -> str:
    return period if found.through is None else _("{period}, up to {month}", period=period, month=formats.month_short(found.through, _.language))


def _each(found: TeamInput, _: Translator) -> dict[str, Any]:
    """The managers side by side: a head per column with its target, a line per team where there are several, and what the marks mean."""
    several = len(found.parts) > 1
    readings = [reading for part in found.parts for member in part.members for reading in member.readings]
    return {
        "name": _("By account manager"),
        "corner": _("Account manager"),
        "score": _("Weighted score"),
        "columns": [_column(kpi, [reading for reading in readings if reading.kpi == kpi.id], _) for kpi in found.columns],
        "parts": [_part(part, found.columns, _) | {"shown": several} for part in found.parts],
        "legend": _legend(readings, _),
        "note": _("{name}: {meaning}", name=_("Weighted score"), meaning=_("targets reached, weighted; 100 is all of them")),
    }


def _column(kpi: Kpi, readings: Sequence[Reading], _: Translator) -> dict[str, str]:
    """A heading: the target of everybody, or where they have their own the unit alone."""
    return {"name": _(kpi.name), "target": shared_target(kpi, readings, _) or formats.figure(0.0, kpi.unit, _.language)[1]}


def _part(part: TeamPart, columns: Sequence[Kpi], _: Translator) -> dict[str, Any]:
    return {
        "name": part.name or _("Without a team"),
        "size": _.plural("{n} person", "{n} people", len(part.members)),
        "figures": [_digits(reading, kpi, _) for reading, kpi in zip(part.readings, columns, strict=True)] if part.readings else [""] * len(columns),
        "members": [
            {
                "name": member.name,
                "score": formats.MISSING if member.score is None else f"{member.score * 100:.0f}",
                "cells": [_cell(reading, kpi, _) for reading, kpi in zip(member.readings, columns, strict=True)],
            }
            for member in part.members
        ],
    }


def _digits(reading: Reading, kpi: Kpi, _: Translator) -> str:
    return formats.figure(reading.value, kpi.unit, _.language)[0]


def _cell(reading: Reading, kpi: Kpi, _: Translator) -> dict[str, str]:
    """A figure between its verdict and its signal, each a mark with its words; no mark where there is nothing to say."""
    signal = reading.variation if reading.value is not None and reading.variation in _SIGNALS else ""
    return {
        "digits": _digits(reading, kpi, _),
        "verdict": "" if reading.verdict in ("none", "absent") else reading.verdict,
        "verdict_words": verdict_words(reading, _),
        "signal": signal,
        "signal_words": _(VARIATIONS[signal]) if signal else "",
    }


def _legend(readings: Sequence[Reading], _: Translator) -> list[list[str]]:
    """The marks that are there, each with its word."""
    verdicts = {reading.verdict for reading in readings}
    signals = {reading.variation for reading in readings if reading.value is not None}
    judged = [[code, _(VERDICTS[code])] for code in ("met", "missed", "few") if code in verdicts]
    return judged + [[code, _(VARIATIONS[code])] for code in _SIGNALS if code in signals]


def _sections(found: TeamInput, _: Translator) -> list[dict[str, Any]]:
    """The sections of a manager's summary, each row with its manager in front; the ones that have anything to say."""
    made = [
        _named([(name, Sections(agreed=[one])) for name, one in found.agreed], _),
        _named([(name, Sections(plans=[one])) for name, one in found.plans], _),
        _moves(found.moves, _),
        _named([(name, Sections(restated=[one])) for name, one in found.restated], _),
    ]
    return [section for section in made if section]


def _moves(moves: Sequence[tuple[str, ReportMove]], _: Translator) -> dict[str, Any]:
    """Customers that moved down, and where not all of them are named how much revenue there is in all."""
    section = _named([(name, Sections(moves=[one])) for name, one in moves], _)
    if not section:
        return section
    section["name"] = _("Customers that moved down")
    if section["note"]:
        total = formats.written(sum(one.revenue for _name, one in moves), "money", _.language)
        section["note"] += _.clause + _("{revenue} a year from all {n}", revenue=total, n=len(moves))
    return section


def _named(rows: Sequence[tuple[str, Sections]], _: Translator) -> dict[str, Any]:
    """One section of rows that are one each, cut where it is long; empty without rows."""
    each = [(name or _("Everybody"), sections(one, _)[0]) for name, one in rows[:_MOST_ROWS]]
    if not each:
        return {}
    first, left = each[0][1], len(rows) - len(each)
    cells = [[name, *section["rows"][0]] for name, section in each]
    return {
        "name": first["name"],
        "head": [_("Account manager"), *first["head"]],
        "widths": [width or _part_of_line(column) for width, column in zip([0, *first["widths"]], zip(*cells, strict=True), strict=True)],
        "rows": cells,
        "note": _.plural("and {n} more", "and {n} more", left) if left else "",
    }


def _part_of_line(column: Sequence[str]) -> float:
    """0 for a column that may be as wide as what stands in it, so that one long name leaves room for the others."""
    return 0.0 if max(map(display_width, column)) <= _WIDEST else 0.8
