"""The workspace remembers everything: slots are replaced whole, older revisions stay readable, undo restores."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.schema import TABLES, frame_of
from amdash.store import NewFacts, NewFeedback, SlotKey, Store, open_store
from amdash.store.database import HEAD
from amdash.store.people_tables import metadata
from amdash.store.rows import SeriesRow

AT = dt.datetime(2026, 11, 24, 9, 0)
OCTOBER = SlotKey("sales", "2026-10", "华东")
NOVEMBER = SlotKey("sales", "2026-11", "华东")
SOUTH = SlotKey("sales", "2026-10", "华南")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def sales(*amounts: float, month: str = "2026-10", file: str = "a.xlsx") -> pd.DataFrame:
    rows = len(amounts)
    return frame_of(
        TABLES["sales"],
        {
            "date": [pd.Timestamp(f"{month}-01")] * rows,
            "amount": list(amounts),
            "manager": ["李明"] * rows,
            "returned": [True, None, False][:rows],
            "source_file": [file] * rows,
            "source_sheet": ["S"] * rows,
            "source_row": list(range(2, 2 + rows)),
        },
        rows,
    )


def put(store: Store, *parts: tuple[SlotKey, pd.DataFrame], data: bytes = b"file") -> tuple[int, int]:
    return store.add_import(
        actor="owner",
        at=AT,
        expected_revision=store.revision(),
        files=[("a.xlsx", hashlib.sha256(data).hexdigest(), data)],
        new=[NewFacts.of(key, frame) for key, frame in parts],
        series=[SeriesRow("sales", "华东", "华东", ("日期", "金额"))],
        detail={"accepted": 1, "refused": 0},
    )


def amounts(store: Store, revision: int | None = None) -> dict[SlotKey, list[float]]:
    return {slot.key: store.frames([slot])["sales"]["amount"].tolist() for slot in store.slots(revision)}


def test_an_untouched_workspace(store: Store) -> None:
    assert (store.revision(), store.slots(), store.imports(), store.series(), store.feedback()) == (0, [], [], [], [])
    frames = store.frames([])
    assert set(frames) == set(TABLES)
    assert all(frame.empty and "import_id" in frame for frame in frames.values())


def test_importing_replaces_exactly_the_slots_it_covers(store: Store) -> None:
    put(store, (OCTOBER, sales(1, 2)), (SOUTH, sales(9)))
    put(store, (OCTOBER, sales(5)), (NOVEMBER, sales(6, month="2026-11")))
    assert amounts(store) == {OCTOBER: [5], SOUTH: [9], NOVEMBER: [6]}


def test_older_revisions_stay_readable(store: Store) -> None:
    put(store, (OCTOBER, sales(1, 2)))
    put(store, (OCTOBER, sales(5)))
    assert amounts(store, 0) == {}
    assert amounts(store, 1) == {OCTOBER: [1, 2]}
    assert amounts(store, 2) == {OCTOBER: [5]}


def test_frames_come_back_as_they_went_in_with_their_import(store: Store) -> None:
    frame = sales(1, 2.5)
    put(store, (OCTOBER, frame))
    back = store.frames(store.slots())["sales"]
    pd.testing.assert_frame_equal(back.drop(columns="import_id"), frame)
    assert back["import_id"].tolist() == [1, 1]


def test_undo_of_the_latest_restores_what_was_there(store: Store) -> None:
    put(store, (OCTOBER, sales(1, 2)))
    put(store, (OCTOBER, sales(5)), (NOVEMBER, sales(6)))
    assert store.undo_import(2, actor="owner", at=AT)[0] == 3
    assert amounts(store) == {OCTOBER: [1, 2]}
    assert amounts(store, 2) == {OCTOBER: [5], NOVEMBER: [6]}


def test_undo_of_an_older_one_leaves_the_newer_in_force(store: Store) -> None:
    put(store, (OCTOBER, sales(1)), (SOUTH, sales(9)))
    put(store, (OCTOBER, sales(5)))
    store.undo_import(1, actor="owner", at=AT)
    assert amounts(store) == {OCTOBER: [5]}
    store.undo_import(2, actor="owner", at=AT)
    assert amounts(store) == {}


def test_undo_is_told_apart_from_nothing_to_undo(store: Store) -> None:
    put(store, (OCTOBER, sales(1)))
    store.undo_import(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="import_undone_already"):
        store.undo_import(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="import_unknown"):
        store.undo_import(7, actor="owner", at=AT)
    assert store.revision() == 2


def test_a_stale_preview_stores_nothing(store: Store) -> None:
    put(store, (OCTOBER, sales(1)))
    with pytest.raises(AmdashError, match="workspace_changed"):
        store.add_import(
            actor="owner", at=AT, expected_revision=0, files=[("b.xlsx", "0" * 64, b"b")], new=[NewFacts.of(OCTOBER, sales(2))], series=[], detail={}
        )
    assert amounts(store) == {OCTOBER: [1]}
    with pytest.raises(AmdashError, match="original_unknown"):
        store.original("0" * 64)


def test_originals_are_kept_once_and_byte_for_byte(store: Store) -> None:
    data = bytes(range(256))
    put(store, (OCTOBER, sales(1)), data=data)
    put(store, (OCTOBER, sales(2)), data=data)
    assert store.original(hashlib.sha256(data).hexdigest()) == data
    assert [row.files for row in store.imports()] == [(("a.xlsx", hashlib.sha256(data).hexdigest()),)] * 2


def test_the_history_is_newest_first(store: Store) -> None:
    put(store, (OCTOBER, sales(1)))
    put(store, (OCTOBER, sales(2)))
    store.undo_import(1, actor="owner", at=AT)
    assert [(row.import_id, row.revision, row.undone_revision, row.actor, row.at) for row in store.imports()] == [
        (2, 2, None, "owner", AT),
        (1, 1, 3, "owner", AT),
    ]


def test_the_digest_knows_the_rows_not_their_order_or_place(store: Store) -> None:
    frame = sales(1, 2, 3)
    shuffled = frame.iloc[::-1].reset_index(drop=True).assign(source_file="b.xlsx", source_row=[7, 8, 9])
    assert NewFacts.of(OCTOBER, frame).digest == NewFacts.of(OCTOBER, shuffled).digest
    assert NewFacts.of(OCTOBER, frame).digest != NewFacts.of(OCTOBER, sales(1, 2, 4)).digest
    assert NewFacts.of(OCTOBER, frame.iloc[:0]).digest != NewFacts.of(OCTOBER, frame).digest


def test_feedback_raises_the_revision_and_is_read_as_at_one(store: Store) -> None:
    entry = NewFeedback(dt.date(2026, 10, 9), "李明", "supervisor", "面谈", None, "内容", "行动", dt.date(2026, 11, 1), "owner")
    assert store.add_feedback(entry, actor="owner", at=AT) == 1
    assert [one.content for one in store.feedback()] == ["内容"]
    assert store.feedback(0) == []


def test_revision_times(store: Store) -> None:
    put(store, (OCTOBER, sales(1)))
    assert store.revision_at(1) == AT
    with pytest.raises(AmdashError, match="revision_unknown"):
        store.revision_at(2)


def test_two_processes_at_once_wait_for_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    stores = [open_store(url) for _ in range(4)]
    entry = NewFeedback(dt.date(2026, 10, 9), "李明", None, None, None, "x", None, None, "owner")
    failures: list[Exception] = []

    def write(store: Store) -> None:
        try:
            for _ in range(10):
                store.add_feedback(entry, actor="owner", at=AT)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must show it
            failures.append(error)

    threads = [threading.Thread(target=write, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert stores[0].revision() == 40


def test_the_migrations_make_the_declared_tables(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'a.db'}")
    made = sa.inspect(sa.create_engine(f"sqlite:///{tmp_path / 'a.db'}"))
    assert set(made.get_table_names()) == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        assert {column["name"]: column["nullable"] for column in made.get_columns(name)} == {
            column.name: bool(column.nullable) for column in table.columns
        }


def test_the_newest_migration_is_the_head() -> None:
    scripts = sorted((Path(__file__).parents[2] / "amdash/store/migrations/versions").glob("[0-9]*.py"))
    assert scripts[-1].stem.split("_")[0] == HEAD


def test_writes_are_durable_and_concurrent_reads_allowed(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
