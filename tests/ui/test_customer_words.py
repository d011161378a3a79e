"""What is said of moves, contacts, next steps and entries, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.i18n import Language, translator
from amdash.service.customer_contacts import Contact
from amdash.service.customer_events import Event, Place
from amdash.store.customers import CustomerNoteRow
from amdash.ui import customer_words
from amdash.ui.markup.lists import Text

DAY = dt.date(2026, 10, 9)
MOVE = {"tier_before": "vip", "tier_after": "normal", "recency_days_after": 204, "orders_12m_before": 3, "orders_12m_after": 2}
MONEY = {"revenue_12m_before": 96_000.0, "revenue_12m_after": 43_000.0}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no_order_for_days", "no order for a long time (204 days)"),
        ("orders_fell", "orders less often (3 → 2)"),
        ("revenue_fell", "buys less (96.0k → 43.0k)"),
        ("no_longer_new", "no longer new"),
    ],
)
def test_a_move_with_the_figures_of_its_reason(reason: str, words: str) -> None:
    assert customer_words.move_words({**MOVE, **MONEY, "reason": reason}, translator("en")) == ("VIP → Normal", words)


def test_one_who_was_not_known_then() -> None:
    row = {**MOVE, "tier_before": None, "tier_after": "potential", "reason": "first_order"}
    assert customer_words.move_words(row, translator("en"))[0] == "new customer → Potential"


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (None, Text("no contact written down", "dim")),
        (Contact(DAY, ours=True, days=0), Text("we wrote today")),
        (Contact(DAY, ours=True, days=1), Text("we wrote last, 1 day ago")),
        (Contact(DAY, ours=False, days=0), Text("wrote today, waiting for us", "attention")),
        (Contact(DAY, ours=False, days=5), Text("up to today, waiting for us for 5 days", "attention")),
    ],
)
def test_who_waits_for_whom(contact: Contact | None, said: Text) -> None:
    assert customer_words.contact_words(contact, translator("en")) == said


def step(due_on: dt.date | None) -> CustomerNoteRow:
    at = dt.datetime(2026, 10, 1)
    return CustomerNoteRow("甲", DAY, "contacted", "…", "call", due_on, note_id=1, from_revision=1, until_revision=None, at=at, actor="owner")


def test_a_next_step_is_overdue_from_the_day_after() -> None:
    _ = translator("en")
    assert customer_words.step_words(None, DAY, _) == Text("")
    assert customer_words.step_words(step(None), DAY, _) == Text("call")
    assert customer_words.step_words(step(DAY), DAY, _) == Text("call (by 9 Oct 2026)")
    assert customer_words.step_words(step(DAY), DAY + dt.timedelta(days=1), _) == Text("call (by 9 Oct 2026, overdue)", "attention")


@pytest.mark.parametrize(
    ("event", "language", "said", "tone"),
    [
        (Event("order", DAY, "won", amount=5.0, words="A1", detail={"products": ("轴承", "皮带")}), "zh", "轴承、皮带", "plain"),
        (Event("order", DAY, "returned", amount=5.0, words="A1", detail={"products": ()}), "en", "returned, order A1", "attention"),
        (Event("deal", None, "lost", detail={"products": ()}), "en", "deal lost", "attention"),
        (Event("ticket", DAY, "open", words="e-mail", detail={"hours": None}), "en", "not answered", "attention"),
        (Event("ticket", DAY, "resolved", detail={"hours": 6.0}), "zh", "已解决，6.0 小时后首次回复", "plain"),
        (Event("complaint", DAY, "open", words="delivery", detail={"resolved_on": None}), "en", "not resolved, delivery", "attention"),
        (Event("survey", DAY, words="fine", detail={"score": 4.5, "scale": 5.0}), "en", "4.5 / 5, fine", "plain"),
        (Event("survey", DAY, detail={"score": 9.0, "scale": None}), "en", "9", "plain"),
        (Event("note", DAY, "wrote", words="asks", detail={}, note_id=3), "en", "asks", "plain"),
    ],
)
def test_an_entry_in_words(event: Event, language: Language, said: str, tone: str) -> None:
    found = customer_words.entry(event, translator(language))
    assert found.said == Text(said, tone)  # type: ignore[arg-type]
    assert found.go == ("undo|3" if event.note_id else "")


def test_where_an_entry_stands_and_what_is_next() -> None:
    detail = {"next_step": "call", "due_on": DAY}
    found = customer_words.entry(Event("feedback", DAY, manager="李明", words="x", detail=detail, place=Place("a.xlsx", "s", 4, 3)), translator("en"))
    assert (found.source, found.quiet) == ("a.xlsx, sheet s, row 4 and 2 more rows", "李明 · → call (by 9 Oct 2026)")
    assert customer_words.place_words(Place("a.csv", "", 4), translator("en")) == "a.csv, row 4"
    assert customer_words.entry(Event("deal", None, "open", detail={"products": ()}), translator("en")).when == "no date"


def test_a_chart_is_read_aloud() -> None:
    _ = translator("en")
    assert customer_words.monthly_spoken([("2026-09", None), ("2026-10", 5.0)], "甲", _) == "甲: October 2026 5"
    assert customer_words.monthly_spoken([("2026-10", 0.0)], "甲", _) == "甲: no orders"
