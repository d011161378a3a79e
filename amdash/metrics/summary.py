"""Cells from sheets in which somebody has added things up already: they fill in where there is no detail.

Where both are there, detail wins, and :func:`differences` tells where the two do not say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.cells import finished, won_sales
from amdash.metrics.kpi import sales_amount
from amdash.metrics.kpi.sales_attainment import sales_targets
from amdash.metrics.period import is_month
from amdash.metrics.spec import CELL_COLUMNS, Facts

KEY = ["kpi", "manager", "month"]
DIFFERENCE_COLUMNS = [*KEY, "detail", "summary"]
_OWNER = ["manager", "team", "month"]
_FIELDS: dict[str, list[str]] = {
    "sales_amount": ["sales_amount"],
    "sales_attainment": ["sales_amount", "sales_target"],
    "new_customers": ["new_customers"],
    "csat": ["satisfied", "satisfaction_pct"],
    "complaint_resolution": ["complaints", "complaints_resolved"],
    "complaint_rate": ["complaints", "active_customers"],
    "response_time": ["response_hours"],
    "answer_rate": ["tickets", "tickets_answered"],
}
# Fields that carry a rounding -> the coarsest power of ten they are taken to be stated in: thousands, whole hours, whole per cent.
_STATED = {"sales_amount": 3, "sales_target": 3, "response_hours": 0, "satisfaction_pct": -2}
# What is never told apart: half a cent, half a head; half a minute; of ratios, float noise alone.
_LEAST = {"sales_amount": 0.005, "new_customers": 0.005, "response_time": 0.5 / 60}
_RELATIVE = 1e-6
# These say 0 of a manager of whom no sale is known, also where it is the sales sheet that is missing.
_NOUGHT_WITHOUT_SALES = ("new_customers", "sales_attainment")

Key = tuple[str, str, str, str]


def cells(facts: Facts) -> pd.DataFrame:
    """What the summaries alone say. Columns: CELL_COLUMNS and ``rounding``, half a unit of the last digit stated, in the KPI's unit.

    Rows: one per kpi, manager, team and month. Rows of one month (days, weeks) add up, and a rate is weighted by the count beside
    it; customers served are the same ones every week, so the largest number of the month counts.
    A rate without its count weighs as one case and has n = 0: it is shown, is 'too few to say', enters no score, and moves a team
    hardly. What is part of a whole (resolved, satisfied, answered) is at most that whole. Employee satisfaction is left out: a summary
    does not say how many have answered, so it may rest on fewer than five.
    Empty: no rows, every column.
    """
    rows = _rows(facts)
    sold = [_sales(rows), _attainment(_totals(rows)), _new_customers(rows)]
    return _typed([*sold, _csat(rows), *_complaints(rows), _response_time(rows), _answer_rate(rows)])


def completed(detail: pd.DataFrame, facts: Facts, kpis: Sequence[str]) -> pd.DataFrame:
    """The detail's cells with those of the summaries where there is no detail; without summaries, the detail as it is."""
    added = filled(detail, facts, kpis)
    if added.empty:
        return detail
    replaced = set(_keys(added))
    kept = detail.loc[[key not in replaced for key in _keys(detail)]]
    return pd.concat([kept, added], ignore_index=True) if len(kept) else added


def filled(detail: pd.DataFrame, facts: Facts, kpis: Sequence[str]) -> pd.DataFrame:
    """The cells of these KPIs that the summaries add to the detail. Columns: CELL_COLUMNS.

    A manager's month that has detail takes nothing. Where all detail of a month names nobody, no summary of a manager is taken, and
    a summary that names nobody only where there is no detail at all: the same things would count twice.
    """
    rows = _rows(facts)
    if rows.empty:
        return _typed([])[list(CELL_COLUMNS)]
    sold = sales_amount.cells(facts)
    found = cells(facts)
    found = found[found["kpi"].isin([kpi for kpi in kpis if kpi != "sales_attainment"])]
    # A summary's sales are gross: what of them came back it does not say.
    if "sales_attainment" in kpis and facts.attainment_from == "sales_amount":
        found = pd.concat([found, _typed([_attainment(_with_detail(_totals(rows), facts, sold))])], ignore_index=True)
    held = detail[~hollow(detail, sold)]
    keys = _keys(held)
    taken, months = set(keys), {(kpi, month) for kpi, _manager, _team, month in keys}
    # A team's target beside its people's would measure one sale twice.
    named = {(kpi, month) for kpi, manager, _team, month in keys if manager}
    nameless = {(kpi, month) for kpi, manager, _team, month in keys if not manager}
    shut = {key for key in nameless if key not in named or key[0] == "sales_attainment"}
    free = [key not in taken and (key[0], key[3]) not in (shut if key[1] else months) for key in _keys(found)]
    return found.loc[free, list(CELL_COLUMNS)].reset_index(drop=True)


