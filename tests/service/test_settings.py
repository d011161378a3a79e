"""The rules of the business: typed in words, in force from a revision, and what follows from them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.messages import error_text
from amdash.insight.cadence import CadenceRules
from amdash.insight.tiers import TierRules
from amdash.metrics.workdays import WEEKDAYS, OpeningHours, workweek
from amdash.service import customers, drilldown, scorecards, settings
from amdash.service.rules import Rules, read
from amdash.service.settings import parse, written
from amdash.service.workspace import Workspace

NOON = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18)))
# Friday before the national holiday of 2024, half an hour before closing; answered half an hour after opening on the day behind it.
TICKETS = "工单编号,创建时间,客户经理,首次响应时间\nT1,2024-09-30 17:30,李明,2024-10-08 09:30\n".encode()


def test_nobody_has_set_anything(ws: Workspace) -> None:
    assert ws.rules() == Rules() == read(None)
    assert written(Rules()) == {
        "hours": "always",
        "response_target_hours": "24",
        "lapsed_after_days": "180",
        "new_within_days": "90",
        "vip_top_share": "0.2",
        "vip_orders": "3",
        "vip_tenure_days": "180",
        "feedback_supervisor": "month",
        "feedback_team": "week",
        "feedback_customer": "quarter",
        "feedback_due_within_days": "7",
        "weight_business": "50",
        "weight_service": "35",
        "weight_people": "15",
        "attainment_from": "sales_amount",
    }
    assert set(written(parse(["country=CN"], Rules()))) == set(settings.names())


def test_hours_in_words() -> None:
    opening = parse(["hours=Mon-Fri 09:00-12:00 13:00-18:00; sat 09:00-12:00"], Rules()).opening
    assert opening == OpeningHours((*workweek(*NOON)[:5], (NOON[0],), ()))
    assert parse(["hours=always"], Rules(opening)).opening is None
    # A night that begins on Sunday, and days over the week's end.
    night = parse(["hours=sat-mon 22:00-06:00"], Rules()).opening
    assert night is not None
    assert [bool(spans) for spans in night.week] == [True, False, False, False, False, True, True]
    # With a country alone, the hours are those of an office.
    assert parse(["country=CN"], Rules()).opening == OpeningHours(workweek(*NOON), "CN")
    closed = parse(["country=CN", "closing_days=2026-02-13, 2026-02-14", "extra_days=2026-10-03"], Rules()).opening
    assert closed is not None
    assert (closed.closing_days, closed.extra_days) == ({dt.date(2026, 2, 13), dt.date(2026, 2, 14)}, {dt.date(2026, 10, 3)})
    assert parse(["country=none", "closing_days=none"], Rules(closed)).opening == OpeningHours(workweek(*NOON), extra_days=closed.extra_days)


@given(st.lists(st.tuples(st.sampled_from(WEEKDAYS), st.integers(0, 22)), min_size=1, max_size=7, unique_by=lambda one: one[0]))
def test_what_is_written_is_read_again(days: list[tuple[str, int]]) -> None:
    text = "; ".join(f"{day} {hour:02d}:00-{hour + 1:02d}:00" for day, hour in days)
    rules = parse([f"hours={text}", "vip_top_share=0.1"], Rules())
    assert parse([f"{name}={value}" for name, value in written(rules).items()], Rules()) == rules
    assert read(rules.as_text()) == rules


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("colour=red", "setting_unknown"),
        ("hours", "setting_unknown"),
        ("hours=noon", "hours_unreadable"),
        ("hours=", "hours_none"),
        ("hours=someday 09:00-10:00", "hours_weekday_unknown"),
        ("hours=mon 25:00-26:00", "hours_time_invalid"),
        ("hours=mon 09:00", "hours_time_invalid"),
        ("hours=mon 09:00-09:00", "hours_span_empty"),
        ("hours=mon 09:00-12:00 11:00-13:00", "hours_overlap"),
        ("closing_days=soon", "hours_day_invalid"),
        ("country=XX", "country_unknown"),
        ("subdivision=Atlantis", "subdivision_unknown"),
        ("response_target_hours=soon", "setting_not_number"),
        ("response_target_hours=0", "promise_out_of_range"),
        ("vip_orders=many", "setting_not_number"),
        ("vip_orders=2.5", "tier_rule_not_number"),
        ("vip_top_share=2", "tier_rule_out_of_range"),
        ("feedback_team=fortnight", "cadence_interval_unknown"),
        ("feedback_due_within_days=soon", "setting_not_number"),
        ("feedback_due_within_days=2.5", "cadence_days_not_whole"),
        ("feedback_due_within_days=400", "cadence_days_out_of_range"),
        ("team=week", "setting_unknown"),
        ("weight_business=half", "setting_not_number"),
        ("weight_people=-1", "weight_out_of_range"),
        ("weight_service=nan", "weight_out_of_range"),
        ("attainment_from=profit", "attainment_from_unknown"),
    ],
)
def test_what_is_no_rule_is_said_and_changes_nothing(ws: Workspace, text: str, code: str) -> None:
    before = settings.change(ws, ["country=DE"])
    with pytest.raises(AmdashError) as caught:
        settings.change(ws, ["response_target_hours=8", text])
    assert caught.value.code == code
    for language in ("en", "zh"):
        assert "{" not in error_text(translator(language), caught.value)
    assert (ws.revision(), ws.rules().response_target_hours) == (before, 24)


def test_rules_hold_from_their_revision_and_older_figures_stay(ws: Workspace, put) -> None:
    put(ws, ("工单.csv", TICKETS))

    def hours(revision: int | None = None) -> list[float]:
        return scorecards.scorecard(ws, kpis=["response_time"], revision=revision)["value"].to_list()

    assert hours() == [184.0]
    revision = settings.change(ws, ["country=CN"])
    assert (revision, hours(), hours(1)) == (2, [1.0], [184.0])
    # The same again is no change.
    assert settings.change(ws, ["country=CN"]) == 2
    assert settings.change(ws, ["hours=always"]) == 3
    assert (hours(), hours(2)) == ([184.0], [1.0])


def test_the_promise_decides_who_was_answered_in_time(ws: Workspace, put) -> None:
    put(ws, ("工单.csv", TICKETS))

    def in_time() -> list[float]:
        return scorecards.scorecard(ws, kpis=["response_in_target"])["value"].to_list()

    assert in_time() == [0.0]
    settings.change(ws, ["response_target_hours=200"])
    assert in_time() == [1.0]


def test_tiers_follow_the_thresholds(ws: Workspace, put) -> None:
    put(ws, ("销售.csv", "日期,客户经理,客户名称,金额\n2026-01-05,李明,甲,5\n2026-06-05,李明,甲,5\n".encode()))
    day = dt.date(2026, 10, 31)
    assert customers.tiers(ws, day)["tier"].to_list() == ["normal"]
    settings.change(ws, ["lapsed_after_days=90"])
    assert ws.rules().tiers == TierRules(lapsed_after_days=90)
    assert customers.tiers(ws, day)["tier"].to_list() == ["lapsed"]
    assert customers.tiers(ws, day, revision=1)["tier"].to_list() == ["normal"]


def test_weights_are_judged_together(ws: Workspace) -> None:
    revision = settings.change(ws, ["weight_business=0", "weight_service=2.125", "weight_people=1e-3"])
    assert (revision, ws.rules().weights) == (1, {"business": 0, "service": 2.125, "people": 0.001})
    # On the way there all are 0 for a moment; afterwards one is not.
    settings.change(ws, ["weight_service=0", "weight_people=0", "weight_business=33.333333333"])
    assert ws.rules().weights == {"business": 33.333333333, "service": 0, "people": 0}
    assert written(ws.rules())["weight_business"] == "33.333333333"
    with pytest.raises(AmdashError) as caught:
        settings.change(ws, ["weight_business=0"])
    assert (caught.value.code, ws.revision()) == ("weights_all_zero", 2)
    assert ws.rules(0).weights == {"business": 50, "service": 35, "people": 15}


def test_how_often_feedback_is_given(ws: Workspace) -> None:
    settings.change(ws, ["feedback_team=never", "feedback_due_within_days=3.0", "feedback_customer=year"])
    assert ws.rules().cadence == CadenceRules("month", "never", "year", 3)
    assert written(ws.rules())["feedback_due_within_days"] == "3"


def test_targets_are_held_against_net_sales_where_that_is_set(ws: Workspace, put) -> None:
    put(ws, ("销售.csv", "日期,客户经理,订单编号,金额,是否退货\n2026-10-05,李明,A1,600,否\n2026-10-06,李明,A2,300,是\n".encode()))
    put(ws, ("目标.csv", "月份,客户经理,目标\n2026-10,李明,1000\n".encode()))

    def attained(revision: int | None = None) -> list[float]:
        return scorecards.scorecard(ws, kpis=["sales_attainment"], revision=revision)["value"].to_list()

    assert attained() == [0.9]
    revision = settings.change(ws, ["attainment_from=net_sales"])
    assert (attained(), attained(revision - 1)) == ([0.6], [0.9])
    assert [row.values["amount"] for row in drilldown.rows_behind(ws, "sales_attainment", start="2026-10", end="2026-10")] == [600]


def test_a_month_before() -> None:
    assert customers.month_before(dt.date(2026, 3, 31)) == dt.date(2026, 2, 28)
    assert customers.month_before(dt.date(2026, 1, 15)) == dt.date(2025, 12, 15)


def test_on_the_command_line(run_cli) -> None:
    status, out, err = run_cli("settings", "country=CN", "response_target_hours=8")
    assert (status, "response_target_hours=8" in out.splitlines(), "1" in err) == (0, True, True)
    assert "hours=mon-fri 09:00-12:00 13:00-18:00" in run_cli("settings")[1].splitlines()
    assert json.loads(run_cli("settings", "--json")[1])["opening"]["country"] == "CN"
    assert run_cli("settings", "colour=red")[0] == 1


def test_a_change_is_taken_back_by_the_texts_that_held_before() -> None:
    office = parse(["country=DE", "subdivision=BY", "closing_days=2026-12-24"], Rules())
    for before, texts in (
        (Rules(), ["country=CN", "weight_people=0", "vip_top_share=0.1"]),
        (office, ["hours=always", "response_target_hours=8"]),
        (office, ["subdivision=none", "country=CN", "closing_days=none", "extra_days=2026-12-24"]),
        (Rules(weights={"business": 0.0, "service": 0.0, "people": 1.0}), ["weight_people=15", "weight_business=50"]),
    ):
        after = parse(texts, before)
        assert after != before
        assert parse(settings.back(before, after), after) == before
    assert settings.back(office, office) == []
    assert settings.standard() == written(Rules())
