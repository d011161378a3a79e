"""The style of the page: the words of Streamlit's uploader in both languages, what is marked in the menu, the rings of the tour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amdash.i18n import translator
from amdash.ui.markup import page
from amdash.ui.markup.page import menu_style, page_style, tour_style
from amdash.ui.tour import STEPS


@pytest.mark.parametrize(("language", "said"), [("zh", "选择文件"), ("en", "Choose files")])
def test_the_uploader_speaks_the_language(language, said: str) -> None:
    style = page_style(translator(language))
    assert f'content: "{said}"' in style
    assert "CHOOSE" not in style
    assert "LIMIT" not in style


def test_the_style_is_closed() -> None:
    style = page_style(translator("en"))
    assert style.startswith("<style>")
    assert style.endswith("</style>")
    assert style.count("{") == style.count("}")


def test_the_group_of_a_page_is_marked_in_the_menu() -> None:
    assert '[data-testid="stTopNav"] > :nth-child(4) > ' in menu_style(4)
    assert menu_style(0) == ""


def test_every_step_of_the_tour_has_its_ring() -> None:
    look = (Path(page.__file__).parents[1] / "look.css").read_text(encoding="utf-8")
    for step in range(1, len(STEPS) + 1):
        style = tour_style(step)
        assert "solid" in style
        assert all(f"var({name}, none)" in look for name in re.findall(r"(--[\w-]+):", style))
