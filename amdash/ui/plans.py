"""Parts of the page of plans: the way to it from a weak figure, the list with its filters, and the weak figures without a plan."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import GRADES, PLAN_STATES
from amdash.insight.effect import WATCHED_MONTHS_AFTER_DUE
from amdash.insight.reading import Reading
from amdash.insight.standing_out import is_weak
from amdash.insight.wording import verdict_words
from amdash.metrics import catalogue, period
from amdash.metrics.spec import Kpi
from amdash.service import tabulated
from amdash.service.plan_terms import is_suited
from amdash.service.plans import STATES, URGENCY, Followed
from amdash.ui import plan_detail, plan_form, reads, session, tables, views
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim
from amdash.ui.markup.plan import PlanLine, Progress, plan_list

_NEW = "new"
_BEFORE = 6
_LISTED = 6


def offer(kpi: str, manager: str) -> None:
    """Go to the page of plans with the form of a new one filled in: KPI and manager, and by the figures where it starts, until when.

    For a button's ``on_click``; where it is called while a page runs, the next run goes there.
    """
    _begin(kpi, manager)
    session.choose(goto="pages/plans.py")


def pick(names: Sequence[str]) -> tuple[str, str]:
    """Whose plans and in which state; '' for all."""
    _ = session.words()
    whose, whose_key = session.chosen("plans_of", names), session.worded("plans_of")
    state, state_key = session.chosen("plans_state", STATES), session.worded("plans_state")
    st.selectbox(
        _("Account manager"),
        ["", *names],
        index=["", *names].index(whose),
        format_func=lambda one: one or _("All managers"),
        key=whose_key,
        label_visibility="collapsed",
        width=session.wide(150),
        on_change=lambda: session.choose(plans_of=st.session_state[whose_key]),
    )
    st.segmented_control(
        _("State"),
        ["", *STATES],
        default=state,
        required=True,
        format_func=lambda one: _(PLAN_STATES[one]) if one else _("All"),
        key=state_key,
        label_visibility="collapsed",
        wrap=True,
        on_change=lambda: session.choose(plans_state=st.session_state[state_key]),
    )
    return whose, state


def listing(found: Sequence[Followed], whose: str, state: str) -> None:
    """The plans: those to look at first, then by their start, the closed ones last."""
    _ = session.words()
    shown = [one for one in found if whose in ("", one.entry.manager) and state in ("", one.state)]
    if not found:
        st.markdown(f"**{_('There is no improvement plan yet.')}**")
        st.markdown(_("Choose a weak figure and say what is to be done. From then on this page shows whether it works."))
    elif not shown:
        st.markdown(f":gray[{_('No plan fits.')}]")
    else:
        lines = [_line(one, _) for one in sorted(shown, key=lambda one: (URGENCY.index(one.state), one.entry.started))]
        show(plan_list(lines, opened(found)), key="plans", measures=True, on_go=lambda go: session.choose(plan=None if go == opened(found) else go))
        tables.downloads(_("Plans"), *tabulated.plans(shown, _), key="plans")


def opened(found: Sequence[Followed]) -> str:
    """The number of the plan that is open, 'new' for a new one, '' for none."""
    return session.chosen("plan", {_NEW, *(str(one.entry.plan_id) for one in found)})


def before_list(found: Sequence[Followed]) -> bool:
    """Whether what is open comes before the list: on a phone, where it would stand far below it."""
    return bool(opened(found)) and views.is_phone()


def panel(found: Sequence[Followed]) -> None:
    """Beside the list: the plan that is open, a new one, or else the weak figures without any."""
    now = opened(found)
    if now == _NEW:
        plan_form.new_plan()
    elif now:
        plan_detail.detail(next(one for one in found if str(one.entry.plan_id) == now))
    else:
        _weak(found)


def weak(found: Sequence[Followed]) -> list[tuple[Kpi, Reading]]:
    """Figures of the newest month that miss their target or worsen, and have no plan that runs; those that do both first."""
    board = reads.board(reads.months()[-1])
    planned = {(one.entry.kpi, one.entry.manager) for one in found if one.state != "closed"}
    people = [name for group in board.teams for name in group.managers]
    open_ones = [(kpi, board.readings[kpi.id, name]) for kpi in board.kpis if is_suited(kpi) for name in people if (kpi.id, name) not in planned]
    weak_ones = [pair for pair in open_ones if pair[1].value is not None and is_weak(pair[1])]
    return sorted(weak_ones, key=lambda pair: (pair[1].variation != "worsening", pair[1].verdict != "missed"))


def _begin(kpi: str = "", manager: str = "") -> None:
    session.choose(plan=_NEW, **({"plan_kpi": kpi, "plan_manager": manager} if kpi else {}))


def _weak(found: Sequence[Followed]) -> None:
    _ = session.words()
    pairs = weak(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            month = formats.month(reads.months()[-1], _.language)
            show(heading(_("Weak figures without a plan"), month), key="weak_title")
        st.button(_("New plan"), icon=":material/add:", type="tertiary", key="plan_new", on_click=_begin)
    if not pairs:
        st.markdown(f":gray[{_('None: every figure that misses its target or worsens has a plan.')}]")
    listed = session.listed("weak", _LISTED)
    for kpi, reading in pairs[:listed]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            value, wanted = formats.written(reading.value, kpi.unit, _.language), aim(kpi, reading.target, _)
            words = [verdict_words(reading, _) if reading.verdict == "missed" else "", _("worsening") if reading.variation == "worsening" else ""]
            below = literal(" · ".join(filter(None, (_(kpi.name), value, wanted if reading.target is not None else ""))))
            said = literal(" · ".join(filter(None, words)))
            st.markdown(f"**{literal(reading.subject)}** {below} :orange[{said}]", width="stretch")
            st.button(
                _("Make a plan"), key=f"plan_{kpi.id}_{reading.subject}", icon=":material/flag:", on_click=_begin, args=(kpi.id, reading.subject)
            )
    if len(pairs) > listed:
        words_more = _.plural("Show {n} more", "Show {n} more", len(pairs) - listed)
        st.button(words_more, icon=":material/expand_more:", type="tertiary", key="more_weak", on_click=session.list_more, args=("weak", _LISTED))


def _line(one: Followed, _: Translator) -> PlanLine:
    row, kpi = one.entry, catalogue.by_id(one.entry.kpi)
    wanted = formats.target(row.goal, kpi.unit, kpi.higher_is_better, _.language)
    span = f"{formats.month_tight(row.started, _.language)} – {formats.month_tight(row.due, _.language)}"
    responsible = _("{name} sees to it", name=row.responsible) if row.responsible else ""
    about = " · ".join(filter(None, (span, responsible)))
    now = formats.written(one.points[-1].value if one.points else None, kpi.unit, _.language)
    before = formats.written(row.baseline, kpi.unit, _.language)
    figures = f"{before} → {wanted}" if wanted else _("at the start {value}", value=before)
    state, grade = _(PLAN_STATES[one.state]), _(GRADES[one.effect.grade])
    return PlanLine(
        go=str(row.plan_id),
        manager=row.manager,
        kpi=_(kpi.name),
        action=row.action,
        about=about,
        figures=figures,
        now=now,
        state=state,
        late=one.state == "overdue",
        grade=one.effect.grade,
        grade_words=grade,
        progress=_progress(one),
        spoken=_.clause.join((row.manager, _(kpi.name), row.action, span, figures, _("now {value}", value=now), state, grade)),
    )


def _progress(one: Followed) -> Progress:
    """The months from some before the start to the last that is watched, or is there."""
    row, values = one.entry, {point.month: point.value for point in one.points}
    first = period.shift(row.started, -_BEFORE)
    last = max(row.due, min(max(values, default=row.due), period.shift(row.due, WATCHED_MONTHS_AFTER_DUE)))
    months = [period.shift(first, by) for by in range(period.number(last) - period.number(first) + 1)]
    return Progress([values.get(month) for month in months], months.index(row.started), months.index(row.due), row.goal)
