"""Feedback written in amdash: kept as it was written, also where the workspace is older than the rating."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from amdash.store import FeedbackRow, open_store
from tests.store.before import workspace_at

AT = dt.datetime(2026, 11, 24, 9, 0)
ROW = FeedbackRow(dt.date(2026, 10, 5), "李明", "team", "会议", "协作", "分享了交接经验", "写成说明", dt.date(2026, 10, 31), "owner", 4.5)


def test_an_entry_is_kept_with_everything(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    assert store.feedback() == []
    bare = FeedbackRow(ROW.date, "王芳", None, None, None, "一", None, None, "owner")
    assert [store.add_feedback(entry, actor="owner", at=AT) for entry in (ROW, bare)] == [1, 2]
    assert store.feedback() == [ROW, bare]
    assert store.feedback(1) == [ROW]
    assert store.feedback()[1].rating is None


def test_entries_from_before_ratings_stay_without_one(tmp_path: Path) -> None:
    values = "(1, '2026-10-05', '李明', 'team', '一', 'owner')"
    statements = [
        "INSERT INTO revisions (at, actor, action) VALUES ('2026-01-01 00:00:00', 'owner', 'feedback')",
        f"INSERT INTO feedback (revision, date, manager, source, content, recorded_by) VALUES {values}",
    ]
    store = open_store(workspace_at("0005", tmp_path, statements))
    old = FeedbackRow(ROW.date, "李明", "team", None, None, "一", None, None, "owner")
    assert store.feedback() == [old]
    assert store.add_feedback(ROW, actor="owner", at=AT) == 2
    assert store.feedback() == [old, ROW]
