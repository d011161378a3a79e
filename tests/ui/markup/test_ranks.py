"""Ranks as markup: every value escaped, the bar as long as the ranks that may be held."""

from __future__ import annotations

from amdash.ui.markup.ranks import RankLine, ranks

LINE = RankLine("<b>李</b>", '"李|csat', "90 & 1", "5 个样本", 2, 3, "<i>差</i>", "worse")


def test_values_are_escaped() -> None:
    html = ranks([("<1>", "<said>", [LINE])], 4)
    for raw in ("<b>李", "<1>", "<said>", '""李', "90 & 1", "<i>差"):
        assert raw not in html
    assert 'data-go="&quot;李|csat"' in html


def test_the_bar_covers_the_ranks_that_may_be_held() -> None:
    html = ranks([("2–3", "", [LINE])], 4)
    assert '<rect x="25.0" y="1" width="50.0"' in html
    assert 'class="span worse"' in html


def test_who_is_not_ranked_has_no_bar() -> None:
    html = ranks([("—", "", [RankLine("李明", "李明|csat", "100%", "", None, None)])], 4)
    assert "<rect" not in html
    assert "<rect" not in ranks([("1", "", [LINE])], 0)
