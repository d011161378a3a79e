"""Meetings on the command line: what was decided, and the minutes as a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from amdash.config import Settings
from amdash.service import boards, meetings
from amdash.service.meetings import Decision
from amdash.service.workspace import open_workspace

AT = dt.datetime(2025, 4, 10, 9, 0)


def hold(folder: Path) -> None:
    """A meeting on March: one decision on everybody, one on 李明, a note."""
    ws = open_workspace(Settings(folder, f"sqlite:///{(folder / 'amdash.db').as_posix()}"), now=lambda: AT)
    meeting_id, _ = meetings.begin(ws, "2025-03")
    board = boards.board(ws, "2025-03")
    meetings.decide(ws, meeting_id, Decision("周会改到周一"), board=board)
    meetings.decide(ws, meeting_id, Decision("回访乙公司", "李明", responsible="王芳", due_on=dt.date(2025, 4, 30)), board=board)
    meetings.note(ws, meeting_id, "展会推迟", "王芳")
    meetings.end(ws, meeting_id)


def test_what_was_decided_in_words_and_as_data(run, copied: Path) -> None:
    hold(copied)
    lines = run(copied, "meeting").out.splitlines()
    assert lines[0] == "March 2025\t2025-04-10 09:00 – 09:00"
    assert lines[1] == "Everybody\t周会改到周一\t\t\t"
    assert lines[2].startswith("李明\t回访乙公司\t王芳\t30 Apr 2025\t")
    assert lines[2].endswith("days overdue")
    assert lines[3] == "王芳\tNote: 展会推迟"
    found = run(copied, "meeting", "1", "--json").json
    assert list(found) == ["number", "period", "started_at", "ended_at", "decisions", "notes"]
    assert (found["number"], found["period"], found["started_at"]) == (1, "2025-03", "2025-04-10 09:00:00")
    everybody, other = found["decisions"]
    assert (everybody["manager"], everybody["state"], everybody["feedback"]) == ("", "open", None)
    assert (other["text"], other["responsible"], other["due_on"], other["done_on"], other["state"]) == (
        *("回访乙公司", "王芳", "2025-04-30"),
        *(None, "overdue"),
    )
    assert [note["text"] for note in found["notes"]] == ["展会推迟"]


def test_the_minutes_are_written_where_they_are_wanted(run, copied: Path, tmp_path: Path) -> None:
    hold(copied)
    target = tmp_path / "out" / "minutes.pdf"
    assert run(copied, "meeting", "--minutes", str(target), "--lang", "en").status == 0
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_without_a_meeting_that_is_said(run, copied: Path) -> None:
    said = run(copied, "meeting")
    assert (said.status, said.out) == (1, "")
    assert "meeting number 1" in said.err
