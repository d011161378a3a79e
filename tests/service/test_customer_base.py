"""All customers of a small firm at the end of a period, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from amdash.service import aliases, customer_base, customer_notes, potential
from amdash.service.customer_base import CustomerBase, Stayed
from amdash.service.workspace import Workspace
from tests.service.customer_sheets import stored
from tests.service.made import copied


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Workspace:
    return stored(open_at(tmp_path_factory.mktemp("firm")))


@pytest.fixture(scope="module")
def october(firm: Workspace) -> CustomerBase:
    return customer_base.base(firm, "2026-10")


def test_every_customer_has_a_tier_and_whoever_looks_after_it(october: CustomerBase) -> None:
    rows = october.customers.set_index("customer")
    assert dict(rows["tier"]) == {
        "甲公司": "lapsed",
        "庚公司": "lapsed",
        "戊公司": "normal",
        "乙公司": "potential",
        "丙公司": "potential",
        "丁公司": "potential",
        "大甲公司": "potential",
    }
    # The list before the sales, and the deal where there is neither.
    assert (rows.loc["甲公司", "manager"], rows.loc["乙公司", "manager"], rows.loc["丙公司", "manager"]) == ("王芳", "李明", "王芳")
    assert (october.before, october.as_of) == (dt.date(2026, 9, 30), dt.date(2026, 10, 31))


def test_tiers_are_counted_with_their_revenue_and_who_came_and_left(october: CustomerBase) -> None:
    found = {one.tier: one for one in customer_base.tier_counts(october)}
    assert list(found) == ["vip", "normal", "potential", "lapsed"]
    # 甲: 600 + 400 - 100 in the twelve months; 戊: 700; 乙: 500.
    assert {tier: (one.customers, one.revenue_12m, one.came, one.left) for tier, one in found.items()} == {
        "vip": (0, 0.0, 0, 0),
        "normal": (1, 700.0, 0, 1),
        "potential": (4, 500.0, 1, 0),
        "lapsed": (2, 900.0, 1, 0),
    }
    assert found["lapsed"].share == pytest.approx(900 / 2100)


def test_who_moved_with_the_revenue_at_stake(october: CustomerBase) -> None:
    rows = october.moves[["key", "tier_before", "tier_after", "reason", "revenue_at_stake"]].fillna("").values.tolist()
    assert rows == [["甲公司", "normal", "lapsed", "no_order_for_days", 1000.0], ["乙公司", "", "potential", "first_order", 0.0]]


def test_retention_and_concentration(october: CustomerBase) -> None:
    # Of 甲 and 庚, who bought in the year before, only 甲 bought in this one.
    found = customer_base.stayed(october)
    assert found == Stayed(2, 1)
    assert found is not None
    assert found.rate == 0.5
    spread = customer_base.spread(october)
    assert spread is not None
    assert (spread.customers, spread.revenue) == (3, 2100.0)
    assert customer_base.revenues(october) == [900.0, 700.0, 500.0]


def test_a_month_without_two_years_behind_it_has_no_retention(firm: Workspace) -> None:
    assert customer_base.stayed(customer_base.base(firm, "2026-09")) is None


def test_a_year_that_is_not_over_ends_with_its_sales(ws: Workspace, put: Callable[..., object]) -> None:
    months = [*(f"2024-{month:02d}" for month in (11, 12)), *(f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13))][:24]
    put(ws, ("销售.csv", ("日期,客户经理,客户,金额\n" + "".join(f"{month}-20,李明,甲,100\n" for month in months)).encode()))
    assert (months[-1], ws.now().date()) == ("2026-10", dt.date(2026, 11, 24))
    october, year = (customer_base.base(ws, wanted) for wanted in ("2026-10", "2026"))
    # Nobody has left because November's sheets are still to come.
    assert (year.before, year.as_of) == (dt.date(2025, 12, 31), dt.date(2026, 10, 31))
    assert year.customers["recency_days"].tolist() == october.customers["recency_days"].tolist() == [11]
    assert customer_base.stayed(year) == customer_base.stayed(october) == Stayed(1, 1)


def test_who_has_been_silent_for_two_thirds_of_the_time_is_at_risk(ws: Workspace, put: Callable[..., object]) -> None:
    # To 31 October: 120, 119, 179 and 180 days.
    sold = (("甲", "2026-07-03", 100), ("乙", "2026-07-04", 900), ("丙", "2026-05-05", 300), ("丁", "2026-05-04", 500), ("戊", "2026-10-31", 1))
    put(ws, ("销售.csv", ("日期,客户经理,客户,金额\n" + "".join(f"{day},李明,{name},{amount}\n" for name, day, amount in sold)).encode()))
    assert customer_base.at_risk_after(180) == 120
    rows = customer_base.at_risk(customer_base.base(ws, "2026-10"), 180)
    assert rows[["customer", "recency_days"]].values.tolist() == [["丙", 179], ["甲", 120]]
    assert [one.date() for one in rows["lapses_on"]] == [dt.date(2026, 11, 1), dt.date(2026, 12, 30)]
    assert customer_base.at_risk(customer_base.base(ws, "2026-10").of(set()), 180).empty
    assert [customer_base.at_risk_after(days) for days in (1, 2, 30)] == [1, 2, 20]


def test_only_some_managers(october: CustomerBase) -> None:
    mine = october.of({"李明"})
    assert sorted(mine.customers["customer"]) == ["丁公司", "乙公司", "庚公司"]
    assert list(mine.moves["customer"]) == ["乙公司"]
    # 甲 bought from 李明 in the year before: it is his that stayed.
    assert customer_base.stayed(mine) == Stayed(2, 1)
    assert october.of(None) is october
    nobody = october.of(set())
    assert (len(nobody.customers), customer_base.spread(nobody), customer_base.stayed(nobody)) == (0, None, None)
    assert [one.share for one in customer_base.tier_counts(nobody)] == [None] * 4


@pytest.mark.parametrize(
    ("wanted", "before", "end"),
    [
        ("2026-10", dt.date(2026, 9, 30), dt.date(2026, 10, 31)),
        ("2026-Q4", dt.date(2026, 9, 30), dt.date(2026, 11, 24)),
        ("2026", dt.date(2025, 12, 31), dt.date(2026, 11, 24)),
        ("2026-11", dt.date(2026, 10, 31), dt.date(2026, 11, 24)),
        ("2027-01", dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
    ],
)
def test_a_period_ends_on_its_last_day_or_with_the_facts(wanted: str, before: dt.date, end: dt.date) -> None:
    assert customer_base.ends(wanted, dt.date(2026, 11, 24)) == (before, end)


def test_customers_are_found_by_name_tag_and_tier(october: CustomerBase) -> None:
    def found(*args: object, **how: object) -> list[str]:
        return sorted(customer_base.matching(october, *args, **how)["customer"])  # type: ignore[arg-type]

    assert found("甲 公") == ["大甲公司", "甲公司"]
    assert found("", "lapsed") == ["庚公司", "甲公司"]
    assert found("甲", "lapsed") == ["甲公司"]
    assert found("重点", tags={"戊公司": ["重点"]}) == ["戊公司"]
    assert found("(") == []
    assert len(found()) == 7


def test_customers_are_ordered_the_missing_last(october: CustomerBase) -> None:
    def ordered(by: str, descending: bool) -> list[str]:
        return list(customer_base.ordered(october.customers, by, descending)["customer"])

    assert ordered("revenue_12m", descending=True)[:3] == ["甲公司", "戊公司", "乙公司"]
    assert ordered("last_on", descending=False)[:2] == ["庚公司", "甲公司"]
    assert set(ordered("last_on", descending=True)[-3:]) == {"丙公司", "丁公司", "大甲公司"}
    assert ordered("tier", descending=False)[0] == "戊公司"


def test_two_customers_of_one_name_are_opened_by_their_numbers(ws: Workspace, put: Callable[..., object]) -> None:
    text = "日期,客户,客户编号,客户经理,金额\n2026-10-01,甲公司,K1,李明,5\n2026-10-02,甲公司,K2,李明,6\n2026-10-02,乙公司,K3,李明,7\n"
    put(ws, ("销售.csv", text.encode()))
    assert sorted(customer_base.base(ws, "2026-10").customers["key"]) == ["K1", "K2", "乙公司"]


def test_whoever_deals_with_it_later_is_not_known_yet(ws: Workspace, put: Callable[..., object]) -> None:
    lines = (
        "2026-09-20,甲公司,李明,5,丢单,2026-08-01",
        "2026-12-20,甲公司,王芳,5,跟进中,2026-11-05",
        "2026-12-15,乙公司,李明,6,跟进中,2026-10-20",
        ",乙公司,王芳,6,跟进中,",
        "2026-12-15,丙公司,李明,6,跟进中,2026-08-20",
        "2026-10-09,丙公司,王芳,6,丢单,2026-07-20",
        ",丙公司,王芳,6,跟进中,",
    )
    put(
        ws,
        ("销售.csv", "\n".join(("日期,客户,客户经理,金额,状态,立项日期", *lines)).encode()),
        ("客户名单.csv", "客户名称,合作起始日期\n甲公司,2026-01-05\n".encode()),
    )
    for period, day, expected in (
        ("2026-10", dt.date(2026, 10, 31), {"甲公司": "李明", "乙公司": "李明", "丙公司": "王芳"}),
        ("2026-09", dt.date(2026, 9, 30), {"甲公司": "李明", "乙公司": "王芳", "丙公司": "李明"}),
        ("2026-11", dt.date(2026, 11, 24), {"甲公司": "王芳", "乙公司": "李明", "丙公司": "王芳"}),
    ):
        rows = customer_base.base(ws, period).customers
        assert dict(zip(rows["customer"], rows["manager"], strict=True)) == expected
        assert {one.customer: one.manager for one in potential.potential(ws, day).prospects} == expected


def test_notes_and_tags_leave_the_base_as_it_is(firm: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> None:
    ws = copied(firm, tmp_path, open_at)
    before = customer_base.stamp(ws)
    customer_notes.tag(ws, "甲公司", "重点")
    customer_notes.write(ws, "甲公司", "来电")
    assert customer_base.stamp(ws) == before
    aliases.merge(ws, "customer", "乙公司", "戊公司")
    assert customer_base.stamp(ws) != before
