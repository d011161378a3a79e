"""Columns to fields: the best table wins, words and values decide, and a person's word goes before both."""

from __future__ import annotations

from typing import Any

from amdash.ingest import vocabulary
from amdash.ingest.context import Context
from amdash.ingest.decisions import Decided
from amdash.ingest.layout import Column, Grid
from amdash.ingest.match import NOTHING_DECIDED, Match, match_tables, nearly
from amdash.ingest.vocabulary import bracketed

WORDS = vocabulary.load()
CONTEXT = Context("", WORDS)


def grid(**columns: list[Any]) -> Grid:
    """Header word -> cells; underscores in a word are spaces."""
    headers = [name.replace("_", " ") for name in columns]
    rows = max(len(cells) for cells in columns.values())
    return Grid(
        header_row=1,
        columns=[Column(index, header, tuple(bracketed(header))) for index, header in enumerate(headers)],
        row_numbers=list(range(2, rows + 2)),
        cells=list(columns.values()),
        titles=[],
    )


def matched(sheet: Grid, hint: str | None = None, fixed: dict[int, tuple[str, str]] | None = None) -> list[tuple[str, dict[str, str]]]:
    """(table, header -> field) of everything that was found."""
    found = match_tables(sheet, CONTEXT, hint, Decided(fixed or {}))
    return [(one.table.name, {sheet.columns[place].header: name for name, place in one.fields.items()}) for one in found]


def tables(sheet: Grid, hint: str | None = None) -> list[str]:
    return [name for name, _ in matched(sheet, hint)]


DAY, NAME, SUM, TEXT = ["2026-10-01"], ["李明"], [5.0], ["都好"]


def test_the_table_that_knows_most_columns_wins() -> None:
    assert tables(grid(下单日期=DAY, 客户经理=NAME, 客户名称=["甲"], 金额=SUM)) == ["sales"]
    assert tables(grid(投诉日期=DAY, 客户经理=NAME, 客户名称=["甲"], 投诉类型=TEXT)) == ["complaints"]
    assert tables(grid(日期=DAY, 客户经理=NAME, 反馈内容=TEXT, 金额=["x"])) == ["feedback"]


def test_what_a_sheet_is_called_decides_between_near_ones() -> None:
    # Both need no more than a date and a score.
    sheet = grid(调查日期=DAY, 满意度=SUM, 团队=["华东组"])
    assert tables(sheet, "surveys") == ["surveys"]
    assert tables(sheet, "staff_surveys") == ["staff_surveys"]
    assert tables(sheet) == ["staff_surveys"]


def test_a_name_is_worth_three_columns_and_no_more() -> None:
    shared = {"受理时间": DAY, "客户经理": NAME, "客户名称": ["甲"]}
    assert tables(grid(**shared, 投诉类型=TEXT, 紧急程度=TEXT), "tickets") == ["tickets"]
    assert tables(grid(**shared, 投诉类型=TEXT, 紧急程度=TEXT, 投诉编号=["1"], 办结日期=DAY), "tickets") == ["complaints"]
    ((one,),) = [match_tables(grid(受理时间=DAY), CONTEXT, "tickets")]
    assert one.score == 4.0


def test_a_table_without_all_its_required_fields_is_none() -> None:
    assert matched(grid(下单日期=DAY, 产品=TEXT)) == []
    assert matched(grid(foo=DAY, bar=TEXT)) == []


def test_values_that_a_field_cannot_hold_take_the_column_away_from_it() -> None:
    assert matched(grid(日期=["a", "b", "c"], 金额=[1, 2, 3])) == []
    half = grid(日期=["2026-10-01", "b"], 金额=[1, 2])
    assert tables(half) == ["sales"]
    assert matched(grid(日期=["2026-10-01", "b", "c"], 金额=[1, 2, 3])) == []


def test_one_word_for_two_fields_is_settled_by_the_values() -> None:
    moments = grid(创建时间=["2026-10-01 08:00"], 首次响应时间=["2026-10-01 09:00"])
    assert matched(moments) == [("tickets", {"创建时间": "opened_at", "首次响应时间": "first_response_at"})]
    spans = grid(创建时间=["2026-10-01 08:00"], 首次响应时间=[1.5])
    assert matched(spans) == [("tickets", {"创建时间": "opened_at", "首次响应时间": "response_hours"})]
    assert matched(grid(Created=DAY, Resolved=["yes"])) == [("tickets", {"Created": "opened_at", "Resolved": "resolved"})]
    assert matched(grid(Created=DAY, Resolved=["2026-10-02"])) == [("tickets", {"Created": "opened_at", "Resolved": "resolved_at"})]


