"""The page of customers: tiers, moves, all of them in a table, who has not bought yet; and the file of one with notes and tags."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from amdash.errors import AmdashError
from amdash.service import customer_notes
from amdash.service.workspace import Workspace
from amdash.ui import customer_file, customers


def press(page, label: str):
    next(button for button in page.button if label in button.label).click()
    return page.run()


def kept(page, **choices: object):
    """As a click on our markup remembers it, which nothing but a browser can make."""
    for name, value in choices.items():
        page.session_state[f"amdash_{name}"] = value
    return page.run()


def test_tiers_moves_and_customers_on_one_page(firm: Workspace, visit, markup) -> None:
    page = visit(firm, "customers", period="2026-10")
    assert not page.exception
    tiles = markup(page, "tiers")
    assert [tiles.count(f'data-go="tier|{tier}"') for tier in ("vip", "normal", "potential", "lapsed")] == [1, 1, 1, 1]
    assert "50.0" in tiles  # Of two customers of the year before, one bought again.
    rows = markup(page, "customers")
    assert rows.index("甲公司") < rows.index("戊公司") < rows.index("乙公司")
    # Few as they are, they can be saved.
    assert [one.label for one in page.get("download_button") if one.key.endswith("_customers")] == ["Excel", "CSV"]
    assert not [one for one in page.button if one.label == "显示更多"]
    at_stake = markup(page, "at_stake")
    assert "普通 → 流失" in at_stake
    assert "1,000 元" in at_stake


def test_who_is_about_to_be_lost_is_listed_with_the_days_and_the_date(ws: Workspace, visit, put_sheet, markup, words) -> None:
    put_sheet(ws, "日期,客户经理,客户,金额\n2026-06-20,李明,甲公司,100\n2026-10-31,李明,乙公司,5\n")
    page = kept(visit(ws, "customers", period="2026-10"), customers_view="risk")
    assert not page.exception
    rows = markup(page, "risk")
    assert "乙公司" not in rows
    assert all(said in rows for said in ("open|甲公司", ">133<", "2026-12-17"))
    assert "到 2026-10-31 已有 120 天以上没有下单；满 180 天算流失。" in " ".join(words(page))
    assert "没有快要流失的客户。" in " ".join(words(kept(page, period="2026-06")))


def test_a_tier_a_head_and_a_name_are_clicked(firm: Workspace, visit, markup) -> None:
    page = kept(visit(firm, "customers", period="2026-10"), customers_tier="lapsed", customers_order=("customer", False))
    rows = markup(page, "customers")
    assert [name for name in ("甲公司", "乙公司", "庚公司") if f"open|{name}" in rows] == ["甲公司", "庚公司"]
    assert 'aria-sort="ascending"' in rows
    page = kept(page, customer="甲公司")
    assert "甲公司" in page.markdown[0].value
    press(page, "全部客户")
    assert "open|庚公司" in markup(page, "customers")


def test_clicks_are_remembered(firm: Workspace, visit) -> None:
    found: dict[str, object] = {}

    class Kept:
        """In the place of the session."""

        def choose(self, **choices: object) -> None:
            found.update(choices)

        def kept(self, name: str, default: object = None) -> object:
            return found.get(name, default)

    session, customers.session = customers.session, Kept()  # type: ignore[assignment]
    try:
        customers._go("sort|customer")
        assert found["customers_order"] == ("customer", False)
        customers._go("sort|customer")
        assert found["customers_order"] == ("customer", True)
        customers._go("sort|last_on")
        assert found["customers_order"] == ("last_on", True)
        customers._turn_tier("tier|vip")
        assert (found["customers_tier"], found["customers_view"]) == ("vip", "all")
        customers._turn_tier("tier|vip")
        assert found["customers_tier"] == ""
        customers._go("open|甲|乙")
        assert found["customer"] == "甲|乙"
    finally:
        customers.session = session


def test_a_customer_is_searched_by_name_and_by_tag(changing: Workspace, visit, markup) -> None:
    customer_notes.tag(changing, "戊公司", "展会")
    page = visit(changing, "customers", period="2026-10")
    page.text_input(key="customers_text").set_value("展会").run()
    assert [name for name in ("甲公司", "戊公司") if f"open|{name}" in markup(page, "customers")] == ["戊公司"]
    page.text_input(key="customers_text").set_value("没有这家").run()
    assert not page.get("download_button")
    assert "没有符合的客户" in " ".join(one.value for one in page.markdown)


def test_only_one_managers_customers(firm: Workspace, visit, markup) -> None:
    page = kept(visit(firm, "customers", period="2026-10"), customers_of=("manager", "李明"))
    rows = markup(page, "customers")
    assert [name for name in ("甲公司", "乙公司", "丁公司", "庚公司") if f"open|{name}" in rows] == ["乙公司", "丁公司", "庚公司"]
    assert page.selectbox(key="customers_of_zh").options == ["全部经理", "华东组", "华南组", "李明", "王芳"]
    page = kept(page, customers_of=("team", "华南组"))
    assert "open|甲公司" in markup(page, "customers")
    assert "open|乙公司" not in markup(page, "customers")


def test_who_moved_and_why(firm: Workspace, visit, markup) -> None:
    page = kept(visit(firm, "customers", period="2026-10"), customers_view="moves")
    assert not page.exception
    rows = markup(page, "moves")
    assert "很久没有下单 (183 天)" in rows
    assert "open|乙公司" in rows
    # A click on a tier leads to all of its customers, and the choice above them says so.
    assert kept(page, customers_view="all").segmented_control(key="customers_view_zh").value == "all"


def test_who_has_not_bought_yet(changing: Workspace, visit, markup, words) -> None:
    customer_notes.write(changing, "丁公司", "寄了样品", kind="contacted", next_step="打电话")
    # The newest month: as of the day on which the page is opened, whichever that is.
    page = kept(visit(changing, "customers"), customers_view="potential")
    assert not page.exception
    rows = markup(page, "potential")
    assert rows.index("丙公司") < rows.index("大甲公司")
    assert "等我们回复" in rows
    assert "打电话" in rows


def test_everybody_has_bought_says_what_to_do(ws: Workspace, put_sheet, visit, words) -> None:
    put_sheet(ws, "日期,客户,客户经理,金额\n2026-10-01,甲公司,李明,5\n")
    page = kept(visit(ws, "customers"), customers_view="potential")
    assert not page.exception
    said = " ".join(words(page))
    assert "都已成交" in said
    assert "还说不出" in said


def test_the_file_of_a_customer(firm: Workspace, visit, markup) -> None:
    page = visit(firm, "customers", period="2026-10", customer="甲公司")
    assert not page.exception
    line = markup(page, "timeline")
    assert line.count("<li>") == 8
    assert "销售.csv" in line
    assert "第 4 行，另有 1 行" in line
    assert "6.0 小时后首次回复" in line
    assert "重点" in markup(page, "listed_tags")
    assert markup(page, "keepers").count("<tr>") == 3
    assert "流失" in markup(page, "figures")


def test_the_timeline_is_filtered_by_kind(firm: Workspace, visit, markup) -> None:
    page = visit(firm, "customers", period="2026-10", customer="甲公司")
    pills = next(one for one in page.button_group if "工单" in str(one.options))
    pills.set_value(["ticket", "survey"]).run()
    assert markup(page, "timeline").count("<li>") == 2


def test_a_note_is_written_and_taken_back(changing: Workspace, visit, markup) -> None:
    page = visit(changing, "customers", period="2026-10", customer="丁公司")
    assert "还没有任何记录" in " ".join(one.value for one in page.markdown)
    next(box for box in page.text_area if box.label == "内容").set_value("电话里报了价")
    next(box for box in page.text_input if box.label == "下一步").set_value("寄样品")
    press(page, "保存")
    assert not page.exception
    (row,) = customer_notes.notes(changing)
    assert (row.customer, row.kind, row.text, row.next_step) == ("丁公司", "contacted", "电话里报了价", "寄样品")
    assert f'data-go="undo|{row.note_id}"' in markup(page, "timeline")
    assert "寄样品" in markup(page, "contact")
    # As a click on the entry's button does, which nothing but a browser can make.
    customer_notes.undo(changing, row.note_id)
    page = kept(page, customer_undo=("丁公司", "note", row))
    assert "还没有任何记录" in " ".join(one.value for one in page.markdown)
    press(page, "恢复")
    assert [one.text for one in customer_notes.notes(changing)] == ["电话里报了价"]


def test_a_note_without_words_is_refused_in_words(changing: Workspace, visit) -> None:
    page = press(visit(changing, "customers", period="2026-10", customer="丁公司"), "保存")
    assert "内容" in page.error[0].value
    assert customer_notes.notes(changing) == []


def test_a_tag_is_taken_away_and_brought_back(changing: Workspace, visit) -> None:
    customer_notes.tag(changing, "甲公司", "展会")
    page = visit(changing, "customers", period="2026-10", customer="甲公司")
    press(page, "展会")
    assert customer_notes.tags(changing) == {}
    assert "已去掉" in " ".join(one.value for one in page.markdown)
    press(page, "恢复")
    assert [row.tag for row in customer_notes.tags(changing)["甲公司"]] == ["展会"]


def test_what_cannot_be_brought_back_is_not_forgotten(changing: Workspace, visit) -> None:
    number, _revision = customer_notes.write(changing, "丁公司", "电话里报了价")
    (row,) = customer_notes.notes(changing)
    customer_notes.undo(changing, number)
    page = visit(changing, "customers", period="2026-10", customer="丁公司")
    for kind, value in (("note", replace(row, text=" ")), ("tag", "长" * (customer_notes.MOST_TAG + 1))):
        page = kept(page, customer_undo=("丁公司", kind, value), customer_reload=None)
        press(page, "恢复")
        assert page.error
        assert page.session_state["amdash_customer_undo"] == ("丁公司", kind, value)
        assert page.button(key=f"undo_{kind}")


def test_a_tag_that_is_refused_stays_in_its_field(monkeypatch) -> None:
    cleared: list[str] = []
    monkeypatch.setattr(customer_file.frame, "errors_shown", lambda: contextlib.suppress(AmdashError))
    monkeypatch.setattr(customer_file.session, "clear_form", cleared.append)
    monkeypatch.setattr(customer_file.session, "choose", lambda **_: None)
    monkeypatch.setattr(customer_file.reads, "workspace", lambda: None)
    monkeypatch.setattr(customer_file.customer_notes, "tag", refuse)
    customer_file._give("甲公司", "长" * 61)
    assert cleared == []


def refuse(*_: object, **__: object) -> None:
    raise AmdashError("customer_tag_too_long", most=customer_notes.MOST_TAG)


def test_a_customer_that_is_not_there_is_said_and_all_are_shown(firm: Workspace, visit, markup) -> None:
    page = visit(firm, "customers", period="2026-10", customer="<script>")
    assert not page.exception
    assert "没有叫" in page.warning[0].value
    assert "open|甲公司" in markup(page, "customers")


def test_the_menu_leads_to_the_list_whosever_file_was_open_last(firm: Workspace, visit) -> None:
    page = visit(firm, "customers", period="2026-10", customer="甲公司")
    assert page.session_state["amdash_customer"] == "甲公司"
    page.switch_page("pages/plans.py").run()
    page.switch_page("pages/customers.py").run()
    assert page.session_state["amdash_customer"] is None
