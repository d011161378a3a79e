"""What happened, for charts: annotations, and the starts of plans, each with whom and which KPI it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amdash.insight.reading import Reading
from amdash.metrics import period
from amdash.metrics.spec import By
from amdash.service import access, scorecards
from amdash.service.annotations import entries
from amdash.service.workspace import OWNER, Workspace

# Beside the kinds of annotations.
PLAN = "plan"


@dataclass(frozen=True)
class Happening:
    """Something that happened in a month. ``kind``: that of the annotation, or PLAN for the start of one; ``text``: in a person's words.

    ``kpi``: the KPI that it is about, '' for all; ``scope``: everybody, team or manager; ``subject``: which of them.
    """

    month: str
    kind: str
    text: str
    kpi: str
    scope: str
    subject: str


@dataclass(frozen=True)
class InChart:
    """What happened at a point of a chart: one thing, or where ``is_counted`` all plans there of a team's managers.

    They are some persons' new way and not the team's: what the chart says of them is how many they are.
    """

    period: str
    entries: tuple[Happening, ...]
    is_counted: bool = False


@dataclass(frozen=True)
class Happenings:
    """All of a revision, by month. ``home``: manager -> team, '' where unknown."""

    entries: tuple[Happening, ...]
    home: Mapping[str, str]

    def concerning(self, kpi: str, by: By, subject: str) -> tuple[Happening, ...]:
        """Those about a KPI or about all, that concern a manager, a team, or the whole business; of everybody, they concern all.

        ``by``: which of them ``subject`` is, for a team may be called like a manager. A plan concerns its manager alone: it is one
        person's new way, not the team's.
        """
        whose = {("everybody", "")}
        if by == "manager":
            whose |= {("manager", subject), ("team", self.home.get(subject, ""))}
        elif by == "team":
            whose.add(("team", subject))
        return tuple(one for one in self.entries if one.kpi in ("", kpi) and (one.scope, one.subject) in whose)

    def plans_of_team(self, kpi: str, team: str) -> tuple[Happening, ...]:
        """The starts of plans for a KPI of the managers of a team, by month; of no team ('') none."""
        return tuple(one for one in self.entries if team and one.kind == PLAN and one.kpi == kpi and self.home.get(one.subject) == team)

    def in_chart(self, reading: Reading) -> list[InChart]:
        """What the chart of a reading shows, by month; in that of a team last the plans of its managers, which are counted."""
        periods = [point.period for point in reading.points]
        own = at_points(self.concerning(reading.kpi, reading.by, reading.subject), periods)
        plans: dict[str, list[Happening]] = {}
        if reading.by == "team":
            for at, one in at_points(self.plans_of_team(reading.kpi, reading.subject), periods):
                plans.setdefault(at, []).append(one)
        return [*(InChart(at, (one,)) for at, one in own), *(InChart(at, tuple(found), is_counted=True) for at, found in plans.items())]


def happenings(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> Happenings:
    """Everything that stands at a revision, under the names then in force. Errors: revision_unknown."""
    access.ask(actor, "read")
    known = ws.identities(revision)
    said = [Happening(row.month, row.kind, row.text, row.kpi, row.scope, row.subject) for row in entries(ws, revision=revision)]
    said += [Happening(row.started, PLAN, row.action, row.kpi, "manager", known.shown("manager", row.manager)) for row in ws.store.plans(revision)]
    people = scorecards.roster(ws, revision)
    home = {str(name): str(team) for name, team in zip(people["manager"], people["team"], strict=True)}
    return Happenings(tuple(sorted(said, key=lambda one: one.month)), home)


def at_points(found: Sequence[Happening], periods: Sequence[str]) -> list[tuple[str, Happening]]:
    """(point, what happened) for the points of a chart, in the order of ``found``; what lies outside them is left out.

    A month is at the period that it falls into: of weeks the first of the month, of rolling periods the one that ends with it.
    """
    if not periods:
        return []
    kind = period.kind_of(periods[-1])
    at = {period.month_of_week(one) if period.is_week(one) else one: one for one in reversed(periods)}
    return [(at[where], one) for one in found if (where := period.period_of(one.month, kind)) in at]
