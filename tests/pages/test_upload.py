"""Upload: a preview, a confirmation, the history, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from amdash.service import scorecards
from amdash.service.workspace import Workspace

CORRECTED = Path(__file__).resolve().parents[2] / "data/demo/corrections/经营数据-2026-02.xlsx"
KIND = "application/octet-stream"


def uploaded(page, *files: tuple[str, bytes]):
    page.file_uploader[0].set_value([(name, data, KIND) for name, data in files])
    return page.run(timeout=120)


def test_a_corrected_month_is_previewed_confirmed_and_taken_back(demo_copy: Workspace, visit, words, markup) -> None:
    before = scorecards.scorecard(demo_copy)
    page = uploaded(visit(demo_copy, "upload"), (CORRECTED.name, CORRECTED.read_bytes()))
    assert not page.exception
    assert "替换：2026 年 2 月。其余不动。" in markup(page, "summary")
    assert markup(page, "slots").count("sl-replaced") == 2
    assert demo_copy.revision() == 1
    page.button(key="confirm").click().run(timeout=60)
    assert not page.exception
    assert demo_copy.revision() == 2
    assert not scorecards.scorecard(demo_copy).equals(before)
    assert CORRECTED.name in markup(page, "history_2")
    page.button(key="undo_2").click().run(timeout=60)
    assert demo_copy.revision() == 2
    page.button(key="undo_now_2").click().run(timeout=60)
    assert demo_copy.revision() == 3
    assert scorecards.scorecard(demo_copy).equals(before)
    assert "撤销" in markup(page, "history_2")


def test_cancelling_stores_nothing(demo_copy: Workspace, visit) -> None:
    page = uploaded(visit(demo_copy, "upload"), (CORRECTED.name, CORRECTED.read_bytes()))
    page.button(key="cancel").click().run()
    assert demo_copy.revision() == 1
    assert not any(button.key == "confirm" for button in page.button)


def test_refused_rows_name_their_cells(ws: Workspace, visit, markup) -> None:
    data = "日期,客户经理,金额\n2026-10-01,李明,5\n3月32日,李明,6\n2026-10-02,李明,面议\n".encode("gb18030")
    page = uploaded(visit(ws, "upload"), ("销售.csv", data))
    issues = markup(page, "issues_0_0")
    assert "<code>A3</code>" in issues
    assert "<code>C4</code>" in issues
    assert "3月32日" in issues
    assert "2 行" in markup(page, "summary")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("图.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是"),
        ("空.csv", b"", "空"),
        ("表头.csv", "日期,客户经理,金额\n".encode(), "没有"),
        ("别的.csv", b"alpha,beta\n1,2\n", "没有"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_clear_message(ws: Workspace, visit, name: str, data: bytes, said: str) -> None:
    page = uploaded(visit(ws, "upload"), (name, data))
    assert not page.exception
    (error,) = page.error
    assert name in error.value.replace("\\", "")
    assert said in error.value
    assert ws.revision() == 0
    assert not any(button.key == "confirm" for button in page.button)


def test_the_same_file_again_has_nothing_to_confirm(demo_copy: Workspace, visit, markup) -> None:
    path = CORRECTED.parents[1] / "zh" / CORRECTED.name
    page = uploaded(visit(demo_copy, "upload"), (path.name, path.read_bytes()))
    assert page.button(key="confirm").disabled
    assert "已经有了" in markup(page, "summary")


def test_what_needs_a_look_comes_first_among_several_files(ws: Workspace, visit, put_sheet) -> None:
    good, bad = "日期,客户经理,金额\n2026-09-01,李明,5\n", "日期,客户经理,金额\n2026-10-01,李明,5\n昨天,李明,6\n"
    page = uploaded(visit(ws, "upload"), ("九月.csv", good.encode()), ("十月.csv", bad.encode()))
    box = page.selectbox(key="preview_file")
    assert box.options == ["十月.csv · 退回 1", "九月.csv"]
    assert not page.exception


def test_what_was_shown_is_stored_or_nothing(ws: Workspace, visit, put_sheet) -> None:
    page = uploaded(visit(ws, "upload"), ("九月.csv", "日期,客户经理,金额\n2026-09-01,李明,5\n".encode()))
    put_sheet(ws, "日期,客户经理,金额\n2026-10-01,李明,5\n")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.revision() == 1
    assert "有人存入了别的数据" in page.error[0].value
    page.run(timeout=60)
    page.button(key="confirm").click().run(timeout=60)
    assert ws.revision() == 2


def test_a_doubtful_import_needs_a_tick(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, "日期,客户经理,金额\n" + "".join(f"2026-01-{day:02d},李明,100\n" for day in range(1, 21)))
    page = uploaded(visit(ws, "upload"), ("销售-2月.csv", "日期,客户经理,金额\n2026-02-01,李明,5\n2026-01-31,李明,6\n".encode()))
    assert "20 行变成 1 行" in page.warning[0].value.replace("\\", "")
    assert page.button(key="confirm").disabled
    page.checkbox(key="meant").check().run()
    page.button(key="confirm").click().run(timeout=60)
    assert ws.revision() == 2
