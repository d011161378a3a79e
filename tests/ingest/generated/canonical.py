"""Canonical tables made up by chance: what the rows mean, before anybody writes them down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from amdash.schema import TABLES, Field
from tests.ingest.generated.words import words_of

NAMES = ["李明", "王晓梅", "欧阳静", "Ann Lee", "张三", "O'Neil", "陈晨"]
PLACES = ["华东", "华南", "North", "西区", "South"]
FIRMS = ["鼎盛机电", "Smith & Co", "ABC-12", "总计划科技", "第一“分店”", "平均律琴行", "Total Wine"]
TEXTS = ["加急", "a, b", 'said "no"', "电话", "两行\n文字", "100%", "＃1", "c;d"]
_STATUS = {"sales": ["won", "lost", "open", "cancelled"], "feedback": ["supervisor", "team", "customer"]}
# A sheet with a column for the answer says of every row whether there was one.
_IMPLIED = {
    "tickets": {"answered": ("first_response_at", "response_hours"), "resolved": ("resolved_at", "resolution_hours")},
    "complaints": {"resolved": ("resolved_on",)},
}
_WITHIN = {"complaints_resolved": "complaints", "satisfied": "responses", "tickets_answered": "tickets"}
# Empty in one row, these are filled from above or reported: an empty cell in them means something of its own.
_NEVER_EMPTY = {"manager", "team", "region", "name", "period", "employee_no"}
_MOMENT = st.integers(0, 1000 * 24 * 60).map(lambda minutes: dt.datetime(2024, 1, 14, 9) + dt.timedelta(minutes=minutes))
_LONGEST = 8
_NOTHING: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Canonical:
    """``values``: field -> what each row means, None for an empty cell. A score is (value, what it is out of)."""

    table: str
    values: dict[str, list[Any]]

    @property
    def rows(self) -> int:
        return len(next(iter(self.values.values())))

    def expected(self) -> dict[str, list[Any]]:
        """The values as they are read: with scales, and with the flags that other columns tell."""
        result = {name: [value[0] if isinstance(value, tuple) else value for value in values] for name, values in self.values.items()}
        if "score" in self.values and "scale" in TABLES[self.table].names:
            scale = self.values["score"][0][1]
            result["scale"] = [scale] * self.rows
        for flag, names in _IMPLIED.get(self.table, {}).items():
            telling = [self.values[name] for name in names if name in self.values]
            if telling:
                told = [any(cell is not None for cell in cells) for cells in zip(*telling, strict=True)]
                result[flag] = [one if stated is None else stated for one, stated in zip(told, result.get(flag, [None] * self.rows), strict=True)]
        return result


@st.composite
def canonical(
    draw: st.DrawFn, tables: tuple[str, ...] = tuple(TABLES), least: int = 1, most: int = _LONGEST, needs: Mapping[str, tuple[str, ...]] = _NOTHING
) -> Canonical:
    """A table with its required fields and those it ``needs``, some of the others, and ``least`` to ``most`` rows."""
    table = TABLES[draw(st.sampled_from(tables))]
    rows = draw(st.integers(least, most))
    needed = [*table.required, *(draw(st.sampled_from(group)) for group in table.one_of)]
    # A list of one column says nothing; sales and complaints without anybody are fine.
    needed += ["team"] if table.name == "managers" else ["industry"] if table.name == "customers" else []
    needed += [draw(st.sampled_from(["manager", "team"]))] if table.name == "targets" else []
    # One known word alone is no header to anybody.
    needed += ["manager"] if table.name in ("tickets", "complaints") else []
    needed += needs.get(table.name, ())
    needed = list(dict.fromkeys(needed))
    free = [field.name for field in table.fields if field.name not in needed and field.name != "scale" and words_of(table.name, field.name)]
    names = list(dict.fromkeys([*needed, *draw(st.lists(st.sampled_from(free), unique=True, max_size=6))]))
    begun = sorted(draw(st.lists(_MOMENT, min_size=rows, max_size=rows)))
    out_of = draw(st.sampled_from([5.0, 10.0])) if table.name != "feedback" else 5.0
    values: dict[str, list[Any]] = {}
    for name in names:
        column = _column(draw, table.field(name), table.name, begun, out_of)
        if name in _WITHIN and _WITHIN[name] in names:
            continue
        values[name] = column if name in needed else _thinned(draw, name, column)
    for part, whole in _WITHIN.items():
        if part in names and whole in names:
            values[part] = [None if all_of is None else all_of - draw(st.integers(0, int(all_of))) for all_of in values[whole]]
    if "hired_on" in values and "left_on" in values:
        values["hired_on"] = [min(one or begin, begin) for one, begin in zip(values["hired_on"], begun, strict=True)]
        values["hired_on"] = [when.replace(hour=0, minute=0) for when in values["hired_on"]]
        values["left_on"] = [None if one is None else max(one, begin) for one, begin in zip(values["left_on"], values["hired_on"], strict=True)]
    return Canonical(table.name, {name: values[name] for name in names})


def _thinned(draw: st.DrawFn, name: str, column: list[Any]) -> list[Any]:
    """Some cells emptied, never the first: every column has something to be known by."""
    if name in _NEVER_EMPTY:
        return column
    mask = draw(st.integers(0, 2 ** (len(column) - 1) - 1))
    return [None if place and mask >> (place - 1) & 1 else value for place, value in enumerate(column)]


def _column(draw: st.DrawFn, field: Field, table: str, begun: list[dt.datetime], out_of: float) -> list[Any]:
    rows = len(begun)

    def many(one: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(one, min_size=rows, max_size=rows))

    if field.kind in ("date", "datetime"):
        later = [0] * rows if field.required else many(st.integers(0, 19 * 24 * 60))
        whens = [when + dt.timedelta(minutes=minutes) for when, minutes in zip(begun, later, strict=True)]
        if field.name == "opened_on":
            whens = [when - dt.timedelta(minutes=minutes) for when, minutes in zip(begun, later, strict=True)]
        return whens if field.kind == "datetime" else [when.replace(hour=0, minute=0) for when in whens]
    if field.kind == "period":
        return [f"{when:%Y-%m}" for when in begun]
    if field.kind == "name":
        return _names(draw, field.name, rows)
    if field.kind == "score":
        # Marks up to 5 may as well be poor ones out of 10: the first one tells.
        scale = 10.0 if field.name == "likelihood" else out_of
        return [(score, scale) for score in many(st.integers(6, 10) if scale == 10 else st.integers(2, 5))]
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "text": st.sampled_from(TEXTS[: 4 if field.name in ("industry", "tags") else None]),
        "money": st.integers(-500_000 if table == "sales" else 100, 500_000_000).map(lambda cents: cents / 100),
        "number": st.integers(0, 20_000),
        "count": st.integers(0, 300),
        "hours": st.integers(0, 400).map(lambda quarters: quarters / 4),
        "percent": st.integers(20, 990).map(lambda tenths: tenths / 1000),
        "flag": st.booleans(),
        "status": st.sampled_from(_STATUS.get(table, ["resolved", "open"])),
    }
    return many(by_kind[field.kind])


def _names(draw: st.DrawFn, name: str, rows: int) -> list[Any]:
    if name in ("name", "customer_no", "order_no", "ticket_no", "complaint_no", "response_no", "employee_no", "email"):
        # No two alike: a number is given once.
        first = draw(st.integers(1, 900))
        return [f"N-{first + place:04d}" if name != "name" else f"{NAMES[place % len(NAMES)]}{'甲乙'[place // len(NAMES)]}" for place in range(rows)]
    pool = {"manager": NAMES, "recorded_by": NAMES, "customer": FIRMS, "region": PLACES, "team": PLACES}.get(name, ["A", "VIP", "普通"])
    return draw(st.lists(st.sampled_from(pool), min_size=rows, max_size=rows))
