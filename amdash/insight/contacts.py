"""Who wrote last: what tickets and complaints say of the contact with each customer."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.cells import with_customer
from amdash.metrics.spec import Facts

COLUMNS: dict[str, str] = {"who": "str", "at": "datetime64[us]", "ours": "bool"}


def contacts(facts: Facts) -> pd.DataFrame:
    """Every time a customer wrote or was answered.

    Rows: a ticket is one of the customer's at its opening, and one of ours at the first response where it was answered; a complaint the
    same at its receipt and its resolution. An answer without a time counts from the opening on. Columns (COLUMNS): who, as everywhere;
    at; ours: whether it was us. In no promised order. Empty: no row, every column.
    """
    parts = [_tickets(facts), _complaints(facts)]
    kept = [part for part in parts if not part.empty]
    return (
        pd.concat(kept, ignore_index=True).astype(COLUMNS) if kept else pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})
    )


def latest(rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """The last contact of each customer up to a moment, by who; columns at and ours. At one moment the answer comes after the question."""
    known = rows[rows["at"].notna() & rows["who"].notna() & (rows["at"] <= until)]
    return known.sort_values(["at", "ours"], kind="stable").drop_duplicates("who", keep="last").set_index("who")[["at", "ours"]]


def _tickets(facts: Facts) -> pd.DataFrame:
    rows = _named(facts, "tickets")
    stated = rows["opened_at"] + pd.to_timedelta(rows["response_hours"], unit="h")
    done = rows["answered"].fillna(value=False).astype("bool") | rows["resolved"].fillna(value=False).astype("bool")
    answered = rows["first_response_at"].fillna(stated).fillna(rows["resolved_at"]).fillna(rows["opened_at"].where(done))
    return _both(rows["who"], rows["opened_at"], answered)


def _complaints(facts: Facts) -> pd.DataFrame:
    rows = _named(facts, "complaints")
    done = rows["resolved"].fillna(value=False).astype("bool") | (rows["status"].fillna("") == "resolved")
    return _both(rows["who"], rows["received_on"], rows["resolved_on"].fillna(rows["received_on"].where(done)))


def _named(facts: Facts, table: str) -> pd.DataFrame:
    rows: nw.DataFrame[Any] = nw.from_native(facts[table][facts[table]["customer"].notna()], eager_only=True)
    frame: pd.DataFrame = with_customer(rows, facts).to_pandas()
    return frame


def _both(who: pd.Series[Any], asked: pd.Series[Any], answered: pd.Series[Any]) -> pd.DataFrame:
    moments = [asked, answered]
    ours = np.repeat([False, True], len(who))
    found = pd.DataFrame({"who": pd.concat([who, who], ignore_index=True), "at": pd.concat(moments, ignore_index=True), "ours": ours})
    return found[found["at"].notna()]