def test_a_status_with_words_of_its_own_is_still_the_status() -> None:
    assert matched(grid(日期=DAY, 金额=SUM, 状态=["神秘"])) == [("sales", {"日期": "date", "金额": "amount", "状态": "status"})]


def test_of_two_columns_for_one_field_the_better_word_wins() -> None:
    fields = {"下单日期": "date", "订单金额": "amount"}
    assert matched(grid(日期=DAY, 下单日期=DAY, 金额=SUM, 订单金额=SUM)) == [("sales", fields)]
    assert matched(grid(订单金额=SUM, 下单日期=DAY, 金额=SUM, 日期=DAY)) == [("sales", fields)]


def test_of_two_equal_columns_the_first_wins() -> None:
    ((_, fields),) = matched(grid(日期=DAY, 金额=SUM, **{"金额(元)": SUM}))
    assert fields == {"日期": "date", "金额": "amount"}


def test_weak_words_come_last_and_count_half() -> None:
    # `amount` is money, unless a better word has taken the money: then it is the quantity.
    assert matched(grid(Date=DAY, Amount=SUM)) == [("sales", {"Date": "date", "Amount": "amount"})]
    assert matched(grid(Date=DAY, Amount=SUM, Sales=SUM)) == [("sales", {"Date": "date", "Sales": "amount", "Amount": "quantity"})]
    assert matched(grid(日期=DAY, 收入=SUM)) == [("sales", {"日期": "date", "收入": "amount"})]
    assert matched(grid(日期=DAY, 收入=SUM, 总价=SUM)) == [("sales", {"日期": "date", "总价": "amount"})]
    (weak,) = match_tables(grid(日期=DAY, 收入=SUM), CONTEXT, None)
    (strong,) = match_tables(grid(日期=DAY, 金额=SUM), CONTEXT, None)
    (both,) = match_tables(grid(Date=DAY, Sales=SUM, Amount=SUM), CONTEXT, None)
    assert (weak.score, strong.score, both.score) == (1.5, 2.0, 2.5)


def test_a_list_of_customers_or_people_is_one() -> None:
    assert matched(grid(客户名称=["甲"], 客户经理=NAME, 行业=TEXT)) == [
        ("customers", {"客户名称": "customer", "客户经理": "manager", "行业": "industry"})
    ]
    assert matched(grid(姓名=NAME, 工号=["7"], 团队=["华东组"])) == [("managers", {"姓名": "name", "工号": "employee_no", "团队": "team"})]


def test_a_sheet_that_only_lacks_a_column_is_no_list_of_customers() -> None:
    # Sales without an amount: three columns of sales against two of a customer list.
    sheet = grid(下单日期=DAY, 客户名称=["甲"], 客户经理=NAME, 产品=TEXT)
    assert matched(sheet) == []
    assert [field.name for field in nearly(sheet, CONTEXT, None)[0].lacking()] == ["amount"]
    # As many of the one as of the other: a list.
    assert tables(grid(客户名称=["甲"], 客户经理=NAME, 行业=TEXT, 下单日期=DAY)) == ["customers"]


def test_what_happened_on_a_day_stays_though_a_table_that_lacks_a_column_knows_more() -> None:
    sheet = grid(日期=DAY, 客户经理=NAME, 评分=SUM, 反馈来源=["主管"], 反馈方式=TEXT, 改进措施=TEXT)
    assert tables(sheet) == ["surveys"]


def test_one_column_of_names_is_a_list_only_where_the_sheet_says_so() -> None:
    assert matched(grid(客户名称=["甲"], foo=TEXT)) == []
    assert tables(grid(客户名称=["甲"], foo=TEXT), "customers") == ["customers"]
    assert tables(grid(姓名=NAME, foo=TEXT), "managers") == ["managers"]


def test_a_rating_beside_a_ticket_rides_along_with_the_ticket_s_date() -> None:
    sheet = grid(创建时间=DAY, 客户经理=NAME, 工单编号=["1"], 评分=SUM)
    assert matched(sheet) == [
        ("tickets", {"创建时间": "opened_at", "客户经理": "manager", "工单编号": "ticket_no"}),
        ("surveys", {"创建时间": "date", "客户经理": "manager", "评分": "score"}),
    ]


