"""Hints for whoever writes feedback down: is it prompt, specific, objective, with an action? Never a score of a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

# late: written too long after the event. too_short, not_specific (no figure, date, order, name or quotation): what happened, to whom?
# emotional, vague: words found. no_action: nothing agreed. no_due: an action without a date.
Code = Literal["late", "too_short", "not_specific", "emotional", "vague", "no_action", "no_due"]

LATE_AFTER_DAYS = 7
# A Chinese character says about as much as half an English word.
LEAST_LENGTH = 10
_PER_WORD = 2

# Short on purpose: a word is here only if hardly any good entry needs it. What a customer feels is a fact, so that 'disappointed' is
# none of them; nor is 'never', which mostly counts something.
EMOTIONAL: dict[str, tuple[str, ...]] = {
    "zh": ("太差", "差劲", "糟糕", "糟透", "懒惰", "懒散", "偷懒", "愚蠢", "太笨", "无能", "讨厌", "气死", "离谱", "不像话", "丢人", "不负责任"),
    "en": (
        *("awful", "terrible", "horrible", "disgraceful", "disgusting", "pathetic", "useless", "hopeless", "ridiculous", "unacceptable"),
        *("lazy", "stupid", "careless", "incompetent", "idiot", "hate"),
    ),
}
VAGUE: dict[str, tuple[str, ...]] = {
    "zh": (
        "总是",
        "老是",
        "从来不",
        "差不多",
        "有点",
        "好像",
        "似乎",
        "感觉",
        "还行",
        "还可以",
        "不太好",
        "不够好",
        "大概",
        "某些",
        "之类",
        "有待提高",
    ),
    "en": (
        *("always", "somehow", "somewhat", "kind of", "sort of", "a bit", "stuff", "whatever", "and so on", "not good", "not great"),
        *("seems", "maybe", "perhaps", "probably", "better attitude", "try harder", "do better"),
    ),
}
# What people write into a field that they do not want to fill.
_NOTHING = {"", "无", "暂无", "没有", "待定", "none", "no", "n/a", "na", "nil", "tbd", "nothing"}
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff\U00020000-\U0003ffff]+(?:['’-][^\W\d_\u3400-\u9fff\U00020000-\U0003ffff]+)*|\d+(?:[.,:/-]\d+)*")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
# A figure, in digits or words; 一 is left out, because 一个问题 is any problem.
_FIGURE = re.compile(
    r"\d|[二两三四五六七八九十百千半][十百千万]*(?:个|家|次|天|日|周|月|季度|年|小时|分钟|单|笔|条|人|位|件|份|元|倍|成|折)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twice)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"昨天|前天|今天|当天|次日|月底|[上本]个?(?:周|星期|月|季度)|(?:周|星期)[一二三四五六日天]"
    r"|\b(?:yesterday|today|this morning|(?:last|this) (?:week|month|quarter)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    re.IGNORECASE,
)
# Names of companies, and words with a capital inside an English sentence.
_NAME = re.compile(r"[\u4e00-\u9fff]{2}(?:有限公司|集团)|(?<=[a-z,;] )[A-Z][\w&]+")


@dataclass(frozen=True)
class Hint:
    """One thing that would make an entry more useful. ``words``: as found, in the order of the text; ``days``: how late, for late only."""

    code: Code
    words: tuple[str, ...] = ()
    days: int | None = None


def hints(
    content: str,
    *,
    written_on: dt.date | None = None,
    event_on: dt.date | None = None,
    action: str | None = None,
    due_on: dt.date | None = None,
    manager: str = "",
    names: Collection[str] = (),
    late_after_days: int = LATE_AFTER_DAYS,
) -> list[Hint]:
    """What would make an entry better, in the order of Code; nothing for one that is prompt, specific, objective and has an action.

    ``content``: Chinese, English or both. ``event_on``: the day of what it speaks of, None where not known. ``names``: customers,
    products and the like; one that occurs makes a text specific, the manager's own does not. Words inside quotation marks are
    somebody's own and are no hint, but specific. Empty: too_short (and no_action).
    Source: METHOD, regular feedback: prompt, specific, objective, free of vague or emotional words, followed by an agreed plan.
    """
    found = []
    days = None if written_on is None or event_on is None else (written_on - event_on).days
    if days is not None and days > late_after_days:
        found.append(Hint("late", days=days))
    if length(content) < LEAST_LENGTH:
        found.append(Hint("too_short"))
    elif not _specific(content, manager, names):
        found.append(Hint("not_specific"))
    own = _QUOTED.sub(" “” ", content)
    lists: tuple[tuple[Code, dict[str, tuple[str, ...]]], ...] = (("emotional", EMOTIONAL), ("vague", VAGUE))
    found += [Hint(code, words) for code, known in lists if (words := _words(own, known))]
    if (action or "").strip(" \t\n-—–./。").casefold() in _NOTHING:
        found.append(Hint("no_action"))
    elif due_on is None:
        found.append(Hint("no_due"))
    return found


def length(text: str) -> int:
    """How much a text says: 1 for a Chinese character, 2 for a word or number."""
    return len(_HAN.findall(text)) + _PER_WORD * len(_WORD.findall(text))


def _specific(text: str, manager: str, names: Collection[str]) -> bool:
    if _QUOTED.search(text):
        return True
    # The manager's name may look like that of a customer.
    told = text.replace(manager, " ") if manager else text
    if any(pattern.search(told) for pattern in (_FIGURE, _DATE, _NAME)):
        return True
    folded = told.casefold()
    return any(name.strip() and name.strip().casefold() in folded for name in names)


def _words(text: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a list that occur, each once, as written there the first time."""
    chinese, english = "|".join(map(re.escape, known["zh"])), "|".join(map(re.escape, known["en"]))
    pattern = re.compile(rf"{chinese}|\b(?:{english})\b", re.IGNORECASE)
    found: dict[str, str] = {}
    for match in pattern.findall(text):
        found.setdefault(match.casefold(), match)
    return tuple(found.values())
