"""Feedback on the command line: the log, new entries with their hints, when it is due, and the calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest

ENTRY = [
    *("date", "manager", "source", "method", "criteria", "rating", "content", "action", "due_on", "recorded_by", "origin"),
    *("number", "file", "sheet", "row", "hints"),
]
STANDS = ["manager", "source", "every", "last_done", "next_due", "status", "days_overdue", "coverage", "given", "periods"]
GOOD = ["--content", "3月的2单投诉当天都已回访", "--action", "每周五看一次", "--due", "2025-04-30"]


def add(run, workspace: Path, *more: str):
    return run(workspace, "feedback", "add", "--manager", "李明", *more)


def test_an_empty_log(run, tmp_path: Path) -> None:
    assert run(tmp_path, "feedback", "list", "--json").json == []
    said = run(tmp_path, "feedback", "list")
    assert (said.status, said.out, said.err) == (0, "", "")


def test_an_entry_is_written_and_listed_with_everything(run, copied: Path) -> None:
    more = ["--date", "2025-03-31", "--source", "supervisor", "--method", "面谈", "--criteria", "回访", "--rating", "4.5"]
    written = add(run, copied, *GOOD, *more, "--json")
    # Written long afterwards: the log is of 2025.
    assert (written.status, written.json["revision"]) == (0, 3)
    assert [hint["code"] for hint in written.json["hints"]] == ["late"]
    assert written.json["hints"][0]["days"] > 300
    (entry,) = run(copied, "feedback", "list", "--json").json
    assert list(entry) == ENTRY
    assert entry == {
        "date": "2025-03-31",
        "manager": "李明",
        "source": "supervisor",
        "method": "面谈",
        "criteria": "回访",
        "rating": 4.5,
        "content": "3月的2单投诉当天都已回访",
        "action": "每周五看一次",
        "due_on": "2025-04-30",
        "recorded_by": "owner",
        "origin": "written",
        "number": 1,
        "file": None,
        "sheet": None,
        "row": None,
        "hints": [],
    }


def test_hints_are_said_after_writing_and_in_the_list(run, copied: Path) -> None:
    said = add(run, copied, "--content", "He is always careless, as everybody knows")
    first, *hints = said.out.splitlines()
    assert first == "Done; the workspace is at revision 3."
    assert hints == [
        "  Nothing in it can be looked up. Name a day, a number, a customer or an order.",
        "  Words that judge: careless. Say what happened instead.",
        "  Vague words: always. How often, how much, since when?",
        "  No next step was agreed.",
    ]
    entry, *listed = run(copied, "feedback", "list").out.splitlines()
    number, _, *said_of_it = entry.split("\t")
    # By which it is corrected and taken back.
    assert number == str(run(copied, "feedback", "list", "--json").json[0]["number"]) == "1"
    assert said_of_it == ["李明", "", "", "He is always careless, as everybody knows", "", ""]
    assert listed == hints
    (found,) = run(copied, "feedback", "list", "--json").json
    assert found["hints"][1] == {"code": "emotional", "words": ["careless"], "days": None}
    # Of its day nothing was said: it is today's, and not late.
    assert add(run, copied, *GOOD, "--json").json == {"revision": 4, "hints": []}


def test_what_was_uploaded_has_no_number(run, copied: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "反馈记录.csv"
    sheet.write_text("日期,客户经理,反馈内容,反馈来源\n2025-03-25,王芳,甲公司说送货准时。,客户\n", encoding="utf-8")
    assert run(copied, "import", sheet).status == 0
    assert run(copied, "feedback", "list").out.splitlines()[0].split("\t")[:3] == ["—", "2025-03-25", "王芳"]


def test_hints_speak_the_terminals_language(run, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert add(run, copied, "--content", "他做事总是差不多，说不清楚", "--action", "改进").out.splitlines()[1:] == [
        "  没有可以查证的内容。请写明日期、数字、客户或订单。",
        "  有含糊的词：总是、差不多。多久一次、多少、从什么时候起？",
        "  改进措施没有完成期限。",
    ]


def test_a_customer_that_is_known_makes_an_entry_specific(run, copied: Path) -> None:
    assert add(run, copied, "--content", "甲公司反映交货信息没有及时告诉他们", *GOOD[2:], "--json").json["hints"] == []
    hints = add(run, copied, "--content", "有家客户反映交货信息没有及时告诉他们", *GOOD[2:], "--json").json["hints"]
    assert [hint["code"] for hint in hints] == ["not_specific"]


def test_the_log_is_filtered(run, copied: Path) -> None:
    add(run, copied, "--content", "一", "--date", "2025-03-01", "--source", "team", "--method", "会议")
    add(run, copied, "--content", "二", "--date", "2025-04-01", "--source", "customer")
    run(copied, "feedback", "add", "--manager", " 王 芳", "--content", "三", "--date", "2025-04-02", "--source", "customer")

    def found(*options: str) -> list[str]:
        return [entry["content"] for entry in run(copied, "feedback", "list", *options, "--json").json]

    assert found() == ["三", "二", "一"]
    assert found("--manager", "王芳") == ["三"]
    assert found("--source", "customer", "--manager", "李明") == ["二"]
    assert found("--method", "会议") == ["一"]
    assert found("--from", "2025-04") == ["三", "二"]
    assert found("--to", "2025-03") == ["一"]
    assert found("--text", "二") == ["二"]
    # Written as the list has it.
    assert run(copied, "feedback", "list", "--json").json[0]["manager"] == "王芳"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["feedback", "add", "--manager", "孙悟空", "--content", "x"], "孙悟空"),
        (["feedback", "add", "--manager", "李明", "--content", "  "], "What happened"),
        (["feedback", "add", "--manager", "李明", "--content", "x", "--date", "2025-02-30"], "2025-02-30"),
        (["feedback", "add", "--manager", "李明", "--content", "x", "--due", "soon"], "soon"),
        (["feedback", "add", "--manager", "李明", "--content", "x", "--rating", "-1"], "-1"),
        (["feedback", "add", "--manager", "李明", "--content", "x", "--rating", "nan"], "nan"),
        (["feedback", "add", "--manager", "李明", "--content", "x", "--rating", "101"], "100"),
        (["cadence", "--manager", "孙悟空"], "孙悟空"),
        (["cadence", "--date", "soon"], "soon"),
        (["cadence", "--date", "9999-12-31"], "9999-12-31"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, copied: Path, command: list[str], told: str) -> None:
    said = run(copied, *command)
    assert (said.status, said.out) == (1, "")
    assert told in said.err
    assert "Traceback" not in said.err
    assert run(copied, "feedback", "list", "--json").json == []


def test_before_anybody_is_known_every_name_is_new(run, tmp_path: Path) -> None:
    assert run(tmp_path, "feedback", "add", "--manager", "甲", "--content", "x").status == 0
    assert {row["manager"] for row in run(tmp_path, "cadence", "--json").json} == {"甲"}


def test_how_feedback_stands(run, copied: Path) -> None:
    add(run, copied, *GOOD, "--date", "2025-03-31", "--source", "supervisor")
    rows = run(copied, "cadence", "--date", "2025-05-02", "--manager", "李明", "--json").json
    assert [list(row) for row in rows] == [STANDS] * 3
    assert rows[0] == {
        "manager": "李明",
        "source": "supervisor",
        "every": "month",
        "last_done": "2025-03-31",
        "next_due": "2025-04-30",
        "status": "overdue",
        "days_overdue": 2,
        # March was done, April was not; May is running.
        "coverage": 0.5,
        "given": 1,
        "periods": 2,
    }
    assert (rows[1]["last_done"], rows[1]["coverage"], rows[2]["coverage"]) == (None, 0, 0)
    assert run(copied, "cadence", "--date", "2025-05-02", "--manager", "李明").out.splitlines() == [
        "李明\tSupervisor\tevery month\t2025-03-31\t2025-04-30\t2 days overdue\t1/2",
        "李明\tTeam member\tevery week\t—\t2025-04-06\t26 days overdue\t0/4",
        "李明\tCustomer\tevery quarter\t—\t2025-03-31\t32 days overdue\t0/1",
    ]
    assert "1 day overdue" in run(copied, "cadence", "--date", "2025-05-01").out
    # Nothing was given to 王芳, and nothing was asked of her before the log began.
    assert {row["manager"] for row in run(copied, "cadence", "--date", "2025-05-02", "--json").json} == {"李明", "王芳"}
    run(copied, "settings", "feedback_team=never", "feedback_customer=never", "feedback_supervisor=year")
    (row,) = run(copied, "cadence", "--date", "2025-05-02", "--manager", "李明", "--json").json
    assert (row["every"], row["next_due"], row["status"], row["coverage"]) == ("year", "2026-12-31", "done", 1)


def test_coverage_of_no_period_is_null(run, copied: Path) -> None:
    rows = run(copied, "cadence", "--date", "2025-03-31", "--json").json
    assert [row["coverage"] for row in rows] == [None] * 6
    assert [row["periods"] for row in rows] == [0] * 6


def test_a_calendar_file_is_written_as_it_is(run, copied: Path, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "到期.ics"
    said = run(copied, "cadence", "--date", "2025-05-02", "--ics", str(path))
    assert (said.status, said.out.strip(), said.err) == (0, str(path), "")
    data = path.read_bytes()
    # No line end is translated on the way, on any system.
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert data.count(b"BEGIN:VEVENT") == 6
    assert "SUMMARY:Feedback on 李明: Supervisor\r\n".encode() in data


def test_without_anybody_there_is_no_calendar(run, tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    said = run(tmp_path, "cadence", "--ics", str(path))
    assert (said.status, path.exists()) == (1, False)
    assert "nothing for a calendar" in said.err


def test_an_entry_is_corrected_taken_back_and_restored(run, copied: Path) -> None:
    add(run, copied, *GOOD)
    changed = run(copied, "feedback", "correct", 1, "--content", "3月的3单投诉当天都已回访", "--criteria", "csat", "--manager", "王芳", "--json")
    assert changed.json == {"revision": 4}
    (entry,) = run(copied, "feedback", "list", "--json").json
    said = {name: entry[name] for name in ("number", "manager", "content", "criteria", "action", "due_on")}
    assert said == {
        "number": 2,
        "manager": "王芳",
        "content": "3月的3单投诉当天都已回访",
        "criteria": "csat",
        "action": "每周五看一次",
        "due_on": "2025-04-30",
    }
    assert run(copied, "feedback", "back", 2, "--json").json == {"revision": 5}
    assert run(copied, "feedback", "list", "--json").json == []
    assert run(copied, "feedback", "restore", 1, "--json").json == {"revision": 6}
    assert [one["content"] for one in run(copied, "feedback", "list", "--json").json] == ["3月的2单投诉当天都已回访"]
    refused = run(copied, "feedback", "correct", 9, "--content", "x")
    assert (refused.status, "number 9" in refused.err) == (1, True)
