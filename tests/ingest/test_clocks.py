"""Dates and their time of day in two columns are one moment; a duration beside a date is none."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.ingest.preview import read_file

TODAY = dt.date(2026, 11, 24)


def opened(text: str, name: str = "工单.csv") -> list[str]:
    (sheet,) = read_file(name, text.encode(), TODAY).sheets
    return [str(when) for when in sheet.tables[0].frame["opened_at"]]


def test_a_clock_beside_its_date_is_joined_and_said() -> None:
    text = "工单编号,创建日期,时间,处理人\nT1,2026-10-01,9:05,李明\nT2,2026-10-02,14时30分,王芳\nT3,2026-10-03,,王芳\n"
    assert opened(text) == ["2026-10-01 09:05:00", "2026-10-02 14:30:00", "2026-10-03 00:00:00"]
    (sheet,) = read_file("工单.csv", text.encode(), TODAY).sheets
    assert [(issue.code, issue.column, issue.fields["other"]) for issue in sheet.issues] == [("time_joined", "时间", "创建日期")]


def test_in_english_with_am_and_pm() -> None:
    text = "Call Id,Agent,Date,Time,Answered (Y/N)\nC1,Ann,2026-10-01,9:05 AM,Y\nC2,Ann,2026-10-01,1:00 PM,N\n"
    assert opened(text, "calls.csv") == ["2026-10-01 09:05:00", "2026-10-01 13:00:00"]


@pytest.mark.parametrize(
    "text",
    [
        "工单编号,创建日期,通话时长x,处理人\nT1,2026-10-01,0:05:10,李明\n",
        "工单编号,创建日期,处理人,时间\nT1,2026-10-01,李明,9:05\n",
        "工单编号,创建日期,时间,处理人\nT1,2026-10-01,上午,李明\n",
        "工单编号,创建日期,时间,处理人\nT1,2026-10-01 00:00,,李明\n",
    ],
    ids=["a duration", "not beside it", "no time", "empty"],
)
def test_what_is_no_clock_of_it_is_left_alone(text: str) -> None:
    assert opened(text) == ["2026-10-01 00:00:00"]


def test_a_date_that_has_its_time_keeps_it() -> None:
    assert opened("工单编号,创建日期,时间,处理人\nT1,2026-10-01 08:00,9:05,李明\n") == ["2026-10-01 08:00:00"]
