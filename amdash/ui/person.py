"""What stands about one manager beside the figures: plans, feedback that is due, customers that moved, what is said below the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import GRADES, PLAN_STATES, RECURRENCES, source_words
from amdash.insight.cadence import SOURCES as cadence_sources
from amdash.insight.reading import Reading
from amdash.insight.standing_out import is_weak, standing_out
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi
from amdash.service import scorecards
from amdash.service.feedback import FeedbackEntry
from amdash.service.plan_terms import is_suited
from amdash.service.plans import URGENCY, Followed
from amdash.ui import entry_exports, feedback_entry, improvement_reads, plans, reads, session, tables
from amdash.ui.component import show
from amdash.ui.details import rows_table
from amdash.ui.markup.cadence import dates, status_words
from amdash.ui.markup.lists import Text, side_by_side, table, todo
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim, settling
from amdash.ui.sentences import progress_sentence
from amdash.ui.settings import cadence

_PLANS = 3
# Pixels: what the lists take otherwise.
_ROWS_HEIGHT = 150
_LISTED = 3
# Points of the score below which nobody would ask.
_FELT = 0.5
_DUE = 2
# As short as the column is narrow.
_EVERY = {"week": N_("weekly"), "month": N_("monthly"), "quarter": N_("quarterly"), "year": N_("yearly"), "never": N_("never")}
# What the words beside the feedback report.
RHYTHM = "rhythm"


def readings(manager: str, period: str) -> list[tuple[Kpi, Reading]]:
    """The KPIs of somebody's card: those of the board that are their own, then individual improvement where it is measured."""
    board = reads.board(period)
    kpi, everybody = improvement_reads.improved(period)
    mine = [(one, board.readings[one.id, manager]) for one in board.kpis if one.category != "people"]
    change = everybody.get(manager)
    return [*mine, (kpi, change)] if change and change.value is not None else mine


def choose(go: str) -> None:
    """A click on a row of the card: its KPI is the one that is looked at."""
    session.choose(kpi=go.rpartition("|")[2])


def plan_button(kpi: Kpi, reading: Reading, key: str) -> None:
    """A button that begins a plan for a KPI of a manager; louder at a weak figure. Nothing for a KPI that no plan's effect can show in."""
    if not is_suited(kpi):
        return
    _ = session.words()
    loud: Literal["secondary", "tertiary"] = "secondary" if is_weak(reading) else "tertiary"
    st.button(_("Make a plan"), key=key, type=loud, icon=":material/flag:", on_click=plans.offer, args=(kpi.id, reading.subject))


def feedback_button(manager: str, key: str) -> None:
    """A button that leads to a new entry of feedback on somebody."""
    _ = session.words()
    st.button(_("Write feedback"), key=key, type="tertiary", icon=":material/edit_note:", on_click=_begin_feedback, args=(manager,))


def _begin_feedback(manager: str) -> None:
    feedback_entry.begin(f"{manager}|")
    session.choose(goto="pages/feedback.py")


def rows_button() -> bool:
    """A button that shows what is behind the number in place of the lists, and puts it away again; returns whether it is shown."""
    _, is_open = session.words(), bool(session.kept("rows_shown"))
    words = _("Hide the rows") if is_open else _("See the rows")
    st.button(words, key="behind", type="tertiary", icon=":material/table_rows:", on_click=lambda: session.choose(rows_shown=not is_open))
    return is_open


def rows_behind(kpi: Kpi, manager: str, period: str) -> None:
    """How a figure is computed and from which sheet, then the rows that it counts; of improvement, which KPIs moved the score."""
    _ = session.words()
    if kpi.measure == "derived":
        why_moved(manager, period)
        return
    st.markdown(f"{_(kpi.formula)}  \n:gray[{_(kpi.source)}]")
    rows_table(kpi.id, manager, period, height=_ROWS_HEIGHT)


def why_moved(manager: str, period: str, height: int | None = None) -> None:
    """How much somebody's weighted score moved and what is said of it, then which KPIs moved it; ``height`` in pixels, within which it scrolls."""
    _ = session.words()
    found = improvement_reads.contributions(manager, period)
    st.markdown(literal(progress_sentence(improvement_reads.progress(period).get(manager), _)))
    if found:
        with st.container(height=height or "content", border=False, key="why_box"):
            show(why(found, _), key="why")
        tables.downloads(f"{_('What moved the score')} · {manager}", *entry_exports.contributions(found, _), key="why")


def why(found: Sequence[Mapping[Any, Any]], _: Translator) -> str:
    """What each KPI added to the change of a weighted score or took, rows as of :func:`amdash.ui.improvement_reads.contributions`; markup."""
    rows: list[list[Text | str]] = []
    for one in found:
        kpi = catalogue.by_id(one["kpi"])
        before, after = (formats.written(one[name], kpi.unit, _.language) for name in ("value_before", "value_after"))
        # Equal as it is written, equal as it is coloured.
        points = round(one["points"] * 100, 1)
        rows.append([_(kpi.name), f"{before} → {after}", Text(formats.signed(points), "attention" if points <= -_FELT else "plain")])
    head = [_("What moved the score"), _("From → to"), _("Points of the score")]
    return table(head, rows, short={1, 2}, flow=True)


def about(kpi: Kpi, shown: Reading, _: Translator) -> str:
    """What is said below the heading of a chart: how far back it goes, the target, what the band is, and what would settle too few cases."""
    words = [
        _("last {n} periods", n=len(shown.points)),
        aim(kpi, shown.target, _),
        _("the grey band is ordinary variation") if shown.limits else "",
        settling(shown, _),
    ]
    return " · ".join(said for said in words if said)


