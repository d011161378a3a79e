"""The demo: what is loaded and refused, and a corrected February that changes February alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from amdash.service import demo, drilldown, imports, potential, scorecards
from amdash.service.changes import RowChanges
from amdash.service.imports import Preview, Upload
from amdash.service.workspace import Workspace
from amdash.store import SlotKey

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
FEBRUARY = "经营数据-2026-02.xlsx"
MONTHS = [str(month) for month in pd.period_range("2024-11", "2026-10", freq="M")]
TEAMS = {"华东组": {"李明", "林佳怡", "王建国", "陈晓燕"}, "华南组": {"黄志伟", "周雅琴", "何志强", "梁美玲"}}
CHANGED = {
    # Of four differing orders one had been refused for its date, so it is added now, with the one that is new; one was entered twice.
    SlotKey("sales", "2026-02", "经营数据"): RowChanges(added=2, changed=3, removed=1, unchanged=283),
    SlotKey("complaints", "2026-02", "经营数据"): RowChanges(added=0, changed=2, removed=0, unchanged=6),
}


@pytest.fixture
def corrected(demo_copy: Workspace) -> Preview:
    return imports.preview(demo_copy, [Upload(FEBRUARY, (FOLDER / "corrections" / FEBRUARY).read_bytes())])


def cells_of(frame: pd.DataFrame, wrong: pd.Series, column: str) -> set[tuple[str, str]]:
    """(file, A1 address) of the wrong rows' cells in a column, by pandas and openpyxl alone."""
    letter = get_column_letter(list(frame.columns).index(column) + 1)
    return {(file, f"{letter}{row}") for file, row in zip(frame.loc[wrong, "file"], frame.loc[wrong, "row"], strict=True)}


def february_in(folder: str) -> pd.DataFrame:
    return pd.read_excel(FOLDER / folder / FEBRUARY, sheet_name="销售明细", header=2, engine="calamine")


def test_the_months_managers_and_teams_are_there(demo_ws: Workspace) -> None:
    assert demo_ws.revision() == 1
    assert scorecards.months(demo_ws) == MONTHS
    people = scorecards.roster(demo_ws)
    assert len(people) == 8
    assert {team: set(rows["manager"]) for team, rows in people.groupby("team")} == TEAMS


def test_the_figures_of_every_table_have_all_months(demo_ws: Workspace) -> None:
    held = demo_ws.months()
    for table in ("sales", "tickets", "surveys", "targets"):
        assert sorted(set(MONTHS) - held[table]) == []
    assert sorted(set(MONTHS) - held["complaints"]) == ["2026-08"]
    assert len(demo_ws.tables()["customers"]) == 322


def test_some_listed_customers_have_not_bought_yet_and_some_waited_first(demo_ws: Workspace) -> None:
    found = potential.potential(demo_ws)
    assert {one.manager for one in found.prospects if one.listed} == TEAMS["华东组"] | TEAMS["华南组"]
    assert [one.waits_for_us for one in found.prospects].count(True) == 1
    assert sum(one.deals for one in found.prospects) == 7
    assert (found.converted["prospects"].sum(), found.converted["converted"].sum()) == (22, 10)


def test_every_wrong_cell_is_refused_and_no_other(demo_ws: Workspace, raw: dict[str, pd.DataFrame]) -> None:
    sales, tickets, complaints, surveys = (raw[name] for name in ("销售明细", "客服工单", "投诉记录", "满意度调查"))
    dates = pd.to_datetime(sales["下单日期"], errors="coerce", format="mixed")
    opened, answered = (pd.to_datetime(tickets[name], format="mixed") for name in ("创建时间", "首次响应时间"))
    scores = {name: surveys[name] > 5 for name in ("总体满意度", "产品质量", "服务态度", "沟通及时", "需求满足")}
    wanted = {
        "value_not_date": cells_of(sales, dates.isna(), "下单日期"),
        "date_in_future": cells_of(sales, dates > "2026-11-24", "下单日期"),
        "value_not_number": cells_of(sales, sales["金额(元)"] == "面议", "金额(元)"),
        "value_required": cells_of(sales, sales["金额(元)"].isna(), "金额(元)"),
        "response_before_opening": cells_of(tickets, answered < opened, "首次响应时间"),
        "resolution_before_opening": cells_of(
            complaints, pd.to_datetime(complaints["解决日期"]) < pd.to_datetime(complaints["投诉日期"]), "解决日期"
        ),
        "score_beyond_scale": set().union(*(cells_of(surveys, wrong, name) for name, wrong in scores.items())),
    }
    assert sum(map(len, wanted.values())) == 10
    uploads = [Upload(path.name, path.read_bytes()) for path in sorted((demo.FOLDER / "zh").iterdir())]
    readings = imports.check(uploads, demo_ws.now().date())
    errors = [issue for file in readings for sheet in file.sheets for issue in sheet.issues if issue.severity == "error"]
    assert {code: {(issue.file, issue.cell) for issue in errors if issue.code == code} for code in wanted} == wanted
    assert len(errors) == 10
    (row,) = imports.history(demo_ws)
    assert row.detail["refused"] == 10
    # One 合计 row in each sales sheet; none of them was counted.
    totals = [table.totals_skipped for file in readings for sheet in file.sheets for table in sheet.tables if table.table == "sales"]
    assert totals == [1] * 24


