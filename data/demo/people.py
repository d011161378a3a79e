"""Who works at the invented company, and how each of them works."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

COMPANY = "苏州汇桐工业品有限公司"
EAST, SOUTH = "华东组", "华南组"
SUPERVISORS = {EAST: "陈立新", SOUTH: "吴晓梅"}
CLERK = "孙丽华"
TRAINED = "李明"
FEW_RESPONSES = "林佳怡"
# The first month in which the training of April 2026 shows.
AFTER_TRAINING = "2026-05"


@dataclass(frozen=True)
class Manager:
    """``level``: the usual monthly target in 万元. The other figures are the centres around which the months vary:
    attainment, new customers a month, share of satisfied answers, mean hours to the first response, complaints a month.
    """

    number: str
    name: str
    team: str
    area: str
    mailbox: str
    hired: dt.date
    level: float
    attainment: float
    new: float
    satisfied: float
    hours: float
    complaints: float


MANAGERS = (
    Manager("HT-012", "李明", EAST, "苏州、昆山", "liming", dt.date(2021, 3, 15), 52, 0.990, 10.8, 0.685, 38.0, 1.5),
    Manager("HT-007", "林佳怡", EAST, "上海", "linjiayi", dt.date(2019, 7, 1), 74, 1.010, 11.6, 0.925, 17.0, 1.5),
    Manager("HT-003", "王建国", EAST, "无锡、常州、南通", "wangjianguo", dt.date(2016, 4, 18), 66, 1.005, 10.4, 0.930, 18.2, 1.5),
    Manager("HT-015", "陈晓燕", EAST, "杭州、宁波、嘉兴", "chenxiaoyan", dt.date(2022, 2, 21), 58, 1.000, 12.0, 0.940, 15.8, 1.45),
    Manager("HT-005", "黄志伟", SOUTH, "广州、佛山", "huangzhiwei", dt.date(2018, 9, 3), 70, 1.005, 11.2, 0.922, 17.4, 1.5),
    Manager("HT-009", "周雅琴", SOUTH, "深圳、惠州", "zhouyaqin", dt.date(2020, 5, 11), 62, 0.998, 11.4, 0.928, 16.6, 1.5),
    Manager("HT-017", "何志强", SOUTH, "东莞", "hezhiqiang", dt.date(2022, 8, 8), 48, 0.968, 9.6, 0.912, 18.8, 1.9),
    Manager("HT-011", "梁美玲", SOUTH, "中山、珠海、江门", "liangmeiling", dt.date(2020, 11, 2), 50, 1.012, 11.8, 0.938, 16.0, 1.45),
)
_IMPROVED = {"satisfied": 0.925, "hours": 16.2}


def centre(manager: Manager, what: str, month: str) -> float:
    """The centre of a figure in ``month``: one man changes once, everybody else stays as they are."""
    if manager.name == TRAINED and month >= AFTER_TRAINING and what in _IMPROVED:
        return _IMPROVED[what]
    return float(getattr(manager, what))
