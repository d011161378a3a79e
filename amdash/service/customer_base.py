"""All customers at the end of a period: their tiers, who moved and why, how many stayed, and how much hangs on how few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from amdash.insight import moves as insight_moves
from amdash.insight import tiers as insight_tiers
from amdash.insight.concentration import Concentration, concentration
from amdash.insight.customers import sales_of
from amdash.insight.tiers import TIERS, Tier
from amdash.metrics import period, retention
from amdash.metrics.names import fold
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace

_DAY = dt.timedelta(days=1)
# The part of the days until a customer has lapsed after which somebody should call: there is time left to.
_RISK = (2, 3)


@dataclass(frozen=True)
class CustomerBase:
    """The customers known at ``as_of``, and what has changed since ``before``; whoever gets it must not change it.

    ``customers``: as from :func:`amdash.insight.tiers.tiers`, with ``key``, under which a customer's file is opened: the name, or the number
    of one whose name another one has too. ``moves``: as from :func:`amdash.insight.moves.moves`, with ``key``. ``stayed``: the customers of
    the year before with manager and retained (:func:`amdash.metrics.retention.base`); None where the sales do not cover two years.
    """

    period: str
    before: dt.date
    as_of: dt.date
    customers: pd.DataFrame
    moves: pd.DataFrame
    stayed: pd.DataFrame | None

    def of(self, managers: Collection[str] | None) -> CustomerBase:
        """The same of these managers' customers alone; of all without any."""
        if managers is None:
            return self
        customers, moves = (frame[frame["manager"].isin(managers)].reset_index(drop=True) for frame in (self.customers, self.moves))
        stayed = None if self.stayed is None else self.stayed[self.stayed["manager"].isin(managers)]
        return CustomerBase(self.period, self.before, self.as_of, customers, moves, stayed)


@dataclass(frozen=True)
class TierCount:
    """A tier: its customers, their revenue of the last 12 months (money), its share of all (ratio, None without any), and who came and left."""

    tier: Tier
    customers: int
    revenue_12m: float
    share: float | None
    came: int
    left: int


@dataclass(frozen=True)
class Stayed:
    """Of ``base`` customers who bought in the year before, ``retained`` bought in this one too; ``rate``: ratio 0-1."""

    base: int
    retained: int

    @property
    def rate(self) -> float:
        return self.retained / self.base


def base(ws: Workspace, wanted: str, *, revision: int | None = None, actor: str = OWNER) -> CustomerBase:
    """The customers at the end of a month, quarter or year, and since the end of the one before.

    Errors: revision_unknown; ValueError for what is no period.
    """
    access.ask(actor, "read")
    facts, rules = ws.facts(revision), ws.rules(revision).tiers
    before, as_of = ends(wanted, known_until(ws, facts.as_of.date(), revision))
    customers = keyed(dealt_with(insight_tiers.customer_tiers(facts, as_of, rules), sales_of(facts), as_of))
    moved = insight_moves.moves(insight_tiers.customer_tiers(facts, before, rules), customers, rules)
    keys = dict(zip(customers["who"], customers["key"], strict=True))
    # Of a year that is not over, as its last month has it.
    between = retention.windows(min(period.months_of(wanted)[-1], f"{as_of:%Y-%m}"))
    stayed = retention.base(facts, between) if retention.covered(facts, between) else None
    return CustomerBase(wanted, before, as_of, customers, moved.assign(key=moved["who"].map(keys).fillna(moved["customer"])), stayed)


def stamp(ws: Workspace) -> tuple[object, ...]:
    """What :func:`base` follows from at the newest revision: the same for as long as nothing but notes, plans and the like are written."""
    revision = ws.revision()
    aliases = tuple((row.kind, row.alias, row.name) for row in ws.store.aliases(revision))
    return str(ws.store.facts_at(revision)), tuple(slot.fact_id for slot in ws.store.slots(revision)), aliases, repr(ws.rules(revision).tiers)


def known_until(ws: Workspace, today: dt.date, revision: int | None = None) -> dt.date:
    """Up to when customers are known: the last day of the newest month with sales, and no later than ``today``; that, where there are none.

    Who has not bought since has not left: the sheets of those months are still to come.
    """
    sold = ws.months(revision).get("sales")
    return min(today, first_day(period.shift(max(sold), 1)) - _DAY) if sold else today


def ends(wanted: str, known_until: dt.date) -> tuple[dt.date, dt.date]:
    """The last day of the period before, and of the period itself: no later than the facts are, where that is still within it."""
    months = period.months_of(wanted)
    before, end = (first_day(month) - _DAY for month in (months[0], period.shift(months[-1], 1)))
    return before, min(end, known_until) if known_until > before else end


def first_day(month: str) -> dt.date:
    """The first day of a month."""
    return dt.date(int(month[:4]), int(month[5:]), 1)


