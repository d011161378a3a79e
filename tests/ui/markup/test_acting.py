"""Rows that can be acted on: what is pressed says what it is of, and nothing of a value becomes markup."""

from __future__ import annotations

from amdash.ui.markup.acting import Act, Cell, acting_table


def test_a_cell_has_its_value_what_is_below_it_and_what_can_be_pressed() -> None:
    markup = acting_table(["经理", ""], [[Cell("李明", "华东组", "attention"), Cell(acts=(Act("更正", "correct|3", "更正 李明"),))]], short={1})
    assert '<td data-head="经理"><span class="no">李明</span><span class="sub">华东组</span></td>' in markup
    assert '<td class=nowrap><button type="button" class="press" data-go="correct|3" aria-label="更正 李明">更正</button></td>' in markup


def test_quiet_columns_have_no_heading_on_a_phone_and_empty_cells_nothing() -> None:
    markup = acting_table(["日期", "内容"], [["2026-10-01", ""]], quiet={0})
    assert '<td><span class="">2026-10-01</span></td><td></td>' in markup
    assert markup.count("<th") - markup.count("<thead") == 2


def test_values_are_never_markup() -> None:
    nasty = "<b>\"&'"
    markup = acting_table([nasty], [[Cell(nasty, nasty, acts=(Act(nasty, nasty, nasty),))]])
    assert "<b>" not in markup
    assert markup.count("&lt;b&gt;&quot;&amp;&#x27;") == 7
