"""Uploading: nothing is stored before it is confirmed, a slot is replaced whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from amdash.errors import AmdashError
from amdash.service import drilldown, imports, scorecards
from amdash.service.changes import RowChanges
from amdash.service.imports import Outcome, Upload
from amdash.service.workspace import Workspace
from amdash.store import SlotKey

OCTOBER = SlotKey("sales", "2026-10", "华东")
NOVEMBER = SlotKey("sales", "2026-11", "华东")
OPEN_DEALS = SlotKey("sales", "", "deals")
DEALS = "deal_id,sales_agent,close_date,close_value,deal_stage\n"


def total(ws: Workspace, revision: int | None = None) -> list[float]:
    """Everybody's sales over all months; empty where nothing was measured."""
    frame = scorecards.scorecard(ws, by="all", every="total", kpis=["sales_amount"], revision=revision)
    return [float(value) for value in frame["value"]]


def by_month(ws: Workspace) -> dict[str, float]:
    frame = scorecards.scorecard(ws, by="all", kpis=["sales_amount"])
    return dict(zip(frame["period"], frame["value"], strict=True))


def done(outcome: Outcome) -> dict[SlotKey, tuple[str, RowChanges]]:
    return {slot.key: (slot.action, slot.rows) for slot in outcome.slots}


def test_nothing_is_stored_before_it_is_confirmed(ws: Workspace, two_months: bytes) -> None:
    ready = imports.preview(ws, [Upload("华东-2026-11.csv", two_months)])
    assert (ready.accepted, ready.refused, ready.revision, ready.changes_nothing) == (3, 0, 0, False)
    assert (ws.revision(), ws.store.slots(), ws.store.series(), imports.history(ws), ws.is_empty()) == (0, [], [], [], True)
    with pytest.raises(AmdashError, match="original_unknown"):
        ws.store.original(hashlib.sha256(two_months).hexdigest())


