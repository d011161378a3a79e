"""How the targets of a KPI went, drawn, and what was said of them, each of which can be taken back."""

from __future__ import annotations

import streamlit as st

from amdash.charts.target_steps import Steps
from amdash.i18n import Translator, formats
from amdash.metrics.spec import Kpi
from amdash.service import target_history, targets
from amdash.service.target_history import TargetLine
from amdash.ui import entry_exports, figures, frame, reads, session, tables
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim

_LISTED = 8
_DRAWN = 6
_NAMED = 2


def history(kpi: Kpi, month: str) -> None:
    """The steps around a month, and the ledger."""
    _ = session.words()
    lines = reads.target_lines(kpi.id, month)
    if lines:
        drawn = [Steps(line_name(line, _), line.values) for line in lines[:_DRAWN]]
        spoken = _.clause.join(f"{line_name(line, _)} {aim(kpi, _last(line), _)}" for line in lines)
        figures.target_steps(drawn, target_history.span(month), month, kpi, spoken, 0.36, key="steps")
        if len(lines) > _DRAWN:
            rest = sum(len(line.managers) for line in lines[_DRAWN:])
            words = _.plural("Not drawn: {n} manager with a target of their own", "Not drawn: {n} managers with targets of their own", rest)
            st.markdown(f":gray[{words}]")
    else:
        st.markdown(f"**{_('Nobody has had a target for this KPI.')}** {_('Propose one in the form, and its steps appear here.')}")
    log(kpi, _)


def line_name(line: TargetLine, _: Translator) -> str:
    """Whose line it is, short enough for the edge of a chart."""
    if line.everybody:
        return _("Everybody")
    if len(line.managers) <= _NAMED:
        return _.comma.join(line.managers)
    return _.plural("{n} manager", "{n} managers", len(line.managers))


def log(kpi: Kpi, _: Translator) -> None:
    """The newest entries of a KPI."""
    rows = [row for row in targets.entries(reads.workspace()) if row.kpi == kpi.id][::-1]
    st.markdown(f"### {_('What was set')}")
    if not rows:
        st.markdown(f":gray[{_('Nothing yet: the default holds.')}]")
    else:
        tables.downloads(f"{_('Targets that were set')} · {_(kpi.name)}", *entry_exports.entries(rows, kpi, _), key="target_log")
    listed = session.listed("targets", _LISTED)
    for row in rows[:listed]:
        value = _("as for everybody else") if row.inherits else aim(kpi, row.value, _)
        since = _("from {month} on", month=formats.month(row.from_month, _.language))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = _.clause.join(part for part in (row.subject or _("Everybody"), since, value, row.reason) if part)
            st.markdown(literal(words), width="stretch")
            undone = st.button(_("Take back"), key=f"undo_{row.target_id}", type="tertiary", icon=":material/undo:")
        if undone:
            with frame.errors_shown():
                targets.undo(reads.workspace(), row.target_id, actor=session.actor())
                session.say(_("Taken back."))
                st.rerun()
    if len(rows) > listed:
        st.button(_("Show older ones"), icon=":material/expand_more:", on_click=session.list_more, args=("targets", _LISTED))


def _last(line: TargetLine) -> float | None:
    return next((value for value in reversed(line.values) if value is not None), None)