def foot(readings: Sequence[tuple[Kpi, Reading]], manager: str, period: str, _: Translator) -> str:
    """Strengths and weaknesses, plans, and feedback side by side; markup."""
    return side_by_side([strengths(readings, moved(manager, period, _), _), plan_list(manager, _), feedback_due(manager, period, _)])


def strengths(readings: Sequence[tuple[Kpi, Reading]], customers: str, _: Translator) -> str:
    """Where somebody is good and where not, each with its reason; ``customers``: what has become of theirs, '' for nothing; markup."""
    found = standing_out(readings, _)[:_LISTED]
    lines: list[tuple[Text | str, str]] = [(Text(_(one.kpi.name), "attention" if one.is_weak else "plain"), one.words) for one in found]
    if customers:
        lines = [*lines[: _LISTED - 1], (_("Their customers"), customers)]
    return todo(_("Strengths and weaknesses"), lines, _("Nothing stands out."))


def plan_list(manager: str, _: Translator) -> str:
    """The plans that run, the most urgent first, then those closed last; each with its grade; markup."""
    found = sorted(reads.plans(manager), key=lambda one: (URGENCY.index(one.state), -one.entry.plan_id))[:_PLANS]
    return todo(_("Improvement plans"), [_plan(one, _) for one in found], _("None yet. Choose a KPI and press “Make a plan”."))


def _plan(one: Followed, _: Translator) -> tuple[Text | str, str]:
    kpi = catalogue.by_id(one.entry.kpi)
    before, after = (formats.written(value, kpi.unit, _.language) for value in (one.effect.baseline, one.effect.after))
    figures = f"{before} → {after}" if one.effect.after is not None else ""
    wanted = formats.target(one.entry.goal, kpi.unit, kpi.higher_is_better, _.language)
    parts = [
        _(kpi.short),
        figures,
        _("goal {goal}", goal=wanted) if wanted else "",
        _(PLAN_STATES[one.state]),
        _("due in {month}", month=formats.month_tight(one.entry.due, _.language)) if one.state == "open" else "",
        _(GRADES[one.effect.grade]),
    ]
    return Text(one.entry.action, "attention" if one.state == "overdue" else "plain"), " · ".join(part for part in parts if part)


def feedback_due(manager: str, period: str, _: Translator) -> str:
    """What feedback is overdue or due next, then the newest entry that a report on the period tells; markup."""
    rows = [row for row in reads.feedback_cadence() if row["manager"] == manager and not pd.isna(row["next_due"])]
    rows.sort(key=lambda row: (row["status"] != "overdue", row["next_due"]))
    entries = reads.feedback_log(manager, None, None, "")
    until = scorecards.told_until(reads.workspace(), period)
    newest = next((entry for entry in entries if f"{entry.date:%Y-%m}" <= until), None)
    said = [] if newest is None else [(newest.content, _entry(newest, _))]
    rhythm = (_("How often?"), RHYTHM, rhythm_words(_))
    return todo(_("Feedback"), [*(_due(row, _) for row in rows[:_DUE]), *said], _("No feedback has been recorded yet."), beside=rhythm)


def rhythm_words(_: Translator) -> str:
    """By which rule feedback is due: each source with how often, when it is called due, and where that is set."""
    rules = reads.workspace().rules().cadence
    asked = [
        _("{source} {every}", source=source_words(source, _), every=_(RECURRENCES[rules.every(source)]))
        for source in cadence_sources
        if rules.every(source) != "never"
    ]
    if not asked:
        return _("No feedback is asked for regularly. Press to set how often.")
    soon = _.plural(
        "due soon is {n} day before the last day of the week, month or quarter",
        "due soon is {n} days before the last day of the week, month or quarter",
        rules.due_within_days,
    )
    return f"{_.comma.join(asked)}{_.semicolon}{soon}{_.semicolon}{_('press to change it in the settings')}"


def follow(go: str) -> None:
    """A click below the chart: the way to how often feedback is asked for."""
    if go == RHYTHM:
        session.choose(settings_section=cadence.SECTION, goto="pages/settings.py")


def _due(row: Mapping[str, Any], _: Translator) -> tuple[Text | str, str]:
    source = _("{source}, {every}", source=source_words(row["source"], _), every=_(_EVERY[row["every"]]))
    words = f"{source}{_.colon}{status_words(row, _)}"
    return Text(words, "attention" if row["status"] == "overdue" else "plain"), dates(row, _)


def _entry(entry: FeedbackEntry, _: Translator) -> str:
    parts = [
        formats.day(entry.date, _.language),
        source_words(entry.source, _) if entry.source else "",
        entry.method or "",
        f"→ {entry.action}" if entry.action else "",
    ]
    return " · ".join(part for part in parts if part)


def moved(manager: str, period: str, _: Translator) -> str:
    """How many of somebody's customers went up or down a tier in the period, and what is at stake; '' where none did."""
    moves = reads.customers(period).of([manager]).moves
    down, up = moves[moves["direction"] == "down"], moves[moves["direction"] == "up"]
    parts = []
    if len(down):
        stake = formats.written(float(down["revenue_at_stake"].sum()), "money", _.language)
        parts.append(_.plural("{n} customer fell a tier ({stake} a year)", "{n} customers fell a tier ({stake} a year)", len(down), stake=stake))
    if len(up):
        parts.append(_.plural("{n} rose a tier", "{n} rose a tier", len(up)))
    return _.comma.join(parts)
