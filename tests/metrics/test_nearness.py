"""Names that may be one are found by what they share; what is meant to be different is left alone."""

from __future__ import annotations

import time
from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.names import Kind
from amdash.metrics.nearness import Reason, near, one_edit


def reasons(*names: str, kind: Kind = "customer") -> list[Reason]:
    return [reason for _, _, reason in near(dict.fromkeys(names, 1), kind)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("GTXPro", "GTX Pro", "same_letters"),
        ("Ann-Marie Lee", "Ann Marie Lee", "same_letters"),
        ("O'Brien", "OBrien", "same_letters"),
        ("Acme", "Acme, Inc.", "legal_form"),
        ("Acme Ltd", "ACME LLC", "legal_form"),
        ("Acme Co., Ltd", "Acme", "legal_form"),
        ("Müller GmbH", "Müller", "legal_form"),
        ("上海宏图有限公司", "上海宏图", "legal_form"),
        ("上海宏图有限公司", "上海宏图公司", "legal_form"),
        ("上海宏图股份有限公司", "上海宏图有限责任公司", "legal_form"),
        ("张伟", "張偉", "character_variant"),
        ("廣東華興貿易有限公司", "广东华兴贸易", "character_variant"),
        ("Lee Ann", "Ann Lee", "word_order"),
        ("Lee, Ann", "Ann Lee", "word_order"),
        ("Anderson", "Andersen", "one_edit"),
        ("Anderson 12", "Andersen 12", "one_edit"),
        ("Anderson", "Andersson", "one_edit"),
        ("Anderson", "Andreson", "one_edit"),
        ("Jones", "Jone", "one_edit"),
        ("上海宏图贸易有限公司", "上海宏途贸易", "one_edit"),
        ("上海宏图贸易", "上海图宏贸易", "one_edit"),
    ],
)
def test_names_that_may_be_one(one: str, other: str, reason: Reason) -> None:
    assert near({one: 1, other: 1, "Something else": 1}, "customer") == [(one, other, reason)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann", "Anne"),
        ("Ann", "Amn"),
        ("李明", "李鸣"),
        ("欧阳明", "欧阳鸣"),
        ("客户1234", "客户1235"),
        ("Branch 10", "Branch 11"),
        ("Store A", "Store B"),
        ("Apple iPhone 5C", "Apple iPhone 5S"),
        ("华东机械厂", "华南机械厂"),
        ("第一中学食堂", "第二中学食堂"),
        ("折叠椅子红色", "折叠椅子黑色"),
        ("上海力峰服饰", "上海佳峰服饰"),
        ("Anderson", "Petersen"),
        ("公司", "有限公司"),
        ("Ltd", "Inc"),
        ("--", "//"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert reasons(one, other) == []


def test_a_legal_form_belongs_to_a_business_alone() -> None:
    assert reasons("Ann Lee", "Ann Lee Co", kind="manager") == []


def test_another_chinese_character_is_a_slip_where_the_name_is_rare() -> None:
    assert near({"上海力峰服饰": 50, "上海佳峰服饰": 11}, "customer") == []
    assert near({"上海力峰服饰": 50, "上海佳峰服饰": 10}, "customer") == [("上海力峰服饰", "上海佳峰服饰", "one_edit")]


def test_each_pair_comes_once_with_its_strongest_reason() -> None:
    assert sorted(near(dict.fromkeys(("Acme Inc", "ACME-Inc", "Acme"), 1), "customer")) == [
        ("ACME-Inc", "Acme", "legal_form"),
        ("Acme Inc", "ACME-Inc", "same_letters"),
        ("Acme Inc", "Acme", "legal_form"),
    ]


def test_no_names_and_one() -> None:
    assert reasons() == reasons("Anderson") == []


SIGNS = st.text("abc", min_size=0, max_size=6)


@given(SIGNS, SIGNS)
def test_one_edit_is_one_insertion_deletion_substitution_or_swap(one: str, other: str) -> None:
    edited = {one[:at] + sign + one[at:] for at in range(len(one) + 1) for sign in "abc"}
    edited |= {one[:at] + sign + one[at + 1 :] for at in range(len(one)) for sign in ("", *"abc")}
    edited |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    assert one_edit(one, other) == (other in edited - {one})


@given(st.lists(st.text("abcdeé", min_size=4, max_size=5), unique=True, max_size=8))
def test_the_short_way_finds_what_comparing_all_with_all_finds(names: list[str]) -> None:
    expected = {frozenset(pair) for pair in combinations(names, 2) if one_edit(*pair)}
    assert {frozenset((one, other)) for one, other, _ in near(dict.fromkeys(names, 1), "manager")} == expected


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 99), max_size=8), st.sampled_from(get_args(Kind)))
def test_any_names_can_be_compared(rows: dict[str, int], kind: Kind) -> None:
    found = near(rows, kind)
    assert all(one in rows and other in rows and one != other for one, other, _ in found)
    assert len({frozenset(pair[:2]) for pair in found}) == len(found)


@pytest.mark.parametrize("pattern", ["客户{}有限公司", "Customer{} Trading Ltd", "甲贸易公司{sign}"])
def test_twenty_thousand_customers_take_no_long_time(pattern: str) -> None:
    names = {pattern.format(number, sign=chr(0x4E00 + number)): 1 for number in range(20_000)}
    start = time.process_time()
    found = near(names, "customer")
    # Measured 0.1 to 0.4 s; the rest is for a busy machine.
    assert time.process_time() - start < 4
    assert len(found) < 200


@pytest.mark.parametrize("form", ["Co", "Company", "Corp", "Corporation", "GmbH", "Inc", "Incorporated", "Limited", "LLC", "Ltd", "PLC"])
def test_every_legal_form_is_one_also_after_several_words(form: str) -> None:
    assert reasons("Acme", f"Acme {form}") == ["legal_form"]
    assert reasons("Acme Trading", f"Acme Trading {form}") == ["legal_form"]
    assert reasons("AcmeTrading", f"Acme Trading {form}.") == ["legal_form"]


@pytest.mark.parametrize(("one", "other"), [("华东直销门店", "华南直销门店"), ("中山路第一店", "中山路第二店"), ("红色运动水杯", "黑色运动水杯")])
def test_what_tells_apart_does_so_however_rare_the_other_is(one: str, other: str) -> None:
    for kind in get_args(Kind):
        assert near({one: 100, other: 1}, kind) == []
        assert near({other: 1, one: 100}, kind) == []
    # Any other character in so few rows is a slip.
    assert near({"民生直销门店": 100, "民心直销门店": 1}, "customer") == [("民生直销门店", "民心直销门店", "one_edit")]


def test_of_a_series_twelve_are_compared_and_pairs_come_in_the_order_of_the_names() -> None:
    spelled = [f"Acme{'!' * marks}" for marks in range(13)]
    assert [pair[:2] for pair in near(dict.fromkeys(spelled, 1), "customer")] == list(combinations(spelled[:12], 2))
    edited = [f"restaurant{letter}" for letter in "zyxwvutsrqpo"]
    assert near(dict.fromkeys(edited, 1), "customer") == [(*pair, "one_edit") for pair in combinations(edited, 2)]
    # Thirteen that differ in one letter are a series, not slips.
    assert near(dict.fromkeys([*edited, "restaurantn"], 1), "customer") == []
