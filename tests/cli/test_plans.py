"""Plans, their effect and annotations on the command line; the shapes are documented and stay."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from amdash.cli import main
from amdash.cli.parser import build_parser
from amdash.i18n import translator
from amdash.metrics.period import last_periods
from amdash.store import open_store

AGREED = ["plan_id", "kpi", "manager", "started", "due", "state", "action", "measure", "baseline", "goal", "reason", "responsible", "closed_on"]
AGREED += ["conclusion", "new_process", "grade", "without_effect", "notes", "at", "actor", "revision"]
EFFECT = ["plan_id", "kpi", "manager", "started", "due", "state", "measure", "grade", "without_effect", "baseline", "usual", "lower", "upper"]
EFFECT += ["after", "change", "interval", "rule", "rule_month", "goal", "goal_reached", "goal_month", "months_before", "months_after"]
EFFECT += ["provisional", "notes", "text"]
GRADES = ["too_early", "not_measured", "too_few", "worked", "promising", "no_change", "worse"]
BEGUN = ["--start", "2024-06", "--due", "2024-09"]
WHOSE = ["--kpi", "sales_amount", "--manager"]


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighteen months up to November 2024: 李明 sells more after June 2024, 王芳 as ever."""
    folder = tmp_path_factory.mktemp("sold")
    lines = ["日期,客户经理,金额,订单编号"]
    for name, amounts in (("李明", [90, 110] * 6 + [100, 160, 150, 160, 150, 160]), ("王芳", [90, 110] * 9)):
        months = zip(last_periods("2024-11", 18), amounts, strict=True)
        lines += [f"{month}-05,{name},{amount},{name}{month}" for month, amount in months]
    (folder / "销售.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "客户经理名单.csv").write_text("姓名,团队\n李明,华东组\n王芳,华东组", encoding="utf-8")
    assert main(["--workspace", str(folder / "w"), "import", str(folder / "销售.csv"), str(folder / "客户经理名单.csv")]) == 0
    return folder / "w"


@pytest.fixture(scope="module")
def agreed(sold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans, the first closed, at revision 5."""
    workspace = Path(shutil.copytree(sold, tmp_path_factory.mktemp("agreed") / "w"))
    terms = ["--do", "每周回访", "--measure", "feedback_loop", "--goal", "155", "--reason", "下滑", "--responsible", "孙丽华"]
    for command in (
        ["plan", "add", *WHOSE, "李明", *BEGUN, *terms],
        ["plan", "add", *WHOSE, "王芳", *BEGUN, "--do", "x", "--baseline", "100"],
        ["plan", "note", "1", "开始了", "--date", "2024-06-12"],
        ["plan", "close", "1", "有效", "--date", "2024-10-01", "--new-process"],
    ):
        assert main(["--workspace", str(workspace), *command]) == 0
    return workspace


@pytest.fixture
def begun(agreed: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(agreed, tmp_path / "w"))


def test_agreeing_tells_the_number_and_the_revision(run, begun: Path) -> None:
    assert run(begun, "plan", "add", *WHOSE, "李明", "--do", "x", "--json").json == {"plan_id": 3, "revision": 6}
    assert run(begun, "plan", "add", *WHOSE, "李明", "--do", "x").out == "Plan number 4; the workspace is at revision 7.\n"


def test_the_plans_as_they_were_agreed(run, agreed: Path) -> None:
    rows = run(agreed, "plan", "list", "--json").json
    assert [list(row) for row in rows] == [AGREED] * 2
    first = {name: value for name, value in rows[0].items() if name != "at"}
    assert first == {
        "plan_id": 1,
        "kpi": "sales_amount",
        "manager": "李明",
        "started": "2024-06",
        "due": "2024-09",
        "state": "closed",
        "action": "每周回访",
        "measure": "feedback_loop",
        "baseline": 110,
        "goal": 155,
        "reason": "下滑",
        "responsible": "孙丽华",
        "closed_on": "2024-10-01",
        "conclusion": "有效",
        "new_process": True,
        "grade": "worked",
        "without_effect": False,
        "notes": [{"note_id": 1, "date": "2024-06-12", "text": "开始了", "actor": "owner"}],
        "actor": "owner",
        "revision": 5,
    }
    assert [rows[1][name] for name in ("state", "measure", "baseline", "goal", "closed_on", "conclusion")] == ["overdue", None, 100, None, None, None]


def test_what_has_become_of_them(run, agreed: Path) -> None:
    said = run(agreed, "effect", "--json").json
    assert list(said) == ["plans", "summary"]
    assert [list(row) for row in said["plans"]] == [EFFECT] * 2
    first, second = said["plans"]
    assert (first["grade"], first["rule"], first["rule_month"], first["without_effect"]) == ("worked", "outside", "2024-07", False)
    assert [first[name] for name in ("baseline", "usual", "lower", "upper", "after", "change")] == pytest.approx([110, 100, 46.8, 153.2, 156, 46])
    assert first["interval"][0] < 46 < first["interval"][1]
    # Closed in October, due in September: 160, 150, 160 up to then.
    assert (first["goal"], first["goal_reached"], first["goal_month"]) == (
        155,
        False if first["months_after"] == 0 else first["goal_reached"],
        "2024-07",
    )
    assert (first["months_before"], first["months_after"], first["provisional"], first["notes"]) == (12, 5, False, [])
    assert first["text"][0] == "It worked: July 2024 is better than the ordinary swing explains."
    # June was 90 and is neither before nor after; 110, 90, 110, 90, 110 follow.
    assert (second["grade"], second["after"], second["goal_reached"], second["without_effect"]) == ("promising", 102, None, True)
    assert [list(row) for row in said["summary"]] == [["by", "name", "plans", "closed", "closed_without_effect", *GRADES]] * 3
    counted = {(row["by"], row["name"]): (row["plans"], row["closed"], row["closed_without_effect"], row["worked"]) for row in said["summary"]}
    assert counted == {("all", None): (2, 2, 1, 1), ("kpi", "sales_amount"): (2, 2, 1, 1), ("measure", "feedback_loop"): (1, 1, 0, 1)}


def test_of_one_manager_one_kpi_one_state_and_an_older_revision(run, agreed: Path) -> None:
    def numbers(*arguments: str) -> list[int]:
        said = run(agreed, *arguments, "--json").json
        return [row["plan_id"] for row in (said["plans"] if arguments[0] == "effect" else said)]

    assert numbers("effect", "--manager", "王芳") == [2]
    assert numbers("effect", "--kpi", "csat") == []
    assert numbers("effect", "--revision", "2") == [1]
    assert numbers("plan", "list", "--state", "overdue") == [2]
    assert numbers("plan", "list", "--state", "overdue", "--state", "closed") == [1, 2]
    assert numbers("plan", "list", "--manager", "李明", "--kpi", "sales_amount") == [1]
    assert run(agreed, "plan", "list", "--revision", "4", "--json").json[0]["closed_on"] is None


def test_changed_reopened_and_taken_back(run, begun: Path) -> None:
    assert run(begun, "plan", "reopen", "1", "--json").json == {"plan_id": 1, "revision": 6}
    assert run(begun, "plan", "change", "1", "--goal", "170", "--due", "2024-10").status == 0
    row = run(begun, "plan", "list", "--json").json[0]
    assert [row[name] for name in ("goal", "due", "action", "closed_on", "new_process")] == [170, "2024-10", "每周回访", None, False]
    assert run(begun, "plan", "undo", "1", "--note", "1", "--json").json == {"plan_id": 1, "revision": 8}
    assert run(begun, "plan", "change", "1", "--goal", "none").status == 0
    assert run(begun, "plan", "list", "--json").json[0]["goal"] is None
    assert [run(begun, "plan", "undo", "1").status for _ in range(2)] == [0, 0]
    row = run(begun, "plan", "list", "--json").json[0]
    assert (row["goal"], row["notes"]) == (155, [])
    assert [run(begun, "plan", "undo", "2").status for _ in range(2)] == [0, 1]
    assert len(run(begun, "plan", "list", "--json").json) == 1


def test_what_happened_in_a_month(run, begun: Path) -> None:
    assert run(begun, "annotate", "list", "--json").json == []
    added = run(
        begun, "annotate", "add", "2024-07", "换了系统", "--kind", "data", "--team", "华东组", "--kpi", "csat", "--new-process", "--json"
    ).json
    assert added == {"annotation_id": 1, "revision": 6}
    assert run(begun, "annotate", "add", "2024-05", "展会").out == "Annotation number 2; the workspace is at revision 7.\n"
    rows = run(begun, "annotate", "list", "--json").json
    assert [{name: value for name, value in row.items() if name != "at"} for row in rows] == [
        {
            "annotation_id": 2,
            "month": "2024-05",
            "text": "展会",
            "kind": "other",
            "kpi": None,
            "scope": "everybody",
            "subject": None,
            "new_process": False,
            "actor": "owner",
            "revision": 7,
        },
        {
            "annotation_id": 1,
            "month": "2024-07",
            "text": "换了系统",
            "kind": "data",
            "kpi": "csat",
            "scope": "team",
            "subject": "华东组",
            "new_process": True,
            "actor": "owner",
            "revision": 6,
        },
    ]
    assert [row["annotation_id"] for row in run(begun, "annotate", "list", "--manager", "李明", "--kpi", "nps", "--json").json] == [2]
    assert run(begun, "annotate", "undo", "1", "--json").json == {"annotation_id": 1, "revision": 8}
    assert len(run(begun, "annotate", "list", "--json").json) == 1
    assert len(run(begun, "annotate", "list", "--revision", "7", "--json").json) == 2


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["effect", "--manager", "赵六"], "赵六"),
        (["effect", "--kpi", "colour"], "colour"),
        (["effect", "--revision", "99"], "99"),
        (["plan", "add", *WHOSE, "赵六", "--do", "x"], "赵六"),
        (["plan", "add", *WHOSE, "李明"], "Action"),
        (["plan", "add", *WHOSE, "李明", "--do", "x", "--due", "1999-01"], "1999-01"),
        (["plan", "add", "--kpi", "csat", "--manager", "李明", "--do", "x", "--goal", "92"], "0.95"),
        (["plan", "note", "9", "x"], "9"),
        (["plan", "note", "1", "x", "--date", "12.6.2024"], "12.6.2024"),
        (["plan", "close", "1", "x"], "2024-10-01"),
        (["plan", "reopen", "2"], "2"),
        (["plan", "undo", "1", "--note", "7"], "7"),
        (["annotate", "add", "June", "x"], "June"),
        (["annotate", "add", "2024-06", "x", "--team", "北方组"], "北方组"),
        (["annotate", "undo", "5"], "5"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(run, agreed: Path, command: list[str], named: str) -> None:
    said = run(agreed, *command)
    assert (said.status, said.out) == (1, "")
    assert named in said.err
    assert "Traceback" not in said.err
    assert open_store(f"sqlite:///{agreed / 'amdash.db'}").revision() == 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan"],
        ["plan", "add", "--kpi", "csat"],
        ["plan", "add", *WHOSE, "x", "--measure", "pray"],
        ["plan", "change", "1", "--goal", "much"],
        ["plan", "close", "1"],
        ["plan", "list", "--state", "forgotten"],
        ["annotate", "add", "2024-06", "x", "--kind", "party"],
        ["annotate", "add", "2024-06", "x", "--team", "a", "--manager", "b"],
    ],
)
def test_what_is_no_command_leaves_with_one(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        build_parser(translator("en")).parse_args(arguments)
    assert left.value.code == 1


def in_words(run: Any, workspace: Path, *arguments: str) -> list[str]:
    return run(workspace, *arguments).out.splitlines()


def test_in_english(run, begun: Path) -> None:
    told = in_words(run, begun, "effect")
    assert told[0].split("\t") == ["1", "李明", "Sales", "June 2024 – September 2024", "≥ 155", "closed", "worked"]
    assert told[1] == "  It worked: July 2024 is better than the ordinary swing explains."
    assert told[2].startswith("  From 110 to 156: +46 (95% interval: +")
    assert told[-2:] == [
        "All: 2 plans, 1 worked; of 2 past due or closed 1 without effect",
        "set up a customer feedback loop: 1 plan, 1 worked; of 1 past due or closed 0 without effect",
    ]
    listed = in_words(run, begun, "plan", "list")
    assert listed[:4] == [told[0], "  每周回访", "  [1] 12 Jun 2024: 开始了", "  Conclusion: 有效"]
    assert listed[4].split("\t")[4:] == ["no goal", "past due", "promising"]
    run(begun, "annotate", "add", "2024-07", "展会", "--kpi", "csat", "--new-process")
    assert in_words(run, begun, "annotate", "list") == ["1\tJuly 2024\tAll\tCustomer satisfaction\tOther\t展会\tlimits begin anew"]


def test_in_chinese(run, begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    told = in_words(run, begun, "effect")
    assert told[0].split("\t") == ["1", "李明", "销售额", "2024 年 6 月 – 2024 年 9 月", "≥ 155 元", "已结束", "有效"]
    assert told[1] == "  有效：2024 年 7 月的表现超出正常波动，比平常好。"
    assert told[-2] == "全部：2 个计划，1 个有效；已到期或已结束的 2 个中，1 个未见效果"
    assert in_words(run, begun, "plan", "list")[2:4] == ["  [1] 2024-06-12：开始了", "  结论：有效"]
    run(begun, "annotate", "add", "2024-07", "展会", "--kind", "market", "--manager", "李明")
    assert in_words(run, begun, "annotate", "list") == ["1\t2024 年 7 月\t李明\t全部指标\t市场\t展会\t"]
