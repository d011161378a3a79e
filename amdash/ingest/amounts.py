"""Money, numbers and percentages as they stand in sheets; what a comma between digits means is told from the whole column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, Literal, NamedTuple

from amdash.ingest.vocabulary import plain

Comma = Literal["decimal", "thousands"]
# Longer is no number that a person wrote; some patterns take their time over what does not fit.
_LONGEST = 64

_CODES = (
    "aed ars aud brl cad chf clp cny cop czk dkk egp eur gbp hkd huf idr ils inr jpy krw kwd mop mxn myr ngn nok nzd pen php pkr pln"
    " qar ron rub sar sek sgd thb try twd uah usd vnd zar"
)
_SIGNS = (
    "cny ¥ 元 圆 块钱 块 人民币 rmb; usd $ us$ 美元 美金; eur € 欧元 euros euro; gbp £ 英镑; jpy 円 日元 日圆; hkd hk$ 港币 港元;"
    " twd nt$ 新台币 台币; krw ₩ 韩元; inr ₹ rs. rs; rub ₽ 卢布; thb ฿ 泰铢; vnd ₫; php ₱; try ₺; ils ₪; sgd s$ 新加坡元 新币;"
    " aud a$ 澳元; cad c$ 加元; brl r$; pln zł; chf 瑞士法郎"
)
_CURRENCIES = {code: code for code in _CODES.split()} | {word: row.split()[0] for row in _SIGNS.split(";") for word in row.split()}
_FACTORS = {"千": 1e3, "十万": 1e5, "百万": 1e6, "千万": 1e7, "万亿": 1e12, "万": 1e4, "亿": 1e8, "k": 1e3, "w": 1e4, "m": 1e6, "b": 1e9} | {
    "thousand": 1e3, "mn": 1e6, "mln": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}  # fmt: skip
_COUNTERS = [
    "分",
    "星",
    "点",
    "件",
    "个",
    "台",
    "套",
    "次",
    "人",
    "家",
    "单",
    "份",
    "箱",
    "瓶",
    "笔",
    "户",
    "条",
    "位",
    "只",
    "整",
    "左右",
    "points",
    "point",
    "stars",
    "star",
    "pcs",
    "pc",
    "items",
    "units",
]
_ABOUT = ["大约", "约", "≈", "~", "about", "approx.", "approx", "ca."]


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; a Latin one must not run on into another word."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + ("(?![a-z])" if word[-1:].isascii() and word[-1:].isalpha() else "") for word in ordered)


# Possessive, so that a long row of signs is given up at once.
_FIGURE = re.compile(
    rf"^((?:[-+(\s]|{any_of(_ABOUT)}|{any_of(_CURRENCIES)})*+)((?:\d[\d.,' ]*+|\.\d++)(?:e[-+]?\d++)?)"
    rf"((?:[-)\s]|{any_of(_FACTORS)}|{any_of(_CURRENCIES)}|{any_of(_COUNTERS)})*+)$",
    re.I,
)
_CURRENCY = re.compile(any_of(_CURRENCIES), re.I)
_TOKEN = re.compile(rf"({any_of(_FACTORS)})|(?:{any_of(_CURRENCIES)}|{any_of(_COUNTERS)})", re.I)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_POINT = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?", re.I)
_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_BY_GAPS = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"(\d+),(\d+)")
_UNIT_AT_END = re.compile(r"[_/|\\:]\s*([^_/|\\:]+)$|\bin ([a-z]+)\s*$", re.I)
# So short, a word may end in a unit by chance (得分, reviews); these do not.
_SHORT_UNITS = frozenset({"秒", "天"})
_MINUSES = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2015\u2012\u2010\u2011\ufe63", "-") | dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"))


class Figure(NamedTuple):
    """A number as it is written: its digits with their separators, the unit that stands beside it, and the currency."""

    negative: bool
    digits: str
    factor: float | None = None
    currency: str | None = None


@dataclass
class Figures:
    """The numbers of a column, None where a cell is none. ``scaled``: records that name a unit of their own (12.6万).

    ``currencies``: record -> code of the currency that the cell names. ``asked``: nothing tells 1,234 from 1.234.
    """

    numbers: list[float | None]
    scaled: set[int] = field(default_factory=set)
    currencies: dict[int, str] = field(default_factory=dict)
    comma: Comma = "thousands"
    asked: bool = False


def narrow(text: str) -> str:
    """The text half-width, with one kind of minus and of apostrophe, and no apostrophe in front."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_MINUSES)
    return text.strip().lstrip("'")


def split(text: str) -> Figure | None:
    """The parts of a text that is a number; None for every other text."""
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return Figure(text[0] == "-", text.lstrip("-"))
    match = _FIGURE.match(narrow(text))
    if not match:
        return None
    before, digits, behind = match.groups()
    around = before + behind
    signs = around.count("-") + around.count("+") + around.count("(")
    if signs > 1 or (before.count("("), behind.count(")")) not in ((0, 0), (1, 1)):
        return None
    currency = _CURRENCY.search(around) if around.strip("-+() ") else None
    factor = None
    for token in _TOKEN.finditer(behind) if behind else ():
        if token[1]:
            if factor is not None:
                return None
            factor = _FACTORS[token[1].casefold()]
    return Figure("-" in around or "(" in before, digits.strip(), factor, _CURRENCIES[currency[0].casefold()] if currency else None)


