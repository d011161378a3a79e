"""The summary of a team: everybody side by side in the order of the board, never by rank, and what is to be talked about, each with a name."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language
from amdash.insight.effect import Effect, Plan
from amdash.report.coverage_page import ReportGap
from amdash.report.document import Letterhead
from amdash.report.pdf import compile_pdf
from amdash.report.sections import ReportAgreement, ReportMove, ReportPlan, ReportRestated
from amdash.report.team import TeamInput, TeamMember, TeamPart, team_summary
from tests.conformance import broken_rules

AT = dt.datetime(2026, 11, 24, 9, 0)

LONG = "欧阳Anna Margarethe von Hohenlohe-Langenburg zu Württemberg 李四"
HOSTILE = '#panic() $x$ *b* "#read("/etc/passwd")"'


@pytest.fixture(scope="module")
def columns(ordinary) -> list[Any]:
    """The weighted KPIs of an ordinary month, each with one manager's reading."""
    return ordinary[1:4] + ordinary[5:9]


@pytest.fixture(scope="module")
def make_team(make_report, make_kpi, columns) -> Callable[..., TeamInput]:
    """Parts as (team, names) and changes -> the summary of October 2026 with one of everything below the figures."""
    readings = [reading for _kpi, reading in columns]
    effect = Effect(Plan("csat", "王芳", "2026-05", "2026-12", True), "no_change", False, 24, 5)

    def make(*parts: tuple[str, tuple[str, ...]], **changes: Any) -> TeamInput:
        made = [
            TeamPart(name, [TeamMember(who, None if who == "新人" else 1.038, readings) for who in names], readings if name else ())
            for name, names in parts or (("华东组", ("王芳", "李明")), ("华南组", ("新人",)))
        ]
        found = TeamInput(
            whole=make_report(manager="", team="", feedback=()),
            team="",
            columns=[kpi for kpi, _reading in columns],
            parts=made,
            missing=[("投诉", "2026-10")],
            agreed=[("", ReportAgreement("周会改到周一", "孙丽华", dt.date(2026, 11, 20), "overdue", 4))],
            plans=[("王芳", ReportPlan(make_kpi(), "每月回访", "", "2026-05", "2026-12", None, effect))],
            moves=[("李明", ReportMove("鼎盛", "vip", "lapsed", "no_order_for_days", 480_000.0, True))],
            restated=[("李明", ReportRestated(make_kpi(), "2026-08", 0.9, 0.875))],
            gaps=[ReportGap("2026-08", "投诉", "missing", "没有数据", "请上传。")],
        )
        return replace(found, **changes)

    return make


def pdf_of(found: TeamInput, language: Language) -> bytes:
    return compile_pdf(team_summary(found, language), AT, "team.typ")


def test_whose_figures_of_when(make_team) -> None:
    zh, en = (team_summary(make_team(), language) for language in LANGUAGES)
    assert (zh["title"], zh["name"], zh["facts"]) == ("2026 年 10 月团队小结", "团队小结", ["2026 年 10 月", "3 位经理", "2 个团队"])
    assert (en["title"], en["name"], en["facts"]) == ("Team summary of October 2026", "Team summary", ["October 2026", "3 managers", "2 teams"])
    assert zh["warning"] == "投诉（2026 年 10 月）没有数据，相关指标算不出来。"
    one = team_summary(make_team(("华东组", ("王芳",)), team="华东组", through="2026-11", missing=()), "en")
    assert (one["title"], one["name"]) == ("华东组: summary of October 2026", "华东组")
    assert (one["facts"], one["warning"]) == (["Team summary", "October 2026, up to Nov", "1 manager"], "")


def test_managers_keep_their_places_and_teams_their_lines(make_team) -> None:
    each = team_summary(make_team(("华东组", ("王芳", "李明")), ("", ("新人",))), "en")["each"]
    assert [(part["name"], part["size"], part["shown"]) for part in each["parts"]] == [
        ("华东组", "2 people", True),
        ("Without a team", "1 person", True),
    ]
    assert [[member["name"] for member in part["members"]] for part in each["parts"]] == [["王芳", "李明"], ["新人"]]
    assert [member["score"] for part in each["parts"] for member in part["members"]] == ["104", "104", "—"]
    # The figures of everybody are not those of the people without a team.
    assert [part["figures"][0] for part in each["parts"]] == ["102.4", ""]
    assert [part["shown"] for part in team_summary(make_team(("华东组", ("王芳",))), "en")["each"]["parts"]] == [False]


