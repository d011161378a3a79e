"""Parts of the page that compares: who stands apart in one sentence, ranks no finer than the cases allow, and what fits where nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import streamlit as st

from amdash.charts.funnel import is_better, side_words
from amdash.i18n import Translator, formats
from amdash.insight.comparison import Compared, Comparison
from amdash.insight.intervals import basis
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_words
from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.service import analysis, scorecards
from amdash.ui import analyses, filters, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.ranks import RankLine, ranks

_NAMED = 3
_OFFERED = 4
_LISTED = 40
# A sum of money says as much of the customers as of their manager; this holds it against what was expected.
_FAIRER = {"sales_amount": "sales_attainment", "net_sales": "sales_attainment"}


def counted(kpi: Kpi) -> bool:
    """Whether everything was counted, so that chance has no part in the figure."""
    return basis(kpi) == "census"


def headline(found: Comparison, kpi: Kpi, _: Translator) -> str:
    """Who stands apart, in one or two sentences; that nobody does, where nobody does; '' where nobody has a figure."""
    measured = [row for row in found.rows if row.value is not None]
    ranked = [row for row in measured if row.rank.group is not None]
    if not measured:
        return ""
    if len(ranked) < 2 and not counted(kpi):
        if ranked:
            return _("Only {name} has enough cases: there is nobody to compare with.", name=ranked[0].subject)
        return _("Too few cases to compare anybody: {n} each are needed.", n=kpi.min_sample)
    if counted(kpi):
        best = [row for row in ranked if row.rank.group == 1]
        value = formats.written(best[0].value, kpi.unit, _.language)
        words = _(
            "{names} first with {value}. Everything was counted; why it is so, the figure does not say.",
            names=_names(best, _),
            value=value,
        )
        return words if len(best) < len(measured) or len(measured) == 1 else _("All have the same: {value}.", value=value)
    worse = [row for row in ranked if row.flag and not is_better(row, kpi)]
    better = [row for row in ranked if row.flag and is_better(row, kpi)]
    said = [_("Clearly worse than the others, beyond ordinary variation: {names}.", names=_names(worse, _))] if worse else []
    said += [_("Clearly better than the others, beyond ordinary variation: {names}.", names=_names(better, _))] if better else []
    return _.space.join(said) or _nobody(found, ranked, _)


def _nobody(found: Comparison, ranked: Sequence[Compared], _: Translator) -> str:
    """Nobody is beyond the limits: whether anybody can be told apart all the same."""
    groups = {row.rank.group for row in ranked}
    if len(groups) > 1:
        first, last = ([row for row in ranked if row.rank.group == group] for group in (min(groups, key=_number), max(groups, key=_number)))
        return _("Nobody is beyond the limits, but {best} can be told apart from {rest}.", best=_names(first, _), rest=_names(last, _))
    if found.action is None:
        return _("How far single cases differ is not known here: nobody can be told apart.")
    return _("Nobody can be told apart: differences like these are ordinary variation.")


def _number(group: int | None) -> int:
    return group or 0


def _names(rows: Sequence[Compared], _: Translator) -> str:
    """The first few by name, the others by number."""
    named = _.comma.join(row.subject for row in rows[:_NAMED])
    return _("{names} and {n} more", names=named, n=len(rows) - _NAMED) if len(rows) > _NAMED else named


def spoken(found: Comparison, kpi: Kpi, _: Translator) -> str:
    """The chart, read aloud: everybody with value, cases and side."""
    lines = [
        _.clause.join(
            filter(
                None,
                (row.subject, f"{_(kpi.name)} {formats.written(row.value, kpi.unit, _.language)}", _cases(row, kpi, _), side_words(row, kpi, _)),
            )
        )
        for row in found.rows
        if row.value is not None
    ]
    return _.semicolon.join(lines)


def _cases(row: Compared, kpi: Kpi, _: Translator) -> str:
    return "" if counted(kpi) else _.plural("{n} case", "{n} cases", row.n)


def common_target(standing: Iterable[Reading]) -> float | None:
    """The target that holds for everybody, None where they differ or there is none."""
    aims = {reading.target for reading in standing}
    return aims.pop() if len(aims) == 1 else None


def rank_list(found: Comparison, kpi: Kpi, standing: Iterable[Reading]) -> None:
    """The ranks; a click opens the manager's page with the KPI. ``standing``: what is said of each target where everything was counted."""
    _ = session.words()
    # Whoever cannot be ranked comes last, however fine a handful of cases looks.
    rows = sorted((row for row in found.rows if row.value is not None), key=lambda row: row.rank.group is None)
    room = session.listed("ranks", _LISTED)
    ranked = sum(row.rank.group is not None for row in rows)
    verdicts = {reading.subject: reading for reading in standing} if counted(kpi) else {}
    groups = [_group(list(members), kpi, verdicts, _) for _key, members in groupby(rows[:room], key=_tied)]
    sub = "" if counted(kpi) else _("as far as the figures tell people apart")
    show(heading(_("Ranks"), sub, small=True), key="ranks_title")
    show(ranks(groups, 0 if counted(kpi) else ranked), key="ranks", on_go=open_manager)
    titles = [_("Account manager"), _(kpi.name), _("Cases"), _("Best rank"), _("Worst rank")]
    cells = [[row.subject, tables.Figure(row.value, kpi.unit), row.n, row.rank.best, row.rank.worst] for row in rows]
    tables.downloads(f"{_('Ranks')} · {_(kpi.name)}", titles, cells, "ranks")
    if len(rows) > room:
        st.button(
            _("Show more"), key="more_ranks", type="tertiary", icon=":material/expand_more:", on_click=session.list_more, args=("ranks", _LISTED)
        )
    if not counted(kpi):
        why = _("One group: their cases prove no difference. The bar shows the ranks that each may hold. The order within a group says nothing.")
        st.markdown(f":gray[:small[{why}]]")


