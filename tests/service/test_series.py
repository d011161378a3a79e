"""Which recurring sheet a file continues."""

from __future__ import annotations

import pytest

from amdash.service.series import resolve, stem_of
from amdash.store.rows import SeriesRow

HEADERS = ("日期", "客户经理", "客户名称", "金额", "产品")


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("经营数据-2026-02.xlsx", "经营数据"),
        ("经营数据-2026-03 (1).xlsx", "经营数据"),
        ("经营数据2026年3月.xlsx", "经营数据"),
        ("经营数据-2026-02 - 副本.xlsx", "经营数据"),
        ("经营数据-2026-02-修正.xlsx", "经营数据"),
        ("Sales_2026-03_final.csv", "sales"),
        ("Copy of sales v2 (March 2026).csv", "sales"),
        ("SALES updated.csv", "sales"),
        ("marketing-may.csv", "marketing"),
        ("销售明细(最新).xlsx", "销售明细"),
        ("2月修正.xlsx", "#"),
        ("orders.xlsx", "orders"),
        ("华东10月销售.xlsx", "华东销售"),
        ("202610.xlsx", "#"),
        ("2026-02(1).csv", "#"),
    ],
)
def test_the_stem_forgets_months_and_copies(file: str, stem: str) -> None:
    assert stem_of(file) == stem


def test_a_first_sheet_starts_a_series() -> None:
    assert resolve([], "sales", "华东-2026-10.xlsx", HEADERS) == SeriesRow("sales", "华东", "华东", HEADERS)


def test_next_month_continues_it_also_with_a_column_more_or_less() -> None:
    known = [SeriesRow("sales", "华东", "华东", HEADERS)]
    for headers in (HEADERS, (*HEADERS, "备注"), HEADERS[:-1], tuple(reversed(HEADERS))):
        assert resolve(known, "sales", "华东-2026-11.xlsx", headers).name == "华东"


def test_another_stem_table_or_header_is_another_series() -> None:
    known = [SeriesRow("sales", "华东", "华东", HEADERS)]
    assert resolve(known, "sales", "华南-2026-10.xlsx", HEADERS).name == "华南"
    assert resolve(known, "tickets", "华东-2026-10.xlsx", HEADERS).name == "华东"
    assert resolve(known, "sales", "华东-2026-10.xlsx", ("Date", "Amount", "Owner")).name == "华东 #2"


def test_the_nearest_of_several_is_taken() -> None:
    known = [SeriesRow("sales", "华东", "华东", HEADERS), SeriesRow("sales", "华东 #2", "华东", ("Date", "Amount", "Owner"))]
    assert resolve(known, "sales", "华东-2026-11.xlsx", ("Date", "Amount", "Owner", "Note")).name == "华东 #2"