def test_a_cell_is_a_figure_between_two_marks_that_have_words(make_team) -> None:
    each = team_summary(make_team(), "zh")["each"]
    cells = each["parts"][0]["members"][0]["cells"]
    assert [(one["digits"], one["verdict"], one["signal"]) for one in cells] == [
        ("102.4", "met", ""),
        ("19", "met", "improving"),
        ("85.7", "missed", ""),
        ("31.5", "missed", "worsening"),
        ("96.3", "met", ""),
        ("50.0", "few", ""),
        ("4.1", "met", ""),
    ]
    assert all(one["verdict_words"] for one in cells)
    assert [bool(one["signal_words"]) for one in cells] == [bool(one["signal"]) for one in cells]
    assert [code for code, _words in each["legend"]] == ["met", "missed", "few", "improving", "worsening"]


def test_what_is_not_known_has_no_mark(make_team, make_kpi, make_reading) -> None:
    absent, free = make_reading(None, value=None, verdict="absent", variation="worsening"), make_reading(0.9, target=None, verdict="none")
    part = TeamPart("", [TeamMember("李明", None, [absent]), TeamMember("王芳", None, [free])])
    each = team_summary(make_team(columns=[make_kpi()], parts=[part]), "en")["each"]
    cells = [member["cells"][0] for member in each["parts"][0]["members"]]
    assert [(one["digits"], one["verdict"], one["signal"]) for one in cells] == [("—", "", ""), ("90.0", "", "")]
    assert each["legend"] == []


def test_a_heading_has_the_target_that_is_everybodys_and_else_the_unit(make_team, make_kpi, make_reading) -> None:
    def targets(*aims: float | None) -> str:
        members = [TeamMember(str(aim), None, [make_reading(0.9, target=aim)]) for aim in aims]
        found = make_team(columns=[make_kpi()], parts=[TeamPart("", members)])
        said: str = team_summary(found, "zh")["each"]["columns"][0]["target"]
        return said

    assert (targets(0.9, 0.9), targets(0.9, 0.8), targets(None, 0.9), targets(None)) == ("≥ 90%", "%", "%", "%")


def test_what_is_to_be_talked_about_goes_with_a_name(make_team) -> None:
    found = team_summary(make_team(), "en")["sections"]
    assert [section["name"] for section in found] == [
        "Agreed in the last meeting",
        "Improvement plans",
        "Customers that moved down",
        "Restated since the last report",
    ]
    assert [section["rows"][0][0] for section in found] == ["Everybody", "王芳", "李明", "李明"]
    for section in found:
        assert {len(section["head"]), len(section["widths"]), *map(len, section["rows"])} == {len(section["head"])}
        assert section["head"][0] == "Account manager"
    nothing = team_summary(make_team(agreed=(), plans=(), moves=(), restated=(), gaps=()), "en")
    assert (nothing["sections"], nothing["gaps"]["rows"]) == ([], [])


@pytest.mark.parametrize(
    ("count", "rows", "zh", "en"), [(8, 8, "", ""), (9, 8, "另有 1 条，全部 9 条合计年收入 90.0 万", "and 1 more, 900.0k a year from all 9")]
)
def test_long_lists_are_cut_and_say_what_is_left_out(make_team, count: int, rows: int, zh: str, en: str) -> None:
    moves = [("李明", ReportMove(f"客户{place}", "vip", "normal", "revenue_fell", 100_000.0, True)) for place in range(count)]
    said = [team_summary(make_team(moves=moves), language)["sections"][2] for language in LANGUAGES]
    assert [len(section["rows"]) for section in said] == [rows, rows]
    assert [section["note"].replace(" ", "") for section in said] == [zh.replace(" ", ""), en.replace(" ", "")]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