def _tied(row: Compared) -> tuple[int | None, int | None, int | None]:
    return row.rank.group, row.rank.best, row.rank.worst


def _group(members: list[Compared], kpi: Kpi, verdicts: Mapping[str, Reading], _: Translator) -> tuple[str, str, list[RankLine]]:
    best, worst = members[0].rank.best, members[0].rank.worst
    lines = [_line(row, kpi, verdicts.get(row.subject), _) for row in members]
    if best is None or worst is None:
        return "—", _("too few"), lines
    said = ""
    if len(members) > 1:
        said = _("equal") if counted(kpi) else _("cannot be told apart")
    return str(best) if best == worst else f"{best}–{worst}", said, lines


def _line(row: Compared, kpi: Kpi, judged: Reading | None, _: Translator) -> RankLine:
    words = ""
    if row.flag:
        words = _("stands apart: better") if is_better(row, kpi) else _("stands apart: worse")
    return RankLine(
        name=row.subject,
        go=f"{row.subject}|{kpi.id}",
        figure=formats.written(row.value, kpi.unit, _.language),
        cases=_cases(row, kpi, _) if judged is None or judged.verdict == "none" else verdict_words(judged, _),
        best=row.rank.best,
        worst=row.rank.worst,
        words=words,
        side=("better" if is_better(row, kpi) else "worse") if row.flag else None,
    )


def open_manager(go: str) -> None:
    """'manager|kpi': the manager's page with that KPI."""
    manager, _sign, kpi = go.rpartition("|")
    session.choose(manager=manager, kpi=kpi, goto="pages/manager.py")


def opens(kpi: Kpi) -> Callable[[str], None]:
    """What a click on a manager's mark does."""
    return lambda name: open_manager(f"{name}|{kpi.id}")


def next_question(found: Comparison, kpi: Kpi, wanted: str) -> None:
    """One click further: a longer time where the cases are few, a fairer KPI where amounts are compared."""
    _ = session.words()
    if counted(kpi):
        if kpi.id in _FAIRER:
            other = next(one for one in scorecards.kpis() if one.id == _FAIRER[kpi.id])
            st.button(
                _("Fairer, for customers differ: {kpi}", kpi=_(other.name)),
                key="fairer",
                type="tertiary",
                icon=":material/balance:",
                on_click=_choose_kpi,
                args=(other.id,),
            )
        return
    year = wanted[:4]
    more = len(set(period.months_of(year)) & set(reads.months())) > len(set(period.months_of(wanted)) & set(reads.months()))
    if more and kpi.window_months == 1 and not any(row.flag for row in found.rows):
        words = _("With more cases: {period} as a whole", period=formats.month(year, _.language))
        st.button(words, key="longer", type="tertiary", icon=":material/date_range:", on_click=lambda: session.choose(period=year))


def _choose_kpi(kpi: str) -> None:
    session.choose(kpi=kpi)


def offers(kpi: Kpi, measured: Sequence[str]) -> None:
    """KPIs that can be compared, those from the same sheet first, each in one click; where to upload what is missing."""
    _ = session.words()
    fitting = [one for one in scorecards.kpis() if one.id in measured and one.id != kpi.id and analysis.can_compare(one)]
    fitting.sort(key=lambda one: one.rows != kpi.rows)
    if fitting:
        st.markdown(_("These can be compared:"))
        with st.container(horizontal=True, gap="small"):
            for one in fitting[:_OFFERED]:
                st.button(_(one.name), key=f"offer_{one.id}", on_click=_choose_kpi, args=(one.id,))


def nothing(kpi: Kpi, wanted: str) -> None:
    """Nobody has a figure: why, and what to do."""
    _ = session.words()
    st.markdown(f"**{_('No account manager has a figure for this KPI in {period}.', period=formats.month(wanted, _.language))}**")
    if analyses.standing(kpi.id, wanted, "team"):
        st.markdown(_("It was measured for teams alone."))
        st.page_link("pages/trends.py", label=_("See the teams over time"), icon=":material/show_chart:")
        return
    st.markdown(_("It needs rows in “{table}” that name an account manager.", table=filters.table_title(kpi.rows)))
    st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")
