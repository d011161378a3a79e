"""The target ledger in use: set, ended, split, taken back, as at any revision, and checked against the last twelve months."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from amdash.config import Settings
from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.wording import WORDING
from amdash.metrics.catalogue import KPIS
from amdash.metrics.targets import Tally
from amdash.service import aliases, targets
from amdash.service.workspace import Workspace, open_workspace
from amdash.store import targets as rows
from amdash.store.targets import TargetRow
from tests.service.made import code, copied

PEOPLE = "姓名,工号,团队\n李明,1001,华东组\n王芳,1002,华东组\n赵强,1003,华南组\n周雅,1004,".encode()
MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace], put) -> Workspace:
    """Four managers, and sales of 李明 (100 in each month from 2025-01 on, 300 in each December) and 赵强 (50 in two months)."""
    lines = ["日期,客户经理,金额,订单编号"]
    lines += [f"2025-{month:02d}-05,李明,{300 if month == 12 else 100},A{month}" for month in range(1, 13)]
    lines += [f"2026-{month:02d}-05,李明,100,B{month}" for month in range(1, 12)]
    lines += ["2025-01-06,赵强,50,C1", "2025-02-06,赵强,150,C2"]
    ws = open_at(tmp_path_factory.mktemp("targets"))
    put(ws, ("客户经理名单.csv", PEOPLE), ("销售.csv", "\n".join(lines).encode()))
    return ws


@pytest.fixture
def made(original: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it, at revision 1."""
    return copied(original, tmp_path, open_at)


def held(ws: Workspace, kpi: str, month: str, revision: int | None = None) -> dict[str, float | None]:
    return {one.manager: one.value for one in targets.in_force(ws, month, revision) if one.kpi == kpi}


def months_of(ws: Workspace, manager: str, kpi: str = "sales_amount", extra: tuple[str, ...] = ()) -> list[float | None]:
    return [held(ws, kpi, month)[manager] for month in (*MONTHS, *extra)]


def test_an_untouched_workspace_has_the_defaults_and_nobody_to_hold_to_them(ws: Workspace) -> None:
    assert (targets.entries(ws), targets.in_force(ws, "2026-10")) == ([], [])
    assert targets.check(ws, "csat", 0.9).findings == ("not_measurable",)


def test_a_target_for_everybody_a_team_and_a_manager(made: Workspace) -> None:
    assert targets.put(made, "csat", 0.92, "2026-04", reason=" 新年度 ", actor="孙丽华") == 2
    assert targets.put(made, "csat", 0.85, "2026-05", team="华东组") == 3
    assert targets.put(made, "csat", 0.7, "2026-06", manager=" 李 明 ") == 4
    assert held(made, "csat", "2026-03") == dict.fromkeys(("李明", "王芳", "赵强", "周雅"), 0.9)
    assert held(made, "csat", "2026-04") == dict.fromkeys(("李明", "王芳", "赵强", "周雅"), 0.92)
    assert held(made, "csat", "2026-05") == {"李明": 0.85, "王芳": 0.85, "赵强": 0.92, "周雅": 0.92}
    assert held(made, "csat", "2026-06") == {"李明": 0.7, "王芳": 0.85, "赵强": 0.92, "周雅": 0.92}
    first, _, third = targets.entries(made)
    at = dt.datetime(2026, 11, 24, 9, 0)
    assert first == TargetRow(
        "csat", "everybody", "", "2026-04", 0.92, reason="新年度", target_id=1, from_revision=2, until_revision=None, at=at, actor="孙丽华"
    )
    assert (third.scope, third.subject, third.reason, third.actor) == ("manager", "李明", "", "owner")


def test_who_is_held_to_what_says_whose_word_it_is(made: Workspace) -> None:
    targets.put(made, "csat", 0.85, "2026-05", team="华东组", reason="难")
    found = {(one.kpi, one.manager): one for one in targets.in_force(made, "2026-05")}
    assert list(found) == list(itertools.product(KPIS, ("李明", "王芳", "赵强", "周雅")))
    own = found["csat", "李明"]
    assert (own.team, own.month, own.entry and own.entry.reason) == ("华东组", "2026-05", "难")
    assert (found["csat", "赵强"].entry, found["csat", "赵强"].value) == (None, 0.9)
    assert (found["nps", "李明"].entry, found["nps", "李明"].value) == (None, None)
    assert (found["response_time", "李明"].entry, found["response_time", "李明"].value) == (None, 24)


