"""What nobody foresaw, as it is written down."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.service import mishaps

AT = dt.datetime(2026, 11, 24, 9, 0)


def test_the_oldest_go_first_and_numbers_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mishaps.record(tmp_path, ValueError("one"), "plans", AT)
    assert (first.number, first.text) == (1, "=== 1 · 2026-11-24 09:00:00 · plans\nValueError: one\n\n")
    monkeypatch.setattr(mishaps, "_MOST_CHARACTERS", len(first.text))
    numbers = [mishaps.record(tmp_path, ValueError("one"), "plans", AT).number for _again in range(3)]
    assert numbers == [2, 3, 4]
    # The newest stands behind as much of those before it as is kept.
    assert (tmp_path / mishaps.FILE).read_text(encoding="utf-8") == first.text.replace("1 ·", "3 ·") + first.text.replace("1 ·", "4 ·")


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        mishaps.record(tmp_path / "nowhere", ValueError("one"), "plans", AT)
