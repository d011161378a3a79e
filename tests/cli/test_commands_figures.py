"""The scorecard, the rows behind it, the catalogue and the reports on the command line; the shapes are those of the issue and stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

MARCH = "业务-2025-03.xlsx"
FIGURE = ["kpi", "manager", "team", "period", "value", "numerator", "denominator", "n", "target", "met"]
MEANING = ["verdict", "leaning", "interval", "settling", "signal", "direction", "assurance"]


def figure(kpi: str, manager: str | None, team: str | None, period: str, *rest: Any) -> dict[str, Any]:
    return dict(zip(FIGURE, (kpi, manager, team, period, *rest), strict=True))


def test_the_scorecard_of_managers_by_month(run, stored: Path) -> None:
    said = run(stored, "scorecard", "--kpi", "sales_amount", "--kpi", "sales_attainment", "--kpi", "csat", "--json")
    assert (said.status, said.err) == (0, "")
    assert [{name: row[name] for name in FIGURE} for row in said.json] == [
        figure("sales_amount", "李明", None, "2025-03", 3000.75, 3000.75, None, 2, None, None),
        figure("sales_amount", "李明", None, "2025-04", 50, 50, None, 1, None, None),
        figure("sales_amount", "王芳", None, "2025-03", 300.25, 300.25, None, 1, None, None),
        figure("sales_attainment", "李明", None, "2025-03", 3000.75 / 3000, 3000.75, 3000, 1, 0.95, True),
        figure("sales_attainment", "王芳", None, "2025-03", 300.25 / 400, 300.25, 400, 1, 0.95, False),
        figure("csat", "李明", None, "2025-03", 0.75, 3, 4, 4, 0.9, False),
        figure("csat", "王芳", None, "2025-03", 1, 1, 1, 1, 0.9, True),
    ]
    for row in said.json:
        assert isinstance(row["n"], int)
        assert row["met"] in (None, True, False)


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (["--every", "total"], [("李明", None, "total", 3050.75), ("王芳", None, "total", 300.25)]),
        (["--every", "year", "--by", "all"], [(None, None, "2025", 3351)]),
        (
            ["--every", "quarter", "--by", "team"],
            [(None, "华东组", "2025-Q1", 3000.75), (None, "华东组", "2025-Q2", 50), (None, "华南组", "2025-Q1", 300.25)],
        ),
        (["--from", "2025-04"], [("李明", None, "2025-04", 50)]),
        (["--to", "2025-03", "--manager", "王芳"], [("王芳", None, "2025-03", 300.25)]),
        (["--manager", "王芳", "--manager", "李明", "--every", "total"], [("李明", None, "total", 3050.75), ("王芳", None, "total", 300.25)]),
        (["--revision", "1", "--every", "total"], [("李明", None, "total", 3000.75), ("王芳", None, "total", 300.25)]),
        (["--revision", "0"], []),
        (["--from", "2025-05"], []),
    ],
)
def test_the_scorecard_by_every_option(run, stored: Path, options: list[str], rows: list[tuple[Any, ...]]) -> None:
    found = run(stored, "scorecard", "--kpi", "sales_amount", "--json", *options).json
    assert [(row["manager"], row["team"], row["period"], row["value"]) for row in found] == rows


def test_a_scorecard_of_everything_is_strict_json_with_every_key(run, stored: Path) -> None:
    found = run(stored, "scorecard", "--json").json
    assert {row["kpi"] for row in found} == {"sales_amount", "sales_attainment", "new_customers", "csat", "satisfaction_score", "improvement"}
    assert all(list(row) == [*FIGURE, *MEANING] for row in found)


def test_the_scorecard_in_words(run, stored: Path) -> None:
    lines = run(stored, "scorecard", "--kpi", "csat", "--kpi", "sales_amount", "--to", "2025-03").out.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["Customer satisfaction", "李明", "2025-03", "75.0%", "4", "too few, missed once the next case is bad", ""],
        ["Customer satisfaction", "王芳", "2025-03", "100.0%", "1", "too few, met once the next 34 cases are all good", ""],
        ["Sales", "李明", "2025-03", "3,001", "2", "", ""],
        ["Sales", "王芳", "2025-03", "300", "1", "", ""],
    ]
    assert run(stored, "scorecard", "--kpi", "csat", "--by", "all").out.split("\t")[1] == "All"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["scorecard", "--kpi", "sales"], "There is no KPI called “sales”. Known are: sales_amount, "),
        (["scorecard", "--manager", "张三"], "There is no account manager called “张三”. Known are: 李明, 王芳."),
        (["scorecard", "--from", "2025-13"], "“2025-13” is not a month. Write it like 2026-10."),
        (["scorecard", "--to", "March"], "“March” is not a month."),
        (["scorecard", "--revision", "3"], "There is no revision 3; the newest is 2."),
        (["rows", "--kpi", "x"], "There is no KPI called “x”."),
        (["rows", "--kpi", "csat", "--manager", "张三"], "There is no account manager called “张三”."),
        (["rows", "--kpi", "csat", "--from", "25-03"], "“25-03” is not a month."),
    ],
)
def test_what_is_not_known_is_said_on_stderr(run, stored: Path, arguments: list[str], reason: str) -> None:
    for more in ([], ["--json"]):
        said = run(stored, *arguments, *more)
        assert (said.status, said.out) == (1, "")
        assert said.err.startswith(reason)


def test_the_rows_behind_a_number(run, stored: Path) -> None:
    found = run(stored, "rows", "--kpi", "sales_amount", "--manager", "李明", "--to", "2025-03", "--json").json
    assert all(set(row) == {"file", "sheet", "row", "values", "beside"} for row in found)
    assert [(row["file"], row["sheet"], row["row"]) for row in found] == [(MARCH, "销售明细", 3), (MARCH, "销售明细", 4)]
    assert [(row["values"]["order_no"], row["values"]["date"], row["values"]["amount"], row["values"]["returned"]) for row in found] == [
        ("A1", "2025-03-03", 1000.75, None),
        ("A2", "2025-03-10", 2000, None),
    ]
    assert len(run(stored, "rows", "--kpi", "csat", "--json").json) == 5
    assert [row["values"]["order_no"] for row in run(stored, "rows", "--kpi", "sales_amount", "--from", "2025-04", "--json").json] == ["A6"]


def test_the_rows_in_words(run, stored: Path) -> None:
    first, second = run(stored, "rows", "--kpi", "sales_amount", "--manager", "李明", "--to", "2025-03").out.splitlines()
    file, sheet, row, values = first.split("\t")
    assert (file, sheet, row) == (MARCH, "销售明细", "3")
    assert {"order_no=A1", "amount=1000.75", "date=2025-03-03"} <= set(values.split())
    assert "returned" not in values
    assert "order_no=A2" in second


def test_the_catalogue(run, tmp_path: Path) -> None:
    found = run(tmp_path, "kpis", "--json").json
    assert [row["id"] for row in found] == [
        "sales_amount",
        "sales_attainment",
        "new_customers",
        "retention",
        "csat",
        "satisfaction_score",
        "nps",
        "net_sales",
        "return_rate",
        "win_rate",
        "response_time",
        "response_median",
        "response_p90",
        "response_in_target",
        "answer_rate",
        "first_resolution",
        "complaint_resolution",
        "complaint_rate",
        "staff_satisfaction",
        "improvement",
    ]
    targets = {row["id"]: (row["target"], row["higher_is_better"], row["unit"]) for row in found}
    assert targets["response_time"] == (24, False, "hours")
    assert targets["complaint_rate"] == (0.05, False, "ratio")
    assert targets["sales_amount"] == (None, True, "money")
    assert all(row["name"] and row["formula"] and row["source"] for row in found)
    lines = [line.split("\t") for line in run(tmp_path, "kpis").out.splitlines()]
    assert [line[:3] for line in lines[:2]] == [["sales_amount", "Sales", "no target"], ["sales_attainment", "Sales attainment", "≥ 95%"]]
    assert len(lines) == 20


def test_a_report_of_one_and_of_all(run, stored: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    said = run(stored, "report", "--month", "2025-03", "--manager", "李明", "--lang", "zh", "--out", out)
    assert (said.status, said.out) == (0, f"{out / '李明-2025-03.pdf'}\n")
    first = (out / "李明-2025-03.pdf").read_bytes()
    assert first.startswith(b"%PDF-")
    assert run(stored, "report", "--month", "2025-03", "--all", "--lang", "zh", "--out", out).status == 0
    assert sorted(path.name for path in out.iterdir()) == ["李明-2025-03.pdf", "王芳-2025-03.pdf"]
    assert (out / "李明-2025-03.pdf").read_bytes() == first
    # The other language beside it, in a file of its own.
    assert run(stored, "report", "--month", "2025-03", "--manager", "李明", "--out", out).out == f"{out / '李明-2025-03-en.pdf'}\n"
    assert (out / "李明-2025-03.pdf").read_bytes() == first != (out / "李明-2025-03-en.pdf").read_bytes()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--month", "2025-05", "--all"], "There are no figures for May 2025 yet."),
        (["--month", "2025-3", "--all"], "“2025-3” is not a month."),
        (["--month", "2025-03", "--manager", "张三"], "There is no account manager called “张三”."),
    ],
)
def test_a_report_that_cannot_be_made(run, stored: Path, tmp_path: Path, options: list[str], reason: str) -> None:
    said = run(stored, "report", *options, "--out", tmp_path / "out")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(reason)
    assert list(tmp_path.rglob("*.pdf")) == []


def test_reports_of_names_that_look_alike_do_not_overwrite_each_other(run, tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text("日期,客户经理,金额\n2025-03-01,A/B,1\n2025-03-01,A\\B,2\n2025-03-01,a:b,3\n", encoding="utf-8")
    assert run(tmp_path / "w", "import", sheet).status == 0
    said = run(tmp_path / "w", "report", "--month", "2025-03", "--all", "--out", tmp_path / "out")
    assert len({path.name.casefold() for path in (tmp_path / "out").iterdir()}) == 3
    assert sorted(said.out.splitlines()) == sorted(str(path) for path in (tmp_path / "out").iterdir())


def test_a_figure_says_what_it_means(run, stored: Path) -> None:
    rows = run(stored, "scorecard", "--kpi", "csat", "--kpi", "sales_attainment", "--json").json
    found = {(row["kpi"], row["manager"]): {name: row[name] for name in MEANING} for row in rows}
    # Three of four: Wilson's interval is 30.1 to 95.4 %, which holds the target.
    assert found["csat", "李明"] == {
        "verdict": "few",
        "leaning": "missed",
        "interval": pytest.approx([0.3006, 0.9544], abs=1e-4),
        "settling": {"met": 49, "missed": 1},
        "signal": None,
        "direction": None,
        "assurance": "unknown",
    }
    # Everything that was sold was counted: no interval, and nothing more would settle it.
    assert (found["sales_attainment", "李明"]["verdict"], found["sales_attainment", "李明"]["interval"]) == ("met", None)
    assert (found["sales_attainment", "王芳"]["verdict"], found["sales_attainment", "王芳"]["settling"]) == ("missed", None)


def test_everything_together_is_no_series(run, stored: Path) -> None:
    rows = run(stored, "scorecard", "--kpi", "sales_amount", "--every", "total", "--json").json
    assert {(row["verdict"], row["signal"], row["assurance"]) for row in rows} == {("none", None, None)}
