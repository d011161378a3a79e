"""The rules as they are kept: every document is read again, also one from before a rule was known."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.insight.cadence import RECURRENCES, CadenceRules
from amdash.insight.tiers import TierRules
from amdash.metrics.workdays import OpeningHours, workweek
from amdash.service.rules import Rules, read

USUAL = {"business": 50.0, "service": 35.0, "people": 15.0}


def test_what_holds_where_nobody_has_set_anything() -> None:
    rules = read(None)
    assert rules == Rules() == Rules.from_dict({})
    assert (rules.opening, rules.response_target_hours, rules.tiers, rules.cadence) == (None, 24, TierRules(), CadenceRules())
    # The source document's split, and the usual meaning of attainment.
    assert (rules.weights, rules.attainment_from) == (USUAL, "sales_amount")
    assert rules.as_dict() == {
        "opening": None,
        "response_target_hours": 24,
        "tiers": TierRules().as_dict(),
        "cadence": {"supervisor": "month", "team": "week", "customer": "quarter", "due_within_days": 7},
        "weights": USUAL,
        "attainment_from": "sales_amount",
    }


def test_a_document_from_before_a_rule_was_known_is_read() -> None:
    old = {"opening": None, "response_target_hours": 8.0, "tiers": {**TierRules().as_dict(), "vip_orders": 5}}
    assert read(json.dumps(old)) == Rules(response_target_hours=8, tiers=TierRules(vip_orders=5))
    assert read('{"weights": {"people": 0}}').weights == {**USUAL, "people": 0}


@given(
    weights=st.dictionaries(st.sampled_from(sorted(USUAL)), st.floats(0.001, 1e6), max_size=3),
    team=st.sampled_from(RECURRENCES),
    days=st.integers(0, 366),
    attainment_from=st.sampled_from(["sales_amount", "net_sales"]),
)
def test_what_is_kept_is_read_again(weights: dict[Any, float], team: Any, days: int, attainment_from: Any) -> None:
    rules = Rules(cadence=CadenceRules(team=team, due_within_days=days), weights=weights, attainment_from=attainment_from)
    again = read(rules.as_text())
    assert (again, again.as_text(), hash(again)) == (rules, rules.as_text(), hash(rules))
    assert again.weights == {**USUAL, **weights}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"response_target_hours": 0}, "promise_out_of_range"),
        ({"response_target_hours": 8761}, "promise_out_of_range"),
        ({"weights": {"sales": 1}}, "weight_unknown"),
        ({"weights": {"people": -0.1}}, "weight_out_of_range"),
        ({"weights": {"people": float("inf")}}, "weight_out_of_range"),
        ({"weights": {"people": float("nan")}}, "weight_out_of_range"),
        ({"weights": {"people": "15"}}, "weight_out_of_range"),
        ({"weights": {"people": True}}, "weight_out_of_range"),
        ({"weights": {"people": None}}, "weight_out_of_range"),
        ({"weights": {"business": 0, "service": 0, "people": 0}}, "weights_all_zero"),
        ({"weights": {"people": 1_000_001}}, "weight_out_of_range"),
        ({"attainment_from": "profit"}, "attainment_from_unknown"),
        ({"cadence": {"boss": "week"}}, "cadence_rule_unknown"),
        ({"cadence": {"team": "day"}}, "cadence_interval_unknown"),
    ],
)
def test_what_is_no_rule_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        Rules.from_dict(given)
    assert caught.value.code == code


def test_one_group_alone_may_count_and_what_was_given_stays_as_it_was() -> None:
    given: dict[Any, float] = {"business": 0, "service": 0, "people": 1}
    rules = Rules(weights=given)
    given["people"] = 7
    assert rules.weights == {"business": 0, "service": 0, "people": 1}
    assert list(rules.weights) == list(USUAL)


def test_opening_hours_are_kept_too() -> None:
    rules = Rules(OpeningHours(workweek((dt.time(9), dt.time(18))), "CN"), 8)
    assert read(rules.as_text()) == rules