def test_ended_there_is_none_and_given_up_the_wider_holds_again(made: Workspace) -> None:
    targets.put(made, "csat", 0.7, "2026-02", manager="李明")
    assert targets.end(made, "csat", "2026-04", manager="李明", reason="休假") == 3
    assert targets.end(made, "csat", "2026-06", manager="李明", inherit=True) == 4
    assert months_of(made, "李明", "csat")[:7] == [0.9, 0.7, 0.7, None, None, 0.9, 0.9]
    assert [(one.value, one.inherits, one.reason) for one in targets.entries(made)] == [(0.7, False, ""), (None, False, "休假"), (None, True, "")]
    targets.end(made, "csat", "2026-07", team="华东组")
    assert held(made, "csat", "2026-07") == {"李明": None, "王芳": None, "赵强": 0.9, "周雅": 0.9}


def test_targets_as_at_an_older_revision_are_those_of_then(made: Workspace) -> None:
    targets.put(made, "csat", 0.8, "2026-04")
    targets.put(made, "csat", 0.7, "2026-04")
    targets.undo(made, 2)
    targets.put(made, "csat", 0.6, "2026-01")
    found = {}
    for revision in (1, 2, 3, 4, 5, 2):
        told = tuple(held(made, "csat", month, revision)["李明"] for month in ("2026-05", "2026-03"))
        found.setdefault(revision, set()).add((*told, len(targets.entries(made, revision))))
    assert found == {1: {(0.9, 0.9, 0)}, 2: {(0.8, 0.9, 1)}, 3: {(0.7, 0.9, 2)}, 4: {(0.8, 0.9, 1)}, 5: {(0.8, 0.6, 2)}}
    assert targets.entries(made, 0) == []
    assert code(lambda: targets.entries(made, 9)) == "revision_unknown"
    assert code(lambda: targets.in_force(made, "2026-05", 9)) == "revision_unknown"


def test_whoever_has_become_one_with_somebody_keeps_the_targets(made: Workspace) -> None:
    targets.put(made, "csat", 0.7, "2026-02", manager="周雅")
    aliases.merge(made, "manager", "周雅", "王芳")
    assert held(made, "csat", "2026-02") == {"李明": 0.9, "王芳": 0.7, "赵强": 0.9}
    assert held(made, "csat", "2026-02", 2)["周雅"] == 0.7
    # The old name still finds the person.
    targets.put(made, "csat", 0.6, "2026-03", manager="周雅")
    assert [one.subject for one in targets.entries(made)] == ["王芳", "王芳"]
    assert held(made, "csat", "2026-03")["王芳"] == 0.6


# Sums


def test_a_years_sum_evenly_and_then_no_more(made: Workspace) -> None:
    assert targets.put_sum(made, "sales_amount", 1000, "2026", manager="李明", reason="年计划") == 2
    assert months_of(made, "李明", extra=("2027-01", "2028-01")) == [83.34] * 4 + [83.33] * 8 + [None] * 2
    assert held(made, "sales_amount", "2026-01") == {"李明": 83.34, "王芳": None, "赵强": None, "周雅": None}
    assert {one.reason for one in targets.entries(made)} == {"年计划"}
    assert held(made, "sales_amount", "2025-12")["李明"] is None


def test_a_quarter_by_weights_and_then_what_held_before(made: Workspace) -> None:
    targets.put(made, "net_sales", 20, "2026-01", team="华东组", reason="常规")
    assert targets.put_sum(made, "net_sales", 60, "2026-Q2", how="weights", weights=(1, 2, 3), team=" 华东组") == 3
    assert months_of(made, "王芳", "net_sales") == [20, 20, 20, 10, 20, 30] + [20] * 6
    assert [(one.from_month, one.reason) for one in targets.entries(made)][-2:] == [("2026-06", ""), ("2026-07", "常规")]


