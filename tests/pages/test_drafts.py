"""What is half typed is there when one comes back to the page, until it has been saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from amdash.service import annotations, customer_notes, feedback, meetings, plans, proposals, targets
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace
from amdash.ui.sitting import Sitting

SHEET = "日期,客户经理,团队,客户,金额\n" + "".join(
    f"2026-{month:02d}-05,{name},华东组,{name}的客户,{amount}\n" for month in (8, 9, 10) for name, amount in (("李明", 100), ("王芳", 50))
)
# Page -> the label of its field in Chinese, the widget, and the button that saves it.
FORMS: dict[str, tuple[str, str, str]] = {
    "feedback": ("反馈内容", "text_area", "save_entry"),
    "plans": ("要做什么", "text_area", "plan_begin"),
    "targets": ("原因", "text_input", "set_target"),
    "customers": ("内容", "text_area", "save_note"),
    "trends": ("一句话说明", "text_input", "save_event"),
}
TYPED = "10 月 20 日的交期答复晚了一天"


@pytest.fixture
def small(ws: Workspace, put_sheet: Callable[..., None]) -> Workspace:
    put_sheet(ws, SHEET)
    return ws


def box(page, kind: str, label: str):
    return [one for one in getattr(page, kind) if one.label == label][-1]


def away_and_back(page, name: str):
    page.switch_page("pages/reports.py").run()
    page.switch_page(f"pages/{name}.py").run()
    if name == "customers":
        # The menu leads to the list: the file is opened once more.
        page.session_state["amdash_customer"] = "李明的客户"
        page.run()
    return page


def written(ws: Workspace, name: str) -> list[str]:
    """What the ledger holds of that page's form."""
    found = {
        "feedback": lambda: [one.content for one in feedback.log(ws)],
        "plans": lambda: [one.entry.action for one in plans.effects(ws)],
        "targets": lambda: [one.reason for one in targets.entries(ws)],
        "customers": lambda: [one.text for one in customer_notes.notes(ws)],
        "trends": lambda: [one.text for one in annotations.entries(ws)],
    }
    return found[name]()


@pytest.mark.parametrize("name", FORMS)
def test_half_typed_words_wait_on_their_page_and_go_when_they_are_saved(name: str, small: Workspace, visit) -> None:
    label, kind, button = FORMS[name]
    page = visit(small, name)
    if name in ("plans", "customers"):
        page.session_state[{"plans": "amdash_plan", "customers": "amdash_customer"}[name]] = {"plans": "new", "customers": "李明的客户"}[name]
        page.run()
    box(page, kind, label).set_value(TYPED).run()
    page = away_and_back(page, name)
    assert box(page, kind, label).value == TYPED
    assert written(small, name) == []
    page.button(key=button).click().run()
    assert not page.exception
    if name == "feedback":
        # The hints hold an entry up once.
        page.button(key=button).click().run()
    assert written(small, name) == [TYPED]
    if name == "plans":
        page.session_state["amdash_plan"] = "new"
        page.run()
    assert box(page, kind, label).value == ""


def test_the_whole_form_is_kept_so_that_nothing_is_said_of_somebody_else(small: Workspace, visit) -> None:
    page = visit(small, "feedback", manager="李明")
    box(page, "text_area", "反馈内容").set_value(TYPED).run()
    page.switch_page("pages/manager.py").run()
    page.session_state["amdash_manager"] = "王芳"
    page.run()
    page = page.switch_page("pages/feedback.py").run()
    assert (box(page, "text_area", "反馈内容").value, box(page, "selectbox", "客户经理").value) == (TYPED, "李明")


def test_a_form_that_nothing_was_typed_in_follows_who_is_looked_at(small: Workspace, visit) -> None:
    page = visit(small, "feedback", manager="李明")
    page.switch_page("pages/manager.py").run()
    page.session_state["amdash_manager"] = "王芳"
    page.run()
    assert box(page.switch_page("pages/feedback.py").run(), "selectbox", "客户经理").value == "王芳"


def test_a_correction_leaves_the_entry_that_is_half_typed(small: Workspace, visit) -> None:
    feedback.add(small, date=dt.date(2026, 11, 2), manager="李明", content="11 月 2 日当天回复", source="customer")
    (entry,) = feedback.log(small)
    page = visit(small, "feedback")
    box(page, "text_area", "反馈内容").set_value(TYPED).run()
    page.session_state["amdash_feedback_correcting"] = entry.feedback_id
    assert box(page.run(), "text_area", "反馈内容").value == entry.content
    page.button(key="leave_entry").click().run()
    assert box(page, "text_area", "反馈内容").value == TYPED


