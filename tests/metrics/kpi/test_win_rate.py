"""Win rate: which deals are closed, and which sheets list deals at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.win_rate import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def deal(status: str | None, manager: str | None = "李明", date: str | None = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": 100.0, "manager": manager, "status": status, **more}


def elsewhere(facts: Facts, *places: str) -> Facts:
    """The same facts, each deal from a file and sheet of its own, written as file/sheet."""
    files, sheets = zip(*(place.split("/") for place in places), strict=True)
    sales = facts["sales"].assign(source_file=pd.Series(files, dtype="str"), source_sheet=pd.Series(sheets, dtype="str"))
    return Facts({**facts.tables, "sales": sales}, facts.as_of)


def test_won_over_won_and_lost(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[deal("won"), deal("won"), deal("won"), deal("lost")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.75}


@pytest.mark.parametrize("other", ["open", "cancelled", None])
def test_what_is_not_closed_does_not_count(facts: Make, cells_of: Read, other: str | None) -> None:
    assert cells_of(KPI, facts(sales=[deal("won"), deal(other), deal("lost"), deal(other)])) == {("李明", "2026-10"): (1, 2, 2)}
    # A manager, or a month, with nothing else has no rate.
    rows = [deal("won"), deal("lost"), deal(other, "王芳"), deal(other, date="2026-11-02")]
    assert cells_of(KPI, facts(sales=rows)) == {("李明", "2026-10"): (1, 2, 2)}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [deal("won"), deal("lost"), deal("won", "王芳"), deal("won", date="2026-11-02"), deal("lost", "王芳", "2026-11-30")]
    given = facts(sales=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 2, 2),
        ("李明", "2026-11"): (1, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    # 2 of 3, not the mean of 0.5 and 1.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): 0.5}


def test_the_amount_is_nothing_to_it(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[deal("won", amount=1.0), deal("won", amount=None), deal("lost", amount=9e6), deal("lost", amount=0.0)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (2, 4, 4)}


@pytest.mark.parametrize(
    "statuses", [[], [None, None], ["open", None], ["won", "won", "cancelled"], ["won", "open"]], ids=["none", "plain", "open", "orders", "all won"]
)
def test_a_sheet_without_a_lost_deal_lists_orders(facts: Make, values_of: Read, no_cells: pd.DataFrame, statuses: list[str | None]) -> None:
    given = facts(sales=[deal(status) for status in statuses])
    pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
    assert values_of(KPI, given) == {}
    assert KPI.behind(given).empty


def test_lost_deals_alone_are_a_rate_of_nought(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[deal("lost"), deal("lost")])) == {("李明", "2026-10"): (0, 2, 2)}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        # The sheet of another month, and its own.
        ("商机-2026-11.xlsx/S", (1, 1, 1)),
        ("商机-2026-10.xlsx/S", (1, 1, 1)),
        ("订单-2026-10.xlsx/S", None),
        ("商机-2026-10.xlsx/订单", None),
    ],
)
def test_only_sheets_that_know_of_lost_deals_count(facts: Make, cells_of: Read, place: str, expected: tuple[float, float, int] | None) -> None:
    given = elsewhere(facts(sales=[deal("won"), deal("lost", "王芳")]), place, "商机-2026-10.xlsx/S")
    assert cells_of(KPI, given) == {("王芳", "2026-10"): (0, 1, 1)} | ({("李明", "2026-10"): expected} if expected else {})


def test_undated_deals_are_left_out(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[deal("won"), deal("lost"), deal("won", date=None)])) == {("李明", "2026-10"): (1, 2, 2)}


def test_deals_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[deal("won"), deal("lost", None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_behind_the_figure_stand_the_closed_deals(facts: Make) -> None:
    behind = KPI.behind(facts(sales=[deal("won"), deal("open"), deal(None), deal("lost", "王芳", "2026-11-02")]))
    assert behind[["manager", "month", "status", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", "won", 2], ["王芳", "2026-11", "lost", 5]]
    assert not {"sheet", "outcome"} & set(behind)


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit, KPI.category) == ("win_rate", None, True, "ratio", "ratio", "business")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows, KPI.on_board, KPI.rank) == (False, 5, True, "sales", False, 56)