def test_a_rider_keeps_a_date_of_its_own() -> None:
    (_, rider) = matched(grid(创建时间=DAY, 工单编号=["1"], 客户经理=NAME, 回访日期=DAY, 评分=SUM))
    assert rider == ("surveys", {"客户经理": "manager", "回访日期": "date", "评分": "score"})


def test_nothing_rides_on_a_list_or_on_a_column_that_is_taken() -> None:
    assert tables(grid(姓名=NAME, 工号=["7"], 团队=["华东组"], 满意度=SUM)) == ["managers"]
    # The score of a feedback entry is its rating, not a survey.
    assert matched(grid(日期=DAY, 客户经理=NAME, 反馈内容=TEXT, 评分=SUM)) == [
        ("feedback", {"日期": "date", "客户经理": "manager", "反馈内容": "content", "评分": "rating"})
    ]
    # Sales ride along nowhere.
    assert tables(grid(创建时间=DAY, 工单编号=["1"], 客户经理=NAME, 销售额=SUM)) == ["tickets"]


def test_a_survey_alone_does_not_ride_on_itself() -> None:
    assert tables(grid(调查日期=DAY, 满意度=SUM, 客户名称=["甲"])) == ["surveys"]


def test_a_fixed_column_is_its_field_whatever_it_is_called_and_holds() -> None:
    sheet = grid(下单日期=DAY, 金额=SUM, foo=["x"])
    assert matched(sheet, fixed={2: ("sales", "customer")}) == [("sales", {"foo": "customer", "下单日期": "date", "金额": "amount"})]
    # It takes the place of the column that would have been, and its own words mean nothing any more.
    assert matched(sheet, fixed={2: ("sales", "amount")}) == [("sales", {"foo": "amount", "下单日期": "date"})]
    assert matched(sheet, fixed={1: ("sales", "quantity")}) == []


def test_a_fixed_column_weighs_more_than_every_hint() -> None:
    sheet = grid(受理时间=DAY, 客户经理=NAME, 客户名称=["甲"], foo=["x"])
    assert tables(sheet, "tickets") == ["tickets"]
    assert matched(sheet, "tickets", {3: ("complaints", "category")})[0][0] == "complaints"
    # A column that was given to one table is no other's.
    assert all("受理时间" not in fields for name, fields in matched(sheet, fixed={0: ("complaints", "received_on")}) if name == "tickets")


def test_the_hint_of_a_sheet_does_not_complete_a_table() -> None:
    assert matched(grid(下单日期=DAY, 产品=TEXT), "sales") == []


def test_the_nearest_table_and_what_it_lacks() -> None:
    def near(sheet, hint=None, decided=NOTHING_DECIDED):
        found = nearly(sheet, CONTEXT, hint, decided)[0]
        return found.table.name, [field.name for field in found.lacking()]

    assert near(grid(下单日期=DAY, 产品=TEXT)) == ("sales", ["amount"])
    assert near(grid(客户经理=NAME, 反馈内容=TEXT)) == ("feedback", ["date"])
    assert near(grid(日期=DAY), "feedback") == ("feedback", ["manager", "content"])
    # What a person has said already counts.
    assert near(grid(foo=DAY, bar=TEXT), decided=Decided({0: ("complaints", "received_on"), 1: ("sales", "product")})) == (
        "sales",
        ["date", "amount"],
    )
    assert nearly(grid(foo=DAY, bar=TEXT), CONTEXT, "sales") == []


def test_the_context_of_the_sheet_reaches_the_columns() -> None:
    # Dates without a year can be read only where the sheet knows one.
    sheet = grid(下单日期=["10月5日"], 金额=SUM)
    assert match_tables(sheet, CONTEXT, None) == []
    assert [one.table.name for one in match_tables(sheet, Context("", WORDS, (), 2026), None)] == ["sales"]


def test_a_match_says_where_its_columns_stand() -> None:
    (found,) = match_tables(grid(金额=SUM, foo=TEXT, 日期=DAY), CONTEXT, None)
    assert isinstance(found, Match)
    assert dict(found.fields) == {"date": 2, "amount": 0}
