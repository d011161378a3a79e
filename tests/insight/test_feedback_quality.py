"""Hints on feedback, in Chinese and English: each with what it is meant for, and with what it must leave alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.insight.feedback_quality import EMOTIONAL, LEAST_LENGTH, VAGUE, Hint, hints, length

EVENT = dt.date(2026, 11, 2)
GOOD_ZH = "10月26个工单超时3个，原因是下午在外拜访，回来没有再看工单池。"
GOOD_EN = "In October he answered 23 of 26 tickets within a day; the three late ones came in while he was travelling."
AGREED: dict[str, Any] = {"action": "下班前再看一遍工单池", "due_on": dt.date(2026, 11, 30)}


def codes(content: str, **more: Any) -> list[str]:
    return [hint.code for hint in hints(content, **{**AGREED, **more})]


def words(content: str, code: str) -> tuple[str, ...]:
    return next((hint.words for hint in hints(content, **AGREED) if hint.code == code), ())


@pytest.mark.parametrize("content", [GOOD_ZH, GOOD_EN])
def test_prompt_specific_objective_and_with_an_action_is_nothing_to_hint_at(content: str) -> None:
    assert hints(content, written_on=EVENT, event_on=EVENT, **AGREED) == []


def test_all_that_can_be_said_in_order() -> None:
    found = hints("他的态度总是太差，大家都这么说", written_on=dt.date(2026, 12, 1), event_on=EVENT)
    assert found == [Hint("late", (), 29), Hint("not_specific"), Hint("emotional", ("太差",)), Hint("vague", ("总是",)), Hint("no_action")]
    assert hints("") == [Hint("too_short"), Hint("no_action")]


@pytest.mark.parametrize(
    ("written", "limit", "days"),
    [("2026-11-09", 7, None), ("2026-11-10", 7, 8), ("2026-11-03", 0, 1), ("2026-11-02", 0, None), ("2026-11-01", 7, None)],
)
def test_late_is_more_than_so_many_days_after_the_event(written: str, limit: int, days: int | None) -> None:
    found = hints(GOOD_ZH, written_on=dt.date.fromisoformat(written), event_on=EVENT, late_after_days=limit, **AGREED)
    assert found == ([] if days is None else [Hint("late", (), days)])


def test_a_week_is_prompt_and_an_unknown_day_is_never_late() -> None:
    assert codes(GOOD_ZH, written_on=dt.date(2026, 11, 9), event_on=EVENT) == []
    assert codes(GOOD_ZH, written_on=dt.date(2026, 11, 10), event_on=EVENT) == ["late"]
    assert codes(GOOD_ZH, written_on=dt.date(2027, 11, 9)) == []
    assert codes(GOOD_ZH, event_on=EVENT) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("。，！…  ", 0),
        ("态度", 2),
        ("𠮷", 1),
        ("good work", 4),
        ("customer's follow-up", 4),
        ("26 tickets", 4),
        ("1,250.50", 2),
        ("10月26个工单", 2 + 1 + 2 + 3),
        ("CRM系统", 4),
        ("snake_case", 4),
    ],
)
def test_a_word_says_as_much_as_two_characters(text: str, expected: int) -> None:
    assert length(text) == expected


def test_too_short_at_its_boundary() -> None:
    assert LEAST_LENGTH == 10
    assert codes("3日晚回客户电话") == ["too_short"]
    assert codes("3日两次没回客户电话") == []
    assert codes("Answered 12 tickets late") == ["too_short"]
    assert codes("Answered 12 tickets too late") == []
    # Too short says enough: that nothing is specific either need not be said.
    assert codes("态度要改进") == ["too_short"]


@pytest.mark.parametrize(
    "content",
    [
        "本来应该主动沟通客户需求，提高服务水平",
        "服务态度需要提高，对客户要有更多的耐心",
        "有一个问题没有处理好，一些客户不够满意",
        "He should communicate in a more professional way with customers.",
        "Customers like the way in which requests are handled here.",
        "Good work on the account, keep going like this please.",
    ],
)
def test_what_names_no_figure_day_order_or_name_is_not_specific(content: str) -> None:
    assert codes(content) == ["not_specific"]


@pytest.mark.parametrize(
    "content",
    [
        "客户的订单 SO-2231 晚发货，没有提前告知",
        "客户投诉三次没有回复，需要及时处理问题",
        "报价等了二十天才发出，客户在别家买了",
        "昨天没有给客户回电话，客户自己找过来",
        "上个月没有给客户回电话，客户自己找过来",
        "本周没有给客户回电话，客户自己找过来",
        "星期三没有给客户回电话，客户自己找过来",
        "周五没有给客户回电话，客户自己找过来",
        "中山恒隆电器有限公司反映次品没有及时换货",
        "客户说「等得久」，希望报价能够快一点发出",
        "客户说“等得久”，希望报价能够快一点发出",
        "客户说『等得久』，希望报价能够快一点发出",
        "报价在５月发出，比约定的时间晚，客户不满意",
        "She called back twice before the customer complained.",
        "Two orders were sent to the wrong address by mistake.",
        "He missed the call on Friday and did not ring back.",
        "He missed the call last month and did not ring back.",
        "The quote for Northwind was sent after the deadline.",
        'The customer said "we waited for the quote" on the phone.',
    ],
)
def test_one_particular_makes_it_specific(content: str) -> None:
    assert codes(content) == []


def test_a_name_that_is_known_makes_it_specific_and_the_managers_own_does_not() -> None:
    text = "群奥加工厂对结算价有异议，没有书面确认过"
    assert codes(text) == ["not_specific"]
    assert codes(text, names=["恒隆电器", "群奥加工厂"]) == []
    assert codes(text, names=["", "  ", "恒隆电器"]) == ["not_specific"]
    english = "the people of northwind traders waited for a quote"
    assert codes(english, names=[" Northwind Traders "]) == []
    own = "I told Alice to communicate in a more professional way"
    assert codes(own) == []
    assert codes(own, manager="Alice") == ["not_specific"]
    assert codes("王三天应该主动沟通客户需求，提高服务水平", manager="王三天") == ["not_specific"]


def test_words_inside_a_figure_or_a_name_are_none() -> None:
    assert codes("Anyone could see that the tone was not quite right.") == ["not_specific"]
    assert codes("The weekend and the holidays made for a late reply.") == ["not_specific"]
    assert codes("Sundays are hard on everybody who works in retail.") == []


def test_emotional_and_vague_words_are_named_as_they_stand() -> None:
    assert words("10月12日的报价太差，太差，而且离谱地晚", "emotional") == ("太差", "离谱")
    assert words("Terrible call on 12 May, LAZY follow-up and a terrible tone", "emotional") == ("Terrible", "LAZY")
    assert words("12日他总是差不多到下班才回，好像没看", "vague") == ("总是", "差不多", "好像")
    assert words("On 12 May he was Kind of late, maybe, and maybe not", "vague") == ("Kind of", "maybe")
    assert codes("On 12 May he was kind of lazy about the reply") == ["emotional", "vague"]


@pytest.mark.parametrize(
    "content",
    [
        "10月有3位客户表示失望，因为报价晚了两天",
        "Three customers were disappointed; 12 tickets were never answered.",
        "The kindest offer of 12 May was a bitter one for whoever hated Mondays.",
        "5月12日有一般客户3家反映垃圾桶型号不符",
    ],
)
def test_facts_that_sound_like_feelings_are_left_alone(content: str) -> None:
    assert codes(content) == []


def test_what_somebody_said_is_quoted_and_no_hint() -> None:
    assert codes("10月12日客户说“你们总是太差”，已当面道歉") == []
    assert codes("10月12日客户说“报价晚”，我认为太差") == ["emotional"]
    assert codes('On 12 May the customer called the reply "useless" twice') == []
    # A quotation parts what stands around it.
    assert codes("10月12日他说太“晚”差了一天才发出报价") == []


@pytest.mark.parametrize(
    "action", [None, "", "  ", "无", "暂无", "没有", "待定", "None", "N/A", "n/a.", "—", "-", "TBD", "无。", "nil", "nothing", "na", "no"]
)
def test_nothing_agreed(action: str | None) -> None:
    assert codes(GOOD_ZH, action=action) == ["no_action"]
    # Without an action there is nothing that could be due.
    assert codes(GOOD_ZH, action=action, due_on=None) == ["no_action"]


def test_an_action_without_a_day() -> None:
    assert codes(GOOD_ZH, due_on=None) == ["no_due"]
    assert codes(GOOD_ZH, action="无条件换货", due_on=None) == ["no_due"]
    assert codes(GOOD_ZH, action="No more than 24 hours to a reply") == []


@pytest.mark.parametrize("known", [EMOTIONAL, VAGUE])
def test_the_lists_are_short_and_no_word_hides_another(known: dict[str, tuple[str, ...]]) -> None:
    assert set(known) == {"zh", "en"}
    for listed in known.values():
        assert 10 <= len(listed) == len(set(listed)) <= 20
    for word in known["zh"]:
        assert not any(other != word and other in word for other in known["zh"])
    every = [word for listed in known.values() for word in listed]
    for word in every:
        code = "emotional" if known is EMOTIONAL else "vague"
        assert words(f"12 May: {word} 12 tickets", code) == (word,)


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("emotional", "太差，差劲，糟糕，糟透，懒惰，懒散，偷懒，愚蠢，太笨，无能，讨厌，气死，离谱，不像话，丢人，不负责任"),
        ("vague", "总是，老是，从来不，差不多，有点，好像，似乎，感觉，还行，还可以，不太好，不够好，大概，某些，之类，有待提高"),
        ("emotional", "awful，terrible，horrible，disgraceful，disgusting，pathetic，useless，hopeless，ridiculous，unacceptable"),
        ("emotional", "lazy，stupid，careless，incompetent，idiot，hate"),
        ("vague", "always，somehow，somewhat，kind of，sort of，a bit，stuff，whatever，and so on，not good，not great"),
        ("vague", "seems，maybe，perhaps，probably，better attitude，try harder，do better"),
    ],
)
def test_the_words_that_are_meant(code: str, listed: str) -> None:
    assert words(listed, code) == tuple(listed.split("，"))
    known = EMOTIONAL if code == "emotional" else VAGUE
    assert set(listed.split("，")) <= {word for part in known.values() for word in part}


def test_no_word_is_in_both_lists() -> None:
    assert not {word for listed in EMOTIONAL.values() for word in listed} & {word for listed in VAGUE.values() for word in listed}


@given(st.text(max_size=60), st.text(max_size=10), st.text(max_size=8))
def test_any_text_gets_hints_whose_words_it_contains(content: str, action: str, manager: str) -> None:
    for hint in hints(content, action=action, manager=manager):
        assert all(word in content for word in hint.words)
        assert bool(hint.words) == (hint.code in ("emotional", "vague"))
        assert hint.days is None
