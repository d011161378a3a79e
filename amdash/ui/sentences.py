"""What pages say in words above their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amdash.i18n import Translator, formats
from amdash.insight.improvement_story import improvement_story
from amdash.insight.narrative import Story, nameless_story, person_story, team_story
from amdash.insight.reading import Reading
from amdash.insight.wording import missing_sheets
from amdash.metrics.spec import Kpi
from amdash.schema import TABLES
from amdash.service.boards import Board
from amdash.ui.markup.marks import spoken
from amdash.ui.markup.matrix import columns


def board_title(board: Board, _: Translator) -> str:
    """'Scorecard October 2026'; a quarter or year that is not over says up to which month it goes."""
    name = formats.month(board.period, _.language)
    if board.through is None:
        return _("Scorecard {period}", period=name)
    return _("Scorecard {period}, up to {month}", period=name, month=formats.month_short(board.through, _.language))


def team_sentences(board: Board, team: str | None, _: Translator, *, nameless: bool = False) -> Story:
    """Now, change, to decide: over the managers and KPIs that the matrix shows. ``nameless``: how many people, and not who."""
    shown = columns(board)
    readings = [board.readings[kpi.id, name] for kpi in shown for group in board.teams if team in (None, group.name) for name in group.managers]
    return (nameless_story if nameless else team_story)(readings, board.kpis, _)


def person_sentences(board: Board, manager: str, _: Translator) -> Story:
    """The same for one manager."""
    return person_story([board.readings[kpi.id, manager] for kpi in columns(board)], board.kpis, _)


def progress_sentence(change: Mapping[str, Any] | None, _: Translator) -> str:
    """How somebody's weighted score changed, beside their ordinary swing; ``change`` as :func:`amdash.ui.improvement_reads.progress` gives it."""
    return improvement_story(change, _) if change else _("Nothing was measured in this period.")


def gap_badge(board: Board, _: Translator) -> str:
    """Which sheets are missing in the period, and where to upload them; Markdown."""
    missing = missing_sheets([(_(TABLES[gap.table].title), gap.month) for gap in board.gaps], _)
    badge = _.plural("{n} sheet missing", "{n} sheets missing", len(board.gaps))
    link = f"[{_('Upload it')}](/upload)"
    return f":yellow-badge[:material/warning: {badge}] {missing} {link}"


def trend_words(readings: Sequence[Reading], kpi: Kpi, _: Translator) -> str:
    """A chart of several subjects, read aloud."""
    return _.semicolon.join(spoken(reading, kpi, _) for reading in readings)