def test_what_was_said_for_the_month_after_stays(made: Workspace) -> None:
    targets.put(made, "sales_amount", 70, "2026-07")
    targets.put_sum(made, "sales_amount", 30, "2026-Q2")
    assert months_of(made, "周雅") == [None] * 3 + [10] * 3 + [70] * 6
    assert len(targets.entries(made)) == 4


def test_a_sum_over_another_and_the_first_taken_back(made: Workspace) -> None:
    targets.put_sum(made, "sales_amount", 120, "2026")
    targets.put_sum(made, "sales_amount", 240, "2026")
    assert months_of(made, "周雅", extra=("2027-01",)) == [20] * 12 + [None]
    assert targets.undo(made, 5) == 4
    # Taken back is the whole sum, and the second still ends with its year.
    assert months_of(made, "周雅", extra=("2027-01",)) == [20] * 12 + [None]
    targets.undo(made, 14)
    assert targets.entries(made) == []


def test_the_end_of_a_sum_looks_at_its_own_owner_alone(made: Workspace) -> None:
    targets.put(made, "sales_amount", 70, "2026-01")
    targets.put(made, "net_sales", 80, "2026-01", manager="李明")
    targets.put_sum(made, "sales_amount", 30, "2026-Q2", manager="李明")
    last = targets.entries(made)[-1]
    assert (last.from_month, last.value, last.inherits, last.scope, last.subject) == ("2026-07", None, True, "manager", "李明")
    assert months_of(made, "李明") == [70] * 3 + [10] * 3 + [70] * 6


def test_the_end_of_a_sum_knows_merged_names(made: Workspace) -> None:
    targets.put(made, "sales_amount", 70, "2026-01", manager="周雅")
    aliases.merge(made, "manager", "周雅", "王芳")
    targets.put_sum(made, "sales_amount", 30, "2026-Q2", manager="王芳")
    assert months_of(made, "王芳") == [70] * 3 + [10] * 3 + [70] * 6


def test_by_last_years_season(made: Workspace) -> None:
    # 李明 sold 1,400 in 2025, 300 of it in December.
    found = targets.split(made, "sales_amount", 2800, "2026", how="season", manager="李明")
    assert found.values == {month: 600 if month == "2026-12" else 200 for month in MONTHS}
    assert found.lacking == ()
    assert made.revision() == 1
    targets.put_sum(made, "sales_amount", 2800, "2026", how="season", manager="李明")
    assert months_of(made, "李明") == [200] * 11 + [600]


def test_the_season_is_that_of_the_owner(made: Workspace) -> None:
    def parts(**whose: str) -> list[float]:
        return list(targets.split(made, "sales_amount", 1200, "2026-Q1", how="season", **whose).values.values())

    # March lacks and gets a third; the rest as 50 to 150.
    assert parts(team="华南组") == parts(manager="赵强") == [200, 600, 400]
    assert parts(team="华东组") == parts(manager="李明") == [400, 400, 400]
    # 150, 250 and 100 of 500.
    assert parts() == [360, 600, 240]
    found = targets.split(made, "sales_amount", 1200, "2026-Q1", how="season", manager="王芳")
    assert (list(found.values.values()), found.lacking) == ([400, 400, 400], tuple(MONTHS[:3]))


def test_a_team_named_by_the_sheet_alone_has_a_season_too(ws: Workspace, put) -> None:
    rows = "月份,团队,客户经理,销售额\n2025-01,华东组,李明,10\n2025-02,华东组,李明,30\n2025-03,华东组,李明,20".encode()
    put(ws, ("客户经理名单.csv", PEOPLE), ("月报.csv", rows))
    found = targets.split(ws, "sales_amount", 60, "2026-Q1", how="season", team="华东组")
    assert list(found.values.values()) == [10, 30, 20]


# Checks


def test_a_candidate_against_the_last_finished_months(made: Workspace) -> None:
    # The clock stands in November 2026: the twelve months to October, with the December of 300.
    found = targets.check(made, "sales_amount", 100)
    assert (found.tallies, found.findings) == ((Tally("李明", None, 12, 12),), ("not_challenging",))
    assert targets.check(made, "sales_amount", 200).tallies == (Tally("李明", None, 1, 12),)
    assert targets.check(made, "sales_amount", 301).findings == ("not_attainable",)
    assert [one.target for one in found.proposals] == [100, 100, 100]
    early = targets.check(made, "sales_amount", 100, through="2025-02")
    assert (early.tallies, early.findings) == ((Tally("李明", None, 2, 2), Tally("赵强", None, 1, 2)), ("too_few_months",))


