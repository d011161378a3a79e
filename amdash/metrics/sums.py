"""Sums that come out the same on every engine, in any order of the rows.

Adding binary fractions rounds after every step, so that the last digits depend on the order: engines differ, one engine differs from run
to run, and a figure would change although nothing was uploaded. Here every number is cut into whole multiples of 1, 2**-26, 2**-52 and
2**-78. Such whole numbers add up without rounding, and the four sums are put together once, in one order.
Source: the error-free splitting of Rump, Ogita and Oishi, Accurate Floating-Point Summation, SIAM J. Sci. Comput. 31 (2008), with
fixed cuts as in Demmel and Nguyen, Parallel Reproducible Summation, IEEE Trans. Comput. 64 (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from amdash.metrics.engines import Rows, collected

_STEP = 2.0**26
_LEVELS = 4


def sums(rows: Rows, by: Sequence[str], values: Sequence[str]) -> pd.DataFrame:
    """The sum of each value and ``n``, the number of rows, per group; missing values add nothing.

    Columns: ``by``, ``values`` (float64), n. Rows: one per group, in no promised order. Empty: no rows.
    Exact, but for one rounding of the result to a float64: while a group has fewer than 2**27 rows and its sum stays below
    2**53 (9 000 000 000 000 000), for numbers from 2**-25 (0.00000003) on; of smaller ones what is below 2**-78 is left out.
    """
    schema = rows.collect_schema()
    cut = [name for name in values if schema[name].is_float()]
    whole = [name for name in values if name not in cut]
    if whole:
        rows = rows.with_columns(nw.col(name).cast(nw.Float64) for name in whole)
    for level in range(_LEVELS if cut else 0):
        rows = rows.with_columns(_towards_zero(nw.col(name)).alias(_part(name, level)) for name in cut)
        rows = rows.with_columns((nw.col(name) - nw.col(_part(name, level))) * _STEP for name in cut)
    added = [*whole, *(_part(name, level) for name in cut for level in range(_LEVELS))]
    frame = collected(rows.group_by(*by).agg(nw.len().alias("n"), *(nw.col(name).sum() for name in added)))
    return frame.assign(**{name: _together(frame, name) for name in cut})[[*by, *values, "n"]]


def _towards_zero(number: nw.Expr) -> nw.Expr:
    """The whole part. What is left of -0.1 is -0.1, but what is left above the floor of it, 0.9, no binary fraction is as exactly."""
    return nw.when(number < 0).then(number.ceil()).otherwise(number.floor())


def _part(name: str, level: int) -> str:
    return f"{name}__{level}"


def _together(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    """The sum, from its smallest part up."""
    total = frame[_part(name, _LEVELS - 1)].astype("float64")
    for level in reversed(range(_LEVELS - 1)):
        total = frame[_part(name, level)] + total / _STEP
    return total