def number_of(figure: Figure, comma: Comma) -> float | None:
    """The number, its unit multiplied out, where a comma between digits is what ``comma`` says."""
    number = _digits(figure.digits, comma)
    if number is None:
        return None
    number *= -(figure.factor or 1.0) if figure.negative else (figure.factor or 1.0)
    return number if math.isfinite(number) else None


def _digits(text: str, comma: Comma) -> float | None:
    by_points = _BY_POINTS.fullmatch(text)
    if _POINT.fullmatch(text) and not (by_points and comma == "decimal"):
        return float(text)
    if _BY_GAPS.fullmatch(text):
        return float(text.replace(" ", "").replace("'", "").replace(",", "."))
    if by_points or (comma == "decimal" and _DECIMAL_COMMA.fullmatch(text)):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "")) if _BY_COMMAS.fullmatch(text) else None


def comma_of(digits: Iterable[str]) -> tuple[Comma, bool]:
    """(what a comma is in these numbers, whether that is a guess): 12,5 and 1.234,56 tell, 1,234.5 and 1,234,567 too, 1,234 does not."""
    decimal = thousands = point = doubtful = 0
    for text in digits:
        if "," in text:
            alone = _DECIMAL_COMMA.fullmatch(text)
            if alone and len(alone[2]) == 3 and len(alone[1]) <= 3 and alone[1][0] != "0":
                doubtful += 1
            elif alone or _BY_POINTS.fullmatch(text) or _BY_GAPS.fullmatch(text):
                decimal += 1
            elif _BY_COMMAS.fullmatch(text):
                thousands += 1
        elif "." in text:
            if not _BY_POINTS.fullmatch(text):
                point += 1
            elif text.count(".") > 1:
                decimal += 1
    if decimal and thousands:
        return ("decimal" if decimal > thousands else "thousands"), True
    return ("decimal", False) if decimal else ("thousands", bool(doubtful and not thousands and not point))


def figures(cells: Sequence[Any], decided: Comma | None = None) -> Figures:
    """The cells of a column as numbers; what a comma means is told from all of them, unless it is ``decided``."""
    classes = set(map(type, cells))
    if classes <= {float, NoneType} and all(map(math.isfinite, filter(None, cells))):
        return Figures(list(cells), comma=decided or "thousands")
    found = {value: split(value) for value in dict.fromkeys(value for value in cells if value.__class__ is str)}
    comma, asked = (decided, False) if decided else comma_of(figure.digits for figure in found.values() if figure)
    read = {value: number_of(figure, comma) for value, figure in found.items() if figure}
    result = Figures([read.get(value) if value.__class__ is str else finite(value) for value in cells], comma=comma, asked=asked)
    marked = {value: figure for value, figure in found.items() if figure and (figure.factor or figure.currency)}
    for record, value in enumerate(cells) if marked else ():
        if value.__class__ is str and value in marked:
            if marked[value].factor:
                result.scaled.add(record)
            if currency := marked[value].currency:
                result.currencies[record] = currency
    return result


def finite(value: Any) -> float | None:
    """A number cell as a number; None for yes and no, for other cells, and for what no number holds."""
    if value.__class__ is not float:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not -1e300 < value < 1e300:
            return None
        value = float(value)
    return value if math.isfinite(value) else None


def parse_number(value: Any, comma: Comma = "thousands") -> float | None:
    """The number a cell means: 1,234.50, ¥1234, (1,234) as negative, 12.6万, 5分; a percentage is not one. None when it means none."""
    if isinstance(value, str):
        figure = split(value)
        return None if figure is None else number_of(figure, comma)
    return finite(value)


def without_percent(value: Any) -> tuple[Any, float]:
    """('6.5', 100) for the text '6.5%': the cell without its sign, and what the sign makes it out of; (cell, 1) without one."""
    if value.__class__ is str and value and value[-1] not in "0123456789":
        text = narrow(value[: _LONGEST + 1])
        if text.endswith(("%", "‰")):
            return text[:-1].rstrip(), 100.0 if text[-1] == "%" else 1000.0
    return value, 1.0


def unit_in(header: str, brackets: Sequence[str], units: Mapping[str, float]) -> float | None:
    """The factor of the unit that a header names: (万元), (单位：万元/月), _秒, in seconds, 响应分钟数; None where it names none."""
    for inside in brackets:
        words = [inside, *re.split(r"[\s:：/,，、;；]+", inside)]
        if known := next((name for word in words for name in (word, word.removesuffix("s")) if name in units), None):
            return units[known]
    text = unicodedata.normalize("NFKC", header).casefold().strip()
    match = _UNIT_AT_END.search(text)
    named = (match[1] or match[2]).strip() if match else ""
    if known := next((name for name in (named, named.removesuffix("s")) if name in units), None):
        return units[known]
    bare = plain(header).removesuffix("数")
    ends = [unit for unit in units if (len(unit) > 1 or unit in _SHORT_UNITS) and bare.endswith(unit)]
    return units[max(ends, key=len)] if ends else None


def unit_above(titles: Sequence[str], units: Mapping[str, float]) -> float:
    """The factor that a title above the table states for all of it (单位：万元); 1 where none does."""
    for title in titles:
        for unit, factor in units.items():
            # Not the first letters of a name: 制表：万红 is no unit.
            if factor != 1 and re.search(rf"[(（:：]\s*{re.escape(unit)}(?!\w)", title, re.I):
                return factor
    return 1.0
