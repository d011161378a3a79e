"""The demo files are what their script writes, and they tell the stories that its docstring promises."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
MONTHS = [str(month) for month in pd.period_range("2024-11", "2026-10", freq="M")]
# Title rows above the header of each monthly sheet.
TITLES = {"销售明细": 2, "客服工单": 1, "投诉记录": 2, "满意度调查": 2}
SOUTH = {"黄志伟", "周雅琴", "何志强", "梁美玲"}
MANAGERS = {"李明", "林佳怡", "王建国", "陈晓燕"} | SOUTH


def sheet(path: str, name: str, titles: int) -> pd.DataFrame:
    return pd.read_excel(DEMO / path, sheet_name=name, header=titles, engine="calamine")


def sheets_of(path: str) -> list[str]:
    with pd.ExcelFile(DEMO / path, engine="calamine") as book:
        return [str(name) for name in book.sheet_names]


def monthly(name: str) -> pd.DataFrame:
    """All months' rows of a sheet, with the file's month, without total rows; the GBK export among the tickets."""
    frames = []
    for month in MONTHS:
        path = f"zh/经营数据-{month}.xlsx"
        if name in sheets_of(path):
            frames.append(sheet(path, name, TITLES[name]).assign(month=month))
    if name == "客服工单":
        frames.append(pd.read_csv(DEMO / "zh/客服工单导出-2025-12.csv", encoding="gbk").assign(month="2025-12"))
    rows = pd.concat(frames, ignore_index=True)
    return rows[rows.iloc[:, 0] != "合计"]


@pytest.fixture(scope="module")
def sales() -> pd.DataFrame:
    return monthly("销售明细")


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    rows = monthly("客服工单")
    opened, answered = (pd.to_datetime(rows[name], format="mixed") for name in ("创建时间", "首次响应时间"))
    return rows.assign(hours=(answered - opened).dt.total_seconds() / 3600)


@pytest.fixture(scope="module")
def surveys() -> pd.DataFrame:
    return monthly("满意度调查")


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    return monthly("投诉记录")


def targets() -> pd.DataFrame:
    """Manager x month, in yuan."""
    frames = []
    for year in ("2024", "2025", "2026"):
        table = sheet(f"zh/目标-{year}.xlsx", "销售目标", 1).set_index("客户经理").loc[sorted(MANAGERS)].drop(columns="合计")
        table.columns = pd.Index([f"{year}-{int(name[:-1]):02d}" for name in table.columns])
        frames.append(table)
    return pd.concat(frames, axis=1)[MONTHS].astype("float64") * 10_000


def by_manager(rows: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """The mean of ``values`` per manager and month."""
    return values.groupby([rows["客户经理"], rows["month"]]).mean().unstack()


def signals(series: pd.Series) -> list[str]:
    """Months outside the natural process limits: mean +- 2.66 x mean moving range."""
    reach = 2.66 * series.diff().abs().mean()
    return series.index[(series - series.mean()).abs() > reach].tolist()


def contents(path: Path) -> dict[str, bytes]:
    """What a workbook holds; how tightly it is packed depends on the zlib at hand."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def committed() -> Iterator[Path]:
    yield from sorted(path for folder in ("zh", "en", "corrections") for path in (DEMO / folder).rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "7", "OPENPYXL_LXML": "True"}
    subprocess.run([sys.executable, str(DEMO / "make_demo.py"), str(folder)], check=True, env=environment, timeout=300)
    return folder


def test_the_script_writes_the_committed_files(made: Path) -> None:
    written = {path.relative_to(made).as_posix(): path for path in made.rglob("*") if path.is_file()}
    kept = {path.relative_to(DEMO).as_posix(): path for path in committed()}
    assert sorted(written) == sorted(kept)
    assert [name for name in kept if contents(kept[name]) != contents(written[name])] == []


