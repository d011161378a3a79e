"""A customer's file: one timeline of all that is known, whose it was, and who waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from amdash.service import aliases, customer_base, customer_files, customer_notes
from amdash.service.customer_base import CustomerBase
from amdash.service.customer_contacts import Contact
from amdash.service.customer_events import Place
from amdash.service.customer_files import CustomerFile, Keeper
from amdash.service.workspace import Workspace
from tests.service.made import code


@pytest.fixture(scope="module")
def october(firm: Workspace) -> CustomerBase:
    return customer_base.base(firm, "2026-10")


@pytest.fixture(scope="module")
def file(firm: Workspace, october: CustomerBase) -> CustomerFile:
    return customer_files.read(firm, "甲公司", october)


def test_the_timeline_holds_everything_the_newest_first(file: CustomerFile) -> None:
    assert [(event.kind, event.date and event.date.isoformat(), event.state, event.amount) for event in file.events] == [
        ("order", "2026-10-08", "refund", -100.0),
        ("ticket", "2026-10-03", "answered", None),
        ("order", "2026-08-20", "cancelled", 50.0),
        ("feedback", "2026-06-25", "", None),
        ("survey", "2026-06-20", "", None),
        ("complaint", "2026-06-02", "resolved", None),
        ("order", "2026-05-01", "won", 1000.0),
        ("order", "2025-03-10", "won", 1000.0),
    ]


def test_the_lines_of_an_order_are_one_entry_with_its_source(file: CustomerFile) -> None:
    order = file.events[6]
    assert (order.words, order.detail["products"], order.manager) == ("A2", ("轴承", "皮带"), "王芳")
    assert order.place is not None
    assert (order.place.file, order.place.row, order.place.rows) == ("销售.csv", 4, 2)


def test_every_entry_says_what_its_sheet_says(file: CustomerFile) -> None:
    ticket, survey, complaint = file.events[1], file.events[4], file.events[5]
    assert (ticket.detail["hours"], ticket.words) == (6.0, "电话")
    assert (survey.detail["score"], survey.words) == (5.0, "很好")
    assert (complaint.words, complaint.detail["resolved_on"]) == ("交货", dt.date(2026, 6, 5))
    assert all(isinstance(event.place, Place) for event in file.events)


def test_a_longer_name_is_somebody_else(firm: Workspace, october: CustomerBase) -> None:
    (mention,) = customer_files.read(firm, "大甲公司", october).events
    assert (mention.kind, mention.words) == ("feedback", "大甲公司想看样品。")


def test_whose_it_was_and_is(file: CustomerFile) -> None:
    assert file.owner == "王芳"
    assert file.keepers == (
        Keeper("王芳", dt.date(2026, 5, 1), dt.date(2026, 5, 1), 2, 1000.0),
        Keeper("李明", dt.date(2025, 3, 10), dt.date(2025, 3, 10), 1, 1000.0),
    )


def test_figures_tags_and_months(file: CustomerFile) -> None:
    assert (file.tier(), file.listed_tags, file.listed["region"], file.tags) == ("lapsed", ("老客户", "重点"), "苏州", ())
    months = dict(file.monthly)
    assert next(iter(months)) == "2024-11"
    # Of October there are sales, of July there is no sheet at all.
    assert (months["2026-05"], months["2026-10"], months["2026-09"], months["2026-07"]) == (1000.0, -100.0, 0.0, None)


def test_who_wrote_last(file: CustomerFile, firm: Workspace, october: CustomerBase) -> None:
    # Answered on 3 October; the clock stands at 24 November.
    assert file.contact == Contact(dt.date(2026, 10, 3), ours=True, days=52)
    assert customer_files.read(firm, "丙公司", october).contact == Contact(dt.date(2026, 11, 20), ours=False, days=4)
    assert customer_files.read(firm, "丁公司", october).contact is None


def test_an_open_deal_is_dated_from_its_opening(firm: Workspace, october: CustomerBase) -> None:
    ticket, deal = customer_files.read(firm, "丙公司", october).events
    assert (ticket.state, deal.kind, deal.state, deal.date, deal.amount) == ("open", "deal", "open", dt.date(2026, 8, 1), 2000.0)


def test_notes_stand_in_the_timeline_and_say_what_is_next(changing: Workspace) -> None:
    october = customer_base.base(changing, "2026-10")
    number, _ = customer_notes.write(changing, "丙 公司", "寄了样品", kind="contacted", next_step="打电话", due_on=dt.date(2026, 12, 1))
    file = customer_files.read(changing, "丙公司", october)
    note = file.events[0]
    assert (note.kind, note.state, note.words, note.note_id, note.place) == ("note", "contacted", "寄了样品", number, None)
    assert (file.contact, file.step and file.step.next_step) == (Contact(dt.date(2026, 11, 24), ours=True, days=0), "打电话")
    customer_notes.undo(changing, number)
    assert customer_files.read(changing, "丙公司", october).step is None


def test_another_spelling_and_an_alias_open_the_same_file(changing: Workspace) -> None:
    customer_notes.tag(changing, "乙公司", "重点")
    customer_notes.write(changing, "乙公司", "来访")
    aliases.merge(changing, "customer", "乙公司", "戊公司")
    october = customer_base.base(changing, "2026-10")
    for name in ("乙公司", "戊 公司", "戊公司"):
        file = customer_files.read(changing, name, october)
        assert (file.key, [row.tag for row in file.tags]) == ("戊公司", ["重点"])
        assert [event.kind for event in file.events] == ["note", "order", "order", "survey"]


def test_a_customer_that_nobody_knows(firm: Workspace, october: CustomerBase) -> None:
    assert code(lambda: customer_files.read(firm, "甲", october)) == "customer_unknown"
    assert code(lambda: customer_files.read(firm, "", october)) == "customer_unknown"


def test_one_that_stands_in_a_ticket_alone_has_a_file(ws: Workspace, put: Callable[..., object]) -> None:
    put(ws, ("客服工单.csv", "工单编号,创建时间,首次回复时间,客户经理,客户\nT1,2026-10-03 09:00,2026-10-03 15:00,王芳,甲公司\n".encode()))
    file = customer_files.open_file(ws, "甲公司", "2026-10")
    assert (file.tier(), [event.kind for event in file.events]) == (None, ["ticket"])


def test_by_its_number_a_customer_has_what_was_written_under_its_name(ws: Workspace, put: Callable[..., object]) -> None:
    put(ws, ("销售.csv", "日期,客户,客户编号,客户经理,金额\n2026-10-01,甲公司,K1,李明,5\n".encode()))
    customer_notes.write(ws, "甲公司", "寄了样品", kind="contacted", next_step="打电话")
    for name, words in (("甲公司", "重点"), ("K1", "展会")):
        customer_notes.tag(ws, name, words)
    by_name, by_number = (customer_files.open_file(ws, name, "2026-10") for name in ("甲公司", "K1"))
    assert by_number == by_name
    assert [event.kind for event in by_number.events] == ["note", "order"]
    assert (by_number.step and by_number.step.next_step, by_number.contact and by_number.contact.ours) == ("打电话", True)
    assert [row.tag for row in by_number.tags] == ["重点", "展会"]


def test_tickets_and_complaints_are_resolved_where_the_figures_say_so(ws: Workspace, put: Callable[..., object]) -> None:
    tickets = (
        "工单编号,创建时间,解决时间,解决时长(小时),状态,客户经理,客户\n"
        "T1,2026-10-06 09:00,2026-10-06 15:00,,处理中,王芳,甲公司\n"
        "T2,2026-10-05 09:00,,5,,王芳,甲公司\n"
        "T3,2026-10-04 09:00,,,已解决,王芳,甲公司\n"
        "T4,2026-10-03 09:00,2026-12-30 09:00,,,王芳,甲公司\n"
        "T5,2026-10-02 09:00,,5,处理中,王芳,甲公司\n"
    )
    complaints = (
        "投诉编号,投诉日期,客户,客户经理,解决日期,状态\n"
        "C1,2026-09-04,甲公司,王芳,2026-09-05,处理中\nC2,2026-09-03,甲公司,王芳,2026-09-05,\n"
        "C3,2026-09-02,甲公司,王芳,2026-12-30,\nC4,2026-09-01,甲公司,王芳,,已解决\n"
    )
    put(ws, ("客服工单.csv", tickets.encode()), ("投诉记录.csv", complaints.encode()))
    found = customer_files.open_file(ws, "甲公司", "2026-10").events
    # Reopened, hours without a date, said, not by now, reopened; and the complaints.
    tickets_are, complaints_are = ["open", "resolved", "resolved", "open", "open"], ["open", "resolved", "open", "resolved"]
    assert [event.state for event in found] == tickets_are + complaints_are
    assert [event.detail["resolved_on"] for event in found[5:]] == [None, dt.date(2026, 9, 5), None, None]
    for kpi, month, resolved, told in (("first_resolution", "2026-10", 2, 5), ("complaint_resolution", "2026-09", 2, 4)):
        rows = ws.cells()
        assert rows.loc[(rows["kpi"] == kpi) & (rows["month"] == month), ["numerator", "denominator"]].to_numpy().tolist() == [[resolved, told]]


def test_a_number_tells_two_of_one_name_apart(ws: Workspace, put: Callable[..., object]) -> None:
    text = "日期,客户,客户编号,客户经理,金额\n2026-10-01,甲公司,K1,李明,5\n2026-10-02,甲公司,K2,王芳,6\n"
    put(ws, ("销售.csv", text.encode()))
    customer_notes.write(ws, "K2", "来电")
    # Under the name that both have it is neither's.
    customer_notes.write(ws, "甲公司", "来访")
    customer_notes.tag(ws, "甲公司", "重点")
    first, second = (customer_files.open_file(ws, name, "2026-10") for name in ("K1", "K2"))
    assert ([event.amount for event in first.events], first.owner) == ([5.0], "李明")
    assert ([event.kind for event in second.events], second.key) == (["note", "order"], "K2")
    assert first.tags == second.tags == ()
