"""The steps that all KPIs share on their way from facts to cells, written once in narwhals so that any engine can run them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

import narwhals as nw
import pandas as pd

from amdash.metrics.calendar import with_elapsed_hours, with_working_hours
from amdash.metrics.engines import PLACE, Rows, collected, once, placed
from amdash.metrics.spec import CELL_COLUMNS, Facts
from amdash.metrics.sums import sums
from amdash.schema import TABLES

# A score of 4 of 5 or 8 of 10; the allowance is for 0.8 written as a binary fraction.
SATISFIED_FROM = 0.8 - 1e-9
_OWNER = ("manager", "team", "month")


def with_month(frame: Any, dated_by: str) -> Rows:
    """The frame in narwhals with ``month`` ('YYYY-MM') and ``team`` (where it has none); rows without a date are dropped."""
    rows = nw.from_native(frame).filter(~nw.col(dated_by).is_null())
    names = rows.collect_schema().names()
    if "month" not in names:
        rows = rows.with_columns(month=nw.col(dated_by).dt.to_string("%Y-%m"))
    return rows if "team" in names else rows.with_columns(team=nw.lit(None, dtype=nw.String))


@once
def dated(facts: Facts, table: str) -> Rows:
    """A table's dated rows with ``month``, ``team`` and ``place``."""
    return with_month(placed(facts, table), str(TABLES[table].dated_by))


def summed(rows: Rows, where: nw.Expr | None = None) -> pd.DataFrame:
    """Rows with numerator and denominator (and ``square`` for means) -> one cell per manager, team and month.

    ``where``: which rows count; without it all do. n is the number of rows that do. Sums are the same to
    the last bit on every engine and in any order of the rows (see :mod:`amdash.metrics.sums`). Empty: no cells, every column.
    """
    names = rows.collect_schema().names()
    # A null owner is an owner of its own: rows that name nobody still count for the whole business.
    owners = [nw.col("manager").fill_null(""), nw.col("team").fill_null(""), nw.col("month")]
    values = [name for name in ("numerator", "denominator", "square") if name in names]
    if where is None:
        rows = rows.select(*owners, *values)
    else:
        # Filtered once nothing but what is summed is left: pandas copies every column of the rows that stay.
        rows = rows.select(*owners, *values, where.alias("counts")).filter(nw.col("counts")).drop("counts")
    cells = sums(rows, _OWNER, values).rename(columns={"square": "sum_of_squares"})
    return finished(cells.sort_values(list(_OWNER)))


def no_cells(_facts: Facts) -> pd.DataFrame:
    """Of a KPI whose figures are no sums of its rows: a quantile of cases, or what is told from other figures."""
    return finished(None)


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


@once
def won_sales(facts: Facts) -> Rows:
    """Dated sales that are won, with ``place``: an order with no status at all is one, an open, lost or cancelled deal is not."""
    return dated(facts, "sales").filter(nw.col("status").fill_null("won") == "won")


@once
def _known_numbers(facts: Facts) -> Rows:
    """Columns customer, known_no: the names that have exactly one customer number in the sales and the customer list."""
    pairs = nw.concat([nw.from_native(facts[name]).select("customer_no", "customer") for name in ("sales", "customers")])
    pairs = pairs.filter(~nw.col("customer_no").is_null(), ~nw.col("customer").is_null()).unique()
    counted = pairs.group_by("customer").agg(nw.len().alias("numbers"), nw.col("customer_no").min().alias("known_no"))
    return counted.filter(nw.col("numbers") == 1).select("customer", "known_no")


def with_customer(rows: Rows, facts: Facts) -> Rows:
    """The rows with ``who``: the customer's number, also where only a name stands that has exactly one; else the name.

    A name that two numbers share tells nobody; rows that name no customer have none.
    """
    if "customer_no" not in rows.collect_schema().names():
        rows = rows.with_columns(customer_no=nw.lit(None, dtype=nw.String))
    found = rows.join(_known_numbers(facts), on="customer", how="left")
    return found.with_columns(who=nw.coalesce("customer_no", "known_no", "customer")).drop("known_no")