def test_the_check_is_reproducible_as_at_a_revision(made: Workspace, put) -> None:
    put(made, ("销售.csv", "日期,客户经理,金额,订单编号\n2026-10-05,李明,1,B10".encode()))
    assert targets.check(made, "sales_amount", 100).met == 11
    assert targets.check(made, "sales_amount", 100, revision=1).met == 12


def test_figures_that_end_long_ago_are_looked_at_to_their_end(made: Workspace, tmp_path: Path) -> None:
    later = open_workspace(Settings(tmp_path, f"sqlite:///{(tmp_path / 'amdash.db').as_posix()}"), now=lambda: dt.datetime(2027, 9, 1))
    # To November 2026, which is finished by then.
    assert targets.check(later, "sales_amount", 200).tallies == (Tally("李明", None, 1, 12),)
    assert targets.check(later, "sales_amount", 200, revision=1).tallies == (Tally("李明", None, 1, 12),)
    assert targets.check(later, "sales_amount", 200, through="2026-12").tallies == (Tally("李明", None, 0, 11),)


def test_how_many_kpis_have_a_target_at_once(made: Workspace) -> None:
    default = sum(kpi.target is not None and kpi.measure != "derived" for kpi in KPIS.values())
    assert targets.check(made, "csat", 0.9).targets == default
    assert targets.check(made, "nps", 0.5).targets == default + 1
    targets.put(made, "nps", 0.5, "2026-11", manager="周雅")
    assert targets.check(made, "nps", 0.5).targets == targets.check(made, "csat", 0.5).targets == default + 1
    assert targets.check(made, "csat", 0.5, revision=1).targets == default
    # A target of next month is not one yet.
    targets.put(made, "win_rate", 0.5, "2026-12")
    targets.put(made, "return_rate", 0.5, "2026-10")
    targets.put(made, "answer_rate", 0.5, "2026-10")
    found = targets.check(made, "csat", 0.5)
    assert (found.targets, "hard_to_understand" in found.findings) == (default + 3, default + 3 > 9)


def test_before_anything_is_uploaded_the_defaults_count(ws: Workspace) -> None:
    assert targets.check(ws, "csat", 0.9).targets == sum(kpi.target is not None and kpi.measure != "derived" for kpi in KPIS.values())


def test_the_defaults_against_the_demo(demo_ws: Workspace) -> None:
    found = targets.check(demo_ws, "response_time", 24)
    assert found.judged == sum(one.judged for one in found.tallies) > 12
    assert found.met == sum(one.met for one in found.tallies)
    assert found.months == 12
    assert all(one.met * 100 >= one.percent * one.judged for one in found.proposals)


# Refusals


@pytest.mark.parametrize(
    ("kpi", "value", "fine"),
    [
        ("csat", 95, False),
        ("csat", 1, True),
        ("csat", 1.01, False),
        ("csat", 0, False),
        ("csat", -0.1, False),
        ("csat", float("nan"), False),
        ("sales_amount", float("inf"), False),
        ("sales_amount", 1e9, True),
        ("sales_attainment", 1.2, True),
        ("sales_attainment", 10, True),
        ("sales_attainment", 95, False),
        ("complaint_rate", 0, True),
        ("complaint_rate", -0.01, False),
        ("response_time", 24, True),
        ("new_customers", 12, True),
    ],
)
def test_a_target_is_a_number_that_the_kpi_can_have(ws: Workspace, kpi: str, value: float, fine: bool) -> None:
    if fine:
        assert targets.put(ws, kpi, value, "2026-04") == 1
        assert targets.check(ws, kpi, value).target == value
    else:
        assert code(lambda: targets.put(ws, kpi, value, "2026-04")) == "target_value_invalid"
        assert code(lambda: targets.check(ws, kpi, value)) == "target_value_invalid"
        assert ws.revision() == 0


