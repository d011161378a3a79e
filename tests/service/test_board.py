"""The board of a period: a reading of every KPI for everybody, the weighted score, the gaps, and trends."""

from __future__ import annotations

from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.service import boards, scorecards
from amdash.service.workspace import Workspace

EAST, SOUTH = ("李明", "林佳怡", "王建国", "陈晓燕"), ("黄志伟", "周雅琴", "何志强", "梁美玲")
IDS = [
    "sales_amount",
    "sales_attainment",
    "new_customers",
    "csat",
    "satisfaction_score",
    "response_time",
    "response_in_target",
    "complaint_resolution",
    "complaint_rate",
    "staff_satisfaction",
]


def test_a_gap_is_a_sheet_that_came_in_one_of_the_three_months_before(ws: Workspace, xlsx, put) -> None:
    months = [f"2026-{month:02d}-01" for month in range(3, 11)]
    sheets = {
        "销售": [["日期", "客户经理", "金额"], *([month, "李明", 1] for month in months)],
        "投诉": [["投诉编号", "投诉日期", "客户经理"], ["C1", "2026-04-02", "李明"], ["C2", "2026-09-02", "李明"]],
    }
    put(ws, ("x.xlsx", xlsx(sheets)))
    missing = {month[:7] for month in months if boards.gaps(ws, month[:7])}
    # Before the first list there was none to miss, and a list that has not come for longer is no longer awaited.
    assert missing == {"2026-05", "2026-06", "2026-07", "2026-10"}
    assert boards.gaps(ws, "2026-11") == ()


def test_a_board_has_a_reading_of_every_kpi_and_subject(demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, "2026-10")
    assert set(board.readings) == {(kpi, name) for kpi in IDS for name in (*EAST, *SOUTH)}
    assert set(board.team_readings) == {(kpi, subject) for kpi in IDS for subject in ("华东组", "华南组", "")}
    assert [(team.name, team.managers) for team in board.teams] == [("华东组", EAST), ("华南组", SOUTH)]
    assert (board.period, board.every, board.revision, [kpi.id for kpi in board.kpis]) == ("2026-10", "month", 1, IDS)


@pytest.mark.parametrize(("wanted", "every"), [("2026-09", "month"), ("2026-Q3", "quarter"), ("2025", "year")])
def test_the_board_says_what_the_scorecard_says(demo_ws: Workspace, wanted: str, every: Any) -> None:
    board = boards.board(demo_ws, wanted)
    assert board.every == every
    expected: dict[tuple[str, str], tuple[float, int]] = {}
    for by in ("manager", "team", "all"):
        frame = scorecards.scorecard(demo_ws, by=by, every=every, kpis=IDS)
        for row in frame[(frame["period"] == wanted) & frame["value"].notna()].to_dict("records"):
            expected[row["kpi"], row[by] if by != "all" else ""] = (row["value"], row["n"])
    readings = {**board.readings, **board.team_readings}
    assert {key: (reading.value, reading.n) for key, reading in readings.items() if reading.value is not None} == expected
    assert all(reading.points[-1].period == wanted and len(reading.points) == 12 for reading in readings.values())


@pytest.mark.parametrize(
    ("wanted", "through"), [("2026-10", None), ("2026-Q3", None), ("2026-Q4", "2026-10"), ("2026", "2026-10"), ("2025", None), ("2027", None)]
)
def test_a_period_that_is_not_over_says_how_far_it_goes(demo_ws: Workspace, wanted: str, through: str | None) -> None:
    assert boards.board(demo_ws, wanted).through == through


def test_the_measured_kpis_are_those_of_which_anybody_has_a_value(ws: Workspace, xlsx, put) -> None:
    sales = [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 1]]
    # A complaint of a customer of nobody known: counted, but without a rate.
    complaints = [["投诉编号", "投诉日期", "客户经理"], ["C1", "2026-10-02", "李明"]]
    staff = [["日期", "团队", "员工满意度"], *([["2026-10-03", "华东组", 4]] * 5)]
    put(ws, ("x.xlsx", xlsx({"销售": sales, "投诉": complaints, "员工满意度": staff})))
    board = boards.board(ws, "2026-10")
    assert board.readings["complaint_rate", "李明"].numerator == 1
    # New customers per manager-month: 0, which is a value; a team's survey is nobody's, and counts too.
    assert board.measured() == ["sales_amount", "new_customers", "staff_satisfaction"]
    assert boards.board(ws, "2026-09").measured() == []


def test_a_team_called_like_a_manager_is_told_apart(ws: Workspace, xlsx, put) -> None:
    people = [["姓名", "团队"], ["李明", "李明"], ["王芳", "李明"]]
    sales = [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 1], ["2026-10-01", "王芳", 2]]
    put(ws, ("x.xlsx", xlsx({"客户经理名单": people, "销售": sales})))
    board = boards.board(ws, "2026-10")
    assert (board.readings["sales_amount", "李明"].value, board.team_readings["sales_amount", "李明"].value) == (1, 3)


def test_the_weighted_score_is_50_35_and_15_of_what_was_measured(demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, "2026-07")
    assert set(board.scores) == {*EAST, *SOUTH}

    def reached(kpi: str, name: str, target: float, more_is_better: bool = True) -> float:
        value = board.readings[kpi, name].value
        assert value is not None
        return min(1.2, value / target if more_is_better else target / value if value else 1.2)

    for name, score in board.scores.items():
        business = reached("sales_attainment", name, 0.95) + reached("new_customers", name, 10) + reached("csat", name, 0.9)
        service = reached("response_time", name, 24, False) + reached("response_in_target", name, 0.95) + reached("complaint_rate", name, 0.05, False)
        shares = 3
        if board.readings["complaint_resolution", name].n >= 3:
            service, shares = service + reached("complaint_resolution", name, 0.95), 4
        # Employee satisfaction is a team's, so no manager has any: 50 and 35 are all there is.
        assert score == pytest.approx((50 * business / 3 + 35 * service / shares) / 85)


def test_trends_are_one_kpi_over_the_periods_that_end_there(demo_ws: Workspace) -> None:
    found = scorecards.trends(demo_ws, "response_time", "2026-10", window=6)
    assert [reading.subject for reading in found] == [*EAST, *SOUTH]
    assert [point.period for point in found[0].points] == ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    frame = scorecards.scorecard(demo_ws, kpis=["response_time"], managers=["李明"], start="2026-05")
    assert [point.value for point in found[0].points] == frame["value"].tolist()
    assert [reading.subject for reading in scorecards.trends(demo_ws, "csat", "2026-Q3", by="team")] == ["华东组", "华南组"]
    assert len(scorecards.trends(demo_ws, "csat", "2026-10")[0].points) == 24
    with pytest.raises(AmdashError, match="kpi_unknown"):
        scorecards.trends(demo_ws, "sales", "2026-10")
