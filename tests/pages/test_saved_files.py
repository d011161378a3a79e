"""Whatever a page shows as a table can be saved as Excel and CSV, and every chart as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from amdash.service import boards, meetings, proposals, targets
from amdash.service.meetings import Decision
from amdash.service.workspace import Workspace
from amdash.ui.sitting import Sitting

ROOT = Path(__file__).resolve().parents[2]
# Saved under the name of another: the scorecard with its targets and verdicts, all proposals of a KPI in one file, the rest of a long table.
SAVED_AS = {"matrix": "scorecard", "moves_more_import": "moves_import"}
PROPOSALS = re.compile(r"set_proposals|answers_\d+")
# No tables of anything: an example of how hours are counted, and the way through a meeting.
NONE_TO_SAVE = {"counted", "order"}


def nodes(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from nodes(child)


def keys(page: AppTest, kind: str) -> set[str]:
    """The keys of the elements of a kind: what follows the hash in their ids."""
    return {node.proto.id.split("-", 2)[2] for node in nodes(page.main) if node.type == kind}


def tables(page: AppTest) -> set[str]:
    """The keys of our tables on the page."""
    drawn = [node for node in nodes(page.main) if node.type == "bidi_component"]
    return {node.proto.id.split("-", 2)[2] for node in drawn if "<table" in json.loads(node.proto.json).get("html", "")}


def check(page: AppTest, *wanted: str) -> None:
    """``wanted``: keys of tables that are to be there, so that something is looked at."""
    assert not page.exception
    found = tables(page)
    assert found >= set(wanted)
    buttons = keys(page, "download_button")
    for key in found - NONE_TO_SAVE:
        name = "proposals" if PROPOSALS.fullmatch(key) else SAVED_AS.get(key, key)
        assert {f"xlsx_{name}", f"csv_{name}"} <= buttons, key
    # A table of Streamlit's own has no key to be known by: each is to have files that belong to none of the others.
    assert len(page.dataframe) <= len({button.removeprefix("xlsx_") for button in buttons if button.startswith("xlsx_")} - found)
    charts = keys(page, "plotly_chart")
    assert {f"save_{key}" for key in charts} <= keys(page, "bidi_component")


@pytest.fixture(scope="module")
def visitor(demo_ws: Workspace) -> Iterator[AppTest]:
    """One who goes from page to page of the demo, for looking only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMDASH_WORKSPACE", str(demo_ws.settings.workspace))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.query_params["lang"] = "zh"
        yield app.run()


@pytest.mark.parametrize(
    ("name", "choices", "wanted"),
    [
        ("overview", {}, ["matrix"]),
        ("manager", {"kpi": "improvement", "rows_shown": True}, ["why"]),
        ("manager", {"kpi": "csat"}, []),
        ("trends", {}, []),
        ("compare", {"kpi": "csat", "compare_view": "ranks"}, []),
        ("drivers", {}, []),
        ("plans", {}, []),
        ("customers", {}, ["customers"]),
        ("customers", {"customers_view": "moves"}, ["moves"]),
        ("customers", {"customers_view": "potential"}, ["potential", "converted"]),
        ("customers", {"customer": "KH0001"}, ["keepers"]),
        ("targets", {"kpi": "csat"}, ["held", "tallies"]),
        ("feedback", {}, ["log"]),
        ("feedback", {"feedback_view": "due"}, ["board"]),
        ("upload", {"section_zh": "coverage"}, ["coverage"]),
        ("meeting", {}, ["order"]),
        ("settings", {}, []),
        ("reports", {}, []),
    ],
)
def test_every_table_of_a_page_is_saved_and_every_chart(name: str, choices: dict[str, Any], wanted: list[str], visitor: AppTest) -> None:
    for key, value in choices.items():
        visitor.session_state[key if key == "section_zh" else f"amdash_{key}"] = value
    check(visitor.switch_page(f"pages/{name}.py").run(), *wanted)


@pytest.fixture
def agreed(ws: Workspace, put_sheet) -> Workspace:
    """Two people with answers of a month, one target that was set and one that is proposed and half commented on."""
    put_sheet(ws, "姓名,团队\n李明,华东组\n王芳,华东组\n", "客户经理名单.csv")
    put_sheet(ws, "调查日期,客户经理,满意度评分\n" + "".join(f"2026-10-{day:02},李明,5\n" for day in range(1, 9)), "满意度调查.csv")
    targets.put(ws, "csat", 0.92, "2026-10", reason="去年 90%")
    proposals.propose(ws, "csat", 0.95, "2026-12")
    proposals.answer(ws, 1, ["李明"], "agreed", "可以")
    return ws


def test_targets_that_were_set_and_proposed_are_saved(agreed: Workspace, visit) -> None:
    page = visit(agreed, "targets", kpi="csat")
    for view, wanted in (("proposals", ["answers_1"]), ("history", [])):
        page.session_state["amdash_targets_view"] = view
        check(page.run(), *wanted)
    assert {"xlsx_target_log", "csv_target_log"} <= keys(page, "download_button")
    check(page.switch_page("pages/dictionary.py").run(), "history")


def test_the_tables_of_a_preview_are_saved(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-10-01,李明,5\n2026-10-02,李明,6\n")
    page = visit(ws, "upload")
    data = "日期,客户经理,金额\n2026-10-01,李明,5\n2026-10-02,李明,9\n3月32日,李明,6\n".encode()
    page.file_uploader[0].set_value([("销售.csv", data, "text/csv")])
    check(page.run(timeout=60), "moves_import", "moving_import", "cols_0_0_0_sales")
    # Months and faults are no tables to look at, and are to be saved all the same.
    assert {"xlsx_slots", "csv_slots", "xlsx_issues_0_0", "csv_issues_0_0"} <= keys(page, "download_button")


def test_what_a_meeting_decided_is_saved(agreed: Workspace, visit) -> None:
    meeting_id, _revision = meetings.begin(agreed, "2026-10")
    meetings.decide(agreed, meeting_id, Decision("每周拜访三家", manager="李明"), board=boards.board(agreed, "2026-10"))
    page = visit(agreed, "meeting")
    page.session_state["amdash_sitting"] = Sitting(meeting_id, place=99)
    check(page.run(), "decided")
