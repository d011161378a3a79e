"""The engine that the pass from facts to cells runs on: pandas, Polars or DuckDB, with equal cells.

The pass is written once, in narwhals. On pandas it computes at once, elsewhere it describes what is to be computed, until the cells,
which are few, are collected. It uses nothing that PySpark lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, fields
from functools import wraps
from importlib.util import find_spec
from threading import Lock
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from amdash.errors import AmdashError
from amdash.metrics.spec import Facts
from amdash.schema import TABLES

ENGINES = ("pandas", "polars", "duckdb")
# A narwhals frame, of which nothing is asked but what both have: a DataFrame on pandas, a LazyFrame on other engines.
Rows: TypeAlias = Any
# The row's place in its table: of equal dates the first row decides, of equal entries the last, and not every engine keeps an order.
PLACE = "place"
_DUCKDB = Lock()


@dataclass(frozen=True)
class EngineFacts(Facts):
    """Facts made ready for one pass: the tables are frames of an engine with ``place`` and, where dated, ``month``.

    Left out is what no figure counts: texts, and where the table is dated, the numbers of its rows and of employees, whose
    managers are known by then. ``made``: what several KPIs count, made once (see :func:`once`).
    """

    made: dict[tuple[Any, ...], Rows] = field(default_factory=dict, compare=False, repr=False)


def on_engine(facts: Facts, engine: str = "pandas") -> EngineFacts:
    """The facts made ready for a pass on an engine; the tables given are pandas frames and stay as they are.

    Errors: AmdashError for an engine that is unknown, or is not installed.
    """
    if engine not in ENGINES:
        raise AmdashError("unknown_engine", engine=engine, known=", ".join(ENGINES))
    if find_spec(engine) is None:
        raise AmdashError("engine_missing", engine=engine)
    tables = {name: _moved(_ready(name, frame), engine) for name, frame in facts.tables.items()}
    return EngineFacts(**{one.name: getattr(facts, one.name) for one in fields(Facts)} | {"tables": tables})


def turn(engine: str) -> AbstractContextManager[Any]:
    """The time in which a pass runs: DuckDB's connection refuses two calls at once, so passes on it wait for one another."""
    return _DUCKDB if engine == "duckdb" else nullcontext()


def once(select: Callable[..., Rows]) -> Callable[..., Rows]:
    """A selection of rows that all KPIs of a pass share: made for the first of them, and kept for the others."""

    @wraps(select)
    def made(facts: Facts, *names: str) -> Rows:
        if not isinstance(facts, EngineFacts):
            return select(facts, *names)
        if (select, *names) not in facts.made:
            facts.made[select, *names] = select(facts, *names)
        return facts.made[select, *names]

    return made


def placed(facts: Facts, table: str) -> Rows:
    """A table's rows with ``place``, which counts them from 0. Tables of engines that keep no order bring it along."""
    rows = nw.from_native(facts[table])
    if PLACE in rows.collect_schema().names():
        return rows
    return rows.with_row_index(PLACE).with_columns(nw.col(PLACE).cast(nw.Int64))


def collected(rows: Rows) -> pd.DataFrame:
    """The rows, computed, as a pandas frame whose texts are of pandas' own type."""
    found = rows.lazy().collect()
    texts = [name for name, dtype in found.schema.items() if dtype == nw.String]
    frame: pd.DataFrame = found.to_pandas()
    if frame.empty:
        # Columns of no chunks, which DuckDB gives, pandas cannot merge.
        return pd.DataFrame({name: pd.Series(dtype="str" if name in texts else dtype) for name, dtype in frame.dtypes.items()})
    return frame.astype(dict.fromkeys(texts, "str"))


def months(dates: pd.Series[Any]) -> pd.Series[Any]:
    """'YYYY-MM' of each date, missing where it is: formatting a million dates takes half a second, and there are few months."""
    numbers = (dates.dt.year * 12 + dates.dt.month - 1).fillna(-1).to_numpy(dtype="int64")
    known, codes = np.unique(numbers, return_inverse=True)
    names = [None if number < 0 else f"{number // 12:04d}-{number % 12 + 1:02d}" for number in known]
    coded = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names, type=pa.large_string()))
    # Its values, without an index of their own: the rows given may be some of many.
    return pd.Series(coded.cast(pa.large_string()).to_pandas().array, index=dates.index, dtype="str")


def _ready(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    table = TABLES[name]
    dated = table.dated_by is not None and table.field(table.dated_by).kind != "period"
    uncounted = {one.name for one in table.fields if one.kind == "text"} | ({*table.key, "employee_no", "source_row"} if dated else set())
    frame = frame[[column for column in frame.columns if column not in uncounted]].assign(**{PLACE: np.arange(len(frame))})
    # Weeks, where the facts are by the week.
    return frame.assign(month=months(frame[str(table.dated_by)])) if dated and "month" not in frame else frame


def _moved(frame: pd.DataFrame, engine: str) -> Any:
    """The frame on an engine, by way of Arrow, which tells missing numbers from those that are none."""
    if engine == "pandas":
        return frame
    return nw.from_native(pa.Table.from_pandas(frame, preserve_index=False), eager_only=True).lazy(engine).to_native()
