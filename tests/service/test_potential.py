"""Who has not bought yet: who waits for whom, what is next, and how many buy at last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from amdash.service import customer_notes, potential
from amdash.service.customer_contacts import Contact
from amdash.service.potential import Prospect
from amdash.service.workspace import Workspace

TODAY = dt.date(2026, 11, 24)


def test_listed_or_with_an_open_deal_and_nothing_bought(firm: Workspace) -> None:
    found = potential.potential(firm)
    assert found.as_of == TODAY
    # 丙 waits since its ticket of 20 November; of the others no contact is known.
    assert found.prospects == (
        Prospect("丙公司", "丙公司", "王芳", False, 1, 2000.0, dt.date(2026, 8, 1), Contact(dt.date(2026, 11, 20), False, 4), None, False),
        Prospect("丁公司", "丁公司", "李明", True, 0, None, None, None, None, False),
        Prospect("大甲公司", "大甲公司", "王芳", True, 0, None, None, None, None, False),
    )
    assert found.prospects[0].waits_for_us


def test_conversion_of_those_known_within_the_year(firm: Workspace) -> None:
    # 王芳: 丙 by a deal, 戊 by the list, which bought in September; 李明: 丁. 大甲 is on the list without a date.
    rows = potential.potential(firm).converted
    assert rows.to_numpy().tolist() == [["李明", 1, 0, 0.0], ["王芳", 2, 1, 0.5]]


def test_at_an_earlier_day_less_is_known(firm: Workspace) -> None:
    found = potential.potential(firm, dt.date(2026, 7, 31))
    assert [one.customer for one in found.prospects] == ["丁公司", "大甲公司", "戊公司"]
    assert found.converted["prospects"].tolist() == [1, 1]


def test_who_waits_for_us_then_overdue_steps_then_nothing_known_then_silence(changing: Workspace) -> None:
    customer_notes.write(
        changing, "丁公司", "寄了样品", kind="contacted", date=dt.date(2026, 11, 1), next_step="打电话", due_on=dt.date(2026, 11, 10)
    )
    customer_notes.write(changing, "丙公司", "回复了", kind="contacted")
    found = {one.customer: one for one in potential.potential(changing).prospects}
    assert list(found) == ["丁公司", "大甲公司", "丙公司"]
    assert (found["丁公司"].overdue, found["丁公司"].contact) == (True, Contact(dt.date(2026, 11, 1), True, 23))
    # Our answer of the same day comes after the ticket.
    assert found["丙公司"].contact == Contact(TODAY, True, 0)
    assert not potential.potential(changing, dt.date(2026, 11, 10)).prospects[0].overdue


def test_a_customers_word_waits_for_us_and_a_plain_note_does_not(changing: Workspace) -> None:
    customer_notes.write(changing, "大甲公司", "问价格", kind="wrote", date=dt.date(2026, 11, 14))
    customer_notes.write(changing, "大甲公司", "在建新厂", kind="note")
    first = potential.potential(changing).prospects[0]
    assert (first.customer, first.contact) == ("大甲公司", Contact(dt.date(2026, 11, 14), False, 10))


def test_those_who_share_a_name_share_no_notes(ws: Workspace, put: Callable[..., object]) -> None:
    put(ws, ("客户名单.csv", "客户名称,客户编号,客户经理\n甲公司,K1,李明\n甲公司,K2,王芳\n".encode()))
    for name in ("甲公司", "K1"):
        customer_notes.write(ws, name, "问价格", kind="wrote")
    assert {one.key: one.waits_for_us for one in potential.potential(ws).prospects} == {"K1": True, "K2": False}


@pytest.mark.parametrize(
    ("wanted", "newest", "day"),
    [
        ("2026-10", "2026-10", TODAY),
        ("2026", "2026-10", TODAY),
        ("2026-09", "2026-10", dt.date(2026, 9, 30)),
        ("2026-11", "2026-12", TODAY),
        ("2026-12", "2026-12", TODAY),
    ],
)
def test_the_newest_period_is_looked_at_from_today(ws: Workspace, wanted: str, newest: str, day: dt.date) -> None:
    assert potential.day_of(ws, wanted, newest) == day


def test_an_empty_workspace_has_nobody(ws: Workspace) -> None:
    found = potential.potential(ws)
    assert (found.prospects, len(found.converted)) == ((), 0)