def test_what_makes_no_sense_is_refused_and_stores_nothing(made: Workspace) -> None:
    ws = made
    for change in (
        lambda **whose: targets.put(ws, "csat", 0.9, "2026-04", **whose),
        lambda **whose: targets.end(ws, "csat", "2026-04", **whose),
        lambda **whose: targets.split(ws, "sales_amount", 9, "2026", **whose),
        lambda **whose: targets.put_sum(ws, "sales_amount", 9, "2026", **whose),
    ):
        assert code(lambda change=change: change(manager="Nobody")) == "manager_unknown"
        assert code(lambda change=change: change(team="华西组")) == "team_unknown"
        assert code(lambda change=change: change(manager="李明", team="华东组")) == "scope_twice"
        assert code(lambda change=change: change(actor=" ")) == "actor_missing"
    for month in ("2026-13", "2026", "2026-Q1", ""):
        assert code(lambda month=month: targets.put(ws, "csat", 0.9, month)) == "month_invalid"
        assert code(lambda month=month: targets.end(ws, "csat", month)) == "month_invalid"
        assert code(lambda month=month: targets.in_force(ws, month)) == "month_invalid"
        assert code(lambda month=month: targets.check(ws, "csat", 0.9, through=month)) == "month_invalid"
    for run in (
        lambda: targets.put(ws, "x", 0.9, "2026-04"),
        lambda: targets.end(ws, "x", "2026-04"),
        lambda: targets.put_sum(ws, "x", 9, "2026"),
        lambda: targets.check(ws, "x", 0.9),
    ):
        assert code(run) == "kpi_unknown"
    for read in (
        targets.entries,
        lambda ws, actor: targets.in_force(ws, "2026-04", actor=actor),
        lambda ws, actor: targets.check(ws, "csat", 1, actor=actor),
    ):
        assert code(lambda read=read: read(ws, actor="")) == "actor_missing"
    assert code(lambda: targets.undo(ws, 1, actor="")) == "actor_missing"
    assert code(lambda: targets.undo(ws, 1)) == "target_missing"
    targets.put(ws, "csat", 0.8, "2026-04")
    targets.undo(ws, 1)
    assert code(lambda: targets.undo(ws, 1)) == "target_undone_already"
    assert ws.revision() == 3


def test_only_the_sum_of_a_quarter_or_year_of_a_total_can_be_split(made: Workspace) -> None:
    for run in (targets.split, targets.put_sum):
        assert code(lambda run=run: run(made, "csat", 0.9, "2026")) == "target_not_a_total"
        for span in ("2026-04", "2026-Q5", "total", ""):
            assert code(lambda run=run, span=span: run(made, "sales_amount", 9, span)) == "target_period_invalid"
        assert code(lambda run=run: run(made, "sales_amount", 9, "2026", how="fairly")) == "target_split_unknown"
        assert code(lambda run=run: run(made, "sales_amount", 0, "2026")) == "target_value_invalid"
        for weights in ((), (1, 1), (1, 1, 1, 1), (0, 0, 0), (1, -1, 1), (1, float("nan"), 1)):
            assert (
                code(lambda run=run, weights=weights: run(made, "sales_amount", 9, "2026-Q1", how="weights", weights=weights))
                == "target_weights_invalid"
            )
    assert made.revision() == 1


def test_an_unknown_team_is_told_the_known_ones(made: Workspace, ws: Workspace) -> None:
    with pytest.raises(AmdashError) as caught:
        targets.put(made, "csat", 0.9, "2026-04", team="华西组")
    assert caught.value.fields == {"team": "华西组", "known": ["华东组", "华南组"]}


def test_without_any_team_that_is_said_too(ws: Workspace) -> None:
    assert code(lambda: targets.put(ws, "csat", 0.9, "2026-04", team="华西组")) == "team_unknown"


def test_every_error_has_its_words() -> None:
    english, chinese = translator("en"), translator("zh")
    module = Path(targets.__file__).read_text(encoding="utf-8") + Path(rows.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'AmdashError\("(\w+)"', module))
    assert len(codes) == 8
    words = [WORDING[name] for name in codes]
    assert all(english(text) != chinese(text) for text in words)
