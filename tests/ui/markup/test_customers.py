"""Tiles, tables and timelines of customers: every value is text, and what can be clicked says so."""

from __future__ import annotations

from amdash.ui.markup.customers import Entry, Head, Tile, badges, facts, ledger, opening, rates, tiles, timeline
from amdash.ui.markup.lists import Text

EVIL = '<b>"&'
SAFE = "&lt;b&gt;&quot;&amp;"


def test_no_value_becomes_markup() -> None:
    made = [
        tiles([Tile(EVIL, EVIL, EVIL, (EVIL,), f"tier|{EVIL}", chosen=True), Tile(EVIL, EVIL)]),
        ledger([Head(EVIL, EVIL, EVIL), Head(EVIL)], [(EVIL, [EVIL, Text(EVIL, "attention")])]),
        opening(EVIL, [(EVIL, EVIL, EVIL, EVIL)], EVIL),
        opening(EVIL, [], EVIL),
        timeline([Entry(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)]),
        badges([EVIL]),
        facts([(EVIL, EVIL)]),
        rates([Head(EVIL)], [[EVIL]]),
    ]
    for html in made:
        assert "<b>" not in html.replace('<b class="num">', "")
        assert SAFE in html


def test_a_chosen_tile_says_that_it_is_pressed() -> None:
    html = tiles([Tile("VIP", "3", go="tier|vip", chosen=True), Tile("普通", "4", go="tier|normal"), Tile("留存", "5")])
    assert html.count("<button") == 2
    assert (html.count('aria-pressed="true"'), html.count('aria-pressed="false"')) == (1, 1)


def test_a_head_says_how_it_sorts() -> None:
    html = ledger([Head("客户", "sort|customer"), Head("收入", "sort|revenue_12m", "descending", right=True)], [("open|甲", ["甲", ""])])
    assert 'aria-sort="descending"' in html
    assert 'data-go="sort|revenue_12m">收入 ↓' in html
    assert 'data-go="open|甲">甲' in html
    # An empty cell is none on a phone.
    assert html.endswith("<td></td></tr></tbody></table>")


def test_only_what_was_written_here_can_be_taken_back() -> None:
    assert timeline([Entry("2026-10-01", "订单", "轴承", source="销售.csv")]).count("<button") == 0
    html = timeline([Entry("2026-10-01", "备注", "来访", go="undo|3", act="撤销")])
    assert 'data-go="undo|3">撤销</button>' in html


def test_a_cell_address_looks_like_one() -> None:
    assert "<code>B3</code>" in facts([("位置", Text("B3", code=True))])


def test_no_tags_are_nothing() -> None:
    assert badges([]) == ""