def behind(added: pd.DataFrame, facts: Facts, kpi: str) -> list[pd.DataFrame]:
    """The rows behind the cells that :func:`filled` gave for a KPI, with ``month``: the summary's, and sales held against its target."""
    wanted = {key[1:] for key in _keys(added[added["kpi"] == kpi])}
    if not wanted:
        return []
    rows = _rows(facts)
    stated = rows.index[rows[_FIELDS[kpi]].notna().any(axis=1)]
    raw: pd.DataFrame = nw.from_native(facts["summary"], eager_only=True).to_pandas()
    frames = [raw.loc[stated].assign(month=raw["period"])]
    if kpi == "sales_attainment":
        frames.append(won_sales(facts).to_pandas())
    return [frame.loc[[key[1:] in wanted for key in _keys(frame.assign(kpi=kpi, team=_team_of(frame)))]] for frame in frames]


def hollow(detail: pd.DataFrame, sold: pd.DataFrame) -> pd.Series[Any]:
    """Which cells say 0 of a manager's month of which there is no sale. ``sold``: the cells of the detail's sales."""
    with_sales = set(zip(sold["manager"], sold["month"], strict=True))
    unsold = pd.Series([pair not in with_sales for pair in zip(detail["manager"], detail["month"], strict=True)], index=detail.index, dtype="bool")
    return detail["kpi"].isin(_NOUGHT_WITHOUT_SALES) & (detail["numerator"] == 0) & detail["manager"].notna() & unsold


def differences(from_detail: pd.DataFrame, from_summary: pd.DataFrame) -> pd.DataFrame:
    """The manager-months of which detail and summary do not say the same. Columns: kpi, manager, month, detail, summary (values).

    The same: within half a unit of the last digit that the summary states (``rounding``, where its cells have it) and within what
    is never told apart. Not compared: what has no value on one side, and complaint rates of equally many complaints, since
    a summary counts its customers in its own way.  Empty: no rows, every column.
    """
    both = _valued(from_detail).merge(_valued(from_summary), on=[*KEY, "team"], suffixes=("_detail", "_summary"))
    both = both[(both["kpi"] != "complaint_rate") | (both["numerator_detail"] != both["numerator_summary"])]
    detail, summary = both["value_detail"].to_numpy(), both["value_summary"].to_numpy()
    least = both["kpi"].map(_LEAST).fillna(0.0).to_numpy()
    room = np.maximum(np.maximum(both["rounding_summary"].to_numpy(), least), _RELATIVE * np.abs(summary))
    apart = both[np.abs(detail - summary) > room * (1 + 1e-9)]
    found: pd.DataFrame = apart.rename(columns={"value_detail": "detail", "value_summary": "summary"})[DIFFERENCE_COLUMNS]
    return found.sort_values(KEY, ignore_index=True)


def _rows(facts: Facts) -> pd.DataFrame:
    """The summary's rows with ``month`` and, per rounded field, ``half_<field>``; owners that are missing are ''."""
    frame: pd.DataFrame = nw.from_native(facts["summary"], eager_only=True).to_pandas()
    frame = frame.loc[[is_month(str(period)) for period in frame["period"]]]
    numbers = {name: frame[name].astype("float64") for names in _FIELDS.values() for name in names}
    numbers["responses"] = frame["responses"].astype("float64")
    frame = frame.assign(**numbers, manager=frame["manager"].fillna(""), team=_team_of(frame), month=frame["period"])
    halves = {f"half_{name}": _half_units(frame, name, coarsest) for name, coarsest in _STATED.items()}
    return frame.assign(**halves)


