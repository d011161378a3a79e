"""The steps that all KPIs share on their way from facts to cells, written once in narwhals so that any engine can run them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import narwhals as nw
import pandas as pd

from amdash.metrics.calendar import with_working_hours
from amdash.metrics.spec import CELL_COLUMNS, Facts

# A score of 4 of 5 or 8 of 10; the allowance is for 0.8 written as a binary fraction.
SATISFIED_FROM = 0.8 - 1e-9
_OWNER = ("manager", "team", "month")


def with_month(frame: Any, dated_by: str) -> nw.DataFrame[Any]:
    """The frame in narwhals with ``month`` ('YYYY-MM') and ``team`` (where it has none); rows without a date are dropped."""
    rows: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True).filter(~nw.col(dated_by).is_null())
    rows = rows.with_columns(month=nw.col(dated_by).dt.to_string("%Y-%m"))
    return rows if "team" in rows.columns else rows.with_columns(team=nw.lit(None, dtype=nw.String))


def summed(rows: nw.DataFrame[Any]) -> pd.DataFrame:
    """Rows with numerator and denominator (and ``square`` for means) -> one cell per manager, team and month.

    n is the number of rows. Empty: no cells, every column.
    """
    if "square" not in rows.columns:
        rows = rows.with_columns(square=nw.lit(None, dtype=nw.Float64))
    # A null owner is an owner of its own: rows that name nobody still count for the whole business.
    marked = rows.with_columns(
        nw.col("manager").fill_null(""),
        nw.col("team").fill_null(""),
        nw.col("numerator").cast(nw.Float64),
        nw.col("denominator").cast(nw.Float64),
        nw.col("square").cast(nw.Float64),
        one=nw.lit(1),
    )
    cells = marked.group_by(*_OWNER).agg(
        nw.col("numerator").sum(), nw.col("denominator").sum(), nw.col("one").sum().alias("n"), nw.col("square").sum().alias("sum_of_squares")
    )
    return finished(cells.sort(*_OWNER).to_pandas() if not marked.is_empty() else None)


def finished(cells: pd.DataFrame | None) -> pd.DataFrame:
    """Cells with the declared columns and types, owners that are '' made missing."""
    types = {name: dtype for name, dtype in CELL_COLUMNS.items() if name != "kpi"}
    if cells is None or cells.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in types.items()})
    for name in ("denominator", "n", "sum_of_squares"):
        if name not in cells:
            cells = cells.assign(**{name: 0})
    owners = {name: cells[name].astype("str").where(cells[name].notna() & (cells[name] != "")) for name in ("manager", "team")}
    return cells.assign(**owners)[list(types)].astype(types).reset_index(drop=True)


def won_sales(facts: Facts) -> nw.DataFrame[Any]:
    """Dated sales that are won: an order with no status at all is one, an open, lost or cancelled deal is not."""
    rows = with_month(facts["sales"], "date")
    return rows.filter(nw.col("status").fill_null("won") == "won")


def with_customer(rows: nw.DataFrame[Any], facts: Facts) -> nw.DataFrame[Any]:
    """The rows with ``who``: the customer's number, also where only a name stands that has exactly one; else the name.

    A name that two numbers share tells nobody; rows that name no customer have none.
    """
    pairs = nw.concat([nw.from_native(facts[name], eager_only=True).select("customer_no", "customer") for name in ("sales", "customers")])
    pairs = pairs.filter(~nw.col("customer_no").is_null(), ~nw.col("customer").is_null()).unique()
    counted = pairs.group_by("customer").agg(nw.len().alias("numbers"), nw.col("customer_no").min().alias("known_no"))
    known = counted.filter(nw.col("numbers") == 1).select("customer", "known_no")
    if "customer_no" not in rows.columns:
        rows = rows.with_columns(customer_no=nw.lit(None, dtype=nw.String))
    return rows.join(known, on="customer", how="left").with_columns(who=nw.coalesce("customer_no", "known_no", "customer")).drop("known_no")


def response_hours(facts: Facts) -> nw.DataFrame[Any]:
    """Tickets with ``hours`` from opening to first response, null while unanswered, and ``waited`` until the facts' date.

    Elapsed hours, or those within the opening hours where the facts name any. Hours that a sheet itself states stay as they are.
    """
    rows = with_month(facts["tickets"], "opened_at").with_columns(now=nw.lit(facts.as_of))
    for name, end in (("between", "first_response_at"), ("waited", "now")):
        if facts.opening is None:
            rows = rows.with_columns(((nw.col(end) - nw.col("opened_at")).dt.total_microseconds().cast(nw.Float64) / 3.6e9).alias(name))
        else:
            rows = with_working_hours(rows, "opened_at", end, name, facts.opening)
    return rows.with_columns(hours=nw.coalesce(nw.col("response_hours"), nw.col("between"))).drop("between", "now")


def resolved_by(as_of: dt.datetime) -> nw.Expr:
    """Whether a complaint was resolved by a date: the date of its resolution decides; without one, what is said of it."""
    said = nw.col("resolved").fill_null(value=False) | (nw.col("status").fill_null("") == "resolved")
    dated = nw.when(nw.col("resolved_on").is_null()).then(said).otherwise(nw.col("resolved_on") <= nw.lit(as_of))
    # Reopened counts as open: the client judges the last outcome.
    return dated & (nw.col("status").fill_null("") != "open")


def scored(facts: Facts, table: str) -> nw.DataFrame[Any]:
    """Survey responses with ``share``: the score over the scale it is out of."""
    rows = with_month(facts[table], "date").filter(~nw.col("score").is_null(), ~nw.col("scale").is_null())
    return rows.with_columns(share=nw.col("score") / nw.col("scale"))


def native(select: Callable[[Facts], nw.DataFrame[Any]]) -> Callable[[Facts], pd.DataFrame]:
    """The rows a KPI counts as a pandas frame, for looking into a number."""

    def behind(facts: Facts) -> pd.DataFrame:
        frame: pd.DataFrame = select(facts).to_pandas()
        return frame.drop(columns=[name for name in ("waited", "share") if name in frame])

    return behind
