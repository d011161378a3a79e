"""The page of targets: who is held to what, how a new one would have done, setting it and taking it back."""

from __future__ import annotations

import pytest

from amdash.service import targets
from amdash.service.workspace import Workspace


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def choose(page, label: str, option: object):
    next(box for box in page.selectbox if box.label == label).set_value(option)
    return page.run()


def test_everybodys_target_with_its_origin(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "targets", kpi="csat")
    assert not page.exception
    table = markup(page, "held")
    assert table.count("≥ 90%") == 8
    assert table.count("默认") == 8
    page.session_state["amdash_targets_view"] = "history"
    page.run()
    assert "还没有设定" in " ".join(one.value for one in page.markdown)


def test_a_target_is_set_with_what_it_would_have_been_and_taken_back(demo_copy: Workspace, visit, markup, words) -> None:
    page = visit(demo_copy, "targets", kpi="csat")
    found = targets.check(demo_copy, "csat", 0.95)
    page.number_input[0].set_value(95.0).run()
    said = " ".join(words(page))
    assert f"{found.judged} 个人月中会达成 {found.met} 个" in said
    assert markup(page, "tallies").count("<tr>") == 1 + len(found.tallies)
    choose(page, "给谁", ("manager", "李明"))
    next(box for box in page.text_input if box.label == "原因").set_value("再进一步").run()
    press(page, "设定目标")
    assert not page.exception
    (row,) = targets.entries(demo_copy)
    assert (row.kpi, row.subject, row.from_month, row.value, row.reason, row.actor) == ("csat", "李明", "2026-10", 0.95, "再进一步", "owner")
    # The next one has a reason of its own.
    assert next(box for box in page.text_input if box.label == "原因").value == ""
    table = markup(page, "held")
    assert (table.count("≥ 95%"), table.count("≥ 90%")) == (1, 7)
    assert "再进一步" in table
    page.session_state["amdash_targets_view"] = "history"
    page.run()
    assert "李明，自 2026 年 10 月起，≥ 95%，再进一步" in " ".join(words(page))
    press(page, "撤销")
    assert targets.entries(demo_copy) == []
    page.session_state["amdash_targets_view"] = "held"
    assert markup(page.run(), "held").count("≥ 90%") == 8


def test_a_new_target_starts_from_what_most_are_held_to(demo_copy: Workspace, visit) -> None:
    assert visit(demo_copy, "targets", kpi="csat").number_input[0].value == 90
    targets.put(demo_copy, "csat", 0.85, "2026-01")
    targets.put(demo_copy, "csat", 0.95, "2026-01", manager="李明")
    assert visit(demo_copy, "targets", kpi="csat").number_input[0].value == 85
    assert visit(demo_copy, "targets", kpi="sales_amount").number_input[0].value == 0


def test_a_proposal_is_taken_over_with_a_click(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "targets", kpi="csat")
    (hardest, *_) = targets.check(demo_ws, "csat", 0.9).proposals
    next(button for button in page.button if button.key == f"proposal_{hardest.percent}").click()
    assert page.run().number_input[0].value == pytest.approx(100 * hardest.target)


def test_what_speaks_against_a_target_is_said(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "targets", kpi="csat")
    page.number_input[0].set_value(30.0).run()
    assert "从来没有人未达成" in " ".join(words(page))


def test_a_years_sum_is_split_over_its_months(demo_copy: Workspace, visit) -> None:
    page = visit(demo_copy, "targets", kpi="sales_amount")
    page.number_input[0].set_value(1_200_000.0).run()
    choose(page, "金额是", "2026-Q4")
    choose(page, "给谁", ("team", "华东组"))
    press(page, "设定目标")
    rows = targets.entries(demo_copy)
    assert [(row.subject, row.from_month, row.value) for row in rows] == [
        *(("华东组", f"2026-{month}", 400_000.0) for month in (10, 11, 12)),
        ("华东组", "2027-01", None),
    ]


def test_a_value_that_cannot_be_is_said(demo_copy: Workspace, visit) -> None:
    page = visit(demo_copy, "targets", kpi="csat")
    page.number_input[0].set_value(0.0).run()
    assert not page.error
    press(page, "设定目标")
    assert "客户满意度" in " ".join(one.value for one in page.error)
    assert targets.entries(demo_copy) == []
