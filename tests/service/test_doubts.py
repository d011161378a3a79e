"""What an owner fears: a stray row that replaces a month, a copy that doubles it, a preview that was not the one stored."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.errors import AmdashError
from amdash.service import feedback, imports, scorecards
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

HEADER = "日期,客户经理,金额,订单编号\n"


def month(number: int, rows: int = 20) -> str:
    return "".join(f"2026-{number:02d}-{day:02d},李明,100,M{number}-{day}\n" for day in range(1, rows + 1))


def preview(ws: Workspace, name: str, text: str) -> imports.Preview:
    return imports.preview(ws, [Upload(name, (HEADER + text).encode())])


def store(ws: Workspace, name: str, text: str) -> None:
    imports.confirm(ws, preview(ws, name, text))


def test_a_stray_date_that_would_empty_another_month_is_a_doubt(ws: Workspace) -> None:
    store(ws, "销售-2026-01.csv", month(1))
    ready = preview(ws, "销售-2026-02.csv", month(2) + "2026-01-31,李明,100,X\n")
    assert [(doubt.code, doubt.fields["month"], doubt.fields["before"], doubt.fields["after"]) for doubt in ready.doubts] == [
        ("slot_shrinks", "2026-01", 20, 1)
    ]


@pytest.mark.parametrize("rows", [10, 19, 25])
def test_an_ordinary_correction_is_none(ws: Workspace, rows: int) -> None:
    store(ws, "销售-2026-01.csv", month(1))
    assert preview(ws, "销售-2026-01.csv", month(1, rows)).doubts == []


@pytest.mark.parametrize("copy", ["2026-02(1).csv", "2026-02 - 副本.csv", "2月修正.csv", "2026-02.csv"])
def test_a_copy_called_by_its_date_replaces_the_month(ws: Workspace, copy: str) -> None:
    store(ws, "2026-02.csv", month(2))
    store(ws, copy, month(2, 19) + "2026-02-20,李明,150,M2-20\n")
    frame = scorecards.scorecard(ws, by="all", every="total", kpis=["sales_amount"])
    assert frame["value"].tolist() == [2050]


def test_the_same_rows_under_another_name_are_a_doubt(ws: Workspace) -> None:
    store(ws, "华东.csv", month(2))
    ready = preview(ws, "给老板看的.csv", month(2))
    assert [(doubt.code, doubt.fields["before"], doubt.fields["after"], doubt.fields["other"]) for doubt in ready.doubts] == [
        ("slot_repeats", 20, 20, "华东")
    ]
    assert preview(ws, "华南.csv", month(2).replace("M2", "S2").replace("100", "90")).doubts == []


def test_the_command_line_stores_a_doubtful_import_only_when_told(run_cli, tmp_path) -> None:
    (tmp_path / "a-2026-01.csv").write_text(HEADER + month(1), encoding="utf-8")
    (tmp_path / "a-2026-02.csv").write_text(HEADER + month(2) + "2026-01-31,李明,100,X\n", encoding="utf-8")
    assert run_cli("import", tmp_path / "a-2026-01.csv")[0] == 0
    status, _out, err = run_cli("import", tmp_path / "a-2026-02.csv")
    assert status == 1
    assert "20" in err
    assert "--yes" in err
    assert run_cli("import", tmp_path / "a-2026-02.csv", "--yes")[0] == 0


def test_writing_feedback_ages_no_ticket(ws: Workspace) -> None:
    tickets = "工单编号,创建时间,客户经理,首次响应时间\nT1,2026-11-23 08:00,李明,2026-11-23 09:00\nT2,2026-11-24 08:00,李明,\n"
    imports.confirm(ws, imports.preview(ws, [Upload("工单.csv", tickets.encode())]))
    before = scorecards.scorecard(ws, kpis=["response_in_target"])
    ws.now = lambda: dt.datetime(2026, 12, 24, 9, 0)
    feedback.add(ws, date=dt.date(2026, 12, 24), manager="李明", content="x")
    assert scorecards.scorecard(ws, kpis=["response_in_target"]).equals(before)
    assert before["n"].tolist() == [1]


def test_a_database_that_is_none_is_said(tmp_path) -> None:
    from amdash.store import open_store

    (tmp_path / "amdash.db").write_bytes(b"this is no database, only a text of some length" * 50)
    for url in (f"sqlite:///{tmp_path / 'amdash.db'}", "no url at all", "nosuch://x"):
        with pytest.raises(AmdashError, match="database_unusable"):
            open_store(url)


@pytest.mark.parametrize("folder", ["wh?at", "100%25x", "工 作"])
def test_any_folder_name_holds_the_workspace(tmp_path, folder: str) -> None:
    from amdash import config
    from amdash.service.workspace import open_workspace

    open_workspace(config.load({}, workspace=tmp_path / folder))
    assert (tmp_path / folder / "amdash.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder]
