"""A workspace opened for use: figures belong to a revision, and to the moment at which it was made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from amdash.config import Settings
from amdash.errors import AmdashError
from amdash.metrics import evaluate
from amdash.schema import TABLES
from amdash.service import boards, drilldown, scorecards
from amdash.service.workspace import Workspace, open_workspace

# Opened on the evening before; answered or not, it is due a day later.
WAITING = "工单编号,创建时间,客户经理,首次响应时间\nT1,2026-11-23 18:00,李明,\nT2,2026-11-20 08:00,李明,2026-11-20 10:00\n".encode()
COMPLAINT = "投诉编号,投诉日期,客户经理,解决日期\nC1,2026-11-20,李明,2026-11-25\n".encode()


def at(folder: Path, moment: dt.datetime) -> Workspace:
    return open_workspace(Settings(folder, f"sqlite:///{folder / 'amdash.db'}"), now=lambda: moment)


def answered_in_time(ws: Workspace, revision: int | None = None) -> list[tuple[float, float]]:
    frame = scorecards.scorecard(ws, kpis=["response_in_target"], revision=revision)
    return list(zip(frame["numerator"], frame["denominator"], strict=True))


def test_an_untouched_workspace(ws: Workspace) -> None:
    assert (ws.revision(), ws.is_empty(), ws.moment_of(0)) == (0, True, dt.datetime(2026, 11, 24, 9, 0))
    assert set(ws.tables()) == set(TABLES)
    assert (len(ws.cells()), set(ws.months().values())) == (0, {frozenset()})


def test_opening_makes_the_folder_and_keeps_what_is_there(tmp_path: Path, two_months: bytes, put) -> None:
    folder = tmp_path / "new" / "folder"
    put(at(folder, dt.datetime(2026, 11, 24)), ("x.csv", two_months))
    again = at(folder, dt.datetime(2026, 11, 25))
    assert (again.revision(), again.is_empty(), len(again.tables()["sales"])) == (1, False, 3)


def test_a_revision_is_judged_at_the_moment_it_was_made(tmp_path: Path, put) -> None:
    put(at(tmp_path, dt.datetime(2026, 11, 24, 9, 0)), ("工单.csv", WAITING), ("投诉.csv", COMPLAINT))
    later = at(tmp_path, dt.datetime(2026, 12, 24, 9, 0))
    # T1 had waited 15 hours then: not due, neither met nor missed, however late it is asked.
    assert answered_in_time(later) == [(1, 1)]
    assert later.moment_of(1) == dt.datetime(2026, 11, 24, 9, 0)
    put(later, ("销售.csv", "日期,客户经理,金额\n2026-12-01,李明,1\n".encode()))
    assert answered_in_time(later) == [(1, 2)]
    assert answered_in_time(later, 1) == [(1, 1)]


def test_a_resolution_that_lies_ahead_when_it_is_uploaded_is_none_also_later(tmp_path: Path, put) -> None:
    put(at(tmp_path, dt.datetime(2026, 11, 24, 9, 0)), ("投诉.csv", COMPLAINT))
    later = at(tmp_path, dt.datetime(2026, 12, 24, 9, 0))
    put(later, ("销售.csv", "日期,客户经理,金额\n2026-12-01,李明,1\n".encode()))
    values = {revision: scorecards.scorecard(later, kpis=["complaint_resolution"], revision=revision)["value"].tolist() for revision in (1, 2)}
    # It was left out with a warning: a plan is no resolution, and nobody has said since that it came true.
    assert values == {1: [0], 2: [0]}


def test_any_revision_can_be_asked_for_in_any_order(ws: Workspace, sales_csv, put) -> None:
    for amount in (1, 2, 3, 4):
        put(ws, ("华东.csv", sales_csv(("2026-10-01", "李明", amount, "A"))))
    asked = [4, 1, 3, 2, 4, 1]
    assert [scorecards.scorecard(ws, kpis=["sales_amount"], revision=revision)["value"].tolist() for revision in asked] == [
        [value] for value in asked
    ]
    assert scorecards.scorecard(ws, kpis=["sales_amount"])["value"].tolist() == [4]
    assert scorecards.scorecard(ws, kpis=["sales_amount"], revision=0).empty


@pytest.mark.parametrize("revision", [-1, 1, 99])
def test_a_revision_that_is_not_there_is_said(ws: Workspace, revision: int) -> None:
    with pytest.raises(AmdashError, match="revision_unknown"):
        ws.facts(revision)


def test_somebody_elses_import_is_seen_at_once(tmp_path: Path, two_months: bytes, put) -> None:
    moment = dt.datetime(2026, 11, 24, 9, 0)
    mine, theirs = at(tmp_path, moment), at(tmp_path, moment)
    assert mine.cells().empty
    put(theirs, ("华东.csv", two_months))
    assert (mine.revision(), len(mine.tables()["sales"])) == (1, 3)


def test_reading_figures_changes_no_facts(demo_ws: Workspace) -> None:
    before = {name: frame.copy(deep=True) for name, frame in demo_ws.tables().items()}
    cells = demo_ws.cells().copy(deep=True)
    boards.board(demo_ws, "2026-10")
    drilldown.rows_behind(demo_ws, "csat")
    scorecards.trends(demo_ws, "csat", "2026-10")
    for name, frame in demo_ws.tables().items():
        pd.testing.assert_frame_equal(frame, before[name])
    pd.testing.assert_frame_equal(demo_ws.cells(), cells)


def test_the_months_of_a_table_are_those_of_its_rows(ws: Workspace, put) -> None:
    put(
        ws, ("工单.csv", WAITING), ("deals.csv", b"deal_id,sales_agent,close_date,close_value,deal_stage\n1,Ann,2026-10-01,9,Won\n2,Ann,,,Engaging\n")
    )
    held = ws.months()
    assert (held["tickets"], held["sales"], held["surveys"]) == ({"2026-11"}, {"2026-10"}, set())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_figures_are_computed_on_the_engine_of_the_settings_and_are_the_same(tmp_path: Path, put, engine: str, monkeypatch) -> None:
    asked: list[str] = []
    real = evaluate.cells
    monkeypatch.setattr(evaluate, "cells", lambda facts, kpis, engine: asked.append(engine) or real(facts, kpis, engine))
    put(at(tmp_path, dt.datetime(2026, 11, 24, 9, 0)), ("工单.csv", WAITING), ("投诉.csv", COMPLAINT))
    address = f"sqlite:///{tmp_path / 'amdash.db'}"
    found, usual = (open_workspace(Settings(tmp_path, address, name)).cells() for name in (engine, "pandas"))
    assert asked[-2:] == [engine, "pandas"]
    assert len(usual) > 0
    pd.testing.assert_frame_equal(found, usual)


def test_a_setting_that_names_no_engine_says_so(tmp_path: Path) -> None:
    ws = open_workspace(Settings(tmp_path, f"sqlite:///{tmp_path / 'amdash.db'}", "excel"))
    with pytest.raises(AmdashError) as caught:
        ws.cells()
    assert caught.value.code == "unknown_engine"
