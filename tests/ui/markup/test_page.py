"""The style of the page: the words of Streamlit's uploader, in both languages."""

from __future__ import annotations

import pytest

from amdash.i18n import translator
from amdash.ui.markup.page import page_style


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
