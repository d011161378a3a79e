"""Names that may be one are proposed, people decide, and every revision keeps the names that held then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amdash.config import Settings
from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.messages import error_text
from amdash.i18n.wording import WORDING
from amdash.metrics.identity import Ambiguous
from amdash.service import aliases, drilldown, exports, feedback, imports, scorecards
from amdash.service.aliases import Proposal
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace, open_workspace
from tests.service.made import code

Made = Callable[..., Workspace]
HEADERS = {
    "managers": "姓名,工号,团队",
    "sales": "日期,客户经理,客户名称,产品,金额",
    "tickets": "工单编号,创建时间,客户经理,工号,首次响应时间",
}
FILES = {"managers": "客户经理名单.csv", "sales": "销售.csv", "tickets": "工单.csv"}


@pytest.fixture
def made(ws: Workspace, put) -> Made:
    """A workspace with the rows of each sheet, imported at once."""

    def make(**rows: Sequence[str]) -> Workspace:
        put(ws, *((FILES[name], "\n".join([HEADERS[name], *lines]).encode()) for name, lines in rows.items()))
        return ws

    return make


def sold(ws: Workspace, revision: int | None = None) -> dict[str, float]:
    frame = scorecards.scorecard(ws, kpis=["sales_amount"], every="total", revision=revision)
    return dict(zip(frame["manager"], frame["value"], strict=True))


TWO_SPELLINGS = ["2026-10-01,Ann Lee,Acme,GTX Pro,10", "2026-10-02,Lee Ann,Acme Inc,GTXPro,5", "2026-10-03,Ann Lee,Zeta,GTX Pro,1"]


def test_an_untouched_workspace_has_nothing_to_decide(ws: Workspace) -> None:
    assert (aliases.propose(ws), aliases.current(ws), aliases.ambiguous(ws)) == ([], [], [])


def test_proposals_of_every_kind(made: Made) -> None:
    assert aliases.propose(made(sales=TWO_SPELLINGS)) == [
        Proposal("manager", "Lee Ann", "Ann Lee", "word_order", 1, 2),
        Proposal("customer", "Acme Inc", "Acme", "legal_form", 1, 1),
        Proposal("product", "GTXPro", "GTX Pro", "same_letters", 1, 2),
    ]


def test_nothing_is_merged_by_the_program(made: Made) -> None:
    assert sold(made(sales=TWO_SPELLINGS)) == {"Ann Lee": 11, "Lee Ann": 5}


def test_case_width_and_spaces_are_one_without_asking(made: Made) -> None:
    ws = made(
        sales=[
            "2026-10-01,Ann Lee,甲,,1",
            "2026-10-01,ann  lee,甲,,2",
            "2026-10-01,Ａｎｎ Lee,甲,,4",
            "2026-10-01,李 明,甲,,8",
            "2026-10-01,李明,甲,,16",
        ]
    )
    assert (sold(ws), aliases.propose(ws)) == ({"Ann Lee": 7, "李明": 24}, [])


def test_what_is_merged_counts_as_one_and_comes_no_more(made: Made) -> None:
    ws = made(sales=TWO_SPELLINGS)
    assert aliases.merge(ws, "manager", "lee ann", "Ann Lee", actor="孙丽华") == 2
    assert aliases.merge(ws, "customer", "Acme Inc", "Acme") == 3
    assert aliases.merge(ws, "product", "GTXPro", "GTX Pro") == 4
    assert sold(ws) == {"Ann Lee": 16}
    assert set(ws.tables()["sales"]["customer"]) == {"Acme", "Zeta"}
    assert set(ws.tables()["sales"]["product"]) == {"GTX Pro"}
    assert aliases.propose(ws) == []
    first = aliases.current(ws)[0]
    assert (first.kind, first.alias, first.name, first.actor) == ("manager", "Lee Ann", "Ann Lee", "孙丽华")


def test_the_old_name_still_finds_the_person(made: Made) -> None:
    ws = made(sales=TWO_SPELLINGS)
    aliases.merge(ws, "manager", "Lee Ann", "Ann Lee")
    for written in ("Ann Lee", "Lee Ann", " ann  LEE "):
        frame = scorecards.scorecard(ws, kpis=["sales_amount"], every="total", managers=[written])
        assert list(zip(frame["manager"], frame["value"], strict=True)) == [("Ann Lee", 16)]
        assert len(drilldown.rows_behind(ws, "sales_amount", manager=written)) == 3
        assert [name for name, _ in exports.reports(ws, "2026-10", "en", managers=[written])] == ["Ann_Lee-2026-10-en.pdf"]
    # At the revision before the merge they are two.
    assert scorecards.scorecard(ws, kpis=["sales_amount"], managers=["Lee Ann"], revision=1)["manager"].to_list() == ["Lee Ann"]
    assert code(lambda: drilldown.rows_behind(ws, "sales_amount", manager="Bob")) == "manager_unknown"


def test_figures_as_at_an_older_revision_use_the_names_of_then(made: Made) -> None:
    ws = made(sales=TWO_SPELLINGS)
    aliases.merge(ws, "manager", "Lee Ann", "Ann Lee")
    aliases.undo(ws, 1)
    for _ in range(2):
        assert sold(ws, 1) == sold(ws, 3) == sold(ws) == {"Ann Lee": 11, "Lee Ann": 5}
        assert sold(ws, 2) == {"Ann Lee": 16}
    assert [len(aliases.current(ws, revision)) for revision in (0, 1, 2, 3)] == [0, 0, 1, 0]
    assert [len(aliases.propose(ws, revision)) for revision in (1, 2, 3)] == [3, 2, 3]
    assert code(lambda: aliases.current(ws, 9)) == "revision_unknown"


def test_the_command_line_reproduces_older_figures(run_cli, tmp_path: Path, open_at) -> None:
    sheet = tmp_path / "sales.csv"
    sheet.write_text("\n".join([HEADERS["sales"], *TWO_SPELLINGS]), encoding="utf-8")
    assert run_cli("import", sheet)[0] == 0
    before = run_cli("scorecard", "--revision", 1)
    assert "Lee Ann" in before[1]
    aliases.merge(open_at(tmp_path / "workspace"), "manager", "Lee Ann", "Ann Lee")
    assert run_cli("scorecard", "--revision", 1) == before
    assert "Lee Ann" not in run_cli("scorecard")[1]


def test_a_waiting_ticket_does_not_age_by_a_merge(tmp_path: Path) -> None:
    def at(moment: dt.datetime) -> Workspace:
        return open_workspace(Settings(tmp_path, f"sqlite:///{tmp_path / 'a.db'}"), now=lambda: moment)

    ws = at(dt.datetime(2026, 11, 24, 9, 0))
    rows = "\n".join([HEADERS["tickets"], "T1,2026-11-23 18:00,Ann Lee,,", "T2,2026-11-20 08:00,Lee Ann,,2026-11-20 10:00"]).encode()
    imports.confirm(ws, imports.preview(ws, [Upload("工单.csv", rows)]))
    later = at(dt.datetime(2027, 11, 24, 9, 0))
    aliases.merge(later, "manager", "Lee Ann", "Ann Lee")
    aliases.undo(later, 1)
    aliases.merge(later, "manager", "Lee Ann", "Ann Lee")
    frame = scorecards.scorecard(later, kpis=["response_in_target"])
    # T1 had waited 15 hours when the facts came in: it is still not due.
    assert frame[["manager", "numerator", "denominator"]].to_numpy().tolist() == [["Ann Lee", 1, 1]]
    assert later.store.facts_at(later.revision()) == dt.datetime(2026, 11, 24, 9, 0)


def test_kept_apart_they_are_not_proposed_again_until_that_is_undone(made: Made) -> None:
    ws = made(sales=TWO_SPELLINGS)
    assert aliases.keep_apart(ws, "manager", "Ann Lee", "Lee Ann") == 2
    assert [item.kind for item in aliases.propose(ws)] == ["customer", "product"]
    assert [item.kind for item in aliases.propose(ws, 1)] == ["manager", "customer", "product"]
    # Saying it again, either way round, changes nothing.
    assert aliases.keep_apart(ws, "manager", "lee ann", "ANN LEE") == 2
    assert sold(ws) == {"Ann Lee": 11, "Lee Ann": 5}
    assert [row.kind for row in aliases.current(ws)] == ["apart:manager"]
    aliases.undo(ws, 1)
    assert len(aliases.propose(ws)) == 3


def test_chains_end_where_they_should_and_come_apart_link_by_link(made: Made) -> None:
    ws = made(sales=["2026-10-01,a,,,1", "2026-10-01,b,,,2", "2026-10-01,c,,,4"])
    aliases.merge(ws, "manager", "a", "b")
    aliases.merge(ws, "manager", "b", "c")
    assert sold(ws) == {"c": 7}
    aliases.undo(ws, 2)
    assert sold(ws) == {"b": 3, "c": 4}
    # Also a name that counts as another one already can be named as the one to count as.
    aliases.merge(ws, "manager", "c", "a")
    assert sold(ws) == {"b": 7}


def test_what_makes_no_sense_is_refused_and_stores_nothing(made: Made) -> None:
    ws = made(sales=["2026-10-01,Anna,Acme,,1", "2026-10-01,Berta,,,2", "2026-10-01,Clara,,,4"])
    aliases.merge(ws, "manager", "Anna", "Berta")
    aliases.merge(ws, "manager", "Berta", "Clara")
    assert code(lambda: aliases.merge(ws, "manager", "Clara", "Anna")) == "alias_cycle"
    assert code(lambda: aliases.merge(ws, "manager", "Berta", "Anna")) == "alias_taken"
    assert code(lambda: aliases.merge(ws, "manager", "Anna", "Clara")) == "alias_taken"
    assert code(lambda: aliases.merge(ws, "manager", "Clara", "ｃｌａｒａ ")) == "alias_same"
    assert code(lambda: aliases.merge(ws, "manager", "Nobody", "Clara")) == "alias_unknown"
    assert code(lambda: aliases.merge(ws, "manager", "Clara", "Acme")) == "alias_unknown"
    assert code(lambda: aliases.keep_apart(ws, "customer", "Acme", "Acma")) == "alias_unknown"
    assert code(lambda: aliases.keep_apart(ws, "manager", "Clara", "clara")) == "alias_same"
    assert code(lambda: aliases.merge(ws, "region", "a", "b")) == "alias_kind_unknown"
    assert code(lambda: aliases.undo(ws, 9)) == "alias_missing"
    aliases.undo(ws, 2)
    assert code(lambda: aliases.undo(ws, 2)) == "alias_undone_already"
    for change in (aliases.merge, aliases.keep_apart):
        assert code(lambda change=change: change(ws, "manager", "Anna", "Clara", actor=" ")) == "actor_missing"
    for read in (aliases.propose, aliases.current, aliases.ambiguous):
        assert code(lambda read=read: read(ws, actor="")) == "actor_missing"
    assert code(lambda: aliases.undo(ws, 1, actor="")) == "actor_missing"
    assert (ws.revision(), len(aliases.current(ws))) == (4, 1)


def test_an_unknown_name_is_told_the_near_ones(made: Made) -> None:
    ws = made(sales=["2026-10-01,Anderson,,,1", "2026-10-01,Zhou,,,2"])
    with pytest.raises(AmdashError) as caught:
        aliases.merge(ws, "manager", "Andersen", "Zhou")
    assert caught.value.fields == {"field": "Account manager", "name": "Andersen", "known": ["Anderson"]}
    assert "Anderson" in error_text(translator("zh"), caught.value)


def test_a_cycle_is_refused_also_where_two_decide_at_once(made: Made, tmp_path: Path, open_at) -> None:
    ws, other = made(sales=["2026-10-01,a,,,1", "2026-10-01,b,,,2"]), open_at(tmp_path)
    stale = other.identities()
    aliases.merge(ws, "manager", "a", "b")
    assert stale.shown("manager", "a") == "a"
    assert code(lambda: aliases.merge(other, "manager", "b", "a")) == "alias_cycle"


def test_written_feedback_belongs_to_the_merged_person_too(made: Made) -> None:
    ws = made(sales=TWO_SPELLINGS)
    for manager in ("lee ann", "ANN LEE", "Ann Lee ", "Lee-Ann"):
        feedback.add(ws, date=dt.date(2026, 10, 5), manager=manager, content=manager, actor="lee ann")
    assert [entry.content for entry in feedback.log(ws, manager="Ann Lee")] == ["Ann Lee", "ANN LEE"]
    aliases.merge(ws, "manager", "Lee Ann", "Ann Lee")
    # Somebody of whom only the log knows can be merged as well.
    aliases.merge(ws, "manager", "Lee-Ann", "Lee Ann")
    everything = ["Lee-Ann", "Ann Lee", "ANN LEE", "lee ann"]
    for asked in ("Ann Lee", "lee ann", "Lee-Ann"):
        found = feedback.log(ws, manager=asked)
        assert [entry.content for entry in found] == everything
        assert {(entry.manager, entry.recorded_by) for entry in found} == {("Ann Lee", "Ann Lee")}
    assert [entry.content for entry in feedback.log(ws, manager="Lee Ann", revision=5)] == ["lee ann"]


def test_the_same_number_with_two_names_is_proposed(made: Made) -> None:
    ws = made(
        managers=["王芳,1003,华东组", "赵强,1004,华东组"],
        tickets=["T1,2026-01-05 09:00,王小芳,1003,", "T2,2026-02-05 09:00,王芳,1003,", "T3,2026-02-05 09:00,赵强,1004,"],
    )
    assert aliases.propose(ws) == [Proposal("manager", "王小芳", "王芳", "number_shared", 1, 2)]


def test_two_people_of_a_name_and_the_rows_that_nobody_can_place(made: Made) -> None:
    ws = made(managers=["李明,1001,华东组", "李明,1002,华南组"], sales=["2026-10-01,李明,,,7"])
    assert scorecards.managers(ws) == ["李明 (1001)", "李明 (1002)", "李明"]
    assert aliases.ambiguous(ws) == [Ambiguous("李明", ("李明 (1001)", "李明 (1002)"), 1)]
    assert (sold(ws), aliases.propose(ws)) == ({"李明": 7}, [])
    aliases.merge(ws, "manager", "李明", "李明 (1002)")
    assert (sold(ws), aliases.ambiguous(ws)) == ({"李明 (1002)": 7}, [])


def test_a_changed_number_is_proposed_to_be_one_person(made: Made) -> None:
    first, then = "T1,2026-01-05 09:00,李明,1001,", "T2,2026-02-05 09:00,李明,1002,"
    ws = made(tickets=[first, then, "T3,2026-02-05 09:00,王芳,1003,"], sales=["2026-10-01,李明,,,7"])
    assert aliases.propose(ws) == [Proposal("manager", "李明 (1001)", "李明 (1002)", "number_changed", 1, 1)]
    aliases.merge(ws, "manager", "李明 (1001)", "李明 (1002)")
    assert (sold(ws), aliases.ambiguous(ws), aliases.propose(ws)) == ({"李明 (1002)": 7}, [], [])
    assert sold(ws, 1) == {"李明": 7}


def test_two_who_worked_at_the_same_time_are_two(made: Made) -> None:
    rows = ["T1,2026-01-05 09:00,李明,1001,", "T2,2026-02-05 09:00,李明,1002,", "T3,2026-03-05 09:00,李明,1001,", "T4,2026-02-05 09:00,王芳,1003,"]
    assert aliases.propose(made(tickets=rows)) == []


def test_people_told_apart_by_nearly_equal_numbers_are_two(made: Made) -> None:
    rows = ["T1,2026-01-05 09:00,李明,A-1,", "T2,2026-02-05 09:00,李明,A1,", "T3,2026-03-05 09:00,李明,A-1,", "T4,2026-02-05 09:00,王芳,1003,"]
    ws = made(tickets=rows)
    assert scorecards.managers(ws) == ["李明 (A-1)", "李明 (A1)", "王芳"]
    assert aliases.propose(ws) == []


def test_near_names_with_numbers_of_their_own_are_no_slip(made: Made, put) -> None:
    ws = made(sales=["2026-10-01,Ann,Anderson,,1", "2026-10-01,Ann,Andersen,,1"])
    assert [item.reason for item in aliases.propose(ws)] == ["one_edit"]
    put(ws, ("客户名单.csv", "客户名称,客户编号,客户经理\nAnderson,K1,Ann\nAndersen,K2,Ann".encode()))
    assert aliases.propose(ws) == []


def test_both_spellings_of_a_real_product_are_proposed(ws: Workspace, real_data: Path, put) -> None:
    put(ws, *((path.name, path.read_bytes()) for path in sorted((real_data / "crm_pipeline").glob("*.csv"))))
    # The list of products writes GTX Pro, the pipeline GTXPro.
    assert aliases.propose(ws) == [Proposal("product", "GTX Pro", "GTXPro", "same_letters", 1, 1480)]


def test_the_demo_proposes_nothing_at_random(demo_ws: Workspace) -> None:
    assert aliases.propose(demo_ws) == []


def test_every_reason_and_every_error_has_its_words() -> None:
    english, chinese = translator("en"), translator("zh")
    words = [*aliases.REASONS.values(), *(text for name, text in WORDING.items() if name.startswith("alias_"))]
    assert len(words) == 14
    assert all(english(text) != chinese(text) for text in words)


@given(st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_and_undoing_gives_the_same_cells(demo_copy: Workspace, data: st.DataObject) -> None:
    names = sorted(scorecards.managers(demo_copy))
    before = demo_copy.cells().copy(deep=True)
    alias, name = data.draw(st.permutations(names))[:2]
    made = aliases.merge(demo_copy, "manager", alias, name)
    (row,) = aliases.current(demo_copy)
    merged = demo_copy.cells()
    assert alias not in set(merged["manager"])
    # Nothing is lost on the way: sales of the business are the same under any names.
    assert merged.loc[merged["kpi"] == "sales_amount", "numerator"].sum() == pytest.approx(
        before.loc[before["kpi"] == "sales_amount", "numerator"].sum()
    )
    aliases.undo(demo_copy, row.alias_id)
    pd.testing.assert_frame_equal(demo_copy.cells(), before)
    pd.testing.assert_frame_equal(demo_copy.cells(made - 1), before)
