"""The canonical tables are consistent, and are those of the design."""

from __future__ import annotations

import typing

import pytest

from amdash.i18n import translator
from amdash.i18n.catalogue import LOCALE_FOLDER
from amdash.schema import SOURCE_COLUMNS, TABLES, Kind, Table
from amdash.schema.frames import dtypes

# Design, section 4: what a row cannot do without, the field that decides its month, and what identifies it.
REQUIRED = {
    "managers": ({"name"}, None, ("name",)),
    "customers": ({"customer"}, None, ("customer",)),
    "sales": ({"date", "amount"}, "date", ()),
    "targets": ({"period", "value"}, "period", ("period", "manager", "team", "kpi")),
    "tickets": ({"opened_at"}, "opened_at", ("ticket_no",)),
    "complaints": ({"received_on"}, "received_on", ("complaint_no",)),
    "surveys": ({"date", "score"}, "date", ("response_no",)),
    "staff_surveys": ({"date", "score"}, "date", ()),
    "feedback": ({"date", "manager", "content"}, "date", ()),
    "products": ({"product"}, None, ("product",)),
    "returns": ({"order_no"}, None, ("order_no",)),
    "summary": ({"period"}, "period", ("period", "manager", "employee_no", "team")),
}
OPTIONAL = {
    "managers": {"employee_no", "team", "region", "email", "hired_on", "left_on"},
    "customers": {"customer_no", "manager", "tier", "region", "since", "industry", "tags"},
    "sales": {"manager", "customer", "customer_no", "order_no", "product", "quantity", "region", "status", "returned"},
    "targets": {"manager", "team", "region", "kpi", "reason"},
    "tickets": {
        "manager",
        "employee_no",
        "first_response_at",
        "response_hours",
        "resolved_at",
        "answered",
        "resolved",
        "status",
        "customer",
        "channel",
    },
    "complaints": {"manager", "customer", "resolved_on", "resolved", "status", "category", "severity", "complaint_no"},
    "surveys": {"scale", "manager", "customer", "product_quality", "service_attitude", "communication", "needs_met", "likelihood", "comment"},
    "staff_surveys": {"scale", "manager", "team"},
    "feedback": {"source", "method", "criteria", "rating", "action", "due_on", "recorded_by"},
}
EVERY = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def test_the_tables_are_those_of_the_design() -> None:
    assert {name: (set(table.required), table.dated_by, table.key) for name, table in TABLES.items()} == REQUIRED


@pytest.mark.parametrize("name", OPTIONAL)
def test_the_fields_are_those_of_the_design(name: str) -> None:
    assert OPTIONAL[name] <= set(TABLES[name].names) - set(TABLES[name].required)


def test_only_surveys_ride_along_on_other_sheets() -> None:
    assert [name for name, table in TABLES.items() if table.rides_along] == ["surveys"]


@EVERY
def test_a_table_is_consistent(table: Table) -> None:
    assert TABLES[table.name] is table
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert not set(table.names) & {*SOURCE_COLUMNS, "import_id", "month"}
    assert {field.kind for field in table.fields} <= set(typing.get_args(Kind))
    assert set(dtypes(table)) == {*table.names, *SOURCE_COLUMNS}


@EVERY
def test_what_decides_the_month_is_required_and_a_date(table: Table) -> None:
    if table.dated_by is not None:
        assert table.field(table.dated_by).required
        assert table.field(table.dated_by).kind in ("date", "datetime", "period")


@EVERY
def test_a_field_is_found_by_its_name(table: Table) -> None:
    assert [table.field(name) for name in table.names] == list(table.fields)
    with pytest.raises(KeyError, match=f"{table.name}.colour"):
        table.field("colour")


def test_a_field_of_the_same_name_is_of_the_same_kind_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for table in TABLES.values():
        for field in table.fields:
            kinds.setdefault(field.name, set()).add(field.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1 and name != "source"} == {}


@EVERY
def test_every_title_is_in_chinese_too(table: Table) -> None:
    _ = translator("zh")
    assert LOCALE_FOLDER.is_dir()
    titles = [table.title, *(field.title for field in table.fields)]
    assert [title for title in titles if _(title) == title] == []
