"""Parts of the page of drivers: whose answers and of when, one sentence on top, what to do about each, and why nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import DRIVERS, FIELDS, REFUSALS, STRATEGIES
from amdash.insight.drivers import LEAST_RESPONSES, Driver, DriverAnalysis
from amdash.metrics import period
from amdash.ui import frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.advice import Advice, advice
from amdash.ui.markup.lists import heading

_SPANS = {"year": N_("Last 12 months"), "all": N_("All")}
# What to do about a refusal; what is to be done about too few answers depends on the choice.
_REMEDIES = {
    "constant_score": N_("Ask for a score of five steps instead of yes or no, and ask those who are not satisfied too."),
    "constant_drivers": N_("Ask each question on its own, with five steps: answers that are all alike show nothing."),
    "noise": N_("Collect more answers, or see what customers write: something that was not asked may matter more."),
}


def pick_whose(names: Sequence[str]) -> str | None:
    """One manager, or None for everybody."""
    _ = session.words()
    now = session.kept("drivers_of")
    now = now if now in names else None
    key = session.worded("drivers_whose")
    session.seed(key, now or "")
    st.selectbox(
        _("For whom"),
        ["", *names],
        format_func=lambda name: name or _("Everybody"),
        key=key,
        label_visibility="collapsed",
        width=session.wide(190),
        on_change=lambda: session.choose(drivers_of=st.session_state[key]),
    )
    return now


def _span() -> str:
    """'year': the last twelve months; or 'all'."""
    return "all" if session.kept("drivers_span") == "all" else "year"


def pick_span() -> tuple[str | None, str | None]:
    """First and last month of the answers; None without an end."""
    _ = session.words()
    now = _span()
    key = session.worded("drivers_span")
    session.seed(key, now)
    st.segmented_control(
        _("Period"),
        list(_SPANS),
        required=True,
        format_func=lambda name: _(_SPANS[name]),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: session.choose(drivers_span=st.session_state[key] or now),
    )
    newest = reads.months()[-1]
    return (period.last_periods(newest, 12)[0], newest) if now == "year" else (None, None)


def headline(found: DriverAnalysis, _: Translator) -> str:
    """What to begin with, in one sentence; why nothing is said, where nothing is."""
    if found.refused:
        return _(REFUSALS[found.refused])
    if found.order_unclear:
        return _("Which of them matters most cannot be told from these answers: the intervals overlap.")
    first = [one for one in found.drivers if one.quarter == "concentrate_here"]
    if first:
        return _("{names}: goes with satisfaction more than the others and is rated lower. Work on it first.", names=_listed(first, _))
    kept = [one for one in found.drivers if one.quarter == "keep_up"]
    return _("{names}: goes with satisfaction most, and is rated well. Keep it up.", names=_listed(kept, _))


def _listed(some: Sequence[Driver], _: Translator) -> str:
    return _.comma.join(_(DRIVERS[one.driver]) for one in some)


def basis_words(found: DriverAnalysis, start: str | None, end: str | None, _: Translator) -> str:
    """What the analysis rests on: complete answers, of when, and how much of the differences goes with them."""
    parts = [_.plural("{n} complete response", "{n} complete responses", found.n)]
    if start and end:
        parts.append(formats.month(f"{start}..{end}", _.language))
    if found.r2 is not None and not found.refused:
        parts.append(_("{share} of the differences in satisfaction go with the four answers", share=formats.written(found.r2, "ratio", _.language)))
    return " · ".join(parts)


def spoken(found: DriverAnalysis, _: Translator) -> str:
    """The chart, read aloud."""
    said = [
        _.clause.join(filter(None, (_(DRIVERS[one.driver]), _facts(one, _), _(FIELDS[one.quarter]) if one.quarter else ""))) for one in found.drivers
    ]
    return _.semicolon.join(said)


def advice_list(found: DriverAnalysis, _: Translator) -> str:
    """Each driver with what the method does about it; markup."""
    items = [
        Advice(
            name=_(DRIVERS[one.driver]),
            field=_(FIELDS[one.quarter]) if one.quarter else "",
            urgent=one.quarter == "concentrate_here",
            facts=_facts(one, _),
            steps=[_(STRATEGIES[strategy]) for strategy in one.strategies],
            caution=_("Better answers go with lower satisfaction here: look at the answers before anything is done.") if one.sign == -1 else "",
        )
        for one in found.drivers
    ]
    return advice(items, _("What to do:"))


def _facts(one: Driver, _: Translator) -> str:
    rated = _("rated {value}", value=formats.written(one.performance, "ratio", _.language))
    if one.importance is None or one.low is None or one.high is None:
        return _.clause.join((rated, _("everybody answered alike, so its share is not known")))
    share, low, high = (formats.written(value, "ratio", _.language) for value in (one.importance, one.low, one.high))
    return _.clause.join((rated, _("share {share} ({low} to {high})", share=share, low=low, high=high)))


def refusal(found: DriverAnalysis, manager: str | None) -> None:
    """What to do where nothing is said; a wider choice is one click away."""
    _ = session.words()
    if found.refused != "too_few_responses":
        st.markdown(_(_REMEDIES[str(found.refused)]))
    else:
        questions = _.comma.join(_(title) for title in DRIVERS.values())
        st.markdown(
            _(
                "Collect at least {least} complete answers; there are {n}. Complete is an answer with a score and all four questions: {questions}.",
                least=LEAST_RESPONSES,
                n=found.n,
                questions=questions,
            )
        )
    with st.container(horizontal=True, gap="small"):
        if manager is not None:
            st.button(_("Everybody's answers"), key="widen_whose", icon=":material/groups:", on_click=lambda: session.choose(drivers_of=""))
        if _span() != "all":
            st.button(
                _("The answers of all months"), key="widen_span", icon=":material/date_range:", on_click=lambda: session.choose(drivers_span="all")
            )
        if st.button(_("Upload my sheet"), key="upload_answers", icon=":material/upload:"):
            st.switch_page(frame.UPLOAD_PAGE)


def what_to_do(found: DriverAnalysis) -> None:
    """The list beside the chart, with the way to a plan."""
    _ = session.words()
    show(heading(_("What the method does about it"), small=True), key="advice_title")
    show(advice_list(found, _), key="advice")
    st.page_link("pages/plans.py", label=_("Make a plan of it"), icon=":material/flag:")
