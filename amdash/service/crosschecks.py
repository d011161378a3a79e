"""What only several tables together show: names on no list, customers who never bought, figures that do not agree, rows that repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from amdash.metrics import catalogue, evaluate, summary
from amdash.metrics.kpi import sales_amount
from amdash.metrics.score import is_sound
from amdash.metrics.spec import Facts, Kpi
from amdash.metrics.target_sheet import target_of
from amdash.schema import TABLES

Tables = Mapping[str, pd.DataFrame]
Place = tuple[str, str, int]

_EXAMPLES = 5
_NAMES = 3
# Names further from each other than this are no slips of the pen; 李明 and 李鸣 share half.
_NEAR = 0.5
# Products of one family differ in a letter: only what is nearly the same is offered.
_NEAR_PRODUCT = 0.9
# More unknown names than this in one table are said in one line.
_SINGLE_NAMES = 10
_WITH_MANAGERS = ("sales", "tickets", "complaints", "surveys", "staff_surveys", "feedback", "summary")
_WITH_CUSTOMERS = ("sales", "tickets", "complaints", "surveys")
# Rows that name none of these are alike by chance: two answers of 5 points on one day are two answers.
_TELLING = ("order_no", "customer", "customer_no", "ticket_no", "complaint_no", "name", "content", "period")
# Of a customer with two orders on one day, two equal ratings are two.
_TELLING_RATINGS = ("response_no", "comment")
# Anonymous answers are alike, and a month's weeks share its key.
_NEVER_REPEATED = ("staff_surveys",)
_KEY_MAY_REPEAT = ("summary", "returns")
_PARTS = (("satisfied", "responses"), ("complaints_resolved", "complaints"), ("tickets_answered", "tickets"))


@dataclass(frozen=True)
class Finding:
    """One thing found in ``n`` rows (or figures), however many. ``examples``: (file, sheet, row) of up to five of them.

    ``fields`` fill the wording of ``code`` in :mod:`amdash.i18n.wording`; ``table`` and ``n`` are among them.
    """

    code: str
    table: str
    n: int
    examples: tuple[Place, ...]
    fields: Mapping[str, Any]


def check(tables: Tables, as_of: dt.datetime) -> list[Finding]:
    """Everything found in the canonical tables after attribution, in the order of the checks and of the tables. Empty: nothing.

    ``tables``: every table there, none is changed. ``as_of``: the date that the figures are judged at.
    """
    return [
        *_managers_unlisted(tables),
        *_customers_unlisted(tables),
        *_products_unlisted(tables),
        *_without(tables, "complaints", "customer", "complaint_without_customer"),
        *_never_bought(tables),
        *_without(tables, "sales", "manager", "sale_without_manager"),
        *_targets_of_strangers(tables),
        *_targets_unused(tables),
        *_summary_differs(Facts(tables, as_of)),
        *_summary_impossible(tables),
        *_summary_withheld(tables),
        *_returns_unsold(tables),
        *_rows_repeated(tables),
        *_keys_repeated(tables),
    ]


def _finding(code: str, table: str, rows: pd.DataFrame, n: int | None = None, **fields: Any) -> Finding:
    """``n``: the number of rows, unless other things are counted."""
    first = rows.sort_values(["source_file", "source_sheet", "source_row"], kind="stable").head(_EXAMPLES)
    places = tuple(
        (str(file), str(sheet), int(row)) for file, sheet, row in zip(*(first[f"source_{name}"] for name in ("file", "sheet", "row")), strict=True)
    )
    count = len(rows) if n is None else n
    return Finding(code, table, count, places, {"table": TABLES[table].title, "n": count, **fields})


def _managers_unlisted(tables: Tables) -> Iterator[Finding]:
    """Names in rows that the list of managers does not have, each with the names near to it; nothing without a list."""
    listed = set(tables["managers"]["name"].dropna())
    if not listed:
        return
    for table in _WITH_MANAGERS:
        yield from _strangers(tables[table], table, listed, "manager_unlisted")


def _targets_of_strangers(tables: Tables) -> Iterator[Finding]:
    """Targets of people whom neither the list nor, where there is none, any sale knows; nothing where neither names anybody."""
    listed = set(tables["managers"]["name"].dropna()) or set(tables["sales"]["manager"].dropna())
    if listed:
        yield from _strangers(tables["targets"], "targets", listed, "target_manager_unknown")


def _targets_unused(tables: Tables) -> Iterator[Finding]:
    """Targets that judge nothing: of a KPI that is none, or of a value that it cannot have."""
    rows = tables["targets"].dropna(subset="kpi")
    for name, mine in rows.groupby("kpi", sort=True):
        kpi = catalogue.KPIS.get(str(name))
        if kpi is None:
            yield _finding("target_kpi_unknown", "targets", mine, kpi=str(name), known=list(catalogue.KPIS))
        elif kpi.measure != "total":
            for value in sorted(value for value in mine["value"].dropna().unique() if not is_sound(kpi, target_of(kpi, value))):
                yield _finding("target_unusable", "targets", mine[mine["value"] == value], field=kpi.name, value=f"{value:g}")


def _strangers(frame: pd.DataFrame, table: str, known: set[str], code: str) -> Iterator[Finding]:
    rows = frame[frame["manager"].notna() & ~frame["manager"].isin(known)]
    names = rows["manager"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    for name in names.index[:_SINGLE_NAMES]:
        near = get_close_matches(name, sorted(known), _NAMES, _NEAR)
        yield _finding(f"{code}_near" if near else code, table, rows[rows["manager"] == name], manager=name, known=near)
    rest = names.index[_SINGLE_NAMES:]
    if len(rest):
        yield _finding("managers_unlisted_more", table, rows[rows["manager"].isin(rest)], known=list(rest[:_NAMES]))


def _customers_unlisted(tables: Tables) -> Iterator[Finding]:
    """Rows of customers that the list of customers does not have, by name or number; nothing where most are not in it."""
    listed = tables["customers"]
    names, numbers = set(listed["customer"].dropna()), set(listed["customer_no"].dropna())
    for table in _WITH_CUSTOMERS:
        rows = tables[table][tables[table]["customer"].notna()]
        known = rows["customer"].isin(names)
        if "customer_no" in rows:
            known |= rows["customer_no"].isin(numbers)
        found = rows[~known]
        # A list of a few big customers is no list of all.
        if len(found) and 2 * rows.loc[known, "customer"].nunique() > rows["customer"].nunique():
            yield _finding("customer_unlisted", table, found, known=_some(found["customer"]))


def _products_unlisted(tables: Tables) -> Iterator[Finding]:
    """Sales of products that the list of products does not have, with the names near to them; nothing without a list."""
    listed = set(tables["products"]["product"].dropna())
    sales = tables["sales"]
    rows = sales[sales["product"].notna() & ~sales["product"].isin(listed)] if listed else sales[:0]
    near = {name: get_close_matches(name, sorted(listed), _NAMES, _NEAR_PRODUCT) for name in sorted(rows["product"].unique())}
    for name, known in near.items():
        if known:
            yield _finding("product_unlisted_near", "sales", rows[rows["product"] == name], product=name, known=known)
    strangers = rows[rows["product"].isin([name for name, known in near.items() if not known])]
    if len(strangers):
        yield _finding("product_unlisted", "sales", strangers, known=_some(strangers["product"]))


def _without(tables: Tables, table: str, field: str, code: str) -> Iterator[Finding]:
    rows = tables[table][tables[table][field].isna()]
    if len(rows):
        yield _finding(code, table, rows)


def _never_bought(tables: Tables) -> Iterator[Finding]:
    """Complaints, tickets and answers of customers who are in no sale; nothing where sales name no customer."""
    sales, listed = tables["sales"], tables["customers"]
    sales = sales[sales["status"].fillna("won") == "won"]
    by_number = listed.loc[listed["customer_no"].notna() & listed["customer_no"].isin(sales["customer_no"].dropna()), "customer"]
    buyers = set(sales["customer"].dropna()) | set(by_number.dropna())
    if not buyers:
        return
    for table in ("complaints", "tickets", "surveys"):
        rows = tables[table]
        found = rows[rows["customer"].notna() & ~rows["customer"].isin(buyers)]
        if len(found):
            yield _finding("customer_never_bought", table, found, known=_some(found["customer"]))


def _summary_differs(facts: Facts) -> Iterator[Finding]:
    """Figures that a summary states and the detail does not bear out, one finding a KPI, with the one that is furthest off."""
    rows = facts["summary"]
    if rows.empty:
        return
    said = summary.cells(facts)
    kpis = [kpi for kpi in catalogue.KPIS.values() if (said["kpi"] == kpi.id).any()]
    detail = evaluate.detail(facts, kpis)
    apart = summary.differences(detail[~summary.hollow(detail, sales_amount.cells(facts))], said)
    for kpi in kpis:
        mine = apart[apart["kpi"] == kpi.id]
        if len(mine):
            pairs = set(zip(mine["manager"], mine["month"], strict=True))
            there = [pair in pairs for pair in zip(rows["manager"].fillna(""), rows["period"], strict=True)]
            worst = mine.iloc[int((mine["detail"] - mine["summary"]).abs().to_numpy().argmax())]
            fields = {
                "manager": worst["manager"],
                "month": worst["month"],
                "expected": _figure(worst["detail"], kpi),
                "found": _figure(worst["summary"], kpi),
            }
            yield _finding("summary_differs", "summary", rows.loc[there], len(mine), field=kpi.name, kpi=kpi.id, **fields)


def _figure(value: float, kpi: Kpi) -> str:
    return f"{value:.2%}" if kpi.unit == "ratio" else f"{value:,.2f}"


def _summary_impossible(tables: Tables) -> Iterator[Finding]:
    """More satisfied, resolved or answered than there were."""
    rows = tables["summary"]
    for part, whole in _PARTS:
        found = rows[(rows[part] > rows[whole]).fillna(value=False)]
        if len(found):
            yield _finding("summary_part_exceeds_whole", "summary", found, field=TABLES["summary"].field(part).title)


def _summary_withheld(tables: Tables) -> Iterator[Finding]:
    rows = tables["summary"][tables["summary"]["staff_satisfaction_pct"].notna()]
    if len(rows):
        yield _finding("summary_staff_withheld", "summary", rows)


def _returns_unsold(tables: Tables) -> Iterator[Finding]:
    """Returned orders that no sale has, in any case of letters; nothing without sales."""
    rows, sold = tables["returns"], tables["sales"]
    found = rows[rows["order_no"].notna() & ~rows["order_no"].str.upper().isin(sold["order_no"].dropna().str.upper())]
    if len(found) and len(sold):
        yield _finding("return_without_sale", "returns", found, known=_some(found["order_no"]))


def _rows_repeated(tables: Tables) -> Iterator[Finding]:
    """Rows that are identical in every field to one before; they are counted all the same."""
    for name, frame in tables.items():
        found = frame[_identical(name, frame)]
        if len(found):
            yield _finding("row_repeated", name, found)


def _identical(name: str, frame: pd.DataFrame) -> pd.Series[Any]:
    if name in _NEVER_REPEATED:
        return pd.Series(False, index=frame.index, dtype="bool")
    telling = [field for field in (_TELLING_RATINGS if TABLES[name].rides_along else _TELLING) if field in TABLES[name].names]
    return frame.duplicated(list(TABLES[name].names)) & frame[telling].notna().any(axis=1)


def _keys_repeated(tables: Tables) -> Iterator[Finding]:
    """Rows that share their number (or name, or period and owner) with one before, and are not the same row."""
    for name, frame in tables.items():
        key = [*TABLES[name].key, *(["region"] if name == "targets" else [])]
        if not key or name in _KEY_MAY_REPEAT:
            continue
        distinct = frame[~_identical(name, frame) & frame[key[0]].notna()]
        found = distinct[distinct.duplicated(key)]
        if len(found):
            yield _finding("key_repeated", name, found, field=TABLES[name].field(key[0]).title, known=_some(found[key[0]]))


def _some(values: pd.Series[Any]) -> list[str]:
    """The names that stand most often, up to three; of equals the first by alphabet."""
    return [str(name) for name in values.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:_NAMES]]
