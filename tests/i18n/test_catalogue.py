"""Every string a person sees is in the catalogue, none is left over, and no language leaks into the other."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from amdash.errors import AmdashError, Issue
from amdash.i18n import language_of, translator
from amdash.i18n.catalogue import LOCALE_FOLDER
from amdash.i18n.messages import error_text, issue_text
from amdash.i18n.wording import WORDING

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
FIELDS = re.compile(r"\{(\w*)")


_spec = importlib.util.spec_from_file_location("extraction", Path(__file__).with_name("extraction.py"))
assert _spec is not None
assert _spec.loader is not None
extraction = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(extraction)


def catalogue() -> dict[str | tuple[str, ...], Message]:
    with (LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / "amdash.po").open("rb") as source:
        return {message.id: message for message in read_po(source, locale="zh_CN") if message.id}


def test_nothing_is_missing_and_nothing_is_left_over() -> None:
    used = extraction.messages(ROOT)
    known = catalogue()
    assert {message: place for message, place in used.items() if message not in known} == {}
    assert sorted(str(message) for message in known if message not in used) == []


def test_no_string_goes_past_the_extraction() -> None:
    """`words()("…")`: only what is called `_` is seen."""
    past = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "amdash").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call) and ast.unparse(node.func.func).endswith("words")
    ]
    assert past == []


@pytest.mark.parametrize("message", catalogue().values(), ids=lambda message: str(message.id)[:40])
def test_every_translation_is_chinese_and_keeps_its_fields(message: Message) -> None:
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    translations = [message.string] if isinstance(message.string, str) else list(message.string)
    assert not message.fuzzy
    assert all(translations)
    # A name that is the same in both languages, such as KPI or PDF, is no sentence.
    assert all(HAN.search(text) for text in translations) or len(re.sub(r"\{\w*\}", "", sources[0])) <= 6
    assert not any(HAN.search(text) for text in sources)
    for text in translations:
        assert set(FIELDS.findall(text)) == set(FIELDS.findall(sources[-1]))


@pytest.mark.parametrize(
    ("tag", "language"), [("zh-CN", "zh"), ("zh", "zh"), ("ZH-hans-CN", "zh"), ("en-GB", "en"), ("fr", "en"), (None, "zh"), ("", "zh")]
)
def test_the_language_follows_the_browser(tag: str | None, language: str) -> None:
    assert language_of(tag) == language


def test_a_value_is_never_a_template() -> None:
    _ = translator("en")
    assert _("sheet {sheet}", sheet="{0.__class__}") == "sheet {0.__class__}"


def test_every_language_has_its_own_marks() -> None:
    found = {language: translator(language) for language in ("zh", "en")}
    assert [found["zh"].semicolon.join("ab"), found["en"].semicolon.join("ab")] == ["a；b", "a; b"]


def test_plural_forms() -> None:
    assert translator("en").plural("{n} row", "{n} rows", 1) == "1 row"
    assert translator("en").plural("{n} row", "{n} rows", 1200) == "1,200 rows"


ANYTHING = {
    "title": "甲",
    "host": "甲",
    "port": "587",
    "user": "甲",
    "done": 1,
    "total": 2,
    "item_id": 2,
    "meeting_id": 2,
    "engine": "甲",
    "kilobytes": 9,
    "width": 9,
    "height": 9,
    "darker": "#123456",
    "columns": ["甲", "甲"],
    "column": "甲",
    "started": "2026-10",
    "due": "2026-10",
    "key": "甲",
    "subdivision": "甲",
    "country": "甲",
    "start": "甲",
    "other_span": "甲",
    "managers": ["甲"],
    "other_weekday": "甲",
    "span": "甲",
    "weekday": "甲",
    "team": "甲",
    "least": 1,
    "most": 2,
    "product": "甲",
    "added": "9",
    "name": "甲",
    "alias": "甲",
    "alias_id": 2,
    "target_id": 2,
    "plan_id": 2,
    "note_id": 2,
    "tag_id": 2,
    "customer": "甲",
    "annotation_id": 2,
    "feedback_id": 2,
    "proposal_id": 2,
    "answer_id": 2,
    "kind": "甲",
    "sheet": "甲",
    "samples": "甲",
    "encoding": "gb18030",
    "line": 2,
    "byte": 2,
    "names": "甲",
    "file": "a.xlsx",
    "other": "b.xlsx",
    "megabytes": 9,
    "reasons": "",
    "cell": "XFD9",
    "before": 9,
    "n": 2,
    "after": 2,
    "doubts": [],
    "reason": "甲",
    "issues": [],
    "files": ["a.xlsx"],
    "found": "甲",
    "table": "Sales",
    "missing": ["Amount"],
    "field": "Date",
    "mapping": "x",
    "tables": "sales",
    "kpi": "x",
    "known": ["csat"],
    "manager": "x",
    "value": "x",
    "import_id": 1,
    "revision": 2,
    "newest": 3,
    "sha256": "0",
    "month": "2026-10",
    "expected": 1,
    "series": "x",
    "date": "2026-10-31",
}


@pytest.mark.parametrize("code", WORDING)
def test_every_wording_is_complete_in_both_languages(code: str) -> None:
    for language in ("zh", "en"):
        words = error_text(translator(language), AmdashError(code, **ANYTHING))
        assert "{" not in words
        assert bool(HAN.search(words.replace("甲", ""))) is (language == "zh")


def test_an_issue_says_where_what_and_the_remedy() -> None:
    issue = Issue("error", "value_not_date", "March.xlsx", "投诉", "D18", 18, "投诉日期", "3月32日", {"table": "Complaints", "field": "Received on"})
    assert (
        issue_text(translator("en"), issue) == "March.xlsx, sheet 投诉, cell D18: “3月32日” is not a date. Write it like 2026-10-31 and upload again."
    )
    assert issue_text(translator("zh"), issue) == "March.xlsx，工作表 投诉，单元格 D18：「3月32日」不是日期。请写成 2026-10-31 这样，再上传一次。"
