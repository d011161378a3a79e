"""Advice as markup."""

from __future__ import annotations

from amdash.ui.markup.advice import Advice, advice
from amdash.ui.markup.marks import chart_point


def test_advice_is_escaped_and_leaves_out_what_there_is_not() -> None:
    html = advice([Advice("<b>沟通", "<u>", True, "a & b", ["<i>"], "<p>!")], "<do>")
    for raw in ("<b>沟通", "<u>", "a & b", "<i>", "<p>!", "<do>"):
        assert raw not in html
    assert chart_point("missed") in html
    bare = advice([Advice("沟通", "", False, "", [])], "做")
    assert "rw" not in bare
    assert "steps" not in bare
    assert "<svg" not in bare
