"""Parts of pages with figures behind them: rows behind a number, strengths and weaknesses, feedback."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import source_words
from amdash.insight.reading import Reading
from amdash.metrics import catalogue, period
from amdash.metrics.score import is_met
from amdash.metrics.spec import Kpi
from amdash.schema import TABLES
from amdash.service import drilldown, feedback, scorecards
from amdash.service.feedback import FeedbackEntry
from amdash.ui import reads, session
from amdash.ui.markup.lists import Text, table, todo

_LISTED = 3


def manager_names() -> list[str]:
    """Everybody, in the order of the roster."""
    return scorecards.managers(reads.workspace())


def rows_table(kpi: str, manager: str, wanted: str) -> None:
    """The facts a figure counts, with file, sheet and row in front."""
    _ = session.words()
    months = period.months_of(wanted)
    rows = drilldown.rows_behind(reads.workspace(), kpi, manager=manager, start=months[0], end=months[-1])
    st.markdown(f":gray[{_.plural('{n} row', '{n} rows', len(rows))}]")
    if not rows:
        return
    chosen = TABLES[catalogue.by_id(kpi).rows]
    # A figure may come from the monthly summary where no detail is there.
    titles = {field.name: _(field.title) for table in (TABLES["summary"], chosen) for field in table.fields}
    titles |= {"waiting_hours": _("Still waiting, hours")}
    frame = pd.DataFrame(
        [
            {
                _("File"): row.file,
                _("Sheet"): row.sheet,
                _("Row"): row.row,
                **{titles[name]: value for name, value in row.values.items() if name in titles},
            }
            for row in rows
        ]
    )
    days = {titles[field.name]: st.column_config.DateColumn() for field in chosen.fields if field.kind == "date"}
    st.dataframe(frame.dropna(axis="columns", how="all"), hide_index=True, height=260, column_config=days, key="rows_behind")


def strengths(readings: Sequence[tuple[Kpi, Reading]], _: Translator) -> str:
    """Where somebody is good and where not, each with its reason; markup."""
    found = []
    for kpi, reading in readings:
        value = formats.written(reading.value, kpi.unit, _.language)
        if reading.variation == "worsening":
            found.append((0, _(kpi.name), _("{value}, worsening beyond ordinary variation", value=value)))
        elif reading.verdict == "missed":
            found.append((1, _(kpi.name), _("{value}, target not met", value=value)))
        elif reading.variation == "improving":
            found.append((2, _(kpi.name), _("{value}, improving beyond ordinary variation", value=value)))
        elif reading.verdict == "met" and _always_met(kpi, reading):
            found.append(
                (
                    3,
                    _(kpi.name),
                    _.plural("{value}, met in {n} period running", "{value}, met in {n} periods running", len(reading.points), value=value),
                )
            )
    lines = [(name, words) for _rank, name, words in sorted(found)[:_LISTED]]
    return todo(_("Strengths and weaknesses"), lines, _("Nothing stands out."))


def _always_met(kpi: Kpi, reading: Reading) -> bool:
    """Whether every point has a value that reached the target of its time."""
    return all(point.value is not None and is_met(point.value, kpi.aimed(point.target)) for point in reading.points)


def feedback_list(manager: str, wanted: str, _: Translator) -> str:
    """The newest feedback up to the end of a period; markup."""
    entries = feedback.log(reads.workspace(), manager=manager, end=period.months_of(wanted)[-1])[:_LISTED]
    return todo(_("Feedback"), [(entry.content, _note(entry, _)) for entry in entries], _("No feedback has been recorded yet."))


def feedback_table(entries: Sequence[FeedbackEntry], _: Translator) -> str:
    """The log as a table; markup."""
    head = [_("Date"), _("Account manager"), _("Source"), _("What happened"), _("Next step"), _("Due on"), _("Recorded by")]
    rows = [
        [
            formats.day(entry.date, _.language),
            entry.manager,
            " · ".join(filter(None, (source_words(entry.source, _) if entry.source else None, entry.method))),
            entry.content,
            entry.action or "",
            formats.day(entry.due_on, _.language) if entry.due_on else "",
            _recorder(entry, _),
        ]
        for entry in entries
    ]
    return table(head, rows, short={0, 1, 2, 5, 6}) if rows else table(head, [[Text(_("No entry fits."), "dim"), *[""] * (len(head) - 1)]])


def _note(entry: FeedbackEntry, _: Translator) -> str:
    parts = [
        formats.day(entry.date, _.language),
        source_words(entry.source, _) if entry.source else None,
        entry.method,
        entry.action and f"→ {entry.action}",
    ]
    return " · ".join(part for part in parts if part)


def _recorder(entry: FeedbackEntry, _: Translator) -> str:
    return _("owner") if entry.origin == "written" and entry.recorded_by == "owner" else entry.recorded_by or ""
