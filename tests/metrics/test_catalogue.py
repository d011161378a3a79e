"""Every KPI is found, whole, and in the order of the page; and has its tests."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from amdash.errors import AmdashError
from amdash.metrics import kpi as package
from amdash.metrics.catalogue import KPIS, by_id
from amdash.metrics.spec import Kpi
from amdash.schema import TABLES

MODULES = sorted(path.stem for path in Path(package.__path__[0]).glob("*.py") if path.stem != "__init__")
ALL = pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)


def test_every_module_is_a_kpi_of_its_own_name() -> None:
    assert sorted(KPIS) == MODULES
    assert all(name == kpi.id for name, kpi in KPIS.items())


def test_they_stand_in_the_order_of_the_page() -> None:
    ranks = [kpi.rank for kpi in KPIS.values()]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_every_kpi_has_its_tests() -> None:
    assert sorted(path.stem.removeprefix("test_") for path in (Path(__file__).parent / "kpi").glob("test_*.py")) == MODULES


def test_a_kpi_by_its_id() -> None:
    assert by_id("csat") is KPIS["csat"]


def test_an_unknown_id_is_told_with_the_known_ones() -> None:
    with pytest.raises(AmdashError, match="kpi_unknown") as caught:
        by_id("rt")
    assert caught.value.fields == {"kpi": "rt", "known": list(KPIS)}


@ALL
def test_it_says_what_it_is(kpi: Kpi) -> None:
    assert all(text.strip() for text in (kpi.name, kpi.short, kpi.formula, kpi.source))
    assert kpi.category in ("business", "service", "people")
    assert kpi.unit in ("ratio", "points", "hours", "money", "customers")
    assert kpi.measure in ("ratio", "mean", "total", "quantile", "derived")
    assert (kpi.measure == "quantile") == (kpi.quantile is not None) == (kpi.samples is not None)
    assert kpi.rows in TABLES
    assert kpi.min_sample >= 1


@ALL
def test_what_is_weighted_has_a_target_above_nought(kpi: Kpi) -> None:
    assert kpi.target is None or kpi.target > 0
    assert kpi.target is not None or not kpi.weighted


def test_what_is_in_trends_alone() -> None:
    aside = ["retention", "nps", "net_sales", "return_rate", "win_rate", "response_median", "response_p90", "answer_rate", "first_resolution"]
    aside.append("improvement")
    assert [kpi.id for kpi in KPIS.values() if not kpi.on_board] == aside


@ALL
def test_what_is_weighted_is_on_the_board(kpi: Kpi) -> None:
    assert kpi.on_board or not kpi.weighted


@ALL
def test_its_rows_know_manager_month_and_source_also_where_there_are_none(kpi: Kpi, facts) -> None:
    behind = kpi.behind(facts())
    assert isinstance(behind, pd.DataFrame)
    assert behind.empty
    assert {"manager", "month", "source_file", "source_sheet", "source_row"} <= set(behind)


def test_only_parts_of_a_whole_end_at_one() -> None:
    # Attainment goes beyond 100 %, and so do complaints where each customer complains twice.
    shares = {"return_rate", "csat", "satisfaction_score", "response_in_target", "complaint_resolution", "staff_satisfaction"}
    shares |= {"win_rate", "answer_rate", "first_resolution", "retention"}
    assert {kpi.id for kpi in KPIS.values() if kpi.share} == shares
    assert {KPIS[name].unit for name in shares} == {"ratio"}
    assert "total" not in {KPIS[name].measure for name in shares}


def test_the_targets_are_those_of_the_source_document() -> None:
    assert {name: (kpi.target, kpi.higher_is_better) for name, kpi in KPIS.items() if kpi.target is not None} == {
        "csat": (0.90, True),
        "sales_attainment": (0.95, True),
        "new_customers": (10, True),
        "complaint_resolution": (0.95, True),
        "complaint_rate": (0.05, False),
        "response_time": (24, False),
        "response_in_target": (0.95, True),
        "staff_satisfaction": (0.80, True),
        "improvement": (0.10, True),
    }


def test_what_can_be_measured_by_the_week() -> None:
    # The others speak of whole months: a target, a customer's first month, customers served in it, a survey of employees, a year.
    monthly = {"sales_attainment", "new_customers", "complaint_rate", "staff_satisfaction", "retention", "improvement"}
    assert {kpi.id for kpi in KPIS.values() if not kpi.weekly} == monthly
