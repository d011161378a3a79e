"""A page that fails: what a visitor reads and sends, what is written down, and what goes through."""

from __future__ import annotations

import pytest

from amdash.errors import AmdashError
from amdash.service import mishaps
from amdash.service.workspace import Workspace
from amdash.ui import frame, session
from amdash.ui import mishaps as told_of
from amdash.ui.upload import sections


def failing(error: Exception):
    def fail(*_said: object) -> None:
        raise error

    return fail


@pytest.fixture(autouse=True)
def _said(monkeypatch: pytest.MonkeyPatch, told) -> None:
    monkeypatch.setattr(told_of, "shown", told)


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [("zh", "已存入的数据没有丢失，也没有改动。", "编号是 1。"), ("en", "Nothing that was stored is lost or changed.", "Its number is 1.")],
)
def test_a_page_that_fails_says_so_with_a_number_and_what_to_send(
    ws: Workspace, visit, monkeypatch: pytest.MonkeyPatch, language: str, words: str, number: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sections, "show", failing(ZeroDivisionError("seven by nothing")))
        page = visit(ws, "upload", language)
    assert words in page.error[0].value
    assert number in page.markdown[-1].value
    assert [one.key for one in page.download_button] == ["mishap_file"]
    assert not page.exception
    kept = (ws.settings.workspace / mishaps.FILE).read_text(encoding="utf-8")
    assert kept.startswith("=== 1 · ")
    assert "· upload\n" in kept
    assert kept.rstrip().endswith("ZeroDivisionError: seven by nothing")
    page.button(key="mishap_again").click().run()
    assert not page.error
    assert page.file_uploader


def test_a_click_that_fails_is_written_down_too_and_the_next_number_is_given(ws: Workspace, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    mishaps.record(ws.settings.workspace, ValueError("the one before"), "plans", ws.now())
    page = visit(ws, "upload")
    with monkeypatch.context() as patch:
        patch.setattr(session, "choose", failing(ZeroDivisionError("seven by nothing")))
        page.button(key="language_switch").click().run()
    assert page.exception
    assert "=== 2 · " in (ws.settings.workspace / mishaps.FILE).read_text(encoding="utf-8").partition("ValueError: the one before")[2]


def test_what_a_person_can_put_right_is_no_mishap_and_a_way_to_another_page_goes_through(
    ws: Workspace, visit, put_sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(ws)
    next(one for one in page.button if one.label == "上传我的表").click().run()
    assert page.file_uploader
    assert not page.error
    monkeypatch.setattr(frame, "language_switch", failing(AmdashError("workspace_changed")))
    assert "请重新看一遍预览再确认" in page.run().error[0].value
    assert not (ws.settings.workspace / mishaps.FILE).exists()
