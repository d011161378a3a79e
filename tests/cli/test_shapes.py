"""Values as JSON knows them, and the keys that stay."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from amdash.cli import shapes
from amdash.errors import Issue
from amdash.i18n import translator
from amdash.ingest.preview import FileReading, SheetReading
from amdash.insight.reading import Interval, Point, Settling
from amdash.insight.verdict import Judgement
from amdash.service import scorecards
from amdash.service.analysis import Judged
from amdash.service.changes import RowChanges
from amdash.service.drilldown import SourceRow
from amdash.service.imports import Outcome, SlotChange
from amdash.store import ImportRow, SlotKey


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (float("nan"), None),
        (np.float64("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (0, 0),
        (False, False),
        ("", ""),
        ("李明", "李明"),
        (np.int64(7), 7),
        (np.float64(0.25), 0.25),
        (np.bool_(True), True),
        (dt.date(2026, 10, 9), "2026-10-09"),
        (dt.datetime(2026, 10, 9), "2026-10-09"),
        (dt.datetime(2026, 10, 9, 8, 5), "2026-10-09 08:05:00"),
        (pd.Timestamp("2026-10-09 00:00"), "2026-10-09"),
        (pd.Timestamp("2026-10-09 08:05:30"), "2026-10-09 08:05:30"),
    ],
)
def test_a_value_as_json_knows_it(value: object, shown: object) -> None:
    found = shapes.plain(value)
    assert found == shown
    assert type(found) is type(shown)
    assert json.loads(json.dumps(found, allow_nan=False)) == shown


def test_a_scorecard_keeps_its_keys_and_loses_its_nans() -> None:
    frame = pd.DataFrame(
        {"kpi": ["csat"], "manager": [None], "team": ["华东组"], "period": ["2026"], "value": [np.nan], "n": np.array([3]), "met": [None]}
    ).assign(sum_of_squares=0.0)
    meant = Judged(Judgement("few", Interval(0.25, 0.75), "missed", Settling(9, None)), Point("2026", 0.5, 3, "run", "concern"), "will_miss")
    (row,) = shapes.scorecard(frame, [meant])
    assert row == {
        "kpi": "csat",
        "manager": None,
        "team": "华东组",
        "period": "2026",
        "value": None,
        "n": 3,
        "met": None,
        "verdict": "few",
        "leaning": "missed",
        "interval": [0.25, 0.75],
        "settling": {"met": 9, "missed": None},
        "signal": "run",
        "direction": "concern",
        "assurance": "will_miss",
    }
    (bare,) = shapes.scorecard(frame, [Judged(Judgement("none", None, None, None), None, None)])
    assert {bare[name] for name in ("leaning", "interval", "settling", "signal", "direction", "assurance")} == {None}
    assert shapes.scorecard(frame.iloc[:0], []) == []


def test_the_month_of_a_list_is_null() -> None:
    changes = (
        SlotChange(SlotKey("managers", "", "名单"), 0, 2, RowChanges(2, 0, 0, 0)),
        SlotChange(SlotKey("sales", "2026-10", "华东"), 5, 4, RowChanges(1, 1, 2, 1)),
    )
    assert shapes.slots(Outcome(1, 1, changes)) == [
        {"table": "managers", "month": None, "series": "名单", "added": 2, "changed": 0, "removed": 0, "unchanged": 0},
        {"table": "sales", "month": "2026-10", "series": "华东", "added": 1, "changed": 1, "removed": 2, "unchanged": 1},
    ]


@pytest.mark.parametrize(("language", "message"), [("en", "The sheet is empty and was passed over."), ("zh", "工作表是空的，已跳过。")])
def test_a_sheet_without_a_table(language: Any, message: str) -> None:
    sheet = SheetReading("Sheet1", issues=[Issue("info", "sheet_empty", "x.xlsx", "Sheet1")])
    (file,) = shapes.files([FileReading("x.xlsx", "ab12", b"", [sheet])], translator(language))
    issue = {"severity": "info", "code": "sheet_empty", "cell": None, "row": None, "column": None, "value": None, "message": message}
    shape = {"sheet": "Sheet1", "header_row": None, "tables": [], "unused": [], "questions": [], "issues": [issue]}
    assert file == {"file": "x.xlsx", "sha256": "ab12", "error": None, "sheets": [shape]}


def test_an_import_in_the_history() -> None:
    row = ImportRow(3, 7, dt.datetime(2026, 11, 24, 9, 0, 1, 5), "owner", (("a.csv", "ab"),), {"accepted": 2, "refused": 1, "slots": []}, None)
    assert shapes.history([row]) == [
        {
            "import_id": 3,
            "revision": 7,
            "at": "2026-11-24T09:00:01",
            "actor": "owner",
            "files": [{"file": "a.csv", "sha256": "ab"}],
            "accepted": 2,
            "refused": 1,
            "undone_revision": None,
        }
    ]


def test_a_row_with_its_place_and_plain_values() -> None:
    row = SourceRow("a.csv", "S", 4, 9, {"amount": np.float64(1.5), "date": pd.Timestamp("2026-10-09"), "returned": pd.NA})
    assert shapes.source_rows([row]) == [
        {"file": "a.csv", "sheet": "S", "row": 4, "values": {"amount": 1.5, "date": "2026-10-09", "returned": None}, "beside": {}}
    ]


def test_the_catalogue_in_both_languages() -> None:
    chinese, english = (shapes.kpis(scorecards.kpis(), translator(language)) for language in ("zh", "en"))
    words = {"name", "formula", "source"}
    assert [{key: value for key, value in row.items() if key not in words} for row in chinese] == [
        {key: value for key, value in row.items() if key not in words} for row in english
    ]
    assert all(one[key] != other[key] for one, other in zip(chinese, english, strict=True) for key in words)
    assert set(english[0]) == words | {"id", "category", "unit", "higher_is_better", "target", "weighted", "min_sample"}
