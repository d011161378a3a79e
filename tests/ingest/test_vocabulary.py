"""The words of the sheets: every one can be reached, every table and field can be named in both languages."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest import vocabulary
from amdash.ingest.preview import read_file
from amdash.ingest.vocabulary import FOLDER, bracketed, load, plain
from amdash.schema import TABLES

WORDS = load()
SOURCES: dict[str, dict[str, Any]] = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
FIELDS = [
    (language, section, table, name)
    for language, source in SOURCES.items()
    for section in ("columns", "weak", "contains", "vague")
    for table, fields in source.get(section, {}).items()
    for name in fields
]
# Where one word names two fields, the values tell them apart (a moment or a span, a yes or a date), or one of them is weak.
SHARED = {
    "sales": {"amount": {"amount", "quantity"}},
    "tickets": {
        "firstresponsetime": {"first_response_at", "response_hours"},
        "initialresponsetime": {"first_response_at", "response_hours"},
        "首次响应时间": {"first_response_at", "response_hours"},
        "响应时间": {"first_response_at", "response_hours"},
        "resolved": {"resolved_at", "resolved"},
    },
}


def doubles(words: list[str]) -> list[str]:
    return [word for word, count in Counter(map(plain, words)).items() if count > 1]


def words_of(language: str, section: str, table: str, name: str) -> list[str]:
    found: list[str] = SOURCES[language][section][table][name]
    return found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Order Date", "orderdate"),
        ("order_date", "orderdate"),
        ("  ORDER-DATE: ", "orderdate"),
        ("订单 日期", "订单日期"),
        ("金额（万元）", "金额"),
        ("金额(含税)[元]", "金额"),
        ("【必填】客户名称", "客户名称"),
        ("客户名称*", "客户名称"),
        ("ＩＤ", "id"),
        ("是否解决？", "是否解决"),
        ("Resolved Y/N", "resolvedyn"),
        ("“销售额”", "销售额"),
        # Where nothing else is left, the brackets speak.
        ("(total)", "(total)"),
        ("（合计）", "(合计)"),
        ("", ""),
        (None, "none"),
        (2026, "2026"),
        ("---", ""),
    ],
)
def test_plain_words(text: object, bare: str) -> None:
    assert plain(text) == bare
    assert plain(plain(text)) == bare


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("销售额(万元)", ["万元"]),
        ("销售额（ 万元 ）", ["万元"]),
        ("金额[RMB]【含税】", ["rmb", "含税"]),
        ("金额()", [""]),
        ("金额", []),
        ("a(b)(c)", ["b", "c"]),
        (5, []),
        # A unit at the end needs no brackets.
        ("First response time (in hrs)", ["hrs"]),
        ("Speed of answer in seconds", ["seconds"]),
        ("First reply time in minutes within business hours", ["minutes"]),
        ("Response_time_in_minutes", ["minutes"]),
        ("Amount USD", ["usd"]),
        ("Revenue in thousands", ["thousands"]),
        ("金额/元", ["元"]),
        ("销售额：万元", ["万元"]),
        ("销售额万元", ["万元"]),
        ("响应时长分钟", ["分钟"]),
        ("响应时长 - 秒", ["秒"]),
        # Words that end like a unit are words.
        ("Total days", []),
        ("Stages", []),
        ("Domain admins", []),
        ("多元", []),
        ("工作日", []),
        ("得分", []),
    ],
)
def test_what_stands_in_brackets(text: object, inside: list[str]) -> None:
    assert bracketed(text) == inside


def test_there_are_two_languages_and_they_say_so() -> None:
    assert {name: source["language"] for name, source in SOURCES.items()} == {"en": "en", "zh": "zh"}


def test_all_tables_and_fields_of_the_vocabulary_exist() -> None:
    for language, section, table, name in FIELDS:
        assert table in TABLES, (language, section, table)
        assert name in TABLES[table].names, (language, section, table, name)
    for source in SOURCES.values():
        assert set(source) == {"language", "sheets", "columns", "weak", "contains", "vague", "questions", "values", "rows", "units"}
        assert set(source["values"]) == {"deal", "case", "source", "flag", "score"}
        assert set(source["units"]) == {"money", "hours"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", SOURCES)
def test_every_table_can_be_named_and_every_field_too(language: str, table: str) -> None:
    assert SOURCES[language]["sheets"][table]
    for name in TABLES[table].names:
        assert SOURCES[language]["columns"][table].get(name), (table, name)


@pytest.mark.parametrize(("language", "section", "table", "name"), FIELDS)
def test_no_word_stands_twice_within_a_field(language: str, section: str, table: str, name: str) -> None:
    assert doubles(words_of(language, section, table, name)) == []


def test_no_word_of_a_field_stands_in_both_languages_or_both_strong_and_weak() -> None:
    for table, name in {(table, name) for _, _, table, name in FIELDS}:
        places = [
            plain(word)
            for language, section, of, field in FIELDS
            if (of, field) == (table, name) and section in ("columns", "weak")
            for word in {plain(word) for word in words_of(language, section, of, field)}
        ]
        # Some words are the same in both languages, as nps is.
        assert [word for word in doubles(places) if not word.isascii()] == [], (table, name)


@pytest.mark.parametrize(("language", "section", "table", "name"), FIELDS)
def test_every_word_is_known_by_its_place_in_the_list(language: str, section: str, table: str, name: str) -> None:
    if section in ("contains", "vague"):
        assert {plain(word) for word in words_of(language, section, table, name)} <= {one.text for one in WORDS.phrases[table] if one.name == name}
        return
    ranks = WORDS.columns[table, name]
    for place, word in enumerate(words_of(language, section, table, name)):
        assert plain(word) in WORDS.known
        if section == "weak":
            assert ranks[plain(word)] >= 100
        else:
            # Where both languages or one list have a word twice, the earlier place holds.
            assert ranks[plain(word)] <= place


def test_the_first_word_of_a_list_is_the_best() -> None:
    assert WORDS.columns["sales", "amount"]["销售额"] == 0
    assert WORDS.columns["sales", "amount"]["sales"] == 0
    assert WORDS.columns["sales", "amount"]["amount"] > WORDS.columns["sales", "amount"]["revenue"]
    assert WORDS.columns["sales", "quantity"]["amount"] == 100
    assert WORDS.columns["sales", "amount"]["收入"] == 101


@pytest.mark.parametrize("table", TABLES)
def test_no_word_names_two_fields_of_a_table_unless_the_values_tell(table: str) -> None:
    found: dict[str, set[str]] = {}
    for name in TABLES[table].names:
        for word in WORDS.columns[table, name]:
            found.setdefault(word, set()).add(name)
    assert {word: names for word, names in found.items() if len(names) > 1} == SHARED.get(table, {})


def test_no_header_word_is_a_total() -> None:
    # `合计` over a column is money where nothing else is; everywhere else a total is a row.
    assert WORDS.known & WORDS.totals == {"合计", "total"}


def test_no_sheet_word_names_two_tables() -> None:
    assert doubles([word for words in WORDS.sheets.values() for word in words]) == []
    for table, words in WORDS.sheets.items():
        for word in words:
            assert WORDS.table_hint(word) == table, word


@pytest.mark.parametrize("domain", ["deal", "case", "source", "flag", "score"])
def test_no_value_word_means_two_things(domain: str) -> None:
    meanings: dict[str, set[str]] = {}
    for source in SOURCES.values():
        for meaning, words in source["values"][domain].items():
            for word in words:
                meanings.setdefault(plain(word), set()).add(meaning)
    assert {word: said for word, said in meanings.items() if len(said) > 1} == {}
    assert {word: next(iter(said)) for word, said in meanings.items()} == WORDS.values[domain]  # type: ignore[index]


def test_value_words_mean_what_the_code_asks_for() -> None:
    assert set(WORDS.values["deal"].values()) == {"won", "lost", "open", "cancelled"}
    assert set(WORDS.values["case"].values()) == {"resolved", "open"}
    assert set(WORDS.values["source"].values()) == {"supervisor", "team", "customer"}
    assert set(WORDS.values["flag"].values()) == {"yes", "no"}
    assert set(WORDS.values["score"].values()) == set("12345")


@pytest.mark.parametrize("kind", ["money", "hours"])
def test_units_are_written_as_brackets_give_them(kind: str) -> None:
    for language, source in SOURCES.items():
        for unit, factor in source["units"][kind].items():
            assert bracketed(f"x({unit})") == [unit], (language, unit)
            assert WORDS.units[kind][unit] == factor
            assert factor > 0


def test_units() -> None:
    assert (WORDS.units["money"]["万元"], WORDS.units["money"]["k"], WORDS.units["money"]["元"]) == (10_000, 1_000, 1)
    assert WORDS.units["hours"]["分钟"] * 60 == pytest.approx(1)
    assert WORDS.units["hours"]["sec"] * 3600 == pytest.approx(1)
    assert WORDS.units["hours"]["天"] == WORDS.units["hours"]["days"] == 24


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (["客户满意度调查"], "surveys"),
        (["客户"], "customers"),
        (["员工满意度"], "staff_surveys"),
        (["销售目标"], "targets"),
        (["销售明细"], "sales"),
        (["客服工单导出-2026-10"], "tickets"),
        (["Sales pipeline 2026"], "sales"),
        (["sales_teams"], "managers"),
        (["Staff Survey (Q3)"], "staff_surveys"),
        # The first name that says anything is the one that counts, also against a longer word in a later one.
        (["Sheet1", "投诉记录"], "complaints"),
        (["投诉", "客户满意度"], "complaints"),
        (["", "Sheet1"], None),
        ([], None),
    ],
)
def test_the_longest_word_in_the_first_telling_name_gives_the_table(names: list[str], table: str | None) -> None:
    assert WORDS.table_hint(*names) == table


@pytest.mark.parametrize(
    ("table", "name", "header", "word"),
    [
        ("sales", "amount", "销售额(万元)", "销售额"),
        ("sales", "amount", "销售额万元", "销售额"),
        ("sales", "amount", "金额/元", "金额"),
        ("sales", "amount", "Amount (USD)", "amount"),
        ("sales", "amount", "Amount USD", "amount"),
        ("sales", "amount", "Revenue in thousands", "revenue"),
        ("tickets", "response_hours", "Speed of answer in seconds", "speed of answer"),
        ("tickets", "response_hours", "响应时长（分钟）", "响应时长"),
        ("tickets", "response_hours", "响应时长-分钟", "响应时长"),
        ("tickets", "answered", "Answered (Y/N)", "answered"),
        ("surveys", "manager", "2、您的客户经理是？", "您的客户经理是"),
        ("surveys", "customer", "Q1. Your company", "your company"),
        ("surveys", "score", "第3题：满意度", "满意度"),
    ],
)
def test_a_header_ranks_as_its_word_does_without_its_number_and_its_unit(table: str, name: str, header: str, word: str) -> None:
    assert WORDS.rank(table, name, header) == WORDS.columns[table, name][plain(word)]
    assert WORDS.knows(header)


@pytest.mark.parametrize(
    ("table", "name", "header"),
    [
        ("sales", "amount", "Total (hours)"),
        ("sales", "amount", "总价(分钟)"),
        ("tickets", "response_hours", "Response time (USD)"),
        ("sales", "amount", "Total days"),
        ("sales", "amount", "Stage"),
        # A month is no question number.
        ("targets", "period", "1月份"),
    ],
)
def test_another_unit_is_another_thing(table: str, name: str, header: str) -> None:
    assert WORDS.rank(table, name, header) is None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("您对我们的服务总体满意吗？", "score"),
        ("3、您对我们公司的整体评价", "score"),
        ("您对本次服务是否满意？", "score"),
        ("您对我们满意吗？", "score"),
        ("您对本次服务的评价", "score"),
        ("您对产品质量的评价", "product_quality"),
        ("您对产品质量是否满意？", "product_quality"),
        ("您对客服的态度满意吗？", "service_attitude"),
        ("您对我们的服务态度是否满意", "service_attitude"),
        ("您与客户经理沟通是否顺畅", "communication"),
        ("我们的方案能满足您的需求吗？", "needs_met"),
        ("您愿意把我们推荐给朋友吗？", "likelihood"),
        ("您不满意的原因是？", "comment"),
        ("您还有什么建议？", "comment"),
        ("请问您的公司名称是什么？", "customer"),
        ("为您服务的是哪位客户经理？", "manager"),
        ("How satisfied are you overall?", "score"),
        ("How satisfied are you?", "score"),
        ("How satisfied are you with the quality of the product?", "product_quality"),
        ("Was our staff friendly?", "service_attitude"),
        ("Did we communicate clearly?", "communication"),
        ("Did we meet your needs?", "needs_met"),
        ("How likely are you to recommend us to a friend?", "likelihood"),
        ("Please tell us more", "comment"),
        ("您的性别", None),
        ("您所在的行业？", None),
        ("How old are you?", None),
        # No question: a column of a sheet that means something else.
        ("不满意数", None),
        ("沟通次数", None),
        ("Recommended price", None),
        ("Overall discount", None),
    ],
)
def test_a_question_asks_for_one_thing(header: str, name: str | None) -> None:
    found = [field.name for field in TABLES["surveys"].fields if WORDS.rank("surveys", field.name, header) is not None]
    assert found == ([] if name is None else [name])
    if name:
        assert WORDS.knows(header)
        rank = WORDS.rank("surveys", name, header)
        assert rank is not None
        assert rank >= 200


def test_what_a_question_says_comes_before_what_any_question_may_say_and_the_longer_first() -> None:
    rank = WORDS.rank
    clear, clearer, vague = "您对我们的整体印象？", "您对我们的整体满意程度如何？", "您满意吗？"
    assert 200 <= rank("surveys", "score", clearer) < rank("surveys", "score", clear) < 300 <= rank("surveys", "score", vague)  # type: ignore[operator]


def test_questions_are_understood_in_surveys_alone() -> None:
    for table in TABLES:
        found = [field.name for field in TABLES[table].fields if WORDS.rank(table, field.name, "您对我们的服务总体满意吗？") is not None]
        assert found == (["score"] if table in ("surveys", "staff_surveys") else [])


@pytest.mark.parametrize("table", ["surveys", "staff_surveys"])
def test_no_phrase_asks_for_two_fields(table: str) -> None:
    assert doubles([phrase.text for phrase in WORDS.phrases[table]]) == []


@given(st.text(max_size=80))
def test_any_header_has_a_rank_or_none_and_the_same_one_each_time(header: str) -> None:
    for table in TABLES:
        for field in TABLES[table].fields:
            rank = WORDS.rank(table, field.name, header)
            assert rank is None or 0 <= rank < 400
            assert rank == WORDS.rank(table, field.name, header)
            exact = WORDS.columns[table, field.name].get(plain(header))
            assert exact is None or rank in (exact, None)


FIRST = """
sheets.sales = ["A"]
columns.sales.amount = ["X Y", "x-y", "Z"]
values.deal.won = ["Ja"]
rows.totals = ["Summe"]
"""
SECOND = """
sheets = {sales = ["B"], tickets = ["C"]}
columns.sales.amount = ["Z"]
weak.sales.amount = ["z", "w"]
values.deal.lost = ["Nein"]
rows.totals = []
"""


def test_vocabularies_of_a_folder_are_one(tmp_path: Path) -> None:
    rest = "values.case = {}\nvalues.source = {}\nvalues.flag = {}\nvalues.score = {}\nunits = {money = {}, hours = {}}\n"
    for name, text in (("a", FIRST), ("b", SECOND)):
        (tmp_path / f"{name}.toml").write_text(text + rest, encoding="utf-8")
    both = vocabulary.load(tmp_path)
    # The first list that has a word keeps its place, and a weak word is weak only where it is no other.
    assert both.columns == {("sales", "amount"): {"xy": 0, "z": 2, "w": 101}}
    assert both.sheets == {"sales": ("a", "b"), "tickets": ("c",)}
    assert both.values["deal"] == {"ja": "won", "nein": "lost"}
    assert both.totals == {"summe"}
    assert both.known == {"xy", "z", "w"}


def test_no_value_word_is_a_total() -> None:
    assert WORDS.totals & {word for words in WORDS.values.values() for word in words} == set()


def test_an_average_answer_is_a_row_and_a_row_of_averages_is_none(xlsx) -> None:
    rows = [
        ["Satisfaction", "Account manager", "Date", "Quality", "Communication"],
        ["Average", "Ann", "2026-10-01", 3, 4],
        ["Good", "Bob", "2026-10-02", 5, 4],
        ["Average", None, None, 4, 4],
        ["Mean", None, None, 4, 4],
    ]
    (sheet,) = read_file("x.xlsx", xlsx({"Customer survey": rows}), dt.date(2026, 11, 24)).sheets
    (table,) = sheet.tables
    assert (table.frame["score"].tolist(), table.refused, table.totals_skipped) == ([3, 4], 0, 2)
