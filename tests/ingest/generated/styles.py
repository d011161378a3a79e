"""How values are written in cells: dates, money, hours, percentages, scores, yes and no, a column at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.ingest.generated.words import WORDS

Write = Callable[[Any], Any]
_EPOCH = dt.datetime(1899, 12, 30)
_DOMAINS = {"sales": "deal", "tickets": "case", "complaints": "case", "feedback": "source"}


@dataclass(frozen=True)
class Written:
    """A column as it stands in the sheet. ``unit``: what its header must say; ``write`` writes a total of it."""

    cells: list[Any]
    unit: str = ""
    write: Write = float


_DAYS: list[Write] = [
    lambda day: day,
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.day} {day:%b %Y}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: (day - _EPOCH).days,
]
_MOMENTS: list[Write] = [
    lambda when: when,
    lambda when: f"{when:%Y-%m-%d %H:%M}",
    lambda when: f"{when:%Y-%m-%dT%H:%M:%S}",
    lambda when: f"{when.year}/{when.month}/{when.day} {when.hour}:{when.minute:02d}",
    lambda when: f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}",
]
_MONEY: list[Write] = [
    float,
    lambda amount: f"{amount:.2f}",
    lambda amount: f"¥{amount:,.2f}",
    lambda amount: f"{amount:.2f}元",
    lambda amount: f"{amount:,.2f}",
    lambda amount: f"(¥{-amount:,.2f})" if amount < 0 else f"CNY {amount:,.2f}",
    lambda amount: f"{amount:.2f}".replace(".", ","),
    lambda amount: f"{amount:,.2f}".translate({44: ".", 46: ","}),
    lambda amount: f"{amount / 10_000:.6f}万",
]
_UNITS = {"万元": 10_000, "千元": 1000, "元": 1, "RMB": 1, "k": 1000}
_HOURS: list[tuple[str, Write]] = [
    ("", float),
    ("", lambda hours: f"{hours:g}"),
    ("小时", float),
    ("分钟", lambda hours: float(hours * 60)),
    ("min", lambda hours: f"{hours * 60:g}"),
    ("", lambda hours: f"{int(hours)}:{round(hours % 1 * 60):02d}"),
    ("", lambda hours: f"{int(hours)}小时{round(hours % 1 * 60)}分"),
    ("", lambda hours: f"{hours:g}h"),
    ("天", lambda hours: hours / 24),
]
_PERCENT: list[Write] = [
    lambda share: share,
    lambda share: f"{share * 100:.1f}%",
    lambda share: round(share * 100, 1),
    lambda share: f"{share * 100:g}％",
]
_MONTHS: list[Write] = [
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day.year}年{day.month}月",
    lambda day: f"{day:%Y%m}",
    lambda day: f"{day:%b %Y}",
    lambda day: f"{day.year}/{day.month}",
    lambda day: f"{day.year}.{day.month:02d}",
    lambda day: day,
]
_NUMBERS: list[Write] = [float, lambda number: f"{number:g}", lambda number: f"{number:,.0f} 件"]
_SCORES: dict[float, list[Write]] = {
    5.0: [
        float,
        lambda score: f"{score}分",
        lambda score: f"{score}/5",
        lambda score: "★" * score + "☆" * (5 - score),
        lambda score: {5: "非常满意", 4: "满意", 3: "一般", 2: "不满意", 1: "非常不满意"}[score],
    ],
    10.0: [float, lambda score: f"{score}/10"],
}


def money(draw: st.DrawFn, values: Sequence[float | None], factor: int | None, *, plain: bool = False) -> Written:
    """``factor``: the unit that a title states for all columns; then no cell names one of its own."""
    if factor is not None:
        return _written(values, lambda amount: round(amount / factor, 6))
    unit = draw(st.sampled_from(["", *_UNITS]))
    if unit:
        by = _UNITS[unit]
        return _written(values, lambda amount: round(amount / by, 6), unit)
    return _written(values, draw(st.sampled_from(_MONEY[:2] if plain else _MONEY)))


def column(draw: st.DrawFn, kind: str, table: str, values: Sequence[Any], factor: int | None, year: int | None) -> Written:
    """A column of meant values, written in one style; a score comes as (value, scale)."""
    if kind == "money":
        return money(draw, values, factor)
    if kind == "hours":
        unit, write = draw(st.sampled_from(_HOURS))
        return _written(values, write, unit)
    if kind == "flag":
        return _spoken(draw, "flag", {True: "yes", False: "no"}, values)
    if kind == "status":
        return _spoken(draw, _DOMAINS[table], None, values)
    if kind in ("date", "datetime", "period"):
        return _written(values, _dated(draw, kind, [value for value in values if value is not None], year))
    if kind == "score":
        scale = next(value[1] for value in values if value is not None)
        write = draw(st.sampled_from(_SCORES[scale]))
        return _written([None if value is None else value[0] for value in values], write)
    if kind in ("percent", "number", "count"):
        return _written(values, draw(st.sampled_from(_PERCENT if kind == "percent" else _NUMBERS)))
    return _written(values, lambda value: value)


def _written(values: Sequence[Any], write: Write, unit: str = "") -> Written:
    return Written([None if value is None else write(value) for value in values], unit, write)


def _dated(draw: st.DrawFn, kind: str, days: list[Any], year: int | None) -> Write:
    if kind == "period":
        months = [dt.datetime(int(day[:4]), int(day[5:]), 1) for day in days]
        bare = [lambda day: f"{day.month}月", lambda day: day.month] if year and {day.year for day in months} <= {year} else []
        chosen = draw(st.sampled_from([*_MONTHS, *bare]))
        return lambda day: chosen(dt.datetime(int(day[:4]), int(day[5:]), 1))
    if kind == "datetime":
        styles = list(_MOMENTS)
        months_first = [lambda when: f"{when.month}/{when.day}/{when.year} {when:%I:%M %p}"]
        days_first = [lambda when: f"{when.day:02d}.{when.month:02d}.{when.year} {when:%H:%M}"]
    else:
        styles = list(_DAYS)
        months_first = [lambda day: f"{day.month}/{day.day}/{day.year}", lambda day: f"{day:%m-%d-%Y}"]
        days_first = [lambda day: f"{day.day}/{day.month}/{day.year}", lambda day: f"{day:%d.%m.%Y}"]
        if year and {day.year for day in days} <= {year}:
            styles.append(lambda day: f"{day.month}月{day.day}日")
    # 5/10/2026 alone is a riddle to people too: one day of the column must stand above 12.
    if any(day.day > 12 for day in days):
        styles += [*months_first, *days_first]
    return draw(st.sampled_from(styles))


def _spoken(draw: st.DrawFn, domain: str, meanings: dict[Any, str] | None, values: Sequence[Any]) -> Written:
    words: dict[str, list[str]] = {}
    for word, meaning in WORDS.values[domain].items():  # type: ignore[index]
        words.setdefault(meaning, []).append(word)
    said = {value: draw(st.sampled_from(words[meanings[value] if meanings else value])) for value in dict.fromkeys(values) if value is not None}
    return Written([None if value is None else said[value] for value in values])