def _team_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """The team where nobody is named: a person's row needs none beside it."""
    return frame["team"].fillna("").where(frame["manager"].fillna("") == "", "")


def _half_units(rows: pd.DataFrame, name: str, coarsest: int) -> pd.Series[Any]:
    """Half a unit of the last digit in which a sheet's column is written: a column has one format, though 12.30 arrives as 12.3."""
    digits = rows[name].map(lambda value: _last_digit(value, coarsest))
    finest = digits.groupby([rows["source_file"], rows["source_sheet"]], dropna=False).transform("min")
    return 0.5 * 10.0 ** finest.astype("float64")


def _last_digit(value: float, coarsest: int) -> int:
    """The power of ten of the last digit that is not 0: 123400 -> 2, 0.931 -> -3; at most ``coarsest``."""
    if not np.isfinite(value) or value == 0:
        return coarsest
    # Nine places: 93.1 per cent is 0.9309999999999999 after the division.
    return min(coarsest, int(Decimal(f"{value:.9f}").normalize().as_tuple().exponent))


def _summed(kpi: str, rows: pd.DataFrame, **sums: pd.Series[Any]) -> pd.DataFrame:
    """Numerator, denominator, n and rounding added up per owner and month; rows without a numerator or denominator say nothing.

    ``rounding`` comes in units of the numerator.
    """
    frame = rows[_OWNER].assign(kpi=kpi, **sums).dropna(subset=["numerator", "denominator"])
    return frame.groupby(["kpi", *_OWNER], as_index=False)[["numerator", "denominator", "n", "rounding"]].sum()


def _rated(frame: pd.DataFrame) -> pd.DataFrame:
    """Ratios: those of something, with their rounding."""
    frame = frame[frame["denominator"] > 0]
    return frame.assign(rounding=frame["rounding"] / frame["denominator"])


def _sales(rows: pd.DataFrame) -> pd.DataFrame:
    zero = rows["sales_amount"] * 0
    return _summed("sales_amount", rows, numerator=rows["sales_amount"], denominator=zero, n=zero + 1, rounding=rows["half_sales_amount"])


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Sales and target of every owner and month, NaN where no row states it, with the rounding of each."""
    fields = ["sales_amount", "sales_target"]
    halves = {f"half_{name}": rows[f"half_{name}"].where(rows[name].notna()) for name in fields}
    return rows.assign(**halves).groupby(_OWNER, as_index=False)[[*fields, *halves]].sum(min_count=1)


def _with_detail(totals: pd.DataFrame, facts: Facts, sold: pd.DataFrame) -> pd.DataFrame:
    """Sales and targets with what the detail knows of them, which wins; only where one of the two is the summary's."""
    targets: pd.DataFrame = sales_targets(facts).to_pandas()
    known = {"sales_amount": sold.assign(value=sold["numerator"]), "sales_target": targets}
    found = {}
    for name, frame in known.items():
        named = frame[frame["manager"].fillna("") != ""]
        values = dict(zip(zip(named["manager"], named["month"], strict=True), named["value"], strict=True))
        pairs = zip(totals["manager"], totals["month"], strict=True)
        found[name] = pd.Series([values.get(pair, np.nan) for pair in pairs], index=totals.index, dtype="float64")
    completed_totals = totals.assign(**{name: values.fillna(totals[name]) for name, values in found.items()})
    return completed_totals[found["sales_amount"].isna() | found["sales_target"].isna()]


def _attainment(totals: pd.DataFrame) -> pd.DataFrame:
    both = totals[totals["sales_amount"].notna() & (totals["sales_target"] > 0)]
    slack = both["half_sales_amount"].fillna(0) + both["sales_amount"].abs() / both["sales_target"] * both["half_sales_target"].fillna(0)
    found = both[_OWNER].assign(kpi="sales_attainment", numerator=both["sales_amount"], denominator=both["sales_target"], n=1, rounding=slack)
    return _rated(found)


