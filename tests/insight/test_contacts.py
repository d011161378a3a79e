"""Who wrote last, out of tickets and complaints."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from amdash.insight.contacts import COLUMNS, contacts, latest
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of


def facts(**tables: dict[str, list[object]]) -> Facts:
    frames = {name: empty_frame(table) for name, table in TABLES.items()}
    for name, columns in tables.items():
        rows = len(next(iter(columns.values())))
        frames[name] = frame_of(TABLES[name], columns | {"source_row": list(range(rows))}, rows)
    return Facts(frames, dt.datetime(2026, 11, 24))


def at(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"2026-{text}")


def test_no_row_and_every_column_without_tickets_and_complaints() -> None:
    found = contacts(facts())
    assert found.empty
    assert {name: str(kind) for name, kind in found.dtypes.items()} == COLUMNS
    assert latest(found, at("11-24")).empty


def test_a_ticket_is_the_customers_until_it_is_answered() -> None:
    tickets = {
        "customer": ["甲", "乙", "丙", "丁", None],
        "opened_at": [at("10-01 09:00")] * 5,
        "first_response_at": [at("10-01 15:00"), None, None, None, at("10-02 09:00")],
        "response_hours": [None, 3.0, None, None, None],
        "answered": [None, None, True, None, None],
    }
    found = latest(contacts(facts(tickets=tickets)), at("11-24"))
    assert {who: (row.at, bool(row.ours)) for who, row in zip(found.index, found.itertuples(), strict=True)} == {
        "甲": (at("10-01 15:00"), True),
        "乙": (at("10-01 12:00"), True),
        # Answered, nobody knows when: from the opening on.
        "丙": (at("10-01 09:00"), True),
        "丁": (at("10-01 09:00"), False),
    }


def test_a_complaint_is_answered_when_it_is_resolved() -> None:
    complaints = {
        "customer": ["甲", "乙", "丙"],
        "received_on": [at("10-01")] * 3,
        "resolved_on": [at("10-05"), None, None],
        "resolved": [None, True, False],
    }
    found = latest(contacts(facts(complaints=complaints)), at("11-24"))
    assert (found.loc["甲", "at"], bool(found.loc["乙", "ours"]), bool(found.loc["丙", "ours"])) == (at("10-05"), True, False)


def test_what_comes_later_is_not_known_yet() -> None:
    tickets = {"customer": ["甲"], "opened_at": [at("10-01 09:00")], "first_response_at": [at("10-09 09:00")]}
    found = latest(contacts(facts(tickets=tickets)), at("10-05"))
    assert (found.loc["甲", "at"], bool(found.loc["甲", "ours"])) == (at("10-01 09:00"), False)


def test_a_customers_number_makes_two_names_one() -> None:
    listed = {"customer": ["甲", "甲公司"], "customer_no": ["K1", "K1"]}
    tickets = {"customer": ["甲", "甲公司"], "opened_at": [at("10-01"), at("10-02")]}
    assert list(latest(contacts(facts(customers=listed, tickets=tickets)), at("11-24")).index) == ["K1"]
