"""Upload: what is wrong and what moves, before an import and before it is taken back; refused rows on their way to and fro."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from amdash.service import refused, restatement
from amdash.service.workspace import Workspace

CORRECTED = Path(__file__).resolve().parents[2] / "data/demo/corrections/经营数据-2026-02.xlsx"
KIND = "application/octet-stream"
# Seven amounts that are none (rows 2 to 8), a date that is none, ten rows that are right.
FAULTY = "\n".join(
    [
        "日期,客户经理,金额",
        *(f"2026-10-0{day},李明,面议" for day in range(1, 8)),
        "昨天,李明,5",
        *(f"2026-10-{day},李明,6" for day in range(11, 21)),
    ]
)


def uploaded(page, *files: tuple[str, bytes]):
    page.file_uploader[0].set_value([(name, data, KIND) for name, data in files])
    return page.run(timeout=120)


def corrected(data: bytes, column: str, value: object) -> bytes:
    """The workbook with one column filled with a value from the second row on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in range(2, book.worksheets[0].max_row + 1):
        book.worksheets[0][f"{column}{row}"] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_same_fault_is_one_line_with_its_first_cells(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload"), ("销售.csv", FAULTY.encode()))
    issues = markup(page, "issues_0_0")
    assert issues.count("<li") == 2
    assert "7 个单元格" in issues
    shown, hidden = issues.split("<details>")[0], issues.split("<details>")[1]
    assert re.findall(r"<code>(C\d+)</code>", shown) == ["C2", "C3", "C4", "C5", "C6"]
    assert re.findall(r"<code>(C\d+)</code>", hidden.split("</details>")[0]) == ["C7", "C8"]
    assert issues.count("退回") == 2
    assert issues.count("i-missed") == 2


def test_figures_that_move_are_listed_with_the_rows_that_do_it(demo_copy: Workspace, visit, markup) -> None:
    page = uploaded(visit(demo_copy, "upload"), (CORRECTED.name, CORRECTED.read_bytes()))
    moves = markup(page, "moves_import")
    assert moves.count("<tr>") == 1 + 12
    assert "2026 年 2 月" in moves
    assert "365.1万" in moves
    assert "→ 362.0万" in moves
    # What is judged otherwise is counted, stands first, and says so by mark and word on both sides.
    assert any(text.value == "**1 项由达标变为未达标。**" for text in page.markdown)
    first = moves.split("<tr>")[2]
    assert "周雅琴" in first
    assert re.findall(r'i-(\w+)" .*?</svg>(\w+)', first) == [("met", "达标"), ("missed", "未达标")]
    assert moves.count("</svg>") == 2
    assert "个人绩效改进率也会变：何志强、周雅琴、李明、王建国" in [one.label for one in page.expander]
    assert "2026 年 3 月" in markup(page, "moves_improvement_import")
    assert set(re.findall(r"20\d\d 年 \d+ 月", moves)) == {"2026 年 2 月"}
    rows = markup(page, "moving_import")
    assert "修改" in rows
    assert f"{CORRECTED.name} · 销售明细 · 第" in rows
    assert any("8 行" in one.label for one in page.expander)


def test_nothing_that_moves_is_one_sentence(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,李明,5\n")
    page = uploaded(visit(ws, "upload", "en"), ("销售.csv", "日期,客户经理,金额\n2026-09-01,李明,5\n".encode()))
    assert any("No figure that is there already moves." in text.value for text in page.markdown)


def test_what_moves_is_computed_once_for_a_preview(demo_copy: Workspace, visit, monkeypatch) -> None:
    counted = []
    measure = restatement.of_import
    monkeypatch.setattr(restatement, "of_import", lambda *args: counted.append(1) or measure(*args))
    page = uploaded(visit(demo_copy, "upload"), (CORRECTED.name, CORRECTED.read_bytes()))
    page.run(timeout=60)
    page.run(timeout=60)
    assert len(counted) == 1


def test_refused_rows_are_downloaded_corrected_and_added_alone(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload"), ("销售.csv", FAULTY.encode()))
    page.button(key="confirm").click().run(timeout=60)
    assert len(ws.tables()["sales"]) == 10
    assert any("第 1 次导入有 8 行被退回。" in text.value and "只会补入这些行" in text.value for text in page.markdown)
    (download,) = [one for one in page.download_button if one.key == "download_refused"]
    assert download.label == "下载被退回的行"
    import_id, rows, name, data = page.session_state["amdash_refused"]
    assert (import_id, rows) == (1, 8)
    assert (name, data) == refused.workbook(ws, 1, "zh")
    # The seven amounts are corrected, the date is not.
    page = uploaded(page, (name, corrected(data, "C", 10)))
    assert not any(one.key == "download_refused" for one in page.download_button)
    assert "7 行" in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.tables()["sales"]["amount"].sum() == 10 * 6 + 7 * 10
    assert "更正第 1 次导入" in markup(page, "history_2")
    assert page.session_state["amdash_refused"][1] == 1


def test_the_history_has_the_refused_rows_of_standing_imports(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, FAULTY)
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,李明,5\n", "九月.csv")
    page = visit(ws, "upload")
    assert [button.label for button in page.button if button.key and button.key.startswith("refused_")] == ["退回 8 行"]
    page.button(key="refused_1").click().run(timeout=60)
    (download,) = [one for one in page.download_button if one.key == "refused_file_1"]
    assert "销售" in download.label
    page.button(key="refused_1").click().run()
    assert not any(one.key == "refused_file_1" for one in page.download_button)


def test_taking_back_shows_its_effect_first(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,李明,5\n2026-10-01,李明,5\n")
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,李明,8\n2026-10-01,李明,5\n")
    page = visit(ws, "upload")
    page.button(key="undo_2").click().run(timeout=60)
    assert ws.revision() == 2
    assert any("这些月份会回到导入前的样子：2026 年 9 月。" in text.value.replace("\\", "") for text in page.markdown)
    moves = markup(page, "moves_undo")
    assert "8 元" in moves
    assert "→ 5 元" in moves
    page.button(key="undo_not_2").click().run(timeout=60)
    assert ws.revision() == 2
    assert not any(button.key == "undo_now_2" for button in page.button)
    page.button(key="undo_2").click().run(timeout=60)
    page.button(key="undo_now_2").click().run(timeout=60)
    assert ws.revision() == 3
    assert list(ws.tables()["sales"]["amount"]) == [5, 5]
    assert not any(button.key == "undo_2" for button in page.button)


def test_the_corrections_of_an_import_are_named_before_it_goes(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, FAULTY)
    page = visit(ws, "upload")
    name, data = refused.workbook(ws, 1, "zh")
    page = uploaded(page, (name, corrected(data, "C", 10)))
    page.button(key="confirm").click().run(timeout=60)
    page.button(key="undo_1").click().run(timeout=60)
    assert any("对它的更正也会一并撤销：第 2 次导入。" in text.value.replace("\\", "") for text in page.markdown)
    page.button(key="undo_now_1").click().run(timeout=60)
    assert len(ws.tables()["sales"]) == 0


OLD = "订单号,日期,客户经理,客户,金额\nA1,2026-10-01,李明,甲,5\nA2,2026-10-02,李明,乙,6\nA3,2026-10-03,李明,丙,7\n"
NEW = "订单号,日期,客户经理,客户,金额\nA1,2026-10-01,李明,甲,5\nA2,2026-10-02,李明,乙,8\nA4,2026-10-04,李明,丁,9\nA5,2026-10-04,李明,丁,1\n"


@pytest.mark.parametrize(
    ("data", "button", "accepted", "counts"),
    [
        (NEW, "导入：新增 2 行、改动 1 行、删去 1 行", "4 行，其中 3 行是新增或有改动的。", ["新增 2 行", "改动 1 行", "删去 1 行"]),
        (OLD, "没有要导入的", "3 行，其中 0 行是新增或有改动的。", []),
        (OLD.replace("2026-10", "2026-09"), "导入 3 行", "3 行。", []),
    ],
)
def test_the_button_says_what_it_will_do(ws: Workspace, visit, put_sheet, markup, data: str, button: str, accepted: str, counts: list[str]) -> None:
    put_sheet(ws, OLD)
    page = uploaded(visit(ws, "upload"), ("销售.csv", data.encode()))
    assert page.button(key="confirm").label == button
    assert accepted in markup(page, "summary")
    assert re.findall(r'class="rows">([^<→]*行)</span>', markup(page, "slots").partition("sl-replaced")[2].partition("</li>")[0]) == counts


NEW_REMARK, KNOWN_REMARK = "各表放在一起看，新增 1 条提示", "原来就有的 1 条提示"


def test_remarks_that_were_there_already_are_set_apart(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "姓名,团队\n李明,华东组\n", "客户经理名单.csv")
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,王芳,5\n")
    page = uploaded(visit(ws, "upload"), ("投诉.csv", "投诉日期,客户经理,客户\n2026-10-01,赵六,甲\n".encode()))
    assert not page.exception
    assert {one.label for one in page.expander} >= {NEW_REMARK, KNOWN_REMARK}
    assert "赵六" in markup(page, "findings_import")
    assert "王芳" in markup(page, "others_import")


def test_a_remark_that_an_upload_causes_in_rows_of_other_files_is_new(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,王芳,5\n2026-09-02,李明,5\n")
    page = uploaded(visit(ws, "upload"), ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()))
    found = {one.label for one in page.expander}
    assert NEW_REMARK in found
    assert KNOWN_REMARK not in found
