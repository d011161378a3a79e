"""The steps that KPIs share: months, owners, sums, and the types of what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import narwhals as nw
import pandas as pd
import pytest

from amdash.metrics import cells
from amdash.metrics.spec import CELL_COLUMNS, Facts

Make = Callable[..., Facts]
TYPES = {name: dtype for name, dtype in CELL_COLUMNS.items() if name != "kpi"}


def rows(*given: tuple[str | None, str | None, str, float]) -> nw.DataFrame[Any]:
    """manager, team, month, numerator."""
    frame = pd.DataFrame(list(given), columns=["manager", "team", "month", "numerator"])
    return nw.from_native(
        frame.astype({"manager": "str", "team": "str", "month": "str", "numerator": "float64"}).assign(denominator=1), eager_only=True
    )


def test_a_row_gets_the_month_of_its_date(facts: Make) -> None:
    dates = ["2026-01-01", "2026-12-31", None, "1999-07-09"]
    frame = cells.with_month(facts(sales=[{"date": date, "amount": 1.0} for date in dates])["sales"], "date")
    assert frame["month"].to_list() == ["2026-01", "2026-12", "1999-07"]
    assert frame["team"].to_list() == [None, None, None] or frame["team"].is_null().all()


def test_the_last_minute_of_a_month_is_in_it(facts: Make) -> None:
    opened = ["2026-10-31 23:59:59.999999", "2026-11-01 00:00"]
    frame = cells.with_month(facts(tickets=[{"opened_at": moment} for moment in opened])["tickets"], "opened_at")
    assert frame["month"].to_list() == ["2026-10", "2026-11"]


def test_a_team_that_is_there_is_kept(facts: Make) -> None:
    frame = cells.with_month(facts(staff_surveys=[{"date": "2026-10-08", "score": 5, "team": "华东组"}])["staff_surveys"], "date")
    assert frame["team"].to_list() == ["华东组"]


def test_cells_are_sums_per_owner_and_month() -> None:
    frame = cells.summed(rows(("李明", None, "2026-10", 2), ("李明", None, "2026-10", 3), ("李明", None, "2026-11", 5), ("王芳", None, "2026-10", 7)))
    assert frame.dtypes.astype(str).to_dict() == TYPES
    assert frame.drop(columns="team").to_numpy().tolist() == [
        ["李明", "2026-10", 5, 2, 2, 0],
        ["李明", "2026-11", 5, 1, 1, 0],
        ["王芳", "2026-10", 7, 1, 1, 0],
    ]
    assert frame["team"].isna().all()


def test_rows_that_name_nobody_are_an_owner_of_their_own() -> None:
    frame = cells.summed(rows((None, None, "2026-10", 2), ("", None, "2026-10", 3), (None, "", "2026-10", 4), (None, "华东组", "2026-10", 7)))
    assert frame["manager"].isna().all()
    assert [(None if pd.isna(team) else team, numerator) for team, numerator in zip(frame["team"], frame["numerator"], strict=True)] == [
        (None, 9),
        ("华东组", 7),
    ]


def test_squares_are_summed_where_there_are_any() -> None:
    squared = rows(("李明", None, "2026-10", 2), ("李明", None, "2026-10", 3)).with_columns(square=nw.col("numerator") * nw.col("numerator"))
    assert cells.summed(squared)["sum_of_squares"].tolist() == [13]


def test_no_rows_are_no_cells_of_the_declared_types(no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(cells.summed(rows()), no_cells)
    pd.testing.assert_frame_equal(cells.finished(None), no_cells)
    pd.testing.assert_frame_equal(cells.finished(pd.DataFrame({"manager": []})), no_cells)


def test_what_a_kpi_leaves_out_is_nought() -> None:
    bare = pd.DataFrame(
        {"manager": ["李明", ""], "team": ["", None], "month": ["2026-10", "2026-10"], "numerator": [1, 2], "more": [0, 0]}, index=[7, 9]
    )
    frame = cells.finished(bare)
    assert frame.dtypes.astype(str).to_dict() == TYPES
    assert frame[["numerator", "denominator", "n", "sum_of_squares"]].to_numpy().tolist() == [[1, 0, 0, 0], [2, 0, 0, 0]]
    assert frame["manager"].isna().tolist() == [False, True]
    assert frame["team"].isna().all()
    assert list(frame.index) == [0, 1]
    assert list(bare) == ["manager", "team", "month", "numerator", "more"]


def test_an_order_without_any_status_is_won(facts: Make) -> None:
    stated = [None, "won", "lost", "open", "cancelled"]
    frame = cells.won_sales(facts(sales=[{"date": "2026-10-08", "amount": 1.0, "status": status} for status in stated]))
    assert frame["source_row"].to_list() == [2, 3]


def who(given: Facts, table: str, dated_by: str) -> list[str | None]:
    """Who each row of a table is said to be of."""
    rows_ = cells.with_month(given[table], dated_by)
    found = cells.with_customer(rows_, given)
    # Nothing else of a row is touched, and none is lost or doubled.
    pd.testing.assert_frame_equal(found.drop("who").to_pandas()[rows_.columns], rows_.to_pandas())
    return [None if pd.isna(one) else one for one in found["who"].to_list()]


def orders(*keys: tuple[str | None, str | None]) -> list[dict[str, Any]]:
    return [{"date": "2026-10-08", "amount": 1.0, "customer_no": number, "customer": name} for number, name in keys]


def test_a_customer_is_its_number_or_else_its_name(facts: Make) -> None:
    assert who(facts(sales=orders(("K1", "甲"), (None, "乙"), ("K3", None), (None, None))), "sales", "date") == ["K1", "乙", "K3", None]


@pytest.mark.parametrize("named_in", ["sales", "customers"])
def test_a_name_that_has_one_number_anywhere_is_that_number(facts: Make, named_in: str) -> None:
    # 甲 twice with the same number, which is one; a name that nothing is said of stays a name.
    known = {"customers": [{"customer": "甲", "customer_no": "K1"}] * 2, "sales": orders(("K1", "甲"), ("K1", "甲"))}[named_in]
    rows_ = orders((None, "甲"), (None, "乙"), (None, None))
    given = facts(sales=rows_, customers=known) if named_in == "customers" else facts(sales=rows_ + known)
    assert who(given, "sales", "date")[:3] == ["K1", "乙", None]


def test_a_name_of_two_numbers_tells_nobody(facts: Make) -> None:
    given = facts(sales=orders(("K1", "张伟"), (None, "张伟")), customers=[{"customer": "张伟", "customer_no": "K2"}])
    assert who(given, "sales", "date") == ["K1", "张伟"]


def test_a_number_of_two_names_is_one_customer(facts: Make) -> None:
    given = facts(sales=orders(("K1", "旧名"), (None, "旧名"), (None, "新名")), customers=[{"customer": "新名", "customer_no": "K1"}])
    assert who(given, "sales", "date") == ["K1", "K1", "K1"]


def test_a_ticket_has_no_number_but_finds_it(facts: Make) -> None:
    opened = [{"opened_at": "2026-10-08 10:00", "customer": name} for name in ("甲", "乙", None)]
    assert who(facts(sales=orders(("K1", "甲")), tickets=opened), "tickets", "opened_at") == ["K1", "乙", None]


@pytest.mark.parametrize(("hour", "waited"), [(10, 0), (11, 1), (9, -1)])
def test_how_long_a_ticket_has_waited(facts: Make, hour: int, waited: float) -> None:
    given = facts(tickets=[{"opened_at": "2026-10-08 10:00"}], as_of=dt.datetime(2026, 10, 8, hour))
    frame = cells.response_hours(given)
    assert frame["waited"].to_list() == [waited]
    assert frame["hours"].is_null().to_list() == [True]


def test_hours_are_stated_or_else_the_difference(facts: Make) -> None:
    rows_ = [
        {"first_response_at": "2026-10-09 11:30"},
        {"response_hours": 3},
        {"first_response_at": "2026-10-08 10:00:00.000036", "response_hours": 0},
    ]
    frame = cells.response_hours(facts(tickets=[{"opened_at": "2026-10-08 10:00", **row} for row in rows_]))
    assert frame["hours"].to_list() == [25.5, 3, 0]


def test_a_score_is_a_share_of_its_scale(facts: Make) -> None:
    marks = [(4, 5), (8, 10), (None, 5), (3, None), (0, 100)]
    frame = cells.scored(facts(surveys=[{"date": "2026-10-08", "score": score, "scale": scale} for score, scale in marks]), "surveys")
    assert frame["share"].to_list() == [0.8, 0.8, 0]
