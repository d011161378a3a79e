"""The form of an improvement plan: a new one with what the figures say filled in, or other terms for one that runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import STRATEGIES
from amdash.metrics import period
from amdash.metrics.score import is_met
from amdash.metrics.spec import Kpi
from amdash.service import plans, scorecards
from amdash.service.plan_terms import Terms, is_suited
from amdash.store.plans import PlanRow
from amdash.ui import drafts, frame, reads, session
from amdash.ui.component import show
from amdash.ui.details import field_label, manager_names
from amdash.ui.markup.lists import heading

_PERCENT = ("ratio", "points")
_WHOLE = ("money", "customers")
_MONTHS_BACK, _MONTHS_AHEAD = 12, 24
_DUE_AFTER_MONTHS = 3
_NEW = "plan"


def new_plan() -> None:
    """A plan for a KPI of a manager: two choices, the figures filled in, and what is to be done."""
    _ = session.words()
    head = st.container(horizontal=True, vertical_alignment="center")
    kpi, manager = _what_and_whose(_)
    # Each plan that is half typed is its own: one is saved or given up, and the others wait.
    form = f"{_NEW}_{kpi.id}_{manager}"
    with head:
        with st.container(width="stretch"):
            show(heading(_("New plan")), key="new_title")
        st.button(_("Cancel"), type="tertiary", key="plan_cancel", on_click=_cancel, args=(form,))
    running = f"{reads.workspace().now():%Y-%m}"
    months = [period.shift(running, by) for by in range(-_MONTHS_BACK, _MONTHS_AHEAD + 1)]
    first, second = st.columns(2)
    started = _month(_("Starting month"), months, drafts.field(form, "from", running, months, "index"), _, first)
    later = [one for one in months if one >= started]
    usual = min(period.shift(started, _DUE_AFTER_MONTHS), later[-1])
    due = _month(_("Due month"), later, drafts.field(form, f"due_{started}", usual, later, "index"), _, second)
    baseline = _baseline(kpi, manager, started)
    # A row of its own, so that on a phone the two months stay together.
    first, second = st.columns(2)
    # No draft: the figures may be others when one comes back.
    stands = _amount(_("Stands at"), kpi, _filled(f"{session.form_key(form)}_baseline_{started}", _shown(kpi, baseline)), _, first)
    goal = _amount(_("Wanted"), kpi, drafts.field(form, "goal", _shown(kpi, _wanted(kpi, manager, baseline)), how="state"), _, second)
    action = st.text_area(
        _("What is to be done"),
        height=80,
        placeholder=_("e.g. training, a call every two weeks"),
        **drafts.field(form, "action", ""),
    )
    with st.expander(_("Why, who sees to it, what kind of measure")):
        reason, responsible, measure = _more(form, _)
    if st.button(_("Begin the plan"), type="primary", icon=":material/check:", key="plan_begin"):
        with frame.errors_shown():
            terms = Terms(action, started, due, _unless_same(kpi, stands, baseline), goal, measure, reason, responsible)
            number, _revision = plans.begin(reads.workspace(), kpi.id, manager, terms, actor=session.actor())
            session.say(_("The plan has begun."))
            session.clear_form(form)
            session.choose(plan=str(number))
            st.rerun()


def _cancel(form: str) -> None:
    session.clear_form(form)
    session.choose(plan=None)


@st.fragment
def change(row: PlanRow, kpi: Kpi) -> None:
    """Other terms for a plan that runs."""
    _ = session.words()
    name = f"change_{row.entry_id}"
    action = st.text_area(_("What is to be done"), height=80, **drafts.field(name, "action", row.action))
    first, second = st.columns(2)
    # A due month further away than any that is offered stays.
    months = sorted({*(period.shift(row.started, by) for by in range(_MONTHS_AHEAD + _MONTHS_BACK + 1)), row.due})
    due = _month(_("Due month"), months, drafts.field(name, "due", row.due, months, "index"), _, first)
    goal = _amount(_("Wanted"), kpi, drafts.field(name, "goal", _shown(kpi, row.goal), how="state"), _, second)
    responsible = st.text_input(_("Who sees to it"), **drafts.field(name, "responsible", row.responsible))
    reason = st.text_input(_("Why"), **drafts.field(name, "reason", row.reason))
    if st.button(_("Save"), type="primary", key="save_change"):
        with frame.errors_shown():
            wanted: float | Literal["none"] | None = _unless_same(kpi, goal, row.goal)
            if goal is None and row.goal is not None:
                wanted = "none"
            terms = Terms(action, due=due, goal=wanted, reason=reason, responsible=responsible)
            plans.change(reads.workspace(), row.plan_id, terms, actor=session.actor())
            session.clear_form(name)
            session.say(_("Saved."))
            st.rerun()


def _what_and_whose(_: Translator) -> tuple[Kpi, str]:
    """The KPI and manager that were offered, else chosen here."""
    known, names = {kpi.id: kpi for kpi in scorecards.kpis() if is_suited(kpi)}, manager_names()
    first, second = st.columns(2)
    kpi = session.chosen("plan_kpi", known, next(iter(known)))
    manager = session.chosen("plan_manager", names, session.current_manager(names))
    kpi_key, manager_key = (session.worded(f"{session.form_key(_NEW)}_{name}") for name in ("kpi", "manager"))
    first.selectbox(
        _("KPI"),
        list(known),
        index=list(known).index(kpi),
        format_func=lambda one: _(known[one].name),
        key=kpi_key,
        on_change=lambda: session.choose(plan_kpi=st.session_state[kpi_key]),
    )
    second.selectbox(
        _("Account manager"),
        names,
        index=names.index(manager),
        key=manager_key,
        on_change=lambda: session.choose(plan_manager=st.session_state[manager_key]),
    )
    return known[kpi], manager


def _more(form: str, _: Translator) -> tuple[str, str, str]:
    reason = st.text_input(_("Why"), **drafts.field(form, "why", ""))
    responsible = st.text_input(_("Who sees to it"), **drafts.field(form, "who", ""))
    choices = ["", *STRATEGIES]
    measure = st.selectbox(
        _("What kind of measure"),
        choices,
        format_func=lambda one: _(STRATEGIES[one]) if one else _("none of these"),
        **drafts.field(form, "kind", "", choices, "index"),
    )
    return reason, responsible, measure


def _baseline(kpi: Kpi, manager: str, started: str) -> float | None:
    """The value that the plan starts from, by the figures; None where nothing was measured."""
    # Whatever is done, it starts from the same value.
    return plans.draft(reads.workspace(), kpi.id, manager, Terms("-", started)).baseline


def _wanted(kpi: Kpi, manager: str, baseline: float | None) -> float | None:
    """The target of the manager where it is missed; else nobody has said what is wanted."""
    found = next((one for one in reads.measured_trends(kpi.id, reads.months()[-1], "manager", 24) if one.subject == manager), None)
    target = found.target if found else kpi.target
    return target if target is not None and baseline is not None and not is_met(baseline, kpi.aimed(target)) else None


def _filled(key: str, value: float | None) -> dict[str, Any]:
    """The arguments of a field that begins with a value and is not remembered."""
    # Streamlit lets a field be cleared only where it begins empty, and puts its value back otherwise.
    if key not in st.session_state:
        session.seed(key, value)
    return {"key": key}


def _amount(label: str, kpi: Kpi, keyed: Mapping[str, Any], _: Translator, place: st.delta_generator.DeltaGenerator) -> float | None:
    """A value of the KPI as people write it: percent, hours, money; None where it is left empty. ``keyed``: the key, and what belongs to it."""
    factor = 100.0 if kpi.unit in _PERCENT else 1.0
    money = kpi.unit == "money"
    said = place.number_input(
        field_label(label, kpi, _),
        value=None,
        min_value=-100.0 if kpi.unit == "points" else 0.0,
        step=1000.0 if money else 1.0,
        format="%.0f" if kpi.unit in _WHOLE else "%.1f",
        placeholder="—",
        **keyed,
    )
    return None if said is None else round(said / factor, 6)


def _shown(kpi: Kpi, value: float | None) -> float | None:
    """A value as the field shows it: percent, and rounded."""
    if value is None:
        return None
    return round(value * (100.0 if kpi.unit in _PERCENT else 1.0), 0 if kpi.unit in _WHOLE else 1)


def _unless_same(kpi: Kpi, said: float | None, known: float | None) -> float | None:
    """What was said; None where the field was left as it was filled in, so that nothing is rounded by being shown."""
    return None if _shown(kpi, said) == _shown(kpi, known) else said


def _month(label: str, months: list[str], keyed: Mapping[str, Any], _: Translator, place: st.delta_generator.DeltaGenerator) -> str:
    chosen: str = place.selectbox(label, months, format_func=lambda one: formats.month(one, _.language), **keyed)
    return chosen