def tier_counts(found: CustomerBase) -> list[TierCount]:
    """Every tier, the best first, also one without customers."""
    whole = float(found.customers["revenue_12m"].sum())
    counted = []
    for tier in TIERS:
        inside = found.customers[found.customers["tier"] == tier]
        revenue = float(inside["revenue_12m"].sum())
        came, left = (int((found.moves[f"tier_{when}"] == tier).sum()) for when in ("after", "before"))
        counted.append(TierCount(tier, len(inside), revenue, revenue / whole if whole > 0 else None, came, left))
    return counted


def stayed(found: CustomerBase) -> Stayed | None:
    """How many of the year before's customers bought again; None without any, or where two years are not there."""
    rows = found.stayed
    return Stayed(len(rows), int(rows["retained"].sum())) if rows is not None and len(rows) else None


def spread(found: CustomerBase) -> Concentration | None:
    """How the revenue of the last 12 months is spread over the customers; None without revenue."""
    return concentration(found.customers["revenue_12m"].to_list())


def revenues(found: CustomerBase) -> list[float]:
    """The customers' revenues of the last 12 months, the largest first; without those that are none."""
    known = found.customers.loc[found.customers["revenue_12m"] > 0, "revenue_12m"]
    return [float(one) for one in known.sort_values(ascending=False)]


def matching(found: CustomerBase, text: str = "", tier: str | None = None, tags: Mapping[str, Collection[str]] | None = None) -> pd.DataFrame:
    """The customers of a tier whose name, or one of whose ``tags`` (by key), holds a text in whatever spelling."""
    rows = found.customers if tier is None else found.customers[found.customers["tier"] == tier]
    needle = fold(text)
    if not needle:
        return rows
    tagged = {key for key, words in (tags or {}).items() if any(needle in fold(word) for word in words)}
    return rows[[key in tagged or needle in fold(name) for key, name in zip(rows["key"], rows["customer"], strict=True)]]


def at_risk(found: CustomerBase, lapsed_after_days: int) -> pd.DataFrame:
    """Who still counts as a customer and has been silent for two thirds of the days after which one has lapsed, the most revenue first.

    ``lapsed_after_days``: of the rules of the tiers. Columns: those of ``customers`` and lapses_on, the day from which on without an order
    they count as lapsed. Empty: no rows, every column.
    """
    rows = found.customers
    silent = rows["recency_days"].ge(at_risk_after(lapsed_after_days)).fillna(value=False).astype("bool")
    some = rows[silent & (rows["tier"] != "lapsed")]
    some = some.assign(lapses_on=some["last_on"] + pd.Timedelta(days=lapsed_after_days))
    return some.sort_values(["revenue_12m", "customer", "key"], ascending=[False, True, True]).reset_index(drop=True)


def at_risk_after(lapsed_after_days: int) -> int:
    """After how many days without an order a customer is at risk."""
    return max(1, -(-_RISK[0] * lapsed_after_days // _RISK[1]))


def ordered(rows: pd.DataFrame, by: str, descending: bool) -> pd.DataFrame:
    """Customers by a column, tiers the best first where ascending, what is missing last; of equal ones by name."""
    place = rows["tier"].map({tier: number for number, tier in enumerate(TIERS)}) if by == "tier" else rows[by]
    sorted_rows = rows.assign(place=place).sort_values(["place", "customer", "key"], ascending=[not descending, True, True], na_position="last")
    return sorted_rows.drop(columns="place")


def dealt_with(customers: pd.DataFrame, sales: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The customers in which one that nobody has on the list, and that has not bought, is of whoever had dealt with it last at a day.

    ``customers``: with who and manager; ``sales``: as from :func:`amdash.insight.customers.sales_of`. What has no date comes before the rest.
    Missing: the manager of one with whom nobody has dealt by then.
    """
    nobody = customers["manager"].isna()
    if not nobody.any():
        return customers
    end = pd.Timestamp(as_of) + _DAY
    rows = sales[sales["who"].isin(customers.loc[nobody, "who"]) & sales["manager"].notna()]
    # A deal that is not closed yet is dated on the day it is to be closed: by then it is known from its opening.
    on = rows["date"].where(rows["date"] < end, rows["opened_on"].fillna(rows["date"]))
    rows = rows.assign(on=on)[on.isna() | (on < end)]
    last = rows.sort_values(["on", "manager"], na_position="first").drop_duplicates("who", keep="last").set_index("who")["manager"]
    return customers.assign(manager=customers["manager"].fillna(customers["who"].map(last).astype("str")))


def keyed(customers: pd.DataFrame) -> pd.DataFrame:
    """The customers with ``key``: the name, or who it is (the number) of one whose name another one of them has too."""
    shared = customers["customer"].duplicated(keep=False)
    return customers.assign(key=customers["customer"].where(~shared, customers["who"]))
