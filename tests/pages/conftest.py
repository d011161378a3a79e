"""Pages run without a browser: a workspace behind them, and every word that they show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from amdash.service import imports
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
# What in an element is for the browser and not for people.
_NOT_SAID = re.compile(r"(^|_)(id|key|type|figure|spec|config|icon|format|theme|data|hash|group|url|css|js|body_style|page)$")


class _Words(HTMLParser):
    """The text of markup, and what it says to screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("aria-label", "title", "data-head", "data-kpi")]


def _markup(text: str) -> list[str]:
    parser = _Words()
    parser.feed(text)
    return parser.found


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if _NOT_SAID.search(field.name):
            continue
        for one in value if field.is_repeated else [value]:
            if field.type == field.TYPE_MESSAGE and isinstance(one, Message):
                yield from _strings(one)
            elif field.type == field.TYPE_STRING:
                yield one


def _nodes(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _nodes(child)


@pytest.fixture(scope="session")
def words() -> Callable[[AppTest], list[str]]:
    """A page that has run -> every text on it: labels, options, Markdown, and our markup with its spoken labels."""

    def collect(page: AppTest) -> list[str]:
        found: list[str] = []
        for node in _nodes(page.main):
            if node.type == "bidi_component":
                found += _markup(json.loads(node.proto.json)["html"])
            elif node.type == "html":
                found += _markup(node.proto.body)
            elif isinstance(getattr(node, "proto", None), Message):
                found += _strings(node.proto)
        return [text for text in found if text.strip()]

    return collect


@pytest.fixture(scope="session")
def english_ws(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Workspace:
    """The English demo workbook, whose names and values are English as well."""
    ws = open_at(tmp_path_factory.mktemp("english"))
    path = ROOT / "data/demo/en/Account managers 2026.xlsx"
    imports.confirm(ws, imports.preview(ws, [Upload(path.name, path.read_bytes())]))
    return ws


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """(workspace, page, language, choices in the address) -> the page, run as a browser would have it."""

    def run(ws: Workspace, page: str = "overview", language: str = "zh", **address: str) -> AppTest:
        monkeypatch.setenv("AMDASH_WORKSPACE", str(ws.settings.workspace))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.query_params["lang"] = language
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        return app if page == "overview" else app.switch_page(f"pages/{page}.py").run()

    return run


@pytest.fixture(scope="session")
def markup() -> Callable[[AppTest, str], str]:
    """(page, key) -> the HTML of our component with that key."""

    def find(page: AppTest, key: str) -> str:
        found = [node for node in _nodes(page.main) if node.type == "bidi_component" and node.proto.id.endswith(f"-{key}")]
        assert len(found) == 1, [node.proto.id for node in _nodes(page.main) if node.type == "bidi_component"]
        return str(json.loads(found[0].proto.json)["html"])

    return find


@pytest.fixture(scope="session")
def components() -> Callable[[AppTest], list[Any]]:
    """A page that has run -> our components on it."""
    return lambda page: [node for node in _nodes(page.main) if node.type == "bidi_component"]


@pytest.fixture(scope="session")
def put_sheet() -> Callable[..., None]:
    """Store a small CSV."""

    def put(ws: Workspace, text: str, name: str = "销售.csv") -> None:
        imports.confirm(ws, imports.preview(ws, [Upload(name, text.encode())]))

    return put
