"""What people entered and agreed as files: figures with their units, days as days, and everybody who has said nothing yet."""

from __future__ import annotations

import datetime as dt

from amdash.i18n import translator
from amdash.metrics import catalogue
from amdash.metrics.targets import Check, Tally
from amdash.report.table_files import csv_file
from amdash.service import boards, cadence, imports, meetings, proposals, targets
from amdash.service.imports import Upload
from amdash.service.meetings import Decision
from amdash.service.workspace import Workspace
from amdash.ui import entry_exports
from amdash.ui.entry_exports import Export
from amdash.ui.tables import Figure, worded

EN = translator("en")
CSAT = catalogue.by_id("csat")
TODAY = dt.date(2026, 11, 24)


def stored(ws: Workspace, file: tuple[str, bytes]) -> None:
    imports.confirm(ws, imports.preview(ws, [Upload(*file)]))


def lines(export: Export) -> list[dict[str, object]]:
    """The rows by their titles; the file can be made of them."""
    head, rows = export
    assert csv_file(head, worded(rows)).count(b"\r\n") == len(rows()) + 1
    return [dict(zip(head, row, strict=True)) for row in worded(rows)]


def test_months_in_which_a_target_would_have_been_met_are_numbers() -> None:
    found = Check("csat", 0.9, 9, 12, 6, 1, 8, (Tally("李明", None, 3, 6), Tally(None, "华东组", 6, 6)), (), ())
    assert lines(entry_exports.tallies(found, EN)) == [
        {"Account manager": "李明", "Months met": 3, "Months judged": 6},
        {"Account manager": "华东组", "Months met": 6, "Months judged": 6},
    ]


def test_targets_that_were_set_say_for_whom_from_when_and_why(ws: Workspace) -> None:
    stored(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()))
    targets.put(ws, "csat", 0.92, "2026-10", reason="去年 90%")
    targets.end(ws, "csat", "2026-12", manager="李明", inherit=True)
    targets.end(ws, "csat", "2027-01", manager="李明")
    first, second, third = lines(entry_exports.entries([row for row in targets.entries(ws) if row.kpi == "csat"], CSAT, EN))
    assert first == {
        "From": "2026-10",
        "For whom": "Everybody",
        "Customer satisfaction": Figure(0.92, "ratio"),
        "Note": None,
        "Reason": "去年 90%",
        "Set on": TODAY,
    }
    assert (second["For whom"], second["Customer satisfaction"], second["Note"]) == ("李明", Figure(None, "ratio"), "as for everybody else")
    assert (third["From"], third["Customer satisfaction"], third["Note"]) == ("2027-01", Figure(None, "ratio"), "no target")


def test_a_proposal_has_a_row_for_everybody_heard_or_not(ws: Workspace) -> None:
    stored(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n王芳,华东组\n".encode()))
    proposals.propose(ws, "csat", 0.95, "2026-12", reason="再进一步")
    proposals.answer(ws, 1, ["王芳"], "disagreed", "太高")
    rows = lines(entry_exports.proposals(proposals.proposals(ws), CSAT, EN))
    assert {row["Account manager"]: (row["Stance"], row["What was said"], row["Date"]) for row in rows} == {
        "李明": (None, None, None),
        "王芳": ("does not agree", "太高", TODAY),
    }
    assert {(row["State"], row["Customer satisfaction"], row["From"], row["Reason"]) for row in rows} == {
        ("still open", Figure(0.95, "ratio"), "2026-12", "再进一步")
    }


def test_feedback_that_is_due_is_saved_with_days(demo_ws: Workspace) -> None:
    found = cadence.cadence(demo_ws)
    rows = lines(entry_exports.due(found.to_dict("records"), EN))
    assert len(rows) == len(found)
    late = [row for row in rows if row["State"] == "overdue"]
    assert late
    assert all(isinstance(row["Days overdue"], int) and row["Days overdue"] > 0 and isinstance(row["Next due"], dt.date) for row in late)
    assert {row["Days overdue"] for row in rows if row["State"] != "overdue"} <= {None}


def test_what_moved_a_score_is_in_the_units_of_its_kpis() -> None:
    found = [{"kpi": "csat", "value_before": 0.5, "value_after": float("nan"), "points": -0.01234}]
    assert lines(entry_exports.contributions(found, EN)) == [
        {"KPI": "Customer satisfaction", "Before": Figure(0.5, "ratio"), "After": Figure(None, "ratio"), "Points of the score": -1.23}
    ]


def test_decisions_say_who_does_it_and_by_when(ws: Workspace) -> None:
    stored(ws, ("销售.csv", "日期,客户经理,金额\n2026-10-01,李明,5\n".encode()))
    number, _revision = meetings.begin(ws, "2026-10")
    board, due = boards.board(ws, "2026-10"), dt.date(2026, 12, 1)
    meetings.decide(ws, number, Decision("每周拜访三家", manager="李明", kpi="new_customers", responsible="王芳", due_on=due), board=board)
    meetings.decide(ws, number, Decision("月底前对账"), board=board)
    first, second = lines(entry_exports.decisions(meetings.held(ws)[0].decisions, EN))
    assert first == {
        "Account manager": "李明",
        "Decided": "每周拜访三家",
        "KPI": "New customers",
        "Who does it": "王芳",
        "By when": due,
        "As a plan": "no",
    }
    assert (second["Account manager"], second["KPI"], second["By when"]) == ("Everybody", None, None)
