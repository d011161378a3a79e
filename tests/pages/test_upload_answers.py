"""Upload: what a person can say about the files: passwords, encodings, answers to questions, what a column is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from streamlit.testing.v1 import AppTest

from amdash.service.workspace import Workspace
from amdash.ui.markup.markdown import literal

KIND = "application/octet-stream"
HEAD = ["日期", "客户经理", "金额"]
# Twelve days that exist in either order, and two columns that may be the date.
DATES = "下单日期,签约日期,客户经理,金额\n" + "".join(f"{day}/3/26,{day}/4/26,李明,{day}\n" for day in range(1, 11))
LATIN = "Date,Account manager,Customer,Amount\n2026-09-01,Zoë Müller,Café René,5\n2026-09-02,Zoë Müller,Café René,7\n".encode("cp1252")


def uploaded(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, data, KIND) for name, data in files])
    return page.run(timeout=120)


def box(page: AppTest, start: str):
    """The box whose label begins so."""
    (found,) = [one for one in page.selectbox if one.label.replace("\\", "").startswith(start)]
    return found


def choose(page: AppTest, start: str, option: str) -> AppTest:
    chosen = box(page, start)
    return chosen.select_index(chosen.options.index(option)).run(timeout=60)


def locked(data: bytes, password: str) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    assert msoffcrypto.OfficeFile(io.BytesIO(target.getvalue())).is_encrypted()
    return target.getvalue()


@pytest.fixture(scope="session")
def secret(xlsx: Callable[..., bytes]) -> bytes:
    """Two sales behind the password 'geheim'."""
    return locked(xlsx({"销售": [HEAD, ["2026-09-01", "李明", 5], ["2026-09-02", "李明", 7]]}), "geheim")


def test_every_kind_of_spreadsheet_is_taken(ws: Workspace, visit) -> None:
    kinds = visit(ws, "upload").file_uploader[0].proto.type
    assert set(kinds) == {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".tsv", ".zip"}


def test_a_locked_workbook_opens_with_its_password(ws: Workspace, visit, markup, secret: bytes) -> None:
    page = uploaded(visit(ws, "upload"), ("账.xlsx", secret))
    assert "需要密码" in page.error[0].value
    page.text_input[0].input("falsch").run(timeout=60)
    assert "密码" in page.error[0].value
    assert not any(button.key == "confirm" for button in page.button)
    page.text_input[0].input("geheim").run(timeout=60)
    assert not page.error
    assert "2 行" in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.revision() == 1
    # Nothing of it is left once the files are stored.
    assert "geheim" not in repr([page.session_state[key] for key in ("amdash_answers", "amdash_preview", "amdash_refused")])
    assert not page.text_input


def test_among_several_files_a_locked_one_is_named_and_the_others_go_on(ws: Workspace, visit, markup, secret: bytes) -> None:
    page = uploaded(visit(ws, "upload"), ("账.xlsx", secret), ("好.csv", "日期,客户经理,金额\n2026-08-01,李明,5\n".encode()))
    assert "账.xlsx" in page.warning[0].value.replace("\\", "")
    assert page.button(key="confirm").disabled
    assert "1 行" in markup(page, "summary")
    page.text_input[0].input("geheim").run(timeout=60)
    assert not page.warning
    assert "3 行" in markup(page, "summary")
    assert not page.button(key="confirm").disabled


def test_a_text_that_may_read_in_several_ways_is_shown_in_each(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("sales.csv", LATIN))
    assert "Zoë Müller" in page.radio[0].options[0].replace("\\", "")
    assert page.radio[0].value is None
    page.radio[0].set_value("cp1252").run(timeout=60)
    assert not page.error
    assert "2 rows." in markup(page, "summary")
    assert any("Western European (Windows)" in text.value.replace("\\", "") for text in page.markdown)
    page.button(key="encoding_again_sales.csv").click().run(timeout=60)
    assert page.radio[0].value is None
    assert not any(button.key == "confirm" for button in page.button)


def test_every_file_has_a_password_and_an_encoding_of_its_own(ws: Workspace, visit, markup, xlsx: Callable[..., bytes], secret: bytes) -> None:
    other = locked(xlsx({"八月": [HEAD, ["2026-08-01", "李明", 5]]}), "anders")
    page = uploaded(visit(ws, "upload", "en"), ("账.xlsx", secret), ("八月.xlsx", other), ("sales.csv", LATIN))
    assert [box.label.replace("\\", "") for box in page.text_input] == ["Password of 账.xlsx", "Password of 八月.xlsx"]
    page.text_input[0].input("geheim").run(timeout=60)
    # That the first one's password was tried on the second is no wrong password of it.
    assert [box.label.replace("\\", "") for box in page.text_input] == ["Password of 八月.xlsx"]
    (locked_still, _encoding) = [one.value for one in (*page.error, *page.warning)]
    assert "opens only with its password" in locked_still
    page.text_input[0].input("anders").run(timeout=60)
    assert not page.text_input
    page.radio[0].set_value("mac_roman").run(timeout=60)
    assert any("sales.csv was read as Western European (Mac)" in text.value.replace("\\", "") for text in page.markdown)
    assert "5 rows." in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.store.imports()[0].detail["mapping"] == ["file:sales.csv=encoding:mac_roman"]


def test_questions_are_in_plain_words_with_the_guess_chosen(ws: Workspace, visit, words) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("sales.csv", DATES.encode()))
    assert any(text.value.startswith("### 2 things to confirm") for text in page.markdown)
    assert box(page, "Two columns").options == ["下单日期 · guess", "签约日期"]
    order = box(page, "Dates such as")
    assert {option.removesuffix(" · guess") for option in order.options} == {"the day (d/m/y)", "the month (m/d/y)"}
    assert sum(option.endswith("guess") for option in order.options) == 1
    assert order.value == next(place for place, option in enumerate(order.options) if option.endswith("guess"))
    assert not [text for text in words(page) if "order:" in text or "sales." in text.replace("sales.csv", "")]


def test_an_answer_reads_the_file_again_and_can_be_changed(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("sales.csv", DATES.encode()))
    days = next(option for option in box(page, "Dates such as").options if option.startswith("the day"))
    months = next(option for option in box(page, "Dates such as").options if option.startswith("the month"))
    choose(page, "Dates such as", days)
    assert "New: March 2026." in markup(page, "summary")
    assert any(text.value.startswith("### 1 thing to confirm") for text in page.markdown)
    choose(page, "Dates such as", months)
    assert "January 2026 to October 2026, 10 months" in markup(page, "summary")
    choose(page, "Dates such as", days)
    choose(page, "Two columns", "签约日期")
    assert "签约日期" in markup(page, "cols_0_0_0_sales")
    assert "签约日期" not in markup(page, "unused_0_0")
    # The other column has dates of its own to be asked about; the answer about the first one stands beside it.
    assert box(page, "Two columns").value == 1


def test_a_guess_is_confirmed_in_one_click(ws: Workspace, visit) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("sales.csv", DATES.encode()))
    while rights := [button for button in page.button if button.label == "Right"]:
        rights[0].click().run(timeout=60)
    assert any(text.value.startswith("### Everything is answered") for text in page.markdown)
    assert not page.error


def test_of_two_sheets_with_the_same_records_one_is_chosen(ws: Workspace, visit, xlsx, markup) -> None:
    rows = [[f"2026-09-{day:02d}", "李明", day] for day in range(1, 9)]
    page = uploaded(visit(ws, "upload"), ("账.xlsx", xlsx({"原始数据": [HEAD, *rows], "整理": [HEAD, *rows[:7]]})))
    assert page.button(key="confirm").disabled
    assert "7 行" in markup(page, "summary")
    choose(page, "「原始数据」", "只算「原始数据」")
    assert "8 行" in markup(page, "summary")
    assert not page.button(key="confirm").disabled
    choose(page, "「原始数据」", "两张都算")
    assert "15 行" in markup(page, "summary")


def test_sheets_called_by_people_are_asked_about_in_one_line(ws: Workspace, visit, xlsx) -> None:
    sheets = {name: [["日期", "客户", "金额"], ["2026-09-01", "甲", 5]] for name in ("李明", "王芳", "张伟")}
    page = uploaded(visit(ws, "upload"), ("账.xlsx", xlsx(sheets)))
    (line,) = [one for one in page.selectbox if "李明、王芳、张伟" in one.label]
    line.select_index(2).run(timeout=60)
    page.button(key="confirm").click().run(timeout=60)
    assert ws.tables()["sales"]["manager"].isna().all()


def test_a_new_version_replaces_the_sheet_that_it_names(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,李明,5\n", "华东.csv")
    page = uploaded(visit(ws, "upload"), ("补充.csv", "日期,客户经理,金额\n2026-09-01,李明,9\n2026-09-02,李明,1\n".encode()))
    choose(page, "补充.csv", "「华东」的新版本")
    assert "替换：2026 年 9 月" in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.tables()["sales"]["amount"].sum() == 10


def test_a_column_is_corrected_and_the_next_sheet_of_the_kind_remembers_it(ws: Workspace, visit, markup) -> None:
    text = "日期,客户经理,金额,备注一\n2026-0{month}-01,李明,5,螺丝\n2026-0{month}-02,李明,6,螺母\n"
    page = uploaded(visit(ws, "upload"), ("销售-8月.csv", text.format(month=8).encode()))
    assert "备注一" in markup(page, "unused_0_0")
    assert box(page, "D 备注一").options[0] == "不使用"
    choose(page, "D 备注一", "产品")
    assert "产品" in markup(page, "cols_0_0_0_sales")
    page.button(key="confirm").click().run(timeout=60)
    assert list(ws.tables()["sales"]["product"]) == ["螺丝", "螺母"]
    page = uploaded(page, ("销售-9月.csv", text.format(month=9).encode()))
    assert "沿用上次的选择：备注一 为「产品」。" in markup(page, "before_0_0")
    choose(page, "D 备注一", "不使用")
    assert "备注一" in markup(page, "unused_0_0")
    assert not page.error


def test_an_answer_that_leads_nowhere_is_taken_back(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload"), ("销售.csv", "日期,客户经理,金额\n2026-08-01,李明,5\n".encode()))
    choose(page, "A 日期", "不使用")
    assert page.error
    page.button(key="answer_back").click().run(timeout=60)
    assert not page.error
    assert "1 行" in markup(page, "summary")


def test_a_text_in_an_archive_has_an_encoding_of_its_own(ws: Workspace, visit, markup) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("sales.csv", LATIN)
        archive.writestr("other.csv", "日期,客户经理,金额\n2026-08-01,李明,5\n".encode())
    page = uploaded(visit(ws, "upload", "en"), ("both.zip", target.getvalue()))
    assert not page.exception
    page.radio[0].set_value("cp1252").run(timeout=60)
    assert not page.radio
    assert "3 rows." in markup(page, "summary")


def test_months_across_and_tables_below_one_another_have_boxes_of_their_own(ws: Workspace, visit, xlsx) -> None:
    targets = [["客户经理", *(f"{month}月" for month in range(1, 13))], ["李明", *range(100, 112)], ["王芳", *range(200, 212)]]
    below = [HEAD, ["2026-09-01", "李明", 5], ["2026-09-02", "李明", 6], [], [], ["姓名", "团队"], ["李明", "华东"], ["王芳", "华南"]]
    page = uploaded(visit(ws, "upload"), ("账.xlsx", xlsx({"2026年目标": targets, "两张表": below})))
    assert not page.exception
    labels = [one.label.partition("，例如")[0] for one in page.selectbox]
    assert "A 姓名" in labels
    assert "A 日期" in labels


def test_a_heading_is_no_markdown(ws: Workspace, visit) -> None:
    hostile = "**日期** [甲](http://b) :red[乙] $x$"
    page = uploaded(visit(ws, "upload"), ("销售.csv", DATES.replace("下单日期", hostile).encode()))
    assert not page.exception
    shown = [one.label for one in page.selectbox if "甲" in one.label] + [one.value for one in page.markdown if "甲" in one.value]
    assert shown
    assert all(literal(hostile) in text for text in shown)


FOREIGN = "Wann,Wieviel,Wer\n2026-09-01,5,Anna Roe\n2026-09-02,7,Anna Roe\n"


def test_a_sheet_of_which_no_word_is_known_is_explained_on_the_page(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("vertrieb.csv", FOREIGN.encode()))
    assert page.error
    holds = box(page, "This sheet holds")
    assert holds.value is None
    choose(page, "This sheet holds", "Sales orders")
    assert any("Still missing: Date, Amount." in text.value for text in page.markdown)
    choose(page, "A Wann", "Date")
    assert any("Still missing: Amount." in text.value for text in page.markdown)
    choose(page, "B Wieviel", "Amount")
    assert not page.error
    choose(page, "C Wer", "Account manager")
    assert "2 rows." in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    # What was said is known for the next sheet with this header.
    again = uploaded(page, ("vertrieb.csv", FOREIGN.replace("2026-09", "2026-10").encode()))
    assert "2 rows." in markup(again, "summary")


def test_a_sheet_that_lacks_a_column_shows_what_is_understood_already(ws: Workspace, visit, markup) -> None:
    page = uploaded(visit(ws, "upload"), ("a.csv", "下单日期,客户经理,产品,数\n2026-09-01,李明,P1,5\n".encode()))
    holds = box(page, "这张表的内容")
    assert holds.options[holds.index] == "销售明细"
    assert any("还缺：金额" in text.value for text in page.markdown)
    choose(page, "D 数", "金额")
    assert "1 行" in markup(page, "summary")
    page.button(key="confirm").click().run(timeout=60)
    assert ws.revision() == 1


def test_a_sheet_taken_for_another_table_can_be_set_right(ws: Workspace, visit) -> None:
    page = uploaded(visit(ws, "upload", "en"), ("a.csv", b"date,score,who\n2026-09-01,5,Anna Roe\n2026-09-02,4,Anna Roe\n"))
    assert box(page, "This sheet holds").value == "surveys"
    choose(page, "This sheet holds", "Employee surveys")
    choose(page, "A date", "Date")
    choose(page, "B score", "Score")
    assert box(page, "This sheet holds").value == "staff_surveys"
    assert any(one.label == "Import 2 rows" for one in page.button)