def test_loading_it_again_changes_nothing_and_the_progress_bar_rises_to_its_end(demo_copy: Workspace) -> None:
    told: list[tuple[float, str]] = []
    outcome = demo.load(demo_copy, progress=lambda share, what: told.append((share, what)))
    assert (outcome.import_id, outcome.revision) == (None, 1)
    assert {slot.action for slot in outcome.slots} == {"unchanged"}
    assert len(outcome.slots) == len(demo_copy.store.slots())
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert len(set(shares)) > len(list((demo.FOLDER / "zh").iterdir()))
    assert {what for _, what in told} >= {path.name for path in (demo.FOLDER / "zh").iterdir()}


def test_the_preview_of_the_corrected_february_says_what_will_change(demo_copy: Workspace, corrected: Preview) -> None:
    assert {slot.key: slot.rows for slot in corrected.slots if slot.action != "unchanged"} == CHANGED
    assert {slot.key: slot.rows for slot in corrected.slots if slot.action == "unchanged"} == {
        SlotKey("tickets", "2026-02", "经营数据"): RowChanges(0, 0, 0, 186),
        SlotKey("surveys", "2026-02", "经营数据"): RowChanges(0, 0, 0, 182),
    }
    assert corrected.refused == 0
    assert demo_copy.revision() == 1


def test_only_these_slots_change(demo_copy: Workspace, corrected: Preview) -> None:
    before = {slot.key: slot for slot in demo_copy.store.slots()}
    assert {slot.key: slot.rows for slot in imports.confirm(demo_copy, corrected).slots if not slot.rows.nothing} == CHANGED
    after = {slot.key: slot for slot in demo_copy.store.slots()}
    assert set(before) == set(after)
    assert {key for key in before if before[key] != after[key]} == set(CHANGED)


def test_only_februarys_figures_change(demo_copy: Workspace, corrected: Preview) -> None:
    # A month's improvement is against the month before, beside all the months before that.
    names = [kpi.id for kpi in scorecards.kpis() if kpi.measure != "derived"]
    old = scorecards.scorecard(demo_copy, kpis=names)
    imports.confirm(demo_copy, corrected)
    new = scorecards.scorecard(demo_copy, kpis=names)
    pd.testing.assert_frame_equal(new[new["period"] != "2026-02"], old[old["period"] != "2026-02"], check_exact=True)
    sums = {}
    for name, frame in (("old", old), ("new", new)):
        rows = frame[(frame["period"] == "2026-02") & (frame["kpi"] == "sales_amount")]
        sums[name] = rows.set_index("manager")["value"].to_dict()
    for name, folder in (("old", "zh"), ("new", "corrections")):
        rows = february_in(folder)
        dated = pd.to_datetime(rows["下单日期"], errors="coerce", format="mixed").notna()
        won = rows[dated & (rows["状态"] == "已成交")]
        assert sums[name] == pytest.approx(won["金额(元)"].astype("float64").groupby(won["客户经理"]).sum().to_dict())
    assert sums["old"] != sums["new"]


def test_the_old_revision_still_gives_the_old_figures(demo_copy: Workspace, corrected: Preview) -> None:
    old = scorecards.scorecard(demo_copy)
    revision = imports.confirm(demo_copy, corrected).revision
    pd.testing.assert_frame_equal(scorecards.scorecard(demo_copy, revision=revision - 1), old, check_exact=True)
    assert not scorecards.scorecard(demo_copy, revision=revision).equals(old)


def test_undo_gives_the_very_same_scorecard_back(demo_copy: Workspace, corrected: Preview) -> None:
    old, held = scorecards.scorecard(demo_copy), demo_copy.store.slots()
    import_id = imports.confirm(demo_copy, corrected).import_id
    assert import_id == 2
    outcome = imports.undo(demo_copy, import_id)
    turned = {key: RowChanges(rows.removed, rows.changed, rows.added, rows.unchanged) for key, rows in CHANGED.items()}
    assert {slot.key: slot.rows for slot in outcome.slots} == turned
    pd.testing.assert_frame_equal(scorecards.scorecard(demo_copy), old, check_exact=True)
    assert demo_copy.store.slots() == held


def test_a_number_leads_back_to_its_cell_in_the_original(demo_ws: Workspace) -> None:
    found = drilldown.rows_behind(demo_ws, "sales_amount", manager="何志强", start="2025-10", end="2025-10")
    assert {(row.file, row.sheet) for row in found} == {("经营数据-2025-10.xlsx", "销售明细")}
    page = openpyxl.load_workbook(FOLDER / "zh" / found[0].file)[found[0].sheet]
    for row in found[:20]:
        order, _date, customer, manager, _product, _quantity, amount, status, _returned = (cell.value for cell in page[row.row])
        assert (row.values["order_no"], row.values["customer"], row.values["manager"], row.values["amount"]) == (order, customer, manager, amount)
        assert status == "已成交"


def test_the_english_demo_is_four_months_of_three_managers(ws: Workspace) -> None:
    demo.load(ws, "en")
    assert scorecards.months(ws) == MONTHS[-4:]
    assert scorecards.managers(ws) == ["Emma Clarke", "James Patel", "Sophie Turner"]
