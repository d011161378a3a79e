"""Advice as markup."""

from __future__ import annotations

from amdash.ui.markup.advice import Advice, advice


def test_advice_is_escaped_and_leaves_out_what_there_is_not() -> None:
    html = advice([Advice("<b>沟通", "<u>", True, "a & b", ["<i>"], "<p>!")], "<do>")
    for raw in ("<b>沟通", "<u>", "a & b", "<i>", "<p>!", "<do>"):
        assert raw not in html
    bare = advice([Advice("沟通", "", False, "", [])], "做")
    assert "rw" not in bare
    assert "steps" not in bare
