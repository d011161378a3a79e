"""Sales attainment: whose sales are held against whose target, in which months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi import net_sales
from amdash.metrics.kpi.sales_attainment import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]

TEAMS = [{"name": "李明", "team": "华东组"}, {"name": "王芳", "team": "华东组"}, {"name": "赵强", "team": "华南组"}]


def sale(amount: float | None, manager: str | None = "李明", date: str = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": amount, "manager": manager, **more}


def goal(value: float, manager: str | None = "李明", period: str = "2026-10", **more: Any) -> dict[str, Any]:
    return {"period": period, "value": value, "manager": manager, **more}


def test_sales_over_target(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale(600), sale(350)], targets=[goal(1000)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (950, 1000, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(0.95)}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        sales=[sale(50), sale(10, "王芳"), sale(300, date="2026-11-02"), sale(40, "王芳", "2026-11-02")],
        targets=[goal(100), goal(10, "王芳"), goal(200, period="2026-11"), goal(10, "王芳", "2026-11")],
    )
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (50, 100, 1),
        ("李明", "2026-11"): (300, 200, 1),
        ("王芳", "2026-10"): (10, 10, 1),
        ("王芳", "2026-11"): (40, 10, 1),
    }
    # 350 of 300, not the mean of 0.5 and 1.5; all 400 of 320.
    assert values_of(KPI, given, by="manager", every="quarter") == {("李明", "2026-Q4"): pytest.approx(7 / 6), ("王芳", "2026-Q4"): 2.5}
    assert values_of(KPI, given, by="all", every="total") == {("", "total"): 1.25}


def test_without_sales_or_without_targets_nothing_is_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    for given in (facts(), facts(sales=[sale(5)]), facts(targets=[goal(5)])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


def test_months_without_a_target_do_not_count(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(50), sale(999, date="2026-11-02")], targets=[goal(100)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1)}


def test_targets_set_ahead_are_not_missed_yet(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(50)], targets=[goal(100), goal(100, period="2026-11"), goal(100, period="2026-12")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1)}


def test_nothing_sold_in_a_month_with_sales_is_nought(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(50)], targets=[goal(100), goal(200, "王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1), ("王芳", "2026-10"): (0, 200, 1)}


@pytest.mark.parametrize("value", [0, -5])
def test_a_target_of_nought_is_no_target(facts: Make, no_cells: pd.DataFrame, value: float) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale(50)], targets=[goal(value)])), no_cells)


def test_the_last_of_two_targets_for_a_month_holds(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(50)], targets=[goal(100), goal(80, "王芳"), goal(200)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 200, 1), ("王芳", "2026-10"): (0, 80, 1)}


def test_a_target_corrected_to_nought_is_withdrawn(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale(50)], targets=[goal(100), goal(0)])) == {}
    assert cells_of(KPI, facts(sales=[sale(50)], targets=[goal(0), goal(100)])) == {("李明", "2026-10"): (50, 100, 1)}


def test_where_the_managers_target_is_withdrawn_the_teams_counts(facts: Make, cells_of: Read) -> None:
    given = facts(managers=TEAMS, sales=[sale(50), sale(30, "王芳")], targets=[goal(100), goal(400, None, team="华东组"), goal(0)])
    assert cells_of(KPI, given) == {(None, "华东组", "2026-10"): (80, 400, 1)}


def test_targets_of_other_kpis_are_not_of_sales(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(50)], targets=[goal(100, kpi="sales_amount"), goal(7, kpi="new_customers")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1)}


def test_only_won_sales_count_and_returned_ones_do(facts: Make, cells_of: Read) -> None:
    rows = [sale(50), sale(5, returned=True), sale(900, status="lost"), sale(900, status="open"), sale(900, status="cancelled"), sale(None)]
    assert cells_of(KPI, facts(sales=rows, targets=[goal(100)])) == {("李明", "2026-10"): (55, 100, 1)}


def test_a_month_of_lost_deals_alone_has_no_sales(facts: Make, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale(50, status="lost")], targets=[goal(100)])), no_cells)


def test_a_teams_target_counts_where_none_of_its_managers_has_one(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        managers=TEAMS,
        sales=[sale(50), sale(30, "王芳"), sale(70, "赵强")],
        targets=[goal(100), goal(400, None, team="华东组"), goal(140, None, team="华南组")],
    )
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1), (None, "华南组", "2026-10"): (70, 140, 1)}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): 0.5, ("华南组", "2026-10"): 0.5}
    # 120 of 240: no sale is measured twice.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_it_is_looked_at_month_by_month(facts: Make, cells_of: Read) -> None:
    given = facts(
        managers=TEAMS,
        sales=[sale(50), sale(30, "王芳"), sale(60, date="2026-11-02"), sale(4, "王芳", "2026-11-02")],
        targets=[goal(100), goal(400, None, team="华东组"), goal(400, None, "2026-11", team="华东组")],
    )
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1), (None, "华东组", "2026-11"): (64, 400, 1)}


def test_a_target_of_the_whole_business_counts_where_nobody_has_one(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        managers=TEAMS,
        sales=[sale(50), sale(30, None), sale(20, date="2026-11-02"), sale(5, date="2026-12-02")],
        targets=[
            goal(200, None),
            goal(100, period="2026-11"),
            goal(999, None, "2026-11"),
            goal(10, None, "2026-12", team="华东组"),
            goal(9, None, "2026-12"),
        ],
    )
    assert cells_of(KPI, given) == {
        (None, "2026-10"): (80, 200, 1),
        ("李明", "2026-11"): (20, 100, 1),
        (None, "华东组", "2026-12"): (5, 10, 1),
    }
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.4, ("", "2026-11"): 0.2, ("", "2026-12"): 0.5}


def test_a_managers_target_is_of_the_team_that_the_list_says(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(managers=TEAMS, sales=[sale(50)], targets=[goal(100, team="华南组")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1)}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): 0.5}


def test_a_manager_listed_twice_sells_once(facts: Make, cells_of: Read) -> None:
    people = [{"name": "李明", "team": "华南组"}, {"name": "李明", "team": "华东组"}]
    given = facts(managers=people, sales=[sale(50), sale(8, date="2026-11-02")], targets=[goal(100), goal(80, None, "2026-11", team="华东组")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1), (None, "华东组", "2026-11"): (8, 80, 1)}


def test_sales_that_name_nobody_reach_no_managers_target(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale(50, None)], targets=[goal(100)])) == {("李明", "2026-10"): (0, 100, 1)}


def test_a_regions_target_is_held_against_the_sales_of_the_region(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [sale(100, region="华东"), sale(20, None, region="华东"), sale(900, "王芳", region="华南"), sale(7), sale(9, region="华北")]
    given = facts(managers=TEAMS, sales=rows, targets=[goal(400, None, region="华东")])
    assert cells_of(KPI, given) == {(None, "2026-10"): (120, 400, 1)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(0.3)}
    assert values_of(KPI, given, by="manager") == values_of(KPI, given, by="team") == {}


def test_two_regions_of_a_month_are_two_targets_of_the_whole_business(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        sales=[sale(100, region="华东"), sale(900, "王芳", region="华南"), sale(5, date="2026-11-02", region="华东")],
        targets=[goal(400, None, region="华东"), goal(1000, None, region="华南"), goal(10, None, "2026-11", region="华南")],
    )
    # 1000 of 1400, never 1000 of 1000; in November 华南 sold nothing.
    assert cells_of(KPI, given) == {(None, "2026-10"): (1000, 1400, 2), (None, "2026-11"): (0, 10, 1)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(5 / 7), ("", "2026-11"): 0}


def test_the_last_of_two_targets_of_a_region_holds(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(100, region="华东")], targets=[goal(400, None, region="华东"), goal(200, None, region="华东")])
    assert cells_of(KPI, given) == {(None, "2026-10"): (100, 200, 1)}


# The narrowest target of a month counts, so that no sale is measured twice.
@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        (["manager", "team", "region", "whole"], {("李明", "2026-10"): (50, 100, 1)}),
        (["team", "region", "whole"], {(None, "华东组", "2026-10"): (80, 200, 1)}),
        (["region", "whole"], {(None, "2026-10"): (110, 400, 1)}),
        (["whole"], {(None, "2026-10"): (119, 800, 1)}),
        (["manager", "region"], {("李明", "2026-10"): (50, 100, 1)}),
        (["manager", "whole"], {("李明", "2026-10"): (50, 100, 1)}),
        (["team", "whole"], {(None, "华东组", "2026-10"): (80, 200, 1)}),
    ],
)
def test_a_narrower_target_goes_before_a_wider_one(facts: Make, cells_of: Read, goals: list[str], expected: dict[Any, Any]) -> None:
    every = {
        "manager": goal(100),
        "team": goal(200, None, team="华东组"),
        "region": goal(400, None, region="华南"),
        "whole": goal(800, None),
    }
    rows = [sale(50, region="华南"), sale(30, "王芳", region="华南"), sale(30, "赵强", region="华南"), sale(9, None)]
    for order in (goals, goals[::-1]):
        assert cells_of(KPI, facts(managers=TEAMS, sales=rows, targets=[every[name] for name in order])) == expected


def test_another_months_narrower_target_takes_nothing_away(facts: Make, cells_of: Read) -> None:
    given = facts(
        managers=TEAMS,
        sales=[sale(50, region="华东"), sale(60, date="2026-11-02", region="华东")],
        targets=[goal(100), goal(400, None, region="华东"), goal(300, None, "2026-11", region="华东")],
    )
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1), (None, "2026-11"): (60, 300, 1)}


@pytest.mark.parametrize("beside", [{"team": "华南组"}, {"team": "华东组"}, {"region": "华南"}, {"team": "华南组", "region": "华南"}])
def test_a_managers_target_with_and_without_more_beside_it_is_one(facts: Make, cells_of: Read, beside: dict[str, str]) -> None:
    given = facts(managers=TEAMS, sales=[sale(50)], targets=[goal(200), goal(100, **beside)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (50, 100, 1)}


def test_a_teams_target_with_and_without_the_region_is_one(facts: Make, cells_of: Read) -> None:
    given = facts(managers=TEAMS, sales=[sale(50)], targets=[goal(200, None, team="华东组"), goal(100, None, team="华东组", region="华东")])
    assert cells_of(KPI, given) == {(None, "华东组", "2026-10"): (50, 100, 1)}


def test_a_team_nobody_is_known_to_be_in_is_not_measured(facts: Make, cells_of: Read, no_cells: pd.DataFrame) -> None:
    given = facts(managers=TEAMS, sales=[sale(50)], targets=[goal(100, None, team="华西组")])
    pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
    assert KPI.behind(given).empty
    # Nor does it keep the whole business from being measured.
    given = facts(managers=TEAMS, sales=[sale(50)], targets=[goal(100, None, team="华西组"), goal(80, None)])
    assert cells_of(KPI, given) == {(None, "2026-10"): (50, 80, 1)}


def test_behind_a_regions_target_stand_the_sales_of_the_region(facts: Make) -> None:
    rows = [sale(50, region="华东"), sale(30, "王芳", region="华南"), sale(7), sale(6, date="2026-11-02", region="华东")]
    given = facts(sales=rows, targets=[goal(400, None, region="华东")])
    assert KPI.behind(given)["amount"].tolist() == [50]


def test_behind_the_figure_stand_the_sales_of_months_with_a_target(facts: Make) -> None:
    rows = [sale(50), sale(9, status="lost"), sale(7, date="2026-11-02"), sale(8, "王芳")]
    behind = KPI.behind(facts(sales=rows, targets=[goal(100), goal(120), goal(999, "王芳", "2026-11")]))
    assert behind[["manager", "month", "amount", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 50, 2]]


def test_behind_a_teams_or_the_whole_businesss_target_stand_its_sales_once(facts: Make) -> None:
    rows = [
        sale(50),
        sale(30, "王芳"),
        sale(70, "赵强"),
        sale(9, None),
        sale(5, None, "2026-11-02"),
        sale(6, date="2026-11-02"),
        sale(4, date="2026-12-02"),
    ]
    goals = [goal(100), goal(400, None, team="华东组"), goal(140, None, team="华南组"), goal(100, None, "2026-11"), goal(7, "王芳", "2026-12")]
    given = facts(managers=TEAMS, sales=rows, targets=goals)
    # October: 李明's own and 华南组's; November: everybody's; December: nobody's who sold.
    assert KPI.behind(given)["amount"].tolist() == [50, 70, 5, 6]
    assert not {"home", "place"} & set(KPI.behind(given))


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("sales_attainment", 0.95, True, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (True, 1, False, "business", "sales")


# Net sales: what came back is not counted; what nobody has said anything about is not known.
def net(facts: Make, **rows: Any) -> Facts:
    return facts(attainment_from="net_sales", **rows)


def test_net_sales_over_target(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [sale(600, returned=False), sale(300, returned=True), sale(50)]
    given = net(facts, sales=rows, targets=[goal(1000)])
    # The sheet marks returns, so that an empty mark is a sale that stands.
    assert cells_of(KPI, given) == {("李明", "2026-10"): (650, 1000, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(0.65)}
    assert cells_of(KPI, facts(sales=rows, targets=[goal(1000)])) == {("李明", "2026-10"): (950, 1000, 1)}
    assert KPI.behind(given)["amount"].tolist() == [600, 50]
    assert list(KPI.behind(given)) == list(KPI.behind(facts(sales=rows, targets=[goal(1000)])))


def test_everything_came_back_is_nought(facts: Make, cells_of: Read) -> None:
    given = net(facts, sales=[sale(600, returned=True)], targets=[goal(1000), goal(50, "王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (0, 1000, 1), ("王芳", "2026-10"): (0, 50, 1)}
    assert KPI.behind(given).empty


def test_an_order_that_came_back_counts_as_in_net_sales(facts: Make, cells_of: Read) -> None:
    rows = [sale(600, order_no="A", returned=True), sale(200, order_no="A"), sale(30, order_no="B"), sale(None, returned=True)]
    given = net(facts, sales=rows, targets=[goal(1000)])
    assert cells_of(net_sales.KPI, given) == {("李明", "2026-10"): (30, 0, 3)}
    assert cells_of(KPI, given) == {("李明", "2026-10"): (30, 1000, 1)}


def test_where_nothing_tells_of_returns_net_attainment_is_not_measured(facts: Make, no_cells: pd.DataFrame) -> None:
    for given in (net(facts), net(facts, sales=[sale(5)], targets=[goal(5)]), net(facts, targets=[goal(5)])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert KPI.behind(given).empty


def test_a_target_some_of_whose_sales_are_not_known_is_not_measured(facts: Make, cells_of: Read) -> None:
    # The list of returns reaches back to October: of September nothing is known.
    rows = [
        sale(40, date="2026-09-08", order_no="A"),
        sale(60, "王芳", order_no="B"),
        sale(80, order_no="C", returned=True),
        sale(90, order_no="D"),
    ]
    back = [{"order_no": "C"}]
    targets = [goal(100, period="2026-09"), goal(100), goal(100, "王芳")]
    given = net(facts, sales=rows, returns=back, targets=targets)
    assert cells_of(KPI, given) == {("李明", "2026-10"): (90, 100, 1), ("王芳", "2026-10"): (60, 100, 1)}
    assert KPI.behind(given)["amount"].tolist() == [60, 90]


def test_another_sheets_unknown_sales_hide_only_their_own_target(facts: Make, cells_of: Read) -> None:
    given = net(facts, sales=[sale(60, returned=False), sale(70, "王芳", returned=False)], targets=[goal(100), goal(100, "王芳")])
    sales = pd.concat([given["sales"], facts(sales=[sale(5, "王芳"), sale(None)])["sales"].assign(source_file="other.xlsx")], ignore_index=True)
    mixed = Facts({**given.tables, "sales": sales}, given.as_of, attainment_from="net_sales")
    # A row without an amount is missing in no sum.
    assert cells_of(KPI, mixed) == {("李明", "2026-10"): (60, 100, 1)}
    assert KPI.behind(mixed)["amount"].tolist() == [60]


@pytest.mark.parametrize("owner", [{"team": "华东组"}, {"region": "华东"}, {}])
def test_net_sales_of_a_team_a_region_and_the_whole_business(facts: Make, cells_of: Read, owner: dict[str, str]) -> None:
    rows = [sale(600, region="华东", returned=False), sale(300, region="华东", returned=True)]
    given = net(facts, managers=TEAMS, sales=rows, targets=[goal(1000, None, **owner)])
    key = (None, "华东组", "2026-10") if "team" in owner else (None, "2026-10")
    assert cells_of(KPI, given) == {key: (600, 1000, 1)}


def test_a_summarys_gross_sales_are_no_net_attainment(facts: Make, values_of: Read) -> None:
    summed = [{"period": "2026-10", "manager": "李明", "sales_amount": 900, "sales_target": 1000}]
    assert values_of(KPI, facts(summary=summed), by="manager") == {("李明", "2026-10"): 0.9}
    assert values_of(KPI, net(facts, summary=summed), by="manager") == {}


def test_the_facts_stay_as_they_are(facts: Make) -> None:
    given = net(facts, sales=[sale(600, returned=False), sale(300, returned=True)], targets=[goal(1000)])
    before = {name: frame.copy(deep=True) for name, frame in given.tables.items()}
    KPI.cells(given)
    KPI.behind(given)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(given[name], frame)


def test_sales_less_than_nothing_and_ties_do_not_matter(facts: Make, cells_of: Read) -> None:
    rows = [sale(100, returned=False), sale(100, returned=False), sale(-30, returned=False)]
    for order in (rows, rows[::-1]):
        assert cells_of(KPI, net(facts, sales=order, targets=[goal(100)])) == {("李明", "2026-10"): (170, 100, 1)}