def test_no_clock_and_no_machine_is_left_in_the_archives() -> None:
    for path in committed():
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                assert {(entry.date_time, entry.create_system) for entry in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
                assert archive.namelist() == sorted(archive.namelist())


def test_everything_stays_small() -> None:
    assert sum(path.stat().st_size for path in committed()) < 6_000_000


def test_the_months_are_complete(sales: pd.DataFrame, tickets: pd.DataFrame, surveys: pd.DataFrame, complaints: pd.DataFrame) -> None:
    for rows in (sales, tickets, surveys):
        assert sorted(rows["month"].unique()) == MONTHS
        assert set(rows["客户经理"]) == MANAGERS
    assert sorted(complaints["month"].unique()) == [month for month in MONTHS if month != "2026-08"]


def test_the_month_without_complaints_has_no_such_sheet() -> None:
    for month, missing in (("2026-08", "投诉记录"), ("2025-12", "客服工单"), ("2026-09", None)):
        book = openpyxl.load_workbook(DEMO / f"zh/经营数据-{month}.xlsx", read_only=True)
        assert book.sheetnames == [name for name in TITLES if name != missing]
        book.close()


def test_titles_stand_above_the_header_and_the_total_below() -> None:
    page = openpyxl.load_workbook(DEMO / "zh/经营数据-2026-03.xlsx")["销售明细"]
    assert page["A1"].value == "苏州汇桐工业品有限公司 2026年3月 销售明细"
    assert "A1:I1" in [str(area) for area in page.merged_cells.ranges]
    assert [cell.value for cell in page[3]] == ["订单编号", "下单日期", "客户名称", "客户经理", "产品", "数量", "金额(元)", "状态", "是否退货"]
    last = [cell.value for cell in page[page.max_row]]
    assert last[0] == "合计"
    assert last[6] == pytest.approx(sum(row[6] for row in page.iter_rows(min_row=4, max_row=page.max_row - 1, values_only=True)))


def test_eight_managers_in_two_teams_and_three_hundred_customers_beside_those_who_wait_or_waited() -> None:
    people = sheet("zh/基础资料.xlsx", "客户经理名单", 1)
    assert dict(people.groupby("团队")["姓名"].agg(set)) == {"华东组": MANAGERS - SOUTH, "华南组": SOUTH}
    customers = sheet("zh/基础资料.xlsx", "客户名单", 2)
    assert len(customers) == customers["客户名称"].nunique() == customers["客户编号"].nunique() == 300 + 12 + 10
    assert set(customers["客户经理"]) == MANAGERS
    assert (pd.to_datetime(customers["合作起始日期"]) < "2024-11-01").sum() == 284


def test_new_buyers_come_every_month_and_stay_with_their_manager(sales: pd.DataFrame) -> None:
    assert sales.groupby("客户名称")["客户经理"].nunique().max() == 1
    customers = sheet("zh/基础资料.xlsx", "客户名单", 2)
    old = set(customers.loc[pd.to_datetime(customers["合作起始日期"]) < "2024-11-01", "客户名称"])
    first = sales[~sales["客户名称"].isin(old)].groupby("客户名称").agg(month=("month", "min"), manager=("客户经理", "first"))
    per_month = first.groupby(["manager", "month"]).size().unstack()
    assert per_month.notna().all(axis=None)
    assert per_month.min(axis=None) >= 8
    assert per_month.max(axis=None) <= 14


def test_twelve_wait_and_ten_have_waited_each_listed_before_the_first_order(sales: pd.DataFrame, tickets: pd.DataFrame) -> None:
    later = sheet("zh/基础资料.xlsx", "客户名单", 2).iloc[300:].set_index("客户名称")
    since = pd.to_datetime(later["合作起始日期"])
    rows = sales[sales["客户名称"].isin(later.index)]
    assert (rows["客户经理"] == rows["客户名称"].map(later["客户经理"])).all()
    won = rows[rows["状态"] == "已成交"]
    first = pd.to_datetime(won["下单日期"]).groupby(won["客户名称"]).min()
    waited = (first - since.reindex(first.index)).dt.days
    assert len(waited) == 10
    assert waited.between(7, 30).all()
    # Listed in the very month of the first order, else they would be no new customers of it.
    assert (first.dt.to_period("M") == since.reindex(first.index).dt.to_period("M")).all()
    waiting = later.drop(index=first.index)
    assert (len(waiting), set(waiting["客户经理"])) == (12, MANAGERS)
    deals = rows[rows["客户名称"].isin(waiting.index)]
    assert set(deals["状态"]) == {"跟进中"}
    assert deals["客户名称"].is_unique
    assert (pd.to_datetime(deals["下单日期"]) > deals["客户名称"].map(since)).all()
    assert deals["month"].value_counts().to_dict() == {"2026-10": 4, "2026-09": 3}
    wrote = tickets[tickets["客户名称"].isin(waiting.index)]
    assert wrote["状态"].value_counts().to_dict() == {"已解决": 3, "待响应": 1}


def test_li_ming_answers_slowly_until_he_is_trained(tickets: pd.DataFrame) -> None:
    hours = by_manager(tickets[~(tickets["hours"] < 0)], tickets["hours"])
    before, after = hours.loc["李明", :"2026-04"], hours.loc["李明", "2026-05":]
    assert before.between(34, 42).all()
    assert after.between(14, 18).all()
    assert set(signals(hours.loc["李明", "2025-11":])) >= {"2025-11", "2026-05", "2026-07", "2026-10"}
    others = hours.drop(index="李明")
    assert others.max(axis=None) < 22
    assert others.apply(signals, axis=1).map(len).sum() == 0


def test_li_mings_customers_are_dissatisfied_until_then(surveys: pd.DataFrame) -> None:
    satisfied = by_manager(surveys, surveys["总体满意度"] >= 4)
    assert satisfied.loc["李明", :"2026-04"].between(0.63, 0.73).all()
    assert satisfied.loc["李明", "2026-05":].between(0.88, 0.96).all()
    others = satisfied.drop(index="李明")
    assert others.mean(axis=1).between(0.90, 0.95).all()
    assert others.drop(columns="2026-10").apply(signals, axis=1).map(len).sum() == 0
    heard = by_manager(surveys, surveys["沟通及时"])
    assert heard.loc["李明", :"2026-04"].max() < 3.5
    assert heard.loc["李明", "2026-05":].min() > 4


def test_the_log_says_that_he_was_trained() -> None:
    log = sheet("zh/反馈记录-2026.xlsx", "反馈记录", 1)
    april = log[(log["客户经理"] == "李明") & (pd.to_datetime(log["日期"]).dt.strftime("%Y-%m") == "2026-04")]
    assert april["反馈内容"].str.contains("完成沟通技巧培训").sum() == 1


def test_feedback_is_complete_and_hardly_ever_the_same_twice() -> None:
    log = pd.concat([sheet(f"zh/反馈记录-{year}.xlsx", "反馈记录", 1) for year in (2025, 2026)])
    assert set(log["反馈来源"]) == {"直接上级", "团队成员", "客户"}
    assert set(log["客户经理"]) == MANAGERS
    assert log[["日期", "反馈方式", "评价标准", "评分", "反馈内容", "记录人"]].notna().all(axis=None)
    assert not log["反馈内容"].str.contains("[{}]").any()
    assert not log.duplicated(["客户经理", "反馈内容"]).any()
    assert log["反馈内容"].nunique() > 0.9 * len(log)
    assert (pd.to_datetime(log["完成期限"]) > pd.to_datetime(log["日期"])).sum() == log["改进措施"].notna().sum()


def test_one_good_figure_rests_on_four_responses(surveys: pd.DataFrame) -> None:
    rows = surveys[(surveys["客户经理"] == "林佳怡") & (surveys["month"] == "2026-10")]
    assert len(rows) == 4
    assert (rows["总体满意度"] >= 4).all()
    assert surveys.groupby(["客户经理", "month"]).size().nsmallest(2).tolist()[1] >= 17


def test_communication_moves_satisfaction_most(surveys: pd.DataFrame) -> None:
    with_overall = surveys[["产品质量", "服务态度", "沟通及时", "需求满足"]].corrwith(surveys["总体满意度"])
    assert with_overall.idxmax() == "沟通及时"
    assert with_overall.min() > 0.2


def test_the_souths_february_is_no_failure(sales: pd.DataFrame) -> None:
    won = sales[sales["状态"] == "已成交"]
    sold = pd.to_numeric(won["金额(元)"], errors="coerce").groupby([won["客户经理"], won["month"]]).sum().unstack()
    south = sold.loc[sorted(SOUTH)].sum()
    for february in ("2025-02", "2026-02"):
        assert south[february] < 0.65 * south.drop(["2025-02", "2026-02"]).min()
    attained = sold / targets()
    assert ((attained >= 0.92) & (attained <= 1.06)).all(axis=None)
    assert attained.apply(signals, axis=1).map(len).sum() == 0


def test_most_complaints_are_resolved_and_one_manager_forgets_some(complaints: pd.DataFrame) -> None:
    left_open = complaints[complaints["是否解决"] == "否"]
    assert 0.95 < 1 - len(left_open) / len(complaints) < 0.98
    assert left_open["客户经理"].value_counts().idxmax() == "周雅琴"
    assert complaints["解决日期"].isna().sum() == len(left_open)
    assert complaints.groupby(["客户经理", "month"]).size().max() <= 3


def test_staff_are_asked_every_quarter_and_enough_of_them_answer() -> None:
    rows = sheet("zh/员工满意度.xlsx", "员工满意度", 1)
    per_quarter = rows.groupby([pd.to_datetime(rows["调查日期"]).dt.to_period("Q"), "团队"]).size()
    assert len(per_quarter) == 16
    assert per_quarter.between(6, 9).all()
    assert rows["满意度评分"].between(1, 5).all()


def test_the_ticket_export_is_gbk_with_windows_line_ends() -> None:
    data = (DEMO / "zh/客服工单导出-2025-12.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    lines = data.decode("gbk").split("\r\n")
    assert lines[0] == "工单编号,创建时间,客户名称,客户经理,渠道,首次响应时间,解决时间,状态"
    assert lines[-1] == ""
    assert {line.count(",") for line in lines[:-1]} == {7}
    assert "\n" not in data.decode("gbk").replace("\r\n", "")


def test_the_bad_rows_are_there_and_no_others(sales: pd.DataFrame, tickets: pd.DataFrame, surveys: pd.DataFrame, complaints: pd.DataFrame) -> None:
    dates = pd.to_datetime(sales["下单日期"], errors="coerce", format="mixed")
    wrong_date = dates.dt.strftime("%Y-%m") != sales["month"]
    assert sales.loc[wrong_date, "下单日期"].astype(str).str[:10].tolist() == ["10月32日", "2026-02-30", "2062-10-05"]
    wrong_amount = pd.to_numeric(sales["金额(元)"], errors="coerce").isna()
    assert sales.loc[wrong_amount, "金额(元)"].fillna("").tolist() == ["面议", ""]
    assert tickets.loc[tickets["hours"] < 0, "month"].tolist() == ["2025-05", "2025-12"]
    scores = surveys[["总体满意度", "产品质量", "服务态度", "沟通及时", "需求满足"]]
    assert surveys.loc[(scores == 6).any(axis=1), "month"].tolist() == ["2025-09", "2026-07"]
    assert ((scores < 1) | (scores > 6)).sum().sum() == 0
    early = pd.to_datetime(complaints["解决日期"]) < pd.to_datetime(complaints["投诉日期"])
    assert complaints.loc[early, "month"].tolist() == ["2025-06"]


def test_the_corrected_february_differs_in_two_sheets_only() -> None:
    name = "经营数据-2026-02.xlsx"
    books = [openpyxl.load_workbook(DEMO / folder / name) for folder in ("zh", "corrections")]
    assert books[0].sheetnames == books[1].sheetnames
    differing = {}
    for page in TITLES:
        old, new = ({row[0]: row for row in book[page].iter_rows(values_only=True) if row[0] != "合计"} for book in books)
        if old != new:
            changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
            differing[page] = (changed, len(new.keys() - old.keys()), len(old.keys() - new.keys()))
    assert differing == {"销售明细": (4, 1, 1), "投诉记录": (2, 0, 0)}


def test_the_english_workbook_holds_three_managers_and_four_months() -> None:
    path = "en/Account managers 2026.xlsx"
    orders = sheet(path, "Sales", 1)
    total = orders[orders["Order date"] == "Total"]
    orders = orders.drop(total.index)
    assert set(orders["Account manager"]) == {"Emma Clarke", "James Patel", "Sophie Turner"}
    assert sorted(pd.to_datetime(orders["Order date"]).dt.strftime("%Y-%m").unique()) == MONTHS[-4:]
    assert total["Amount"].item() == pytest.approx(orders["Amount"].sum())
    goals = sheet(path, "Targets", 1)
    assert goals.columns.tolist() == ["Account manager", "Jul", "Aug", "Sep", "Oct", "Total"]
    assert goals["Account manager"].tolist() == ["Emma Clarke", "James Patel", "Sophie Turner", "Total"]
    listed = sheet(path, "Customers", 1)
    waiting = set(listed.loc[listed["Tier"] == "Prospect", "Customer"])
    assert (len(waiting), len(listed)) == (5, 8)
    assert set(orders.loc[orders["Customer"].isin(waiting), "Status"]) == {"Open"}
    for page in ("Tickets", "Complaints", "Survey", "Customers"):
        assert set(sheet(path, page, 1)["Account manager"]) == set(orders["Account manager"])