def test_an_event_stays_with_whom_it_was_begun_for(small: Workspace, visit) -> None:
    page = visit(small, "trends", kpi="sales_amount")

    def look_at(name: str, kpi: str) -> tuple[object, object, str]:
        page.session_state["amdash_trend_whom"], page.session_state["amdash_kpi"] = f"manager|{name}", kpi
        page.run()
        return tuple(
            box(page, kind, label).value for kind, label in (("selectbox", "涉及谁"), ("selectbox", "涉及哪些指标"), ("text_input", "一句话说明"))
        )

    assert look_at("王芳", "sales_amount") == (("manager", "王芳"), "", "")
    assert look_at("李明", "sales_amount") == (("manager", "李明"), "", "")
    box(page, "selectbox", "涉及哪些指标").set_value("sales_amount")
    box(page, "text_input", "一句话说明").set_value(TYPED).run()
    assert look_at("王芳", "new_customers") == (("manager", "李明"), "sales_amount", TYPED)
    page.button(key="save_event").click().run()
    (made,) = annotations.entries(small)
    assert (made.subject, made.kpi, made.text) == ("李明", "sales_amount", TYPED)


def test_each_managers_half_typed_plan_is_its_own_until_it_is_cancelled(small: Workspace, visit) -> None:
    page = visit(small, "plans")
    page.button(key="plan_new").click().run()
    for manager, words in (("李明", TYPED), ("王芳", "每周一次")):
        box(page, "selectbox", "客户经理").set_value(manager).run()
        box(page, "text_area", "要做什么").set_value(words).run()
    box(page, "selectbox", "客户经理").set_value("李明").run()
    assert box(page, "text_area", "要做什么").value == TYPED
    # Another plan of the list is looked at, and a new one begun again.
    page.session_state["amdash_plan"] = None
    page.run().button(key="plan_new").click().run()
    assert box(page, "text_area", "要做什么").value == TYPED
    page.button(key="plan_cancel").click().run()
    page.button(key="plan_new").click().run()
    assert box(page, "text_area", "要做什么").value == ""
    box(page, "selectbox", "客户经理").set_value("王芳").run()
    assert box(page, "text_area", "要做什么").value == "每周一次"


def test_what_is_typed_for_one_kpi_waits_while_another_is_typed_for(small: Workspace, visit) -> None:
    page = visit(small, "targets", kpi="new_customers")
    for kpi, words in (("new_customers", TYPED), ("sales_amount", "再进一步")):
        page.session_state["amdash_kpi"] = kpi
        box(page.run(), "text_input", "原因").set_value(words).run()
    page.session_state["amdash_kpi"] = "new_customers"
    assert box(page.run(), "text_input", "原因").value == TYPED


def test_each_customers_half_typed_note_is_its_own(small: Workspace, visit) -> None:
    page = visit(small, "customers", customer="李明的客户")
    box(page, "text_area", "内容").set_value(TYPED).run()
    for customer, wanted in (("王芳的客户", ""), ("李明的客户", TYPED)):
        page.session_state["amdash_customer"] = customer
        assert box(page.run(), "text_area", "内容").value == wanted


def test_the_language_is_switched_and_the_words_stay(small: Workspace, visit) -> None:
    page = visit(small, "feedback")
    box(page, "text_area", "反馈内容").set_value(TYPED).run()
    page.button(key="language_switch").click().run()
    assert box(page, "text_area", "What happened").value == TYPED


def test_a_decision_half_typed_waits_on_its_screen(small: Workspace, visit) -> None:
    number, _revision = meetings.begin(small, "2026-10")
    page = visit(small, "meeting")
    for place, wanted in ((2, ""), (3, ""), (2, TYPED)):
        page.session_state["amdash_sitting"] = Sitting(number, place=place)
        field = box(page.run(), "text_area", "今天的决定")
        assert field.value == wanted
        if place == 2 and not wanted:
            field.set_value(TYPED).run()
    assert meetings.held(small)[0].decisions == ()


def test_what_a_manager_says_of_a_proposal_and_how_a_plan_goes_wait_too(small: Workspace, visit) -> None:
    proposals.propose(small, "new_customers", 9, "2026-12")
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-09", "2026-12", goal=10.0))
    page = visit(small, "targets", kpi="new_customers")
    page.session_state["amdash_targets_view"] = "proposals"
    box(page.run(), "text_input", "本人原话").set_value("可以").run()
    page = page.switch_page("pages/plans.py").run()
    page.session_state["amdash_plan"] = "1"
    box(page.run(), "text_input", "进展如何").set_value("拜访了五家").run()
    page = page.switch_page("pages/targets.py").run()
    assert box(page, "text_input", "本人原话").value == "可以"
    page = page.switch_page("pages/plans.py").run()
    assert box(page, "text_input", "进展如何").value == "拜访了五家"