def test_all_of_it_stands_in_the_pdf_which_is_accessible_and_in_order(make_team, language: Language, pdf_text, structure, misplaced) -> None:
    said, made = team_summary(make_team(), language), pdf_of(make_team(), language)
    assert made == pdf_of(make_team(), language)
    text = pdf_text(made)
    wanted = [said["name"], *said["facts"], said["warning"], *(sentence for _lead, sentence in said["story"])]
    wanted += [words for row in said["rows"] for words in (row["name"], row["digits"], row["target"], row["verdict_words"], row["variation_words"])]
    each = said["each"]
    wanted += [each["score"], each["note"], *(words for _code, words in each["legend"]), *(one["name"] for one in each["columns"])]
    wanted += [words for part in each["parts"] for words in (part["name"], part["size"], *part["figures"])]
    members = [one for part in each["parts"] for one in part["members"]]
    wanted += [words for one in members for words in (one["name"], one["score"], *(cell["digits"] for cell in one["cells"]))]
    wanted += [words for section in said["sections"] for row in section["rows"] for words in row]
    wanted += [words for row in said["gaps"]["rows"] for words in (row["words"], *row["cells"])]
    assert [words for words in wanted if re.sub(r"\s", "", words) not in text] == []
    assert misplaced(made) == []
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 2
        assert (str(opened.Root.Lang), str(opened.docinfo.Title)) == ({"zh": "zh-CN", "en": "en-GB"}[language], said["title"])
        with opened.open_metadata() as meta:
            assert {value for name, value in meta.items() if name.endswith(("}conformance", "}part"))} == {"A", "1", "2"}
        elements = structure(opened)
    headings = [(str(one.S), str(one.T)) for one in elements if re.match(r"/H\d", str(one.S))]
    names = [said["whole"], each["name"], *(section["name"] for section in said["sections"]), said["gaps"]["name"]]
    assert headings == [("/H1", said["name"]), *(("/H2", name) for name in names)]


def test_no_mark_is_without_words(make_team, structure) -> None:
    said = team_summary(make_team(), "zh")
    with pikepdf.open(io.BytesIO(pdf_of(make_team(), "zh"))) as opened:
        alts = [str(one.Alt) for one in structure(opened) if str(one.S) == "/Figure"]
    marks = [
        words
        for part in said["each"]["parts"]
        for member in part["members"]
        for cell in member["cells"]
        for words in ([cell["verdict_words"]] if cell["verdict"] else []) + ([cell["signal_words"]] if cell["signal"] else [])
    ]
    assert alts == [row["alt"] for row in said["rows"]] + [chart["alt"] for chart in said["charts"]] + marks


@pytest.mark.parametrize("name", ["", "\u202e"])
def test_an_independent_checker_finds_nothing(make_team, name: str) -> None:
    assert broken_rules(pdf_of(make_team(team=name), "zh")) == set()


def test_forty_managers_run_over_pages_under_the_same_head(make_team, pdf_words, misplaced) -> None:
    names = tuple(f"Manager{place:02}" for place in range(40))
    made = pdf_of(make_team(("华东组", names[:20]), ("华南组", names[20:])), "zh")
    words = pdf_words(made)
    assert misplaced(made) == []
    assert [one.text for one in words if one.text in names] == list(names)
    assert len({one.page for one in words if one.text in names}) > 1
    heads = [one.page for one in words if one.text == "综合得分"]
    assert heads[:2] == [1, 2]
    # The page that goes on with a team says which.
    assert {one.page for one in words if one.text in ("华东组", "华南组")} >= {one.page for one in words if one.text in names}


@pytest.mark.parametrize("name", [LONG, HOSTILE, "李\u202e明\U00020000", "A" * 60, "客" * 60])
def test_whatever_a_name_holds_it_is_a_name_and_stays_in_its_place(make_team, name: str, misplaced, pdf_text) -> None:
    found = make_team(
        (name, (name, "王芳")),
        ("华南组", ("李明",)),
        agreed=[(name, ReportAgreement(name, name, None, "open"))],
        moves=[(name, ReportMove(name, "vip", "lapsed", "no_order_for_days", 480_000.0, True))],
    )
    made = pdf_of(replace(found, team=name, whole=replace(found.whole, letterhead=Letterhead(name, "#1d6fb8", name))), "zh")
    assert misplaced(made) == []
    shown = name.replace("\u202e", "").replace("\U00020000", "〓(U+20000)")
    assert pdf_text(made).count(re.sub(r"\s", "", shown)) >= 4


def test_values_that_hardly_differ_are_written_apart_beside_a_chart(make_team, make_report, make_kpi, make_reading, misplaced, pdf_text) -> None:
    reading = make_reading(*[0.114, 0.115] * 6, verdict="missed")
    made = pdf_of(make_team(whole=make_report(manager="", team="", feedback=(), readings=[(make_kpi(), reading)])), "en")
    assert misplaced(made) == []
    assert "11.4%" in pdf_text(made)
