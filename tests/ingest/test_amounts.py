"""Money, numbers and percentages of the kinds that sheets hold."""

from __future__ import annotations

import datetime as dt
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.amounts import comma_of, figures, parse_number, split, unit_above, unit_in

UNITS = {"元": 1.0, "万元": 1e4, "千元": 1e3, "k": 1e3, "thousand": 1e3}
HOURS = {"小时": 1.0, "分钟": 1 / 60, "分": 1 / 60, "秒": 1 / 3600, "天": 24.0, "seconds": 1 / 3600, "s": 1 / 3600, "days": 24.0}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        (5.25, 5.25),
        ("1,234.50", 1234.5),
        ("¥1,234", 1234),
        ("￥1234元", 1234),
        ("$ 12.5", 12.5),
        ("(1,234)", -1234),
        ("（50）", -50),
        ("-5", -5),
        ("\u22125", -5),
        ("１２３", 123),
        ("12.6万", 126_000),
        ("12.6 万元", 126_000),
        ("1.5亿", 150_000_000),
        ("3k", 3000),
        ("2M", 2_000_000),
        ("5分", 5),
        ("4 stars", 4),
        ("3 台", 3),
        (" 7 ", 7),
        (".5", 0.5),
        ("1e3", 1000),
        ("1725.36", 1725.36),
        ("1 234,50", 1234.5),
        ("1\u00a0234.50", 1234.5),
        ("1'234.50", 1234.5),
        ("1\u2019234.50", 1234.5),
        ("1，234", 1234),
        ("1.234,56", 1234.56),
        ("1.234.567", 1234567),
        ("１，２３４．５", 1234.5),
        ("¥-12", -12),
        ("-¥12", -12),
        ("（¥12）", -12),
        ("12-", -12),
        ("1,234.00-", -1234),
        ("US$ 5", 5),
        ("HK$5", 5),
        ("5 USD", 5),
        ("EUR 1,234.56", 1234.56),
        ("人民币1,234元", 1234),
        ("1,234元整", 1234),
        ("3千元", 3000),
        ("1,234.5万", 12_345_000),
        ("1.5 million", 1_500_000),
        ("12w", 120_000),
        ("约12万", 120_000),
        ("'123", 123),
    ],
)
def test_numbers(value: object, number: float) -> None:
    assert parse_number(value) == pytest.approx(number)


NO_NUMBERS = (None, True, False, float("nan"), float("inf"), 10**400, dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "value",
    [
        *NO_NUMBERS,
        "面议",
        "",
        "-",
        "1,23",
        "12,34,567",
        "1.2.3",
        "95%",
        "abc",
        "元",
        "--5",
        "5-10",
        "(5",
        "5)",
        "(-5)",
        "5.",
        "5万万",
        "5 kg",
        "5元/台",
        "1" * 99,
        "1e999",
    ],
)
def test_no_numbers(value: object) -> None:
    assert parse_number(value) is None


@pytest.mark.parametrize(
    ("digits", "comma", "asked"),
    [
        ([], "thousands", False),
        (["12", "12.5"], "thousands", False),
        (["1,234", "56"], "thousands", True),
        (["1,234", "5.5"], "thousands", False),
        (["1,234.56", "1,234"], "thousands", False),
        (["1,234,567"], "thousands", False),
        (["1.234,56", "1,234"], "decimal", False),
        (["12,5", "1,234"], "decimal", False),
        (["0,123"], "decimal", False),
        (["1 234,50"], "decimal", False),
        (["1.234.567"], "decimal", False),
        (["1.234,56", "1,234.56"], "thousands", True),
        (["12,5", "13,5", "1,234.56"], "decimal", True),
    ],
)
def test_what_a_comma_means_is_told_from_the_whole_column(digits: list[str], comma: str, asked: bool) -> None:
    assert comma_of(digits) == (comma, asked)


def test_one_cell_settles_the_commas_of_all() -> None:
    assert figures(["1.234,56", "1.234", "1,5", 3, None, "x"]).numbers == [1234.56, 1234, 1.5, 3, None, None]
    assert figures(["1,234.56", "1.234"]).numbers == [1234.56, 1.234]
    open_one = figures(["1,234"])
    assert (open_one.numbers, open_one.comma, open_one.asked) == ([1234], "thousands", True)
    decided = figures(["1,234"], "decimal")
    assert (decided.numbers, decided.asked) == ([1.234], False)


def test_a_column_says_which_cells_name_a_unit_and_which_a_currency() -> None:
    found = figures(["¥5万", "$3", "US$4", "7", 8.0, None, "3k", True])
    assert found.numbers == [50_000, 3, 4, 7, 8, None, 3000, None]
    assert found.scaled == {0, 6}
    assert found.currencies == {0: "cny", 1: "usd", 2: "usd"}
    assert figures([]).numbers == []
    assert figures([1.5, float("nan"), None]).numbers == [1.5, None, None]


