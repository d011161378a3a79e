"""Marked changes: the months with which limits begin anew, because a person has said that from then on things are done another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from amdash.metrics.period import shift
from amdash.metrics.targets import Scope


class Marked(Protocol):
    """A process of its own begins in ``month``, for ``subject`` (a team or manager, '' for everybody), in ``kpi`` ('': in all)."""

    @property
    def month(self) -> str: ...
    @property
    def kpi(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def subject(self) -> str: ...


@dataclass(frozen=True)
class Mark:
    """A marked change as such, whoever said it and wherever. ``month``: 'YYYY-MM'; ``kpi``: '' for all; ``subject``: '' for everybody."""

    month: str
    kpi: str = ""
    scope: Scope = "everybody"
    subject: str = ""


def marks_of(entries: Sequence[Marked], kpi: str, manager: str | None = None, team: str | None = None) -> tuple[str, ...]:
    """The months with which the limits of a KPI begin anew, ascending, each once; none without entries.

    For a manager: what is said of the manager, of the manager's team, and of everybody; without a manager: of the team and of everybody; without
    either: of everybody alone. One person's new way is no new process of the team.
    Limits are never made anew because a signal shows, nor with every plan: they are what a plan is held against, and would hide its effect.
    They are when somebody says that the process is another one, why, and that it is to stay. Source: PQ Systems, Quality Advisor, When should
    you recalculate limits? (changed, understood, to remain, watched for long enough); limits are to reflect the process: Wheeler, When do I
    recalculate my limits?, Quality Digest. Making Data Count's NHSRplotthedots too takes the dates (rebase) from a person.
    """
    whose = {("everybody", "")}
    whose |= {(scope, subject) for scope, subject in (("team", team), ("manager", manager)) if subject}
    return tuple(sorted({one.month for one in entries if one.kpi in ("", kpi) and (one.scope, one.subject) in whose}))


def first_month(started: str) -> str:
    """The first month that a plan begun in a month has to itself: of the month of its start, part is the old way and part the new."""
    return shift(started, 1)


def between(marks: Sequence[str], started: str) -> tuple[str, str | None]:
    """The stretch between two marked changes that a plan begun in a month belongs to: its first month, and the first month after it.

    '' where nothing is marked before the start, None where nothing is after it. A change marked with the month of the start, or with the
    first whole month after it, is the plan's own.
    """
    before = [month for month in marks if month < started]
    after = [month for month in marks if month > first_month(started)]
    return max(before, default=""), min(after, default=None)