def customer_sales(facts: Facts) -> Rows:
    """The won sales with ``who`` (see :func:`with_customer`)."""
    return with_customer(won_sales(facts), facts)


@once
def bought(facts: Facts) -> Rows:
    """The same with who, date, place, manager and month alone, which are all that is counted."""
    rows = with_customer(won_sales(facts).select("date", PLACE, "manager", "month", "customer", "customer_no"), facts)
    return rows.drop("customer", "customer_no")


@once
def response_hours(facts: Facts) -> Rows:
    """Tickets with ``hours`` from opening to first response, null while unanswered, and ``waited`` until the facts' date.

    Elapsed hours, or those within the opening hours where the facts name any. Hours that a sheet itself states stay as they are.
    """
    rows = dated(facts, "tickets")
    if facts.opening is None:
        rows = with_elapsed_hours(rows, "opened_at", {"between": "first_response_at", "waited": facts.as_of})
    else:
        rows = with_working_hours(rows, "opened_at", "first_response_at", "between", facts.opening)
        rows = with_working_hours(rows.with_columns(now=nw.lit(facts.as_of)), "opened_at", "now", "waited", facts.opening).drop("now")
    return rows.with_columns(hours=nw.coalesce(nw.col("response_hours"), nw.col("between"))).drop("between")


@once
def roster(facts: Facts) -> Rows:
    """Columns manager, home: each manager's team, as the last entry of the list has it."""
    people = placed(facts, "managers").unique(subset=["name"], keep="last", order_by=[PLACE])
    return people.select(manager=nw.col("name"), home=nw.col("team"))


@once
def _sheets(facts: Facts) -> Rows:
    """Columns source_file, source_sheet, series: the sheets of the sales, and what the same one is called in every month."""
    rows = nw.from_native(facts["sales"]).select("source_file", "source_sheet").unique()
    # 销售-2026-09.xlsx and 销售-2026-10.xlsx are one sheet that comes every month.
    return rows.with_columns(series=nw.concat_str("source_file", "source_sheet", separator="\n").str.replace_all("[0-9]+", ""))


def knowing_sheets(facts: Facts, told: Rows) -> Rows:
    """Columns source_file, source_sheet: the sheets of the sales that hold any of the rows ``told``, and other months' of the same name."""
    sheets = _sheets(facts)
    names = sheets.join(told.select("source_file", "source_sheet").unique(), on=["source_file", "source_sheet"], how="semi")
    return sheets.join(names.select("series").unique(), on="series", how="semi").select("source_file", "source_sheet")


def resolved_by(as_of: dt.datetime, on: Literal["resolved_on", "resolved_at"] = "resolved_on") -> nw.Expr:
    """Whether a complaint, or with ``on`` resolved_at a ticket, was resolved by a date: the date of its resolution decides;
    without one, what is said of it."""
    said = nw.col("resolved").fill_null(value=False) | (nw.col("status").fill_null("") == "resolved")
    if on == "resolved_at":
        # Hours without a date say that it was resolved, and not when.
        said = said | ~nw.col("resolution_hours").is_null()
    dated = nw.when(nw.col(on).is_null()).then(said).otherwise(nw.col(on) <= nw.lit(as_of))
    # Reopened counts as open: the client judges the last outcome.
    return dated & (nw.col("status").fill_null("") != "open")


def scored(facts: Facts, table: str) -> Rows:
    """Survey responses with ``share``: the score over the scale it is out of."""
    rows = dated(facts, table).filter(~nw.col("score").is_null(), ~nw.col("scale").is_null())
    return rows.with_columns(share=nw.col("score") / nw.col("scale"))


def native(select: Callable[[Facts], Rows]) -> Callable[[Facts], pd.DataFrame]:
    """The rows a KPI counts as a pandas frame, for looking into a number."""

    def behind(facts: Facts) -> pd.DataFrame:
        frame = collected(select(facts))
        return frame.drop(columns=[name for name in (PLACE, "waited", "share") if name in frame])

    return behind
