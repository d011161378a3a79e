"""Pages run without a browser: a workspace behind them, and every word that they show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from amdash.service import imports
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace
from amdash.ui import mishaps

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


@pytest.fixture(scope="session", autouse=True)
def _as_on_a_server_that_was_visited_before() -> Iterator[None]:
    """It knows of the navigation, and what components are installed: a test would look through all packages for every page."""
    begin = PagesManager.__init__

    def begun(self: PagesManager, *said: Any, **more: Any) -> None:
        PagesManager.uses_pages_directory = False
        begin(self, *said, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        patch.setattr(PagesManager, "__init__", begun)
        yield


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """What tells visitors of a page that fails, out of the way: such a page is to fail its test. Returned for the tests about it."""
    shown = mishaps.shown
    monkeypatch.setattr(mishaps, "shown", lambda *_said: nullcontext())
    return shown


@pytest.fixture(scope="session")
def registered() -> dict[str, Any]:
    """The pages that dashboard.py registers, once it has run: Streamlit's test client asks for them before it goes to one."""
    return {}


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, registered: dict[str, Any]) -> Callable[..., AppTest]:
    """(workspace, page, language, choices in the address) -> the page, run as a browser would have it."""

    def run(ws: Workspace, page: str = "overview", language: str = "zh", **address: str) -> AppTest:
        monkeypatch.setenv("AMDASH_WORKSPACE", str(ws.settings.workspace))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.query_params["lang"] = language
        for name, value in address.items():
            app.query_params[name] = value
        if page == "overview":
            return app.run()
        if not registered:
            registered.update(app.run()._registered_pages)
        # As by a link: the overview has not been seen before.
        app._registered_pages = dict(registered)
        return app.switch_page(f"pages/{page}.py").run()

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
