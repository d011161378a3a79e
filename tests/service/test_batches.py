"""Everybody's PDFs in the background: how far they are, the ZIP in the end, and nothing of them when they are given up."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from amdash.errors import AmdashError
from amdash.service import exports, scorecards
from amdash.service.batches import Batch, GivenUpError, Standing
from amdash.service.workspace import Workspace
from tests.service.made import ended

WAIT_S = 60.0


@pytest.fixture
def three(ws: Workspace, sales_csv, put) -> Workspace:
    put(ws, ("x.csv", sales_csv(*(("2026-10-01", name, 5, name) for name in ("赵", "钱", "孙")))))
    return ws


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No PDF is set until this event comes."""
    let_go = threading.Event()

    def waiting(content, at) -> bytes:
        assert let_go.wait(WAIT_S)
        return str(content["title"]).encode()

    monkeypatch.setattr(exports, "compile_pdf", waiting)
    yield let_go
    let_go.set()


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("amdash-")]


def test_in_the_end_it_is_the_zip_that_is_made_in_one_go(three: Workspace) -> None:
    batch = Batch(three, "2026-10", "zh")
    assert batch.about == (1, "2026-10", "zh")
    assert ended(batch, WAIT_S)
    assert batch.result() == exports.report_zip(three, "2026-10", "zh")
    assert batch.standing == Standing(3, 3, scorecards.managers(three)[-1])
    assert (batch.is_running, batch.is_cancelled, batch.error()) == (False, False, None)
    # What is done stays done.
    batch.cancel()
    assert not batch.is_cancelled


def test_it_says_how_far_it_is_and_runs_until_then(three: Workspace, held: threading.Event) -> None:
    batch = Batch(three, "2026-10", "zh")
    assert batch.is_running
    assert not ended(batch, 0.0)
    assert batch.standing.done == 0
    held.set()
    assert ended(batch, WAIT_S)
    assert batch.standing.done == 3


def test_given_up_it_is_over_after_what_was_being_set_and_leaves_nothing(three: Workspace, held: threading.Event) -> None:
    batch = Batch(three, "2026-10", "zh")
    batch.cancel()
    assert (batch.is_running, batch.is_cancelled) == (False, True)
    held.set()
    assert ended(batch, WAIT_S)
    assert batch.standing.done == 0
    assert batch.error() is None
    for thread in threading.enumerate():
        if thread.name.startswith("amdash-"):
            thread.join(WAIT_S)
    assert workers() == []


def test_given_up_in_the_moment_in_which_it_is_done_no_zip_stays_in_memory(three: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    nearly = threading.Event()

    def made(*_given: object, **_options: object) -> tuple[str, bytes]:
        assert nearly.wait(WAIT_S)
        return "all.zip", b"PK"

    monkeypatch.setattr(exports, "report_zip", made)
    batch = Batch(three, "2026-10", "zh")
    batch.cancel()
    nearly.set()
    assert ended(batch, WAIT_S)
    with pytest.raises(GivenUpError):
        batch.result()


def test_two_at_once_do_not_disturb_each_other(three: Workspace) -> None:
    one, other, third = (Batch(three, "2026-10", language) for language in ("zh", "en", "zh"))
    third.cancel()
    assert ended(one, WAIT_S)
    assert ended(other, WAIT_S)
    assert one.result() == exports.report_zip(three, "2026-10", "zh")
    assert other.result() == exports.report_zip(three, "2026-10", "en")


def test_it_stays_with_the_revision_at_which_it_began(three: Workspace, sales_csv, put, held: threading.Event) -> None:
    batch = Batch(three, "2026-10", "zh")
    put(three, ("y.csv", sales_csv(("2026-09-01", "李", 5, "李"))))
    held.set()
    assert ended(batch, WAIT_S)
    assert batch.result() == exports.report_zip(three, "2026-10", "zh", revision=1)
    assert Batch(three, "2026-10", "zh").about[0] == 2


def test_what_went_wrong_is_told(three: Workspace) -> None:
    batch = Batch(three, "2031-01", "zh")
    assert ended(batch, WAIT_S)
    found = batch.error()
    assert isinstance(found, AmdashError)
    assert found.code == "no_data_for_report"
    with pytest.raises(AmdashError, match="no_data_for_report"):
        batch.result()
