"""Figures for pages, PDFs and the command line: the scorecard, improvement, trends, and whose figures there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from amdash.errors import AmdashError
from amdash.insight import progress
from amdash.insight.reading import Reading
from amdash.insight.readings import Held
from amdash.insight.readings import readings as read_off
from amdash.metrics import catalogue, evaluate, period
from amdash.metrics.contributions import contributions as contributed
from amdash.metrics.improvement import Against, previous_period
from amdash.metrics.names import fold
from amdash.metrics.spec import By, Kpi
from amdash.metrics.targets import Scope
from amdash.service import access
from amdash.service.marks import marking
from amdash.service.workspace import OWNER, Workspace

# Twenty years of months, four and a half of weeks.
MOST_PERIODS = 240


def kpis() -> tuple[Kpi, ...]:
    """The catalogue, in the order of the page."""
    return tuple(catalogue.KPIS.values())


def roster(ws: Workspace, revision: int | None = None) -> pd.DataFrame:
    """Columns manager, team, hired_on, left_on: everybody on a list of managers, then whoever else has figures; team '' where unknown."""
    return ws.people(revision)


def managers(ws: Workspace, revision: int | None = None) -> list[str]:
    """The names in the order of the roster."""
    return list(roster(ws, revision)["manager"])


def months(ws: Workspace, revision: int | None = None) -> list[str]:
    """The months that have figures other than targets set ahead, ascending."""
    found = ws.months(revision)
    return sorted(set().union(*(held for name, held in found.items() if name not in ("targets", "feedback"))))


def require_figures(ws: Workspace, wanted: str, revision: int | None = None) -> None:
    """Let a period through that has figures. Errors: month_invalid, no_data_for_report."""
    if not period.is_period(wanted):
        raise AmdashError("month_invalid", value=wanted)
    if not set(period.months_of(wanted)) & set(months(ws, revision)):
        raise AmdashError("no_data_for_report", month=wanted)


def told_until(ws: Workspace, wanted: str, revision: int | None = None) -> str:
    """The last month of which a report on a period tells what people did: of the newest period, the month in which it is made.

    The meeting on October is held in November: what was agreed and said in it belongs to the report that is handed out there.
    """
    last = period.months_of(wanted)[-1]
    moment = ws.moment_of(ws.revision() if revision is None else revision)
    return max(last, f"{moment:%Y-%m}") if last >= max(months(ws, revision), default=last) else last


def held(ws: Workspace, revision: int | None = None) -> Held:
    """What figures are held against at a revision: the targets then in force, the cases behind medians, and the marked changes."""
    return Held(ws.targets(revision), ws.cases(revision), marking(ws, revision))


def scorecard(
    ws: Workspace,
    *,
    start: str | None = None,
    end: str | None = None,
    by: By = "manager",
    every: period.Every = "month",
    kpis: Sequence[str] = (),
    managers: Sequence[str] = (),
    revision: int | None = None,
    actor: str = OWNER,
) -> pd.DataFrame:
    """One row per KPI, subject and period, with value, sums, n, target and whether it is met.

    ``start`` and ``end`` are months (default: all that have figures). Errors: kpi_unknown, manager_unknown, month_invalid.
    """
    access.ask(actor, "read")
    wanted = [catalogue.by_id(name) for name in kpis] or list(catalogue.KPIS.values())
    people = roster(ws, revision)
    chosen = [shown_manager(ws, people, name, revision) for name in managers]
    first, last = span_of(ws, start, end, revision)
    against = held(ws, revision)
    frame = evaluate.scorecard(
        ws.cells(revision),
        people,
        by=by,
        every=every,
        start=first,
        end=last,
        kpis=wanted,
        managers=chosen or None,
        entries=against.entries,
        cases=against.cases,
    )
    derived = next((kpi for kpi in wanted if kpi.measure == "derived"), None)
    if derived is None:
        return frame
    changed = improvements(ws, by=by, every=every, start=first, end=last, managers=chosen, revision=revision)
    parts = [part for part in (frame, progress.rows(changed, derived)) if not part.empty]
    joined = pd.concat(parts, ignore_index=True) if parts else frame
    order = joined["kpi"].map({kpi.id: place for place, kpi in enumerate(wanted)})
    return joined.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def improvements(
    ws: Workspace,
    *,
    by: By = "manager",
    every: period.Every = "month",
    start: str | None = None,
    end: str | None = None,
    managers: Sequence[str] = (),
    against: Against = "previous",
    revision: int | None = None,
    actor: str = OWNER,
) -> pd.DataFrame:
    """How the weighted score of each manager, team or all changed, and whether that is more than their ordinary swing.

    ``against``: the period before, or the same one a year before. See :func:`amdash.insight.progress.progress`.
    Errors: month_invalid, manager_unknown.
    """
    access.ask(actor, "read")
    first, last = span_of(ws, start, end, revision)
    people = roster(ws, revision)
    cells = ws.cells(revision)
    chosen = [shown_manager(ws, people, name, revision) for name in managers]
    if chosen and by != "manager":
        people, cells = people[people["manager"].isin(chosen)], cells[cells["manager"].isin(chosen)]
    # Every period that is reported costs; swings know the months before all the same.
    asked = {period.period_of(period.shift(first, ahead), every) for ahead in range(period.number(last) - period.number(first) + 1)}
    weights, ledger = ws.rules(revision).weights, held(ws, revision)
    found = progress.progress(cells, people, kpis(), by=by, every=every, end=last, periods=asked, held=ledger, weights=weights, against=against)
    if chosen and by == "manager":
        found = found[found["manager"].isin(chosen)]
    return found[found["period"] >= period.period_of(first, every)].reset_index(drop=True)


def contributions(ws: Workspace, manager: str, wanted: str, revision: int | None = None, *, actor: str = OWNER) -> pd.DataFrame:
    """What each KPI added to the change of a manager's weighted score since the period before, or took from it.

    Rows and columns: see :func:`amdash.metrics.contributions.contributions`. Errors: month_invalid, manager_unknown.
    """
    access.ask(actor, "read")
    if not period.is_period(wanted):
        raise AmdashError("month_invalid", value=wanted)
    people = roster(ws, revision)
    person = shown_manager(ws, people, manager, revision)
    before, every = previous_period(wanted), period.kind_of(wanted)
    weighted = [kpi for kpi in kpis() if kpi.weighted]
    card = evaluate.scorecard(
        ws.cells(revision),
        people[people["manager"] == person],
        by="manager",
        every=every,
        start=period.months_of(before)[0],
        end=period.months_of(wanted)[-1],
        kpis=weighted,
        entries=held(ws, revision).entries,
    )
    return contributed(card, weighted, person, before, wanted, ws.rules(revision).weights)


def trends(
    ws: Workspace,
    kpi: str,
    wanted: str,
    by: By = "manager",
    window: int = 24,
    revision: int | None = None,
    *,
    actor: str = OWNER,
) -> list[Reading]:
    """One KPI of every manager, team or all, over the periods that end with ``wanted``: months, quarters, years, weeks or rolling ones.

    Errors: kpi_unknown, kpi_not_weekly.
    """
    access.ask(actor, "read")
    chosen = catalogue.by_id(kpi)
    every, people = period.kind_of(wanted), roster(ws, revision)
    against = held(ws, revision)
    cells = ws.cells(revision)
    if every == "week":
        if not chosen.weekly:
            raise AmdashError("kpi_not_weekly", field=chosen.name)
        weekly = ws.weekly(revision)
        cells, against = weekly.cells, replace(against, cases=weekly.cases)
    if chosen.measure == "derived":
        weights = ws.rules(revision).weights
        return progress.readings(cells, people, kpis(), period=wanted, every=every, by=by, window=window, held=against, weights=weights)
    return read_off(cells, people, [chosen], period=wanted, every=every, by=by, window=window, held=against)


def trend(
    ws: Workspace,
    kpi: str,
    wanted: str | None = None,
    *,
    manager: str | None = None,
    team: str | None = None,
    every: period.Every = "month",
    window: int = 24,
    revision: int | None = None,
    actor: str = OWNER,
) -> Reading:
    """One KPI of one manager, one team or everybody, over the periods that end with ``wanted``; without it the newest of a kind.

    Errors: kpi_unknown, kpi_not_weekly, manager_unknown, team_unknown, month_invalid, no_figures, window_out_of_range.
    """
    if not 1 <= window <= MOST_PERIODS:
        raise AmdashError("window_out_of_range", value=window, most=MOST_PERIODS)
    known = months(ws, revision)
    if wanted is None and not known:
        raise AmdashError("no_figures")
    last = wanted or (_newest_week(ws, kpi, revision) if every == "week" else period.period_of(known[-1], every))
    if not period.is_series(last):
        raise AmdashError("month_invalid", value=last)
    scope, subject = whose(ws, manager, team, revision)
    by: By = "all" if scope == "everybody" else scope
    return next(one for one in trends(ws, kpi, last, by, window, revision, actor=actor) if one.subject == subject)


def _newest_week(ws: Workspace, kpi: str, revision: int | None) -> str:
    """The last whole week that the KPI has figures of."""
    chosen, weekly = catalogue.by_id(kpi), ws.weekly(revision)
    rows = weekly.cases[kpi] if kpi in weekly.cases else weekly.cells[weekly.cells["kpi"] == kpi]
    if not chosen.weekly:
        raise AmdashError("kpi_not_weekly", field=chosen.name)
    if rows.empty:
        raise AmdashError("no_figures")
    return str(rows["month"].max())


def span_of(ws: Workspace, start: str | None, end: str | None, revision: int | None) -> tuple[str, str]:
    """The first and last month asked for; by default those with figures. Errors: month_invalid."""
    for value in (start, end):
        if value is not None and not period.is_month(value):
            raise AmdashError("month_invalid", value=value)
    known = months(ws, revision) or ["1000-01"]
    return start or known[0], end or known[-1]


def whose(ws: Workspace, manager: str | None, team: str | None, revision: int | None = None) -> tuple[Scope, str]:
    """Of whom something is said: a manager or a team under the name as it is shown, or everybody ('') where neither is named.

    Errors: scope_twice, manager_unknown, team_unknown.
    """
    if manager and team:
        raise AmdashError("scope_twice", manager=manager, team=team)
    people = roster(ws, revision)
    if manager:
        return "manager", shown_manager(ws, people, manager, revision)
    if team:
        known = {fold(name): name for name in people["team"] if name}
        if fold(team) not in known:
            raise AmdashError("team_unknown", team=team, known=list(known.values()) or ["—"])
        return "team", known[fold(team)]
    return "everybody", ""


def shown_manager(ws: Workspace, people: pd.DataFrame, name: str, revision: int | None = None) -> str:
    """The name under which somebody's figures stand, however it is written or was before a merge. Errors: manager_unknown."""
    known = list(people["manager"])
    shown = name if name in known else ws.identities(revision).shown("manager", name)
    if shown not in known:
        raise AmdashError("manager_unknown", manager=name, known=known)
    return shown