def _new_customers(rows: pd.DataFrame) -> pd.DataFrame:
    zero = rows["new_customers"] * 0
    won = _summed("new_customers", rows, numerator=rows["new_customers"], denominator=zero, n=zero, rounding=zero)
    # Per manager-month, however many rows the month has.
    months = (won["manager"] != "").astype("int64")
    return won.assign(denominator=months, n=months)


def _csat(rows: pd.DataFrame) -> pd.DataFrame:
    counted = rows["satisfied"].notna() & rows["responses"].notna()
    weight = rows["responses"].fillna(1.0)
    share = rows["satisfaction_pct"].clip(0, 1)
    numerator = rows["satisfied"].clip(upper=weight).where(counted, share * weight)
    rounding = (rows["half_satisfaction_pct"] * weight).where(~counted, 0.0)
    return _rated(_summed("csat", rows, numerator=numerator, denominator=weight, n=rows["responses"].fillna(0), rounding=rounding))


def _complaints(rows: pd.DataFrame) -> list[pd.DataFrame]:
    received, zero = rows["complaints"], rows["complaints"] * 0
    # A month may resolve complaints of the one before.
    resolved = rows["complaints_resolved"].clip(upper=received)
    resolution = _rated(_summed("complaint_resolution", rows, numerator=resolved, denominator=received, n=received, rounding=zero))
    counted = _summed("complaint_rate", rows, numerator=received, denominator=zero, n=zero, rounding=zero)
    served = rows.groupby(_OWNER, as_index=False)["active_customers"].max()
    rate = counted.merge(served, on=_OWNER)
    rate = rate.assign(denominator=rate["active_customers"], n=rate["active_customers"]).drop(columns="active_customers")
    return [resolution, _rated(rate)]


def _response_time(rows: pd.DataFrame) -> pd.DataFrame:
    answered = rows["tickets_answered"].fillna(rows["tickets"])
    weight, hours = answered.fillna(1.0), rows["response_hours"]
    rounding = rows["half_response_hours"] * weight
    found = _rated(_summed("response_time", rows, numerator=hours * weight, denominator=weight, n=answered.fillna(0), rounding=rounding))
    # How far the single answers lie apart, a mean does not say.
    return found.assign(sum_of_squares=np.nan)


def _answer_rate(rows: pd.DataFrame) -> pd.DataFrame:
    tickets = rows["tickets"]
    # A month may answer tickets of the one before.
    answered = rows["tickets_answered"].clip(upper=tickets)
    return _rated(_summed("answer_rate", rows, numerator=answered, denominator=tickets, n=tickets, rounding=tickets * 0))


def _typed(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    there = [part for part in parts if not part.empty]
    if not there:
        return finished(None).assign(kpi=pd.Series(dtype="str"), rounding=pd.Series(dtype="float64"))[[*CELL_COLUMNS, "rounding"]]
    frame = pd.concat(there, ignore_index=True)
    if "sum_of_squares" in frame:
        frame["sum_of_squares"] = frame["sum_of_squares"].where(frame["kpi"] == "response_time", 0.0)
    named = finished(frame).assign(kpi=frame["kpi"].astype("str").to_numpy(), rounding=frame["rounding"].to_numpy())
    return named[[*CELL_COLUMNS, "rounding"]].astype({"kpi": "str", "rounding": "float64"})


def _keys(frame: pd.DataFrame) -> list[Key]:
    columns = [frame[name].fillna("") if name in frame else [""] * len(frame) for name in ("kpi", *_OWNER)]
    return list(zip(*columns, strict=True))


def _valued(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells that have a value, owners that are missing ''."""
    total = frame["kpi"] == "sales_amount"
    value = frame["numerator"].where(total, frame["numerator"] / frame["denominator"].where(frame["denominator"] != 0))
    rounding = frame.get("rounding", 0.0)
    owners = {name: frame[name].fillna("") for name in ("manager", "team")}
    kept = frame.assign(value=value, rounding=rounding, **owners)
    return kept.loc[value.notna(), [*KEY, "team", "numerator", "value", "rounding"]]
