"""What scores are out of, and what percentages are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest import vocabulary
from amdash.ingest.ratings import parse_rating, percent_of, rate, scale_in, scale_of, shares

WORDS = vocabulary.load().values
ASKED = [("scale", ("5", "10", "100"), "5")]
ASKED_PERCENT = ("percent", ("ratio", "points"))


def rated(*cells: Any, header: str = "x", name: str = "score", **decisions: str) -> tuple[list[float | None], float, list[Any]]:
    result = rate(name, header, cells, WORDS, decisions)
    return result.values, result.scale, result.questions


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("满意度(5分制)", 5),
        ("满意度（满分100）", 100),
        ("满分10分", 10),
        ("１０分制评分", 10),
        ("五分制", 5),
        ("十分制", 10),
        ("百分制", 100),
        ("五星评价", 5),
        ("评分（10分）", 10),
        ("Rating out of 10", 10),
        ("Rating OUT OF five", 5),
        ("5 star rating", 5),
        ("7-point scale", 7),
        ("满意度(1-7)", 7),
        ("满意度（1至4）", 4),
        ("满意度(1~9)", 9),
        ("1 to 5", 5),
        ("推荐意愿(0-10)", 10),
        ("rating/10", 10),
        ("NPS", 10),
        ("满意度", None),
        ("十分满意", None),
        ("2026-01-05", None),
        ("1-3月满意度", None),
        ("Q3 满意度", None),
        ("三星产品", None),
        ("满分0", None),
    ],
)
def test_a_scale_said_in_the_header(header: str, scale: float | None) -> None:
    assert scale_in(header) == scale
    assert scale_of(header, [3.0, 4.0]) == (scale or 5)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("4/5", (4, 5)),
        ("4.5 / 5", (4.5, 5)),
        ("9 out of 10", (9, 10)),
        ("4分/5分", (4, 5)),
        ("★★★★☆", (4, 5)),
        ("☆☆☆☆☆", (0, 5)),
        ("⭐️⭐️⭐️", (3, 5)),
        ("★★★★★★☆☆☆☆", (6, 10)),
        ("4星", (4, 5)),
        ("3 stars", (3, 5)),
        ("9星", None),
        ("4", None),
        ("★ 很好", None),
        ("4/0", None),
        ("", None),
    ],
)
def test_a_score_that_says_what_it_is_out_of(text: str, rating: tuple[float, float] | None) -> None:
    assert parse_rating(text) == rating


def test_what_decides_the_scale_and_what_is_asked() -> None:
    assert rated(4, 5) == ([4, 5], 5, ASKED)
    assert rated("4 分", 5, None) == ([4, 5, None], 5, ASKED)
    assert rated(4, 5, scale="10") == ([4, 5], 10, [])
    assert rated(4, 5, header="10分制") == ([4, 5], 10, [])
    assert rated(4, 5, header="10分制", scale="5") == ([4, 5], 5, [])
    assert rated(9, 5) == ([9, 5], 10, [])
    assert rated("4/5", "★★") == ([4, 2], 5, [])
    assert rated("9/10", "4/5") == ([9, 8], 10, [])
    assert rated("满意", 3) == ([4, 3], 5, [])
    assert rated("满意", 8, header="10分制") == ([8, 8], 10, [])
    assert rated(None) == ([None], 5, [])
    assert rated() == ([], 5, [])


def test_the_likelihood_is_always_out_of_ten() -> None:
    assert rated(4, 5, name="likelihood", header="1-5", scale="5") == ([4, 5], 10, [])


def test_yes_and_no_are_one_and_nought() -> None:
    assert rated(True, False, None) == ([1, 0, None], 1, [])
    assert rated("是", "no") == ([1, 0], 1, [])
    assert rated("1", "0") == ([1, 0], 1, [])
    assert rated("是", 4)[0] == [None, 4]


def test_percentages_among_scores() -> None:
    assert rated("90%", "75％") == ([0.9, 0.75], 1, [])
    assert rated("90%", 0.5) == ([0.9, 0.5], 1, [(*ASKED_PERCENT, "ratio")])
    assert rated("90%", 95, header="百分制") == ([90, 95], 100, [])


def test_a_decimal_comma_in_scores() -> None:
    assert rated("4,5", "3,0", header="5分制") == ([4.5, 3], 5, [])


@pytest.mark.parametrize(
    ("cells", "values", "plain", "guess"),
    [
        ([0.95, 0.9], [0.95, 0.9], "ratio", None),
        ([95, 6.5], [0.95, 0.065], "points", None),
        ([0, 1], [0, 1], "ratio", None),
        ([0, 95], [0, 0.95], "points", None),
        (["95%", "６.５％", "5‰"], [0.95, 0.065, 0.005], None, None),
        (["95%", 0.9], [0.95, 0.9], "ratio", "ratio"),
        (["95%", 90], [0.95, 0.9], "points", "points"),
        (["95%", 0], [0.95, 0], "ratio", None),
        ([0.95, 95], [0.0095, 0.95], "points", "points"),
        ([0.95, 1.02, 0.9], [0.95, 1.02, 0.9], "ratio", "ratio"),
        (["12,5%", "3%"], [0.125, 0.03], None, None),
        (["5%", "many", None], [0.05, None, None], None, None),
        ([], [], None, None),
    ],
)
def test_percentages_are_decided_by_the_column(cells: list[Any], values: list[float], plain: str | None, guess: str | None) -> None:
    result = shares(cells, {})
    assert (result.values, result.plain) == (values, plain)
    assert result.questions == ([] if guess is None else [(*ASKED_PERCENT, guess)])


def test_what_a_person_said_of_a_column_of_percentages() -> None:
    assert shares([0.95, 95], {"percent": "ratio"}).values == [0.95, 95]
    assert shares([0.95, 0.5], {"percent": "points"}).values == [0.0095, 0.005]
    assert shares(["95%", 90], {"percent": "points"}).questions == []


def test_numbers_beside_percentages_are_a_guess() -> None:
    assert percent_of([0.5], signed=False) == ("ratio", False)
    assert percent_of([0.5], signed=True) == ("ratio", True)
    assert percent_of([], signed=True) == ("ratio", False)


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_percentages_written_and_read_again(thousandths: list[int]) -> None:
    ratios = [number / 1000 for number in thousandths]
    assert shares([f"{number / 10}%" for number in thousandths], {}).values == pytest.approx(ratios)
    assert shares([f"{number / 10:.1f}％".replace(".", ",") for number in thousandths], {}).values == pytest.approx(ratios)
    assert shares(ratios, {}).values == pytest.approx(ratios)
    points = [number / 10 for number in thousandths]
    assert shares(points, {"percent": "points"}).values == pytest.approx(ratios)
    if not any(0 < number < 10 for number in thousandths) and max(thousandths) > 10:
        assert shares(points, {}).values == pytest.approx(ratios)
