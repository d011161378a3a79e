"""Scores by fifths and segments: the R package's published figures, the supermarket's quantiles, ties, and who has not bought."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.preview import read_file
from amdash.insight.customers import profiles, sales_of
from amdash.insight.rfm import OTHERS, SEGMENTS, scores, segments, thresholds
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame

SCORES = ("r", "f", "m", "t")


def known(*rows: tuple[int | None, int, float, int | None]) -> pd.DataFrame:
    """Profiles from recency_days, frequency, monetary and tenure_days."""
    frame = pd.DataFrame(rows, columns=["recency_days", "frequency", "monetary", "tenure_days"])
    return frame.astype({"recency_days": "Int64", "frequency": "int64", "monetary": "float64", "tenure_days": "Int64"})


def scored(r: Any, f: Any, m: Any) -> pd.DataFrame:
    return pd.DataFrame({"r": r, "f": f, "m": m}, dtype="Int64")


def told(frame: pd.DataFrame) -> dict[str, list[int | None]]:
    return {name: [None if pd.isna(value) else int(value) for value in frame[name]] for name in SCORES}


def test_a_fifth_begins_one_above_the_quantile_and_each_score_has_its_own_side() -> None:
    # 1 to 6: quantiles at 2, 3, 4 and 5.
    frame = known(*((value, value, float(10 * value), 100 * value) for value in range(1, 7)))
    assert thresholds(frame) == {
        "r": (3.0, 4.0, 5.0, 6.0),
        "f": (3.0, 4.0, 5.0, 6.0),
        "m": (21.0, 31.0, 41.0, 51.0),
        "t": (201.0, 301.0, 401.0, 501.0),
    }
    assert told(scores(frame)) == {"r": [5, 5, 4, 3, 2, 1], "f": [1, 1, 2, 3, 4, 5], "m": [1, 1, 2, 3, 4, 5], "t": [1, 1, 2, 3, 4, 5]}


def test_the_threshold_itself_belongs_to_the_next_fifth() -> None:
    frame = known(*((1, 1, 1.0, 1),) * 9, (2, 2, 1.99, 2))
    assert thresholds(frame)["m"] == (2.0, 2.0, 2.0, 2.0)
    assert told(scores(frame)) == {"r": [5] * 9 + [1], "f": [1] * 9 + [5], "m": [1] * 10, "t": [1] * 9 + [5]}


def test_one_customer_and_customers_who_are_all_alike() -> None:
    for count in (1, 7):
        assert told(scores(known(*((30, 2, 50.0, 90),) * count))) == {"r": [5] * count, "f": [1] * count, "m": [1] * count, "t": [1] * count}


def test_who_has_not_bought_has_no_score_and_moves_nobodys() -> None:
    buyers = [(value, value, float(value), value) for value in range(1, 7)]
    frame = known((None, 0, 0.0, 5000), *buyers, (None, 0, -9.0, None))
    found = scores(frame)
    pd.testing.assert_frame_equal(found.iloc[1:7].reset_index(drop=True), scores(known(*buyers)))
    assert found.loc[[0, 7], list(SCORES)].isna().all(axis=None)
    assert segments(found).isna().tolist() == [True, *[False] * 6, True]


def test_nobody() -> None:
    for frame in (known(), known((None, 0, 0.0, None))):
        assert thresholds(frame) == {}
        found = scores(frame)
        assert {str(found[name].dtype) for name in SCORES} == {"Int64"}
        assert found[list(SCORES)].isna().all(axis=None)
        assert len(segments(found)) == len(frame)


# Recency, frequency and monetary score -> segment, at both ends of every range of the published table.
@pytest.mark.parametrize(
    ("r", "f", "m", "segment"),
    [
        (5, 5, 5, "champions"),
        (4, 4, 4, "champions"),
        (5, 3, 5, "loyal_customers"),
        (5, 5, 3, "loyal_customers"),
        (3, 5, 5, "loyal_customers"),
        (2, 3, 3, "loyal_customers"),
        (5, 3, 2, "potential_loyalist"),
        (5, 2, 3, "potential_loyalist"),
        (3, 1, 1, "potential_loyalist"),
        (4, 1, 1, "potential_loyalist"),
        (2, 3, 2, "need_attention"),
        (2, 2, 2, "need_attention"),
        (2, 1, 2, "about_to_sleep"),
        (2, 1, 1, "about_to_sleep"),
        (2, 2, 4, "at_risk"),
        (1, 2, 2, "at_risk"),
        (1, 5, 5, "at_risk"),
        (1, 1, 1, "lost"),
        (1, 1, 2, "lost"),
        (5, 1, 4, OTHERS),
        (5, 4, 2, OTHERS),
        (1, 1, 3, OTHERS),
    ],
)
def test_the_first_range_that_fits(r: int, f: int, m: int, segment: str) -> None:
    assert segments(scored([r], [f], [m])).tolist() == [segment]


def test_the_published_table_is_kept_whole() -> None:
    # rfm_segment's example: the lower and upper ends in the order of its names; it has the same for frequency and monetary value.
    assert [segment.recency for segment in SEGMENTS] == list(zip([4, 2, 3, 4, 3, 2, 2, 1, 1, 1], [5, 5, 5, 5, 4, 3, 3, 2, 1, 2], strict=True))
    both = [segment.frequency_monetary for segment in SEGMENTS]
    assert both == list(zip([4, 3, 1, 1, 1, 2, 1, 2, 4, 1], [5, 5, 3, 1, 1, 3, 2, 5, 5, 2], strict=True))
    assert [segment.name for segment in SEGMENTS] == [
        "champions",
        "loyal_customers",
        "potential_loyalist",
        "new_customers",
        "promising",
        "need_attention",
        "about_to_sleep",
        "at_risk",
        "cannot_lose_them",
        "lost",
    ]


CUSTOMER = st.tuples(st.integers(0, 400), st.integers(1, 6), st.sampled_from([0.1, 5.0, 99.99, 250.0]), st.integers(0, 900))


@given(rows=st.lists(CUSTOMER, min_size=1, max_size=30), seed=st.integers(0, 99))
def test_equal_values_have_equal_scores_larger_ones_no_smaller_ones_and_the_order_is_irrelevant(
    rows: list[tuple[int, int, float, int]], seed: int
) -> None:
    frame = known(*rows)
    before = frame.copy(deep=True)
    found = scores(frame)
    pd.testing.assert_frame_equal(frame, before)
    for name, column, side in (("r", "recency_days", -1), ("f", "frequency", 1), ("m", "monetary", 1), ("t", "tenure_days", 1)):
        assert found[name].between(1, 5).all()
        per_value = found.groupby(column)[name].agg(["min", "max"]).sort_index()
        assert (per_value["min"] == per_value["max"]).all()
        assert (side * per_value["min"]).is_monotonic_increasing
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    pd.testing.assert_frame_equal(scores(frame.iloc[order]), found.iloc[order])
    pd.testing.assert_series_equal(segments(found.iloc[order]), segments(found).iloc[order])


@pytest.fixture(scope="module")
def load(real_data: Path) -> Callable[[str], Facts]:
    """A real file -> its sales as facts."""

    def read(name: str) -> Facts:
        path, today = real_data / name, dt.date(2026, 11, 24)
        tables = {table: empty_frame(shape) for table, shape in TABLES.items()}
        found = [table for sheet in read_file(path.name, path.read_bytes(), today).sheets for table in sheet.tables]
        tables["sales"] = pd.concat([table.frame for table in found if table.table == "sales"], ignore_index=True)
        return Facts(tables, dt.datetime.combine(today, dt.time(9)))

    return read


@pytest.fixture(scope="module")
def published(load: Callable[[str], Facts]) -> pd.DataFrame:
    """The R package's customers at its date, scored."""
    return scores(profiles(sales_of(load("rfm_orders/rfm_data_orders.csv")), dt.date(2006, 12, 31)))