def test_a_preview_of_a_correction_leaves_what_is_there(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    held, figures = ws.store.slots(), total(ws)
    imports.preview(ws, [Upload("华东.csv", sales_csv(("2026-10-08", "李明", 1, "A1")))])
    assert (ws.revision(), ws.store.slots(), total(ws), len(imports.history(ws))) == (1, held, figures, 1)


def test_a_first_import_makes_new_slots_and_keeps_the_file(ws: Workspace, two_months: bytes, put) -> None:
    outcome = put(ws, ("华东-2026-11.csv", two_months))
    assert (outcome.import_id, outcome.revision) == (1, 1)
    assert done(outcome) == {OCTOBER: ("new", RowChanges(2, 0, 0, 0)), NOVEMBER: ("new", RowChanges(1, 0, 0, 0))}
    assert [(slot.before, slot.after) for slot in outcome.slots] == [(0, 2), (0, 1)]
    assert ws.store.original(hashlib.sha256(two_months).hexdigest()) == two_months
    assert by_month(ws) == {"2026-10": 150.25, "2026-11": 7}


def test_the_same_file_again_changes_and_stores_nothing(ws: Workspace, two_months: bytes, put) -> None:
    put(ws, ("华东-2026-11.csv", two_months))
    ready = imports.preview(ws, [Upload("华东-2026-11 (1).csv", two_months)])
    assert ready.changes_nothing
    assert ready.facts == []
    outcome = imports.confirm(ws, ready)
    assert (outcome.import_id, outcome.revision) == (None, 1)
    assert done(outcome) == {OCTOBER: ("unchanged", RowChanges(0, 0, 0, 2)), NOVEMBER: ("unchanged", RowChanges(0, 0, 0, 1))}
    assert (ws.revision(), len(imports.history(ws)), total(ws)) == (1, 1, [157.25])


def test_one_month_corrected_leaves_the_others(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东-2026-11.csv", two_months))
    november = next(slot for slot in ws.store.slots() if slot.key == NOVEMBER)
    corrected = sales_csv(("2026-10-08", "李明", 90, "A1"), ("2026-10-20", "李明", 5, "A4"), ("2026-10-21", "李明", 6, "A5"))
    outcome = put(ws, ("华东-2026-10.csv", corrected))
    # A1 is another amount, A4 and A5 are new, A2 is gone.
    assert done(outcome) == {OCTOBER: ("replaced", RowChanges(added=2, changed=1, removed=1, unchanged=0))}
    assert [(slot.before, slot.after) for slot in outcome.slots] == [(2, 3)]
    assert next(slot for slot in ws.store.slots() if slot.key == NOVEMBER) == november
    assert by_month(ws) == {"2026-10": 101, "2026-11": 7}
    assert total(ws, 1) == [157.25]


def test_the_preview_names_the_months_of_the_same_sheet_that_stay(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东-2026-11.csv", two_months), ("华南.csv", sales_csv(("2026-10-08", "黄志伟", 30, "B1"))))
    ready = imports.preview(ws, [Upload("华东-2026-10.csv", sales_csv(("2026-10-08", "李明", 90, "A1")))])
    assert [slot.key for slot in ready.standing] == [NOVEMBER]


def test_only_the_months_that_differ_are_stored_again(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    more = sales_csv(("2026-10-08", "李明", 100, "A1"), ("2026-10-09", "王芳", 50.25, "A2"), ("2026-11-02", "李明", 8, "A3"))
    outcome = put(ws, ("华东.csv", more))
    assert done(outcome) == {OCTOBER: ("unchanged", RowChanges(0, 0, 0, 2)), NOVEMBER: ("replaced", RowChanges(0, 1, 0, 0))}
    assert {slot.key: slot.import_id for slot in ws.store.slots()} == {OCTOBER: 1, NOVEMBER: 2}


def test_two_regional_sheets_of_a_month_are_two_series(ws: Workspace, sales_csv, put) -> None:
    east, south = sales_csv(("2026-10-08", "李明", 100, "A1")), sales_csv(("2026-10-08", "黄志伟", 30, "A1"))
    put(ws, ("华东-2026-10.csv", east))
    put(ws, ("华南-2026-10.csv", south))
    assert [slot.key.series for slot in ws.store.slots()] == ["华东", "华南"]
    assert total(ws) == [130]
    put(ws, ("华南-2026-10.csv", sales_csv(("2026-10-08", "黄志伟", 31, "A1"))))
    assert total(ws) == [131]


def test_a_name_given_by_a_person_decides_the_series(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("export.csv", sales_csv(("2026-10-08", "李明", 100, "A1"))), series="总部")
    outcome = put(ws, ("任何名字.csv", sales_csv(("2026-10-08", "李明", 60, "A1"))), series="总部")
    assert done(outcome) == {SlotKey("sales", "2026-10", "总部"): ("replaced", RowChanges(0, 1, 0, 0))}
    assert total(ws) == [60]


def test_a_series_named_once_is_continued_by_the_next_months_file(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("export-2026-10.csv", sales_csv(("2026-10-08", "李明", 100, "A1"))), series="总部")
    outcome = put(ws, ("export-2026-11.csv", sales_csv(("2026-11-02", "李明", 60, "A2"))))
    assert done(outcome) == {SlotKey("sales", "2026-11", "总部"): ("new", RowChanges(1, 0, 0, 0))}
    # A correction finds its month again, and nothing is counted twice.
    outcome = put(ws, ("export-2026-10 (1).csv", sales_csv(("2026-10-08", "李明", 90, "A1"))))
    assert done(outcome) == {SlotKey("sales", "2026-10", "总部"): ("replaced", RowChanges(0, 1, 0, 0))}
    assert by_month(ws) == {"2026-10": 90, "2026-11": 60}


def test_the_name_given_last_is_the_one_that_is_continued(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("export-2026-09.csv", sales_csv(("2026-09-08", "李明", 5, "A0"))))
    put(ws, ("export-2026-10.csv", sales_csv(("2026-10-08", "李明", 100, "A1"))), series="总部")
    put(ws, ("export-2026-10.csv", sales_csv(("2026-10-08", "李明", 90, "A1"))))
    assert by_month(ws) == {"2026-09": 5, "2026-10": 90}


def test_two_files_of_one_upload_for_one_slot_are_refused(ws: Workspace, sales_csv) -> None:
    first, second = (Upload(f"华东-2026-10{mark}.csv", sales_csv(("2026-10-08", "李明", 1, mark))) for mark in ("", " (1)"))
    with pytest.raises(AmdashError) as caught:
        imports.preview(ws, [first, second])
    assert caught.value.code == "slot_twice"
    assert caught.value.fields == {"file": second.name, "other": first.name, "table": "Sales orders", "month": "2026-10"}
    assert ws.revision() == 0


def test_two_files_of_the_same_name_for_one_slot_are_refused_too(ws: Workspace, two_months: bytes) -> None:
    with pytest.raises(AmdashError, match="slot_twice"):
        imports.preview(ws, [Upload("华东.csv", two_months), Upload("华东.csv", two_months)])


def test_several_sheets_of_one_file_may_feed_one_slot(ws: Workspace, xlsx, put) -> None:
    header = ["日期", "客户经理", "金额"]
    book = xlsx({"上半月": [header, ["2026-10-08", "李明", 1]], "下半月": [header, ["2026-10-20", "李明", 2]]})
    outcome = put(ws, ("销售-2026-10.xlsx", book))
    assert done(outcome) == {SlotKey("sales", "2026-10", "销售"): ("new", RowChanges(2, 0, 0, 0))}
    assert total(ws) == [3]


def test_a_stale_preview_is_refused_and_stores_nothing(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    ready = imports.preview(ws, [Upload("华东.csv", two_months)])
    put(ws, ("华南.csv", sales_csv(("2026-10-08", "黄志伟", 30, "B1"))))
    with pytest.raises(AmdashError, match="workspace_changed"):
        imports.confirm(ws, ready)
    assert (ws.revision(), total(ws)) == (1, [30])


def test_a_stale_preview_that_changed_nothing_is_refused_too(ws: Workspace, two_months: bytes, put) -> None:
    put(ws, ("华东.csv", two_months))
    ready = imports.preview(ws, [Upload("华东.csv", two_months)])
    imports.undo(ws, 1)
    with pytest.raises(AmdashError, match="workspace_changed"):
        imports.confirm(ws, ready)


def test_every_row_is_led_back_to_its_file_sheet_and_row(ws: Workspace, xlsx, put) -> None:
    rows = [["2026年10月 销售"], [], ["日期", "客户经理", "金额"], ["2026-10-08", "李明", 5], [], ["2026-10-09", "李明", 6], ["合计", None, 11]]
    put(ws, ("华东-2026-10.xlsx", xlsx({"说明": [["本表由财务部提供"]], "销售明细": rows})))
    found = drilldown.rows_behind(ws, "sales_amount", manager="李明")
    assert [(row.file, row.sheet, row.row, row.import_id, row.values["amount"]) for row in found] == [
        ("华东-2026-10.xlsx", "销售明细", 4, 1, 5),
        ("华东-2026-10.xlsx", "销售明细", 6, 1, 6),
    ]


def test_open_deals_are_a_slot_of_their_own_that_a_newer_sheet_closes(ws: Workspace, put) -> None:
    won = "1,Ann,2026-10-01,100,Won\n"
    put(ws, ("deals.csv", (DEALS + won + "2,Ann,,,Engaging\n3,Bob,,,Prospecting\n").encode()))
    assert {slot.key: slot.rows for slot in ws.store.slots()} == {OPEN_DEALS: 2, SlotKey("sales", "2026-10", "deals"): 1}
    ready = imports.preview(ws, [Upload("deals.csv", (DEALS + won + "2,Ann,2026-11-03,40,Won\n").encode())])
    changes = {slot.key: (slot.action, slot.rows) for slot in ready.slots}
    assert changes[OPEN_DEALS] == ("replaced", RowChanges(0, 0, 2, 0))
    assert changes[SlotKey("sales", "2026-11", "deals")] == ("new", RowChanges(1, 0, 0, 0))
    imports.confirm(ws, ready)
    assert sum(slot.rows for slot in ws.store.slots() if slot.key == OPEN_DEALS) == 0
    assert (total(ws), ws.tables()["sales"]["date"].isna().sum()) == ([140], 0)
    imports.undo(ws, 2)
    assert ws.tables()["sales"]["date"].isna().sum() == 2


def closed_deals(ws: Workspace, put) -> bytes:
    """A workspace whose open deals were closed by the second sheet, which is given."""
    sheet = (DEALS + "1,Ann,2026-10-01,100,Won\n2,Ann,2026-11-03,40,Won\n").encode()
    put(ws, ("deals.csv", (DEALS + "1,Ann,2026-10-01,100,Won\n2,Ann,,,Engaging\n").encode()))
    put(ws, ("deals.csv", sheet))
    return sheet


def test_deals_that_are_closed_are_no_news_a_second_time(ws: Workspace, put) -> None:
    closed = closed_deals(ws, put)
    assert [slot.key.month for slot in imports.preview(ws, [Upload("deals.csv", closed)]).slots] == ["2026-10", "2026-11"]
    assert put(ws, ("deals.csv", closed)).import_id is None
    outcome = put(ws, ("deals.csv", closed.replace(b",40,", b",41,")))
    assert [(slot.key.month, slot.action) for slot in outcome.slots] == [("2026-10", "unchanged"), ("2026-11", "replaced")]
    (newest, *_older) = imports.history(ws)
    assert [slot["month"] for slot in newest.detail["slots"]] == ["2026-10", "2026-11"]


def test_deals_that_are_closed_do_not_stay_as_they_are(ws: Workspace, put) -> None:
    closed = closed_deals(ws, put)
    assert [slot.key for slot in imports.preview(ws, [Upload("deals.csv", closed)]).standing] == []


def test_deals_opened_again_are_new(ws: Workspace, put) -> None:
    closed = closed_deals(ws, put)
    outcome = put(ws, ("deals.csv", closed + b"3,Bob,,,Prospecting\n"))
    assert done(outcome)[OPEN_DEALS] == ("new", RowChanges(1, 0, 0, 0))


def test_another_sheet_without_open_deals_closes_none_of_this_one(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("deals.csv", (DEALS + "1,Ann,2026-10-01,100,Won\n2,Ann,,,Engaging\n").encode()))
    put(ws, ("华东.csv", sales_csv(("2026-10-08", "李明", 1, "A1"))))
    assert ws.tables()["sales"]["date"].isna().sum() == 1


def test_a_mapping_decides_what_a_column_means_and_is_kept_in_the_history(ws: Workspace, put) -> None:
    data = "日期,客户经理,金额,实收\n2026-10-08,李明,100,80\n".encode()
    put(ws, ("x.csv", data), mapping=["实收=sales.amount"])
    assert total(ws) == [80]
    (row,) = imports.history(ws)
    assert (row.detail["mapping"], row.detail["accepted"], row.detail["refused"]) == (["实收=sales.amount"], 1, 0)


def test_the_history_names_files_actor_and_slots(ws: Workspace, two_months: bytes) -> None:
    imports.confirm(ws, imports.preview(ws, [Upload("华东.csv", two_months)]), actor="王会计")
    (row,) = imports.history(ws)
    assert (row.import_id, row.revision, row.at, row.actor, row.undone_revision) == (1, 1, ws.now(), "王会计", None)
    assert row.files == (("华东.csv", hashlib.sha256(two_months).hexdigest()),)
    counts = {"series": "华东", "changed": 0, "removed": 0, "unchanged": 0}
    assert row.detail["slots"] == [
        {"table": "sales", "month": "2026-10", "added": 2, **counts},
        {"table": "sales", "month": "2026-11", "added": 1, **counts},
    ]


@pytest.mark.parametrize("files", [1, 2, 5])
def test_progress_rises_to_the_end(ws: Workspace, sales_csv, files: int) -> None:
    told: list[tuple[float, str]] = []
    uploads = [Upload(f"{name}.csv", sales_csv(("2026-10-08", "李明", 1, name))) for name in "甲乙丙丁戊"[:files]]
    imports.preview(ws, uploads, progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(what for share, what in told if share < 0.8)) == [upload.name for upload in uploads]


def test_check_compares_with_nothing_and_stores_nothing(ws: Workspace, two_months: bytes) -> None:
    told: list[float] = []
    (reading,) = imports.check([Upload("华东.csv", two_months)], ws.now().date(), progress=lambda share, _what: told.append(share))
    assert (reading.file, reading.sha256, reading.sheets[0].tables[0].accepted) == ("华东.csv", hashlib.sha256(two_months).hexdigest(), 3)
    assert (told, ws.revision()) == ([0.0, 0.5], 0)


@pytest.mark.parametrize(
    ("data", "issue"),
    [
        ("日期,客户经理,金额\n".encode(), "table_no_rows"),
        (b"foo,bar,baz\n1,2,3\n", "sheet_no_header"),
        ("日期,客户经理,备注2\n2026-10-01,李明,x\n".encode(), "table_lacks_column"),
        ("日期,客户经理,金额\n2026-10-01,李明,\n2026-10-02,李明,\n,李明,3\n".encode(), "value_required"),
    ],
)
def test_a_file_with_no_row_to_store_is_refused_with_its_reasons(ws: Workspace, data: bytes, issue: str) -> None:
    with pytest.raises(AmdashError) as caught:
        imports.preview(ws, [Upload("x.csv", data)])
    assert (caught.value.code, caught.value.fields["files"]) == ("nothing_understood", ["x.csv"])
    assert issue in {found.code for found in caught.value.fields["issues"]}
    assert (ws.revision(), ws.is_empty()) == (0, True)


def test_refused_rows_are_counted_with_their_cells_and_the_rest_is_kept(ws: Workspace, sales_csv: Callable[..., bytes]) -> None:
    ready = imports.preview(
        ws, [Upload("x.csv", sales_csv(("2026-10-32", "李明", 1, "A"), ("2026-10-01", "李明", "面议", "B"), ("2026-10-01", "李明", 2, "C")))]
    )
    assert (ready.accepted, ready.refused) == (1, 2)
    assert [(issue.code, issue.cell, issue.value) for issue in ready.issues] == [
        ("value_not_date", "A2", "2026-10-32"),
        ("value_not_number", "C3", "面议"),
    ]
