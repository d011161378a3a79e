"""The form for a target: whose, from when, how it would have done by the five principles; to be proposed, or set at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mode

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import N_, Translator, formats
from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.metrics.targets import Check
from amdash.service import proposals, targets
from amdash.service.targets import Held
from amdash.ui import drafts, entry_exports, filters, frame, reads, session, tables, views
from amdash.ui.component import show
from amdash.ui.details import field_label
from amdash.ui.markup.lists import table
from amdash.ui.markup.marks import aim
from amdash.ui.markup.principles import five

_PERCENT = ("ratio", "points")
# Value and reason begin anew when a target was set; for whom and from when stay.
_TYPED, _WHOSE = "target_typed", "target_whose"
_HOWS = {"even": N_("Evenly"), "season": N_("As last year's months were")}


@dataclass(frozen=True)
class _Whose:
    """Manager, team (neither: everybody), and the month from which it is to hold."""

    manager: str | None
    team: str | None
    start: str


def new_target(kpi: Kpi, month: str, found: Sequence[Held]) -> None:
    """A target with how it would have done, to be proposed or set. ``found``: those held now; it starts from most."""
    _ = session.words()
    st.markdown(f"### {_('New target')}")
    whose = _whose_and_when(month, _)
    factor = 100.0 if kpi.unit in _PERCENT else 1.0
    usual = round((mode([one.value for one in found] or [kpi.target]) or 0.0) * factor, 6)
    value = st.number_input(
        field_label(_(kpi.name), kpi, _),
        min_value=-100.0 if kpi.unit == "points" else 0.0,
        step=1000.0 if kpi.unit == "money" else 1.0,
        format="%.0f" if kpi.unit == "money" else "%.1f",
        **drafts.field(_TYPED, f"{kpi.id}_value", usual, how="state"),
    )
    target = round(value / factor, 6)
    span, how = _sum(kpi, whose.start, _)
    if span is None:
        _checked(kpi, target, factor, whose, _)
    reason = st.text_input(_("Reason"), **drafts.field(_TYPED, f"{kpi.id}_reason", ""))
    with st.container(horizontal=True, gap="small"):
        proposed = st.button(
            _("Propose it"),
            type="primary",
            icon=":material/forum:",
            key="propose_target",
            disabled=span is not None,
            help=_("Each manager's own comment is written down before it is set."),
        )
        set_now = st.button(_("Set the target"), icon=":material/check:", key="set_target", help=_("It holds at once."))
    with frame.errors_shown():
        if proposed:
            _propose(kpi, target, whose, reason, _)
        if set_now:
            _set(kpi, target, whose, span, how, reason)
            session.clear_form(_TYPED)
            session.say(_("Set."))
            st.rerun()


def _propose(kpi: Kpi, target: float, whose: _Whose, reason: str, _: Translator) -> None:
    ws, actor = reads.workspace(), session.actor()
    proposals.propose(ws, kpi.id, target, whose.start, manager=whose.manager, team=whose.team, reason=reason, actor=actor)
    views.turn_to("targets", "proposals")
    session.clear_form(_TYPED)
    session.say(_("Proposed."))
    st.rerun()


def _set(kpi: Kpi, target: float, whose: _Whose, span: str | None, how: str, reason: str) -> None:
    ws, actor = reads.workspace(), session.actor()
    if span is None:
        targets.put(ws, kpi.id, target, whose.start, manager=whose.manager, team=whose.team, reason=reason, actor=actor)
    else:
        targets.put_sum(ws, kpi.id, target, span, how=how, manager=whose.manager, team=whose.team, reason=reason, actor=actor)


def _whose_and_when(month: str, _: Translator) -> _Whose:
    left, right = st.columns(2)
    scopes = filters.scopes()
    scope, name = left.selectbox(_("For whom"), scopes, format_func=filters.scope_words, **drafts.field(_WHOSE, "whom", scopes[0], scopes, "index"))
    now = f"{reads.workspace().now():%Y-%m}"
    months = [period.shift(now, by) for by in range(12, -25, -1)]
    start = right.selectbox(
        _("From"),
        months,
        format_func=lambda one: formats.month(one, _.language),
        **drafts.field(_WHOSE, "from", month if month in months else now, months, "index"),
    )
    return _Whose(name if scope == "manager" else None, name if scope == "team" else None, start)


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


def _checked(kpi: Kpi, target: float, factor: float, whose: _Whose, _: Translator) -> None:
    """How it would have done in the last twelve months, the five principles, and what would have been met more or less often."""
    with frame.errors_shown():
        try:
            found = reads.target_check(kpi.id, target)
        except AmdashError:
            if target == 0:
                return
            raise
        words = _("would have been met in {met} of {judged} manager-months of the last twelve months", met=found.met, judged=found.judged)
        st.markdown(f"**{aim(kpi, target, _)}** {words}")
        with st.container(horizontal=True, gap="small"):
            for one in found.proposals:
                words = f"{aim(kpi, one.target, _)} · {one.met}/{one.judged}"
                told = _("Met in {met} of {judged}", met=one.met, judged=one.judged)
                st.button(words, key=f"proposal_{one.percent}", help=told, on_click=_choose, args=(kpi.id, one.target * factor))
        show(five(principles_of(found, whose.manager, whose.team, whose.start), _), key="principles")
        if found.tallies:
            with st.expander(_("Who would have met it, and how often")):
                show(check_table(found, _), key="tallies")
                tables.downloads(f"{_('Months met')} · {_(kpi.name)}", *entry_exports.tallies(found, _), key="tallies")


def principles_of(found: Check, manager: str | None, team: str | None, month: str) -> list[proposals.Principle]:
    """The five principles for those whom a target is meant for."""
    people = reads.roster()
    scope, subject = ("manager", manager) if manager else ("team", team) if team else ("everybody", "")
    meant = proposals.meant_for(people, scope, subject or "", month)
    return proposals.principles(found, meant, dict(zip(people["manager"], people["team"], strict=True)))


def check_table(found: Check, _: Translator) -> str:
    """How often everybody would have met it; markup."""
    rows = [[one.manager or one.team or "", _("{met} of {judged}", met=one.met, judged=one.judged)] for one in found.tallies]
    return table([_("Account manager"), _("Months met")], rows, short={0, 1})


def _choose(kpi: str, value: float) -> None:
    session.seed(drafts.key_of(_TYPED, f"{kpi}_value"), round(value, 6))
    drafts.keep(_TYPED)