@pytest.fixture(scope="module")
def says(real_data: Path) -> Any:
    return json.loads((real_data / "rfm_orders" / "expected.json").read_text(encoding="utf-8"))


def test_the_published_thresholds_and_how_many_have_each_score(published: pd.DataFrame, says: Any) -> None:
    assert (len(published), published["frequency"].sum()) == (says["customers"], says["sum_transactions"])
    found = thresholds(published)
    for score, name in (("r", "recency"), ("f", "frequency"), ("m", "monetary")):
        assert found[score] == pytest.approx(says["thresholds"][name], abs=1e-9)
        counts = says["score_counts"][score.upper()]
        assert published[score].value_counts().to_dict() == {int(float(value)): count for value, count in counts.items()}


def test_the_published_customers(published: pd.DataFrame, says: Any) -> None:
    by_name = published.set_index("customer")
    assert len(says["sample"]) == 5
    for name, row in says["sample"].items():
        found = by_name.loc[name]
        assert (found["recency_days"], found["frequency"], found["monetary"]) == (row["rec"], row["n"], row["amount"])
        assert (found["r"], found["f"], found["m"]) == (row["R"], row["Fq"], row["M"])
        assert 100 * found["r"] + 10 * found["f"] + found["m"] == row["rfm"]


def test_the_published_segments(published: pd.DataFrame, says: Any) -> None:
    groups = published.assign(segment=segments(published)).groupby("segment")
    found = groups.agg(customers=("who", "size"), orders=("frequency", "sum"), revenue=("monetary", "sum")).to_dict("index")
    assert found == {name.lower().replace(" ", "_"): row for name, row in says["segments_testfile"].items()}
    assert found["champions"] == {"customers": 158, "orders": 1234, "revenue": 120178}


def test_the_supermarkets_customers_and_quantiles(load: Callable[[str], Facts], real_data: Path) -> None:
    market = load("supermarket_cn/orders.xlsx")
    says = json.loads((real_data / "supermarket_cn" / "orders.expected.json").read_text(encoding="utf-8"))
    expected = says["rfm"]
    frame = profiles(sales_of(market), dt.date.fromisoformat(expected["snapshot"][:10]))
    assert len(frame) == expected["customers"] == 790
    for score, name in (("r", "R"), ("f", "F"), ("m", "M")):
        assert [value - 1 for value in thresholds(frame)[score]] == pytest.approx(expected[f"{name}_quantiles"], abs=1e-4)
    largest = frame.sort_values("monetary", ascending=False).head(5)
    assert [(row.who, row.recency_days, row.frequency) for row in largest.itertuples()] == [
        (row["cust_id"], row["R"], row["Fq"]) for row in expected["top5_M"]
    ]
    assert largest["monetary"].tolist() == pytest.approx([row["M"] for row in expected["top5_M"]], abs=1e-6)
    assert frame["monetary"].sum() == pytest.approx(says["overall"]["sales"], abs=1e-4)
    assert frame["frequency"].sum() == says["overall"]["orders"]
    assert (frame["managers"] > 1).sum() == says["customers_under_more_than_one_manager"]
    months = frame["first_on"].dt.strftime("%Y-%m").value_counts()
    assert months.to_dict() == says["new_customers_by_month"]
