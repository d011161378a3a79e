"""A value inside Markdown stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from amdash.ui.markup.markdown import literal

READ = MarkdownIt("commonmark", {"html": True})


@pytest.mark.parametrize(
    "text",
    [
        "**x**",
        "[a](http://x.example)",
        "![a](b.png)",
        "# 1",
        "- a",
        "1. a",
        "`a`",
        "<b>a</b>",
        "a_b_c",
        "$x^2$",
        ":red[a]",
        ":material/home:",
        "华东.xlsx",
    ],
)
def test_signs_are_shown_and_do_nothing(text: str) -> None:
    (opening, inline, _closing) = READ.parse(literal(text))
    assert opening.type == "paragraph_open"
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or []) == text


@pytest.mark.parametrize("text", [":red[a]", "$x$", ":smile:", "a~b~c"])
def test_what_only_streamlit_reads_is_escaped_too(text: str) -> None:
    assert not re.search(r"(?<!\\)[:$\[~]", literal(text))


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30))
def test_anything_is_read_back_as_it_was(text: str) -> None:
    (_opening, inline, _closing) = READ.parse(literal(text))
    assert "".join(child.content for child in inline.children or []) == text


def test_a_line_break_makes_no_paragraph() -> None:
    assert literal("a\n\n# b") == "a  \\# b"
