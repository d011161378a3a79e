"""Charts as files: the browser puts the chart that it has drawn into a PNG or SVG, with nothing asked of the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from amdash.charts.theme import FONT, PALETTES, Mode
from amdash.service import exports
from amdash.ui import session
from amdash.ui.markup.save import SAVE_ROOT, save_control

_HERE = Path(__file__).parent
# Paper is white; on a dark page the letters are light and need its ground.
_GROUNDS: dict[Mode, str] = {"light": "#FFFFFF", "dark": PALETTES["dark"].paper}
# Chinese has no spaces between its words and figures; a file name need not have them either.
_BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])")


@st.cache_resource
def _component() -> Callable[..., Any]:
    css, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("chart_files.css", "chart_files.js"))
    return st.components.v2.component("amdash_chart_files", html=SAVE_ROOT, css=css, js=script)


def offer(title: str, words: str, mode: Mode, key: str) -> None:
    """The control that saves the chart in the same container, whose key begins with ``figure_``.

    ``title``: what the chart is of, its parts joined by ' · ': it stands above the chart in the file, and is the file's name.
    ``words`` are what is said of the chart to those who do not see it.
    """
    look = {"ground": _GROUNDS[mode], "ink": PALETTES[mode].ink, "font": FONT}
    data = {"html": save_control(session.words()), "name": file_stem(title), "title": title, "words": words, **look}
    _component()(data=data, key=f"save_{key}")


def file_stem(title: str) -> str:
    """A title as the name of a file: '客户满意度-李明-2026年10月'."""
    tight = _BESIDE_HAN.sub("", title.replace(" · ", "-"))
    return exports.safe(tight) or "_"
