"""Many pieces of work on all processors: in order, few ahead, and none of them after nobody wants them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from amdash.report import batch
from amdash.report.batch import in_order


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch.os, "cpu_count", lambda: 2)


def workers() -> int:
    return sum(thread.name.startswith("amdash-batch") for thread in threading.enumerate())


def test_they_come_in_the_order_of_the_items_however_long_each_takes() -> None:
    def work(number: int) -> int:
        time.sleep(0.02 if number % 2 == 0 else 0)
        return number * number

    assert list(in_order(work, range(9))) == [number * number for number in range(9)]
    assert list(in_order(work, [])) == []


def test_two_are_worked_on_at_once() -> None:
    together = threading.Barrier(2)
    # One alone would wait for the other until the barrier breaks.
    assert list(in_order(lambda number: together.wait(10) >= 0, range(4))) == [True] * 4


def test_no_more_are_drawn_ahead_than_two_for_a_processor() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for number in range(50):
            drawn.append(number)
            yield number

    for taken, number in enumerate(in_order(lambda one: one, items()), start=1):
        assert number == taken - 1
        assert len(drawn) <= taken + 4
    assert len(drawn) == 50


def test_items_are_drawn_in_the_calling_thread() -> None:
    assert set(in_order(lambda drawn_in: drawn_in, (threading.get_ident() for _ in range(5)))) == {threading.get_ident()}
    assert threading.get_ident() not in set(in_order(lambda _: threading.get_ident(), range(5)))


def test_closing_drops_what_has_not_begun_and_no_thread_stays() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        time.sleep(0.01)
        return number

    made = in_order(work, range(1000))
    assert next(made) == 0
    made.close()
    at_the_end = len(begun)
    assert at_the_end <= 5
    assert workers() == 0
    assert list(made) == []


def test_an_error_comes_at_its_place_and_ends_the_work() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise ValueError("two")
        return number

    made = in_order(work, range(1000))
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(ValueError, match="two"):
        next(made)
    assert workers() == 0


def test_an_error_in_drawing_ends_the_work_as_well() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise LookupError("drawn")

    with pytest.raises(LookupError, match="drawn"):
        list(in_order(lambda one: one, items()))
    assert workers() == 0