@pytest.mark.parametrize("text", ["千" * 64, "-" * 64, "1 " * 32, "约" * 64, "¥" * 63 + "x", "1,1" * 21, "((((((((5"])
def test_what_is_no_number_is_given_up_at_once(text: str) -> None:
    begun = time.process_time()
    assert parse_number(text) is None
    assert time.process_time() - begun < 0.1


@pytest.mark.parametrize(
    ("header", "brackets", "factor"),
    [
        ("金额", (), None),
        ("金额(万元)", ("万元",), 1e4),
        ("金额（单位：万元）", ("单位:万元",), 1e4),
        ("金额(万元/月)", ("万元/月",), 1e4),
        ("金额_万元", (), 1e4),
        ("销售额万元", (), 1e4),
        ("Amount in thousands", (), 1e3),
        ("Amount (in thousands)", ("in thousands",), 1e3),
        ("Stock", (), None),
    ],
)
def test_the_unit_of_money_in_a_header(header: str, brackets: tuple[str, ...], factor: float | None) -> None:
    assert unit_in(header, brackets, UNITS) == factor


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Speed of answer in seconds", 1 / 3600),
        ("响应时长_秒", 1 / 3600),
        ("平均响应时长秒", 1 / 3600),
        ("处理天数", 24),
        ("响应时长/分钟", 1 / 60),
        ("响应时长/分", 1 / 60),
        ("分钟", 1 / 60),
        ("得分", None),
        ("reviews", None),
    ],
)
def test_the_unit_of_time_in_a_header(header: str, factor: float | None) -> None:
    assert unit_in(header, (), HOURS) == factor


def test_the_unit_above_the_table() -> None:
    assert unit_above(("2026年10月", "单位：万元"), UNITS) == 1e4
    assert unit_above(("制表：千元数码", "单位：元"), UNITS) == 1
    assert unit_above((), UNITS) == 1


CENTS = st.integers(-(10**11), 10**11)
STYLES = {
    "1,234.56": lambda whole, cents: f"{whole:,}.{cents:02d}",
    "1.234,56": lambda whole, cents: f"{whole:,}".replace(",", ".") + f",{cents:02d}",
    "1 234,56": lambda whole, cents: f"{whole:,}".replace(",", " ") + f",{cents:02d}",
    "1'234.56": lambda whole, cents: f"{whole:,}".replace(",", "'") + f".{cents:02d}",
    "1234,56": lambda whole, cents: f"{whole},{cents:02d}",
    "1234.56": lambda whole, cents: f"{whole}.{cents:02d}",
}
AROUND = ["{}", "¥{}", "{} 元", "$ {}", "EUR {}", "{} USD", "\u00a0{}\u00a0", "约{}", "'{}"]
BELOW_NOUGHT = ["-{}", "({})", "{}-", "\u2212{}"]


@given(
    st.lists(CENTS, min_size=1, max_size=20), st.sampled_from(sorted(STYLES)), st.sampled_from(AROUND), st.sampled_from(BELOW_NOUGHT), st.booleans()
)
def test_a_column_written_and_read_again(cents: list[int], style: str, around: str, below: str, wide: bool) -> None:
    def written(number: int) -> str:
        text = around.format(STYLES[style](*divmod(abs(number), 100)))
        text = below.format(text.strip("'")) if number < 0 else text
        return text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else text

    found = figures([written(number) for number in cents])
    assert found.numbers == pytest.approx([number / 100 for number in cents])
    assert not found.asked


ANYTHING = st.one_of(
    st.text(max_size=100), st.floats(), st.integers(), st.just(10**5000), st.booleans(), st.none(), st.datetimes(), st.times(), st.timedeltas()
)
SIGNS = st.text("0123456789.,-+()¥$€%'’ 万千亿元kmeE约分/~", max_size=70)


@given(st.lists(st.one_of(ANYTHING, SIGNS)))
def test_nothing_is_too_odd_to_be_looked_at(cells: list[object]) -> None:
    numbers = figures(cells).numbers
    assert len(numbers) == len(cells)
    assert all(number is None or math.isfinite(number) for number in numbers)
    for cell in cells:
        assert not isinstance(cell, str) or split(cell) is None or split(cell).digits  # type: ignore[union-attr]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_number_written_and_read_again(number: object) -> None:
    assert parse_number(f"{number:,}") == pytest.approx(float(str(number)))
    assert parse_number(f"¥{number:,.2f}") == pytest.approx(float(str(number)))
