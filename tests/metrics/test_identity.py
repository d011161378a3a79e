"""Who is who: one spelling for a name, several people of one name told apart by their numbers, and names that were said to be one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.identity import Ambiguous, identify, rows_of, unify
from amdash.metrics.names import KINDS, columns_of
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, frame_of

Make = Callable[..., Facts]
Row = dict[str, Any]
DATED = {"sales": "date", "tickets": "opened_at", "complaints": "received_on", "surveys": "date", "feedback": "date", "staff_surveys": "date"}


@dataclass(frozen=True)
class Said:
    alias: str
    name: str
    kind: str = "manager"


@pytest.fixture
def tables(facts: Make) -> Callable[..., Mapping[str, pd.DataFrame]]:
    """Rows per table; dated on their own, and from as many sheets as ``sheet`` names."""

    def make(**rows: Sequence[Row]) -> Mapping[str, pd.DataFrame]:
        dated = {
            name: [({DATED[name]: "2026-10-08"} if name in DATED else {}) | {key: row[key] for key in row if key != "sheet"} for row in listed]
            for name, listed in rows.items()
        }
        made = dict(facts(**dated).tables)
        for name, listed in rows.items():
            if listed:
                made[name] = made[name].assign(source_sheet=pd.Series([row.get("sheet", "S") for row in listed], dtype="str"))
        return made

    return make


def plain(column: pd.Series[Any]) -> list[Any]:
    return [None if pd.isna(value) else value for value in column]


def test_one_spelling_in_every_table(tables: Callable[..., Any]) -> None:
    found = unify(
        tables(
            managers=[{"name": "Ann Lee"}, {"name": "李明"}],
            customers=[{"customer": "ACME", "manager": "ann lee"}],
            sales=[{"manager": "ann lee", "customer": "acme"}, {"manager": "李 明", "customer": "Acme"}, {"manager": "Bo", "customer": None}],
            targets=[{"period": "2026-10", "value": 1.0, "manager": "ANN LEE"}],
            feedback=[{"manager": "Ann  Lee", "content": "x", "recorded_by": "Ａnn lee"}],
        )
    )
    assert plain(found["sales"]["manager"]) == ["Ann Lee", "李明", "Bo"]
    assert plain(found["sales"]["customer"]) == ["ACME", "ACME", None]
    assert plain(found["customers"]["manager"]) == ["Ann Lee"]
    assert plain(found["targets"]["manager"]) == ["Ann Lee"]
    assert (plain(found["feedback"]["manager"]), plain(found["feedback"]["recorded_by"])) == (["Ann Lee"], ["Ann Lee"])


def test_products_keep_their_spelling(tables: Callable[..., Any]) -> None:
    found = unify(tables(sales=[{"product": "GTX pro"}, {"product": "GTX Pro"}]))
    assert plain(found["sales"]["product"]) == ["GTX pro", "GTX Pro"]


def test_a_table_in_which_no_name_changes_is_the_very_same(tables: Callable[..., Any]) -> None:
    given_tables = tables(managers=[{"name": "Ann"}], sales=[{"manager": "Ann"}], tickets=[{"manager": "ann"}])
    found = unify(given_tables)
    assert found["sales"] is given_tables["sales"]
    assert found["tickets"] is not given_tables["tickets"]
    assert plain(given_tables["tickets"]["manager"]) == ["ann"]


def test_nothing_at_all(tables: Callable[..., Any]) -> None:
    empty = tables()
    known = identify(empty, [Said("a", "b")])
    for name, frame in empty.items():
        pd.testing.assert_frame_equal(known.tables[name], frame)
    assert (known.ambiguous(), known.split) == ([], {})


TWO_OF_A_NAME = [{"name": "李明", "employee_no": "1001"}, {"name": "李明", "employee_no": "1002"}, {"name": "王芳", "employee_no": "1003"}]


def test_people_of_one_name_are_told_apart_by_their_numbers(tables: Callable[..., Any]) -> None:
    given_tables = tables(
        managers=TWO_OF_A_NAME,
        tickets=[
            {"manager": "李明", "employee_no": "1001"},
            {"manager": "李 明", "employee_no": "１００２"},
            {"manager": "李明"},
            {"manager": "王芳", "employee_no": "1003"},
            {"employee_no": "1002"},
            {"employee_no": "1003"},
        ],
        sales=[{"manager": "李明"}, {"manager": "王芳"}],
    )
    known = identify(given_tables)
    assert plain(known.tables["managers"]["name"]) == ["李明 (1001)", "李明 (1002)", "王芳"]
    assert plain(known.tables["tickets"]["manager"]) == ["李明 (1001)", "李明 (1002)", "李明", "王芳", "李明 (1002)", "王芳"]
    assert plain(known.tables["tickets"]["employee_no"]) == plain(given_tables["tickets"]["employee_no"])
    assert plain(known.tables["sales"]["manager"]) == ["李明", "王芳"]
    assert known.ambiguous() == [Ambiguous("李明", ("李明 (1001)", "李明 (1002)"), 2)]


@pytest.mark.parametrize("table", ["sales", "tickets", "complaints", "surveys"])
def test_any_table_with_numbers_tells_people_apart(tables: Callable[..., Any], table: str) -> None:
    more = {"score": 5.0} if table == "surveys" else {}
    rows = [{"manager": name, "employee_no": number, **more} for name, number in (("李明", "1"), ("李明", "2"), ("王芳", "3"))]
    assert plain(unify(tables(**{table: rows}))[table]["manager"]) == ["李明 (1)", "李明 (2)", "王芳"]


def test_a_summary_tells_people_apart_too(tables: Callable[..., Any]) -> None:
    rows = [{"period": "2026-10", "manager": name, "employee_no": number} for name, number in (("李明", "1"), ("李明", "2"), ("王芳", "3"))]
    assert plain(unify(tables(summary=rows))["summary"]["manager"]) == ["李明 (1)", "李明 (2)", "王芳"]


def test_one_number_is_no_reason_to_show_it(tables: Callable[..., Any]) -> None:
    found = unify(tables(managers=TWO_OF_A_NAME[1:], tickets=[{"manager": "李明", "employee_no": "1002"}]))
    assert plain(found["tickets"]["manager"]) == ["李明"]


@pytest.mark.parametrize("everybody", [None, "Agent", "admin"])
def test_where_no_name_tells_the_number_is_the_person(tables: Callable[..., Any], everybody: str | None) -> None:
    log = [{"manager": everybody, "employee_no": number, "sheet": "log"} for number in ("7", "8", "7", "9")]
    found = unify(tables(managers=[{"name": "王芳", "employee_no": "9"}], tickets=log))
    assert plain(found["tickets"]["manager"]) == ["7", "8", "7", "王芳"]


def test_a_number_that_another_sheet_gives_one_name_is_that_person(tables: Callable[..., Any]) -> None:
    surveys = [{"score": 5.0, "employee_no": number} for number in ("7", "8")]
    found = unify(tables(tickets=[{"manager": "王芳", "employee_no": "7"}, {"manager": "赵强", "employee_no": "6"}], surveys=surveys))
    assert plain(found["surveys"]["manager"]) == ["王芳", "8"]


def test_an_unknown_number_beside_named_rows_is_nobody(tables: Callable[..., Any]) -> None:
    found = unify(tables(tickets=[{"manager": "王芳", "employee_no": "7"}, {"employee_no": "8"}, {}]))
    assert plain(found["tickets"]["manager"]) == ["王芳", None, None]


def test_the_only_agent_of_a_sheet_is_a_person_where_other_sheets_know_him(tables: Callable[..., Any]) -> None:
    log = [{"manager": "李明", "employee_no": number, "sheet": "log"} for number in ("7", "8")]
    beside = [{"manager": "李明"}, {"manager": "王芳"}]
    assert plain(unify(tables(tickets=log, sales=beside))["tickets"]["manager"]) == ["李明 (7)", "李明 (8)"]
    assert plain(unify(tables(tickets=log, managers=[{"name": "李明"}]))["tickets"]["manager"]) == ["李明 (7)", "李明 (8)"]
    # Every sheet speaks for itself: a second log with names does not make 'Agent' of the first one a person.
    logs = [{**row, "manager": "Agent"} for row in log] + [
        {"manager": name, "employee_no": no, "sheet": "b"} for name, no in (("赵", "1"), ("钱", "2"))
    ]
    assert plain(unify(tables(tickets=logs))["tickets"]["manager"]) == ["7", "8", "赵", "钱"]


def test_a_row_keeps_its_own_name_where_the_list_knows_its_number_by_another(tables: Callable[..., Any]) -> None:
    tickets = [{"manager": "王小芳", "employee_no": "1003"}, {"manager": "赵强", "employee_no": "1"}]
    assert plain(unify(tables(managers=TWO_OF_A_NAME, tickets=tickets))["tickets"]["manager"]) == ["王小芳", "赵强"]


def test_an_alias_counts_as_the_name(tables: Callable[..., Any]) -> None:
    given_tables = tables(
        managers=[{"name": "Ann Lee", "team": "A"}, {"name": "Lee Ann", "team": "B"}],
        sales=[{"manager": "LEE ANN", "product": "GTXPro"}, {"manager": "Ann Lee", "product": "GTX Pro"}, {"manager": None}],
        feedback=[{"manager": "lee ann", "content": "x", "recorded_by": "Lee Ann"}],
    )
    known = identify(given_tables, [Said("lee  ann", "ann lee"), Said("GTXPro", "GTX Pro", "product"), Said("Lee Ann", "Ann Lee", "apart:manager")])
    assert plain(known.tables["sales"]["manager"]) == ["Ann Lee", "Ann Lee", None]
    assert plain(known.tables["sales"]["product"]) == ["GTX Pro", "GTX Pro", None]
    assert plain(known.tables["feedback"]["recorded_by"]) == ["Ann Lee"]
    # The entry that holds is the last one: that of the name that stays, wherever it stood.
    assert known.tables["managers"][["name", "team"]].to_numpy().tolist() == [["Ann Lee", "B"], ["Ann Lee", "A"]]
    assert (known.shown("manager", "LEE Ann"), known.shown("manager", "Bo"), known.shown("product", "GTXPro")) == ("Ann Lee", "Bo", "GTX Pro")


def test_a_chain_is_followed_to_its_end_and_a_ring_comes_to_a_stop(tables: Callable[..., Any]) -> None:
    given_tables = tables(sales=[{"manager": name} for name in "abc"])
    assert plain(identify(given_tables, [Said("a", "b"), Said("b", "c")]).tables["sales"]["manager"]) == ["c", "c", "c"]
    assert plain(identify(given_tables, [Said("b", "c"), Said("a", "b")]).tables["sales"]["manager"]) == ["c", "c", "c"]
    ring = identify(given_tables, [Said("a", "b"), Said("b", "a")]).tables["sales"]["manager"]
    assert set(ring) <= {"a", "b", "c"}


def test_when_the_people_of_a_name_are_one_the_name_alone_is_theirs(tables: Callable[..., Any]) -> None:
    given_tables = tables(managers=TWO_OF_A_NAME, sales=[{"manager": "李明"}], targets=[{"period": "2026-10", "value": 1.0, "manager": "李 明"}])
    known = identify(given_tables, [Said("李明 (1001)", "李明 (1002)")])
    assert plain(known.tables["managers"]["name"]) == ["李明 (1002)", "李明 (1002)", "王芳"]
    assert (plain(known.tables["sales"]["manager"]), plain(known.tables["targets"]["manager"])) == (["李明 (1002)"], ["李明 (1002)"])
    assert (known.ambiguous(), known.shown("manager", "李明")) == ([], "李明 (1002)")


def test_a_name_given_to_one_of_its_people_is_ambiguous_no_more(tables: Callable[..., Any]) -> None:
    given_tables = tables(managers=TWO_OF_A_NAME, sales=[{"manager": "李明"}])
    known = identify(given_tables, [Said("李明", "李明 (1001)")])
    assert (plain(known.tables["sales"]["manager"]), known.ambiguous()) == (["李明 (1001)"], [])


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("K1", "K2"), ["K2", "K2", None]),
        (("K1", None), ["K1", None, None]),
        ((None, "K2"), ["K2", "K2", None]),
        ((None, None), [None, None, None]),
    ],
)
def test_merged_customers_have_one_number(tables: Callable[..., Any], numbers: tuple[str | None, str | None], expected: list[str | None]) -> None:
    sales = [{"customer": name, "customer_no": number} for name, number in zip(("Old", "New"), numbers, strict=True)] + [{"customer": "New"}]
    found = identify(tables(sales=sales), [Said("Old", "New", "customer")]).tables["sales"]
    assert (plain(found["customer"]), plain(found["customer_no"])) == (["New", "New", "New"], expected)


def test_the_number_of_an_alias_serves_where_the_name_has_none(tables: Callable[..., Any]) -> None:
    sales = [{"customer": name, "customer_no": number} for name, number in (("Old", "K1"), ("Older", "K2"), ("New", None))]
    found = identify(tables(sales=sales), [Said("Old", "New", "customer"), Said("Older", "New", "customer")]).tables["sales"]
    assert (set(found["customer"]), plain(found["customer_no"])) == ({"New"}, ["K1", "K1", None])
    own = [*sales, {"customer": "New", "customer_no": "K3"}, {"customer": "New", "customer_no": "K4"}]
    found = identify(tables(sales=own), [Said("Old", "New", "customer")]).tables["sales"]
    assert plain(found["customer_no"]) == ["K1", "K2", None, "K3", "K4"]


def test_a_person_given_the_bare_name_takes_its_rows(tables: Callable[..., Any]) -> None:
    known = identify(tables(managers=TWO_OF_A_NAME, sales=[{"manager": "李明"}]), [Said("李明 (1001)", "李明")])
    assert (plain(known.tables["managers"]["name"]), known.ambiguous()) == (["李明", "李明 (1002)", "王芳"], [])


def test_rows_are_counted_by_name_without_those_who_recorded(tables: Callable[..., Any]) -> None:
    given_tables = tables(
        sales=[{"manager": "b"}, {"manager": "a"}, {"manager": "b"}], feedback=[{"manager": "a", "content": "x", "recorded_by": "z"}]
    )
    assert list(rows_of("manager", given_tables).items()) == [("b", 2), ("a", 2)]


PEOPLE = st.sampled_from([None, "李明", "李 明", "ann lee", "Ann  Lee", "ANN LEE", "Agent", "王芳"])
NUMBERS = st.sampled_from([None, "1001", "１００１", "1002", "e7", "E7"])
ROWS = st.lists(st.fixed_dictionaries({"manager": PEOPLE, "employee_no": NUMBERS, "sheet": st.sampled_from("AB")}), max_size=7)
CUSTOMERS = st.lists(st.fixed_dictionaries({"customer": st.sampled_from([None, "ACME", "acme ", "甲", "甲\u200b"]), "manager": PEOPLE}), max_size=5)
LISTED = st.lists(st.fixed_dictionaries({"name": PEOPLE.filter(bool), "employee_no": NUMBERS}), max_size=4)
ALIASES = st.lists(st.builds(Said, PEOPLE.filter(bool), PEOPLE.filter(bool)), max_size=3)


def frames(facts: Make, managers: list[Row], tickets: list[Row], surveys: list[Row], sales: list[Row]) -> dict[str, pd.DataFrame]:
    def rows(given_rows: list[Row], dated: str) -> list[Row]:
        return [{dated: "2026-10-08", **{key: value for key, value in row.items() if key != "sheet"}} for row in given_rows]

    made = dict(facts(managers=managers, tickets=rows(tickets, "opened_at"), surveys=rows(surveys, "date"), sales=rows(sales, "date")).tables)
    for name, given_rows in (("tickets", tickets), ("surveys", surveys)):
        if given_rows:
            made[name] = made[name].assign(source_sheet=pd.Series([row["sheet"] for row in given_rows], dtype="str"))
    return made


@given(managers=LISTED, tickets=ROWS, surveys=ROWS, sales=CUSTOMERS)
def test_unifying_twice_is_unifying_once_and_touches_names_alone(
    facts: Make, managers: list[Row], tickets: list[Row], surveys: list[Row], sales: list[Row]
) -> None:
    given_tables = frames(facts, managers, tickets, surveys, sales)
    before = {name: frame.copy(deep=True) for name, frame in given_tables.items()}
    found = unify(given_tables)
    assert list(found) == list(given_tables)
    again = unify(found)
    for name, frame in given_tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
        pd.testing.assert_frame_equal(again[name], found[name])
        names = [column for kind in KINDS for column in columns_of(kind, name, frame)]
        pd.testing.assert_frame_equal(found[name].drop(columns=names), frame.drop(columns=names))
        assert (found[name].dtypes == frame.dtypes).all()
        # A name may be found, but is never lost.
        assert not (found[name][names].isna() & frame[names].notna()).any(axis=None)


@given(managers=LISTED, tickets=ROWS, surveys=ROWS, sales=CUSTOMERS, aliases=ALIASES)
def test_aliases_neither_add_nor_lose_rows_and_change_no_input(
    facts: Make, managers: list[Row], tickets: list[Row], surveys: list[Row], sales: list[Row], aliases: list[Said]
) -> None:
    given_tables = frames(facts, managers, tickets, surveys, sales)
    before = {name: frame.copy(deep=True) for name, frame in given_tables.items()}
    known = identify(given_tables, aliases)
    for name, frame in given_tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
        assert len(known.tables[name]) == len(frame)
        assert (known.tables[name].dtypes == frame.dtypes).all()
    # Nobody who is said to be somebody else is left under the old name, rings and names that mean the same aside.
    for said in aliases:
        shown = known.shown("manager", said.alias)
        assert known.shown("manager", known.shown("manager", said.alias)) == shown or len(aliases) > 1


def test_a_million_rows_take_well_under_a_second() -> None:
    rows, people, customers = 1_000_000, 42, 20_000
    rng = np.random.default_rng(1)
    names = np.array([*(f"经理{number}" for number in range(people - 2)), "ann lee", "Ann  Lee"], dtype=object)
    bought = np.array([*(f"客户{number}有限公司" for number in range(customers - 2)), "ACME", "acme"], dtype=object)
    columns = {
        "manager": names[rng.integers(0, people, rows)],
        "customer": bought[rng.integers(0, customers, rows)],
        "source_file": np.full(rows, "a.xlsx", dtype=object),
        "source_sheet": np.full(rows, "S", dtype=object),
        "source_row": np.arange(rows),
    }
    given_tables = {"sales": frame_of(TABLES["sales"], columns, rows)}
    start = time.process_time()
    found = unify(given_tables)["sales"]
    # Measured 0.3 s; the rest is for a busy machine.
    assert time.process_time() - start < 3
    assert (found["manager"].nunique(), found["customer"].nunique()) == (people - 1, customers - 1)


def test_a_list_whose_entries_are_joined_keeps_its_columns_and_numbers_its_rows_anew(tables: Callable[..., Any]) -> None:
    given = tables(customers=[{"customer": "甲"}, {"customer": "乙"}, {"customer": "丙"}])
    found = identify(given, [Said("甲", "丙", "customer")]).tables["customers"]
    assert list(found) == list(given["customers"])
    assert (found["customer"].tolist(), found.index.tolist()) == (["丙", "乙", "丙"], [0, 1, 2])


def test_people_of_one_name_who_became_one_are_no_longer_several(tables: Callable[..., Any]) -> None:
    given = tables(managers=[{"name": "李明", "employee_no": "1"}, {"name": "李明", "employee_no": "2"}])
    assert identify(given).split == {"李明": ("李明 (1)", "李明 (2)")}
    found = identify(given, [Said("李明 (1)", "李明甲"), Said("李明 (2)", "李明甲")])
    assert found.split == {}
    assert set(found.tables["managers"]["name"]) == {"李明甲"}
