"""Parts of the page of targets: who is held to what, a new target with how it would have done, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mode

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import TARGET_FINDINGS, TARGET_ORIGINS
from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.metrics.targets import Check
from amdash.service import scorecards, targets
from amdash.service.targets import Held
from amdash.store.targets import TargetRow
from amdash.ui import frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import Text, table
from amdash.ui.markup.markdown import literal

_PERCENT = ("ratio", "points")
_HOWS = {"even": N_("Evenly"), "season": N_("As last year's months were")}
_LISTED = 6


def month_shown() -> str:
    """The chosen month; of a quarter or year, whose months are judged one by one, the last with figures."""
    months = reads.months()
    return max(set(period.months_of(session.current_period(months))) & set(months))


def held_table(found: Sequence[Held], kpi: Kpi, _: Translator) -> str:
    """Everybody's target of a month with where it comes from; markup."""
    head = [_("Account manager"), _("Team"), _("Target"), _("Origin"), _("Reason")]
    rows: list[list[Text | str]] = [
        [
            one.manager,
            one.team,
            _aim(kpi, one.value, _),
            Text(_origin(one, _), "dim" if one.origin == "default" else "plain"),
            one.entry.reason if isinstance(one.entry, TargetRow) else "",
        ]
        for one in found
    ]
    return table(head, rows, short={0, 1, 2}, flow=True)


def _origin(one: Held, _: Translator) -> str:
    words = _(TARGET_ORIGINS[one.origin])
    if not isinstance(one.entry, TargetRow):
        return words
    return _("{origin}, from {month} on", origin=words, month=formats.month(one.entry.from_month, _.language))


def check_table(found: Check, _: Translator) -> str:
    """How often everybody would have met it; markup."""
    rows = [[one.manager or one.team or "", _("{met} of {judged}", met=one.met, judged=one.judged)] for one in found.tallies]
    return table([_("Account manager"), _("Months met")], rows, short={0, 1})


def log(kpi: Kpi) -> None:
    """The newest entries of a KPI, each of which can be taken back."""
    _ = session.words()
    rows = [row for row in targets.entries(reads.workspace()) if row.kpi == kpi.id][::-1]
    st.markdown(f"### {_('What was set')}")
    if not rows:
        st.markdown(f":gray[{_('Nothing yet: the default holds.')}]")
    for row in rows[:_LISTED]:
        value = _("as for everybody else") if row.inherits else _aim(kpi, row.value, _)
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


def new_target(kpi: Kpi, month: str, found: Sequence[Held]) -> None:
    """A target with how it would have done, to be set for everybody, a team or a manager. ``found``: those held now; it starts from most."""
    _ = session.words()
    st.markdown(f"### {_('New target')}")
    manager, team, start = _whose_and_when(month, _)
    factor = 100.0 if kpi.unit in _PERCENT else 1.0
    key = f"target_{kpi.id}"
    if key not in st.session_state:
        st.session_state[key] = round((mode([one.value for one in found] or [kpi.target]) or 0.0) * factor, 6)
    unit = formats.figure(0.0, kpi.unit, _.language)[1] if kpi.unit != "money" else ""
    value = st.number_input(
        f"{_(kpi.name)} {unit}".strip(),
        key=key,
        min_value=-100.0 if kpi.unit == "points" else 0.0,
        step=1000.0 if kpi.unit == "money" else 1.0,
        format="%.0f" if kpi.unit == "money" else "%.1f",
    )
    target = round(value / factor, 6)
    span, how = _sum(kpi, start, _)
    if span is None:
        _checked(kpi, target, factor, key, _)
    reason = st.text_input(_("Reason"), key=session.worded("target_reason"))
    if st.button(_("Set the target"), type="primary", icon=":material/check:", key="set_target"):
        with frame.errors_shown():
            ws, actor = reads.workspace(), session.actor()
            if span is None:
                targets.put(ws, kpi.id, target, start, manager=manager, team=team, reason=reason, actor=actor)
            else:
                targets.put_sum(ws, kpi.id, target, span, how=how, manager=manager, team=team, reason=reason, actor=actor)
            session.say(_("Set."))
            st.rerun()


def _whose_and_when(month: str, _: Translator) -> tuple[str | None, str | None, str]:
    """Manager, team (neither: everybody), and the month from which it is to hold."""
    people = scorecards.roster(reads.workspace())
    teams = [team for team in dict.fromkeys(people["team"]) if team]
    choices = [("", ""), *(("team", team) for team in teams), *(("manager", name) for name in people["manager"])]
    left, right = st.columns(2)
    scope, name = left.selectbox(_("For whom"), choices, format_func=lambda one: one[1] or _("Everybody"), key=session.worded("target_whose"))
    now = f"{reads.workspace().now():%Y-%m}"
    months = [period.shift(now, by) for by in range(12, -25, -1)]
    start = right.selectbox(
        _("From"),
        months,
        index=months.index(month) if month in months else months.index(now),
        format_func=lambda one: formats.month(one, _.language),
        key=session.worded("target_from"),
    )
    return name if scope == "manager" else None, name if scope == "team" else None, start


def _sum(kpi: Kpi, start: str, _: Translator) -> tuple[str | None, str]:
    """The quarter or year that an amount is the sum of, and how it is split; None where it is that of each month."""
    if kpi.measure != "total":
        return None, "even"
    spans = {"": _("In each month"), f"{start[:4]}": formats.month(start[:4], _.language)}
    quarter = period.period_of(start, "quarter")
    spans[quarter] = formats.month(quarter, _.language)
    left, right = st.columns(2)
    span = left.selectbox(_("The amount is for"), list(spans), format_func=lambda one: spans[one], key=session.worded(f"target_span_{start}"))
    how = right.selectbox(
        _("Over the months"), list(_HOWS), format_func=lambda one: _(_HOWS[one]), disabled=not span, key=session.worded("target_how")
    )
    return span or None, how


def _checked(kpi: Kpi, target: float, factor: float, key: str, _: Translator) -> None:
    """How it would have done in the last twelve months, what speaks against it, and what would have been met more or less often."""
    with frame.errors_shown():
        try:
            found = targets.check(reads.workspace(), kpi.id, target)
        except AmdashError:
            if target == 0:
                return
            raise
        words = _("would have been met in {met} of {judged} manager-months of the last twelve months", met=found.met, judged=found.judged)
        st.markdown(f"**{_aim(kpi, target, _)}** {words}")
        for code in found.findings:
            st.markdown(f":orange[:material/warning:] {_(TARGET_FINDINGS[code])}")
        with st.container(horizontal=True, gap="small"):
            for one in found.proposals:
                words = f"{_aim(kpi, one.target, _)} · {one.met}/{one.judged}"
                told = _("Met in {met} of {judged}", met=one.met, judged=one.judged)
                st.button(words, key=f"proposal_{one.percent}", help=told, on_click=_choose, args=(key, one.target * factor))
        if found.tallies:
            with st.expander(_("Who would have met it, and how often")):
                show(check_table(found, _), key="tallies")


def _choose(key: str, value: float) -> None:
    st.session_state[key] = round(value, 6)


def _aim(kpi: Kpi, value: float | None, _: Translator) -> str:
    return formats.target(value, kpi.unit, kpi.higher_is_better, _.language) or _("no target")
