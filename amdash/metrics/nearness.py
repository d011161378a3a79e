"""Names that are nearly equal: candidates for being one, found by what they share and never by comparing all with all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

from amdash.metrics.names import HAN, Kind, fold

Reason = Literal["number_shared", "number_changed", "same_letters", "legal_form", "character_variant", "word_order", "one_edit"]

# One character of a shorter name says too much: 王芳 and 王方 are two people.
_EDITED_FROM_LETTERS = 4
# More names than this that differ in one place are a series (branches, sizes), not slips of the pen.
_SERIES = 12
_WORD = re.compile(r"[^\W_]+")
_LEGAL_HAN = re.compile(r"(?<=.)(?:股份有限公司|有限责任公司|集团有限公司|有限公司|公司)$")
_LEGAL_WORDS = {"co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc", "ltd", "plc"}
# Where two names differ in these alone, they tell two things apart: 华东 and 华南, 一店 and 二店, 红色 and 黑色.
_TELLING = frozenset("东南西北中上下左右前后内外大小新老男女一二三四五六七八九十甲乙丙丁春夏秋冬红橙黄绿青蓝紫黑白灰银金粉彩")
# Of the characters that names of people and businesses are made of, those that simplifying changed.
_TRADITIONAL = (
    "張陳劉楊黃趙吳孫馬鄭馮韓葉蔣蘇盧錢湯賴龔龐顏嚴賀萬鄒賈韋閻龍陸鍾譚喬齊偉麗強軍國華東鳳蘭蓮靜藝穎嬌瓊瑩鵬飛鴻剛銳誠謙豐榮樹壽興業實貿電訊機車務滙匯廣灣"
    "島雲貴滬漢濟寧陽頭門鐵銀銅鋼藥醫學書畫網絡體環資產險證發樂報館園團隊創揚達聯順與時進寶禮義節紅綠藍紡織衛視語辦際傳動運輸設備橋樓場標準風氣熱燈爐"
)
_SIMPLIFIED = (
    "张陈刘杨黄赵吴孙马郑冯韩叶蒋苏卢钱汤赖龚庞颜严贺万邹贾韦阎龙陆钟谭乔齐伟丽强军国华东凤兰莲静艺颖娇琼莹鹏飞鸿刚锐诚谦丰荣树寿兴业实贸电讯机车务汇汇广湾"
    "岛云贵沪汉济宁阳头门铁银铜钢药医学书画网络体环资产险证发乐报馆园团队创扬达联顺与时进宝礼义节红绿蓝纺织卫视语办际传动运输设备桥楼场标准风气热灯炉"
)
# Characters of names that sound alike, so that one is typed for another.
_SOUNDING_ALIKE = (
    "宏鸿洪弘红 图途徒 明鸣名铭 辉晖徽 伟炜玮 新鑫欣馨 华桦骅 利力立丽莉 佳嘉家加 诚成城程 盛胜晟圣 源元远园原圆缘 丰峰锋枫风 "
    "恒衡 杰捷洁 祥翔 宇羽雨 腾滕 瑞锐睿 志智致 林琳霖 玲铃灵 兰蓝岚 芳方坊 静敬 军君均 俊骏 平萍 婷亭庭 娟鹃 建健剑 永勇泳咏 "
    "文雯 英瑛 云芸 青清卿 图涂 昌长 凯楷 龙隆 福富 兴星 安桉 易益亿 通同 和禾合 贸茂 张章 王汪 李黎 徐许 于余俞 程陈 江姜"
)
_SOUND: dict[str, set[int]] = {}
for _number, _group in enumerate(_SOUNDING_ALIKE.split()):
    for _sign in _group:
        _SOUND.setdefault(_sign, set()).add(_number)
# A slip of the pen is rarer than the name it stands for.
_RARE = 5
_VARIANTS = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def near(rows: Mapping[str, int], kind: Kind) -> list[tuple[str, str, Reason]]:
    """Pairs of different names that may be one, each pair once with its strongest reason. ``rows``: name -> rows in which it stands.

    The reasons, strongest first: equal but for spaces and punctuation, for the legal form (customers), for traditional
    characters, for the order of the words; one letter more, less, different or two swapped (Damerau-Levenshtein 1).
    Figures are never taken for a slip, nor are differences that tell things apart (Store A and Store B). Another Chinese
    character is one only where it sounds like the right one, or where the name is rare beside the other. Empty: no pair.
    """
    found: dict[tuple[str, str], Reason] = {}
    words = {name: _WORD.findall(fold(name)) for name in rows}
    words = {name: parts for name, parts in words.items() if parts}
    letters = {name: "".join(parts) for name, parts in words.items()}
    bare = {name: _without_legal_form(parts) if kind == "customer" else letters[name] for name, parts in words.items()}
    plain = {name: bare[name].translate(_VARIANTS) for name in words}
    keys: tuple[tuple[Reason, dict[str, str]], ...] = (
        ("same_letters", letters),
        ("legal_form", bare),
        ("character_variant", plain),
        ("word_order", {name: " ".join(sorted(parts)) for name, parts in words.items() if len(parts) > 1}),
    )
    for reason, key in keys:
        for one, other in _sharing(key):
            found.setdefault((one, other), reason)
    for one, other in _one_edit_apart(plain, words):
        if _slip_of_the_pen(plain[one], plain[other], rows[one], rows[other]):
            found.setdefault((one, other), "one_edit")
    return [(one, other, reason) for (one, other), reason in found.items()]


def _without_legal_form(words: Sequence[str]) -> str:
    """The letters of a business without Ltd, GmbH, 有限公司; a name that is nothing else keeps it."""
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_WORDS:
        kept.pop()
    return _LEGAL_HAN.sub("", "".join(kept))


def _sharing(keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of names with the same key."""
    groups: dict[str, list[str]] = {}
    for name, key in keys.items():
        groups.setdefault(key, []).append(name)
    for group in groups.values():
        yield from combinations(group[:_SERIES], 2)


def _one_edit_apart(plain: dict[str, str], words: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Pairs that one edit makes equal. Whoever is one edit apart is equal after losing one letter each, or one of them."""
    place = {name: number for number, name in enumerate(plain)}
    groups: dict[str, list[str]] = {}
    for name, text in plain.items():
        if sum(sign.isalpha() for sign in text) >= _EDITED_FROM_LETTERS:
            for key in _shortened(text):
                groups.setdefault(key, []).append(name)
    pairs = {pair for group in groups.values() if 1 < len(group) <= _SERIES for pair in combinations(group, 2)}
    for one, other in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]])):
        if plain[one] != plain[other] and one_edit(plain[one], plain[other]) and not _tells_apart(one, other, plain, words):
            yield one, other


def _shortened(text: str) -> Iterable[str]:
    """The text, and the text without each of its letters; figures stay, for they are no slips."""
    return {text, *(text[:at] + text[at + 1 :] for at, sign in enumerate(text) if not sign.isdigit())}


def one_edit(one: str, other: str) -> bool:
    """Whether two different texts are one insertion, deletion, substitution or swap of neighbours apart (Damerau-Levenshtein 1)."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    if len(long) - len(short) == 1:
        return short[start:] == long[start + 1 :]
    if len(long) != len(short) or start == len(short):
        return False
    swapped = short[start : start + 2][::-1] == long[start : start + 2] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]


def _slip_of_the_pen(one: str, other: str, rows_one: int, rows_other: int) -> bool:
    """Whether one edit is a slip: always of a letter or of two swapped; of a Chinese character where it sounds alike or stands in few rows."""
    odd = [*(Counter(one) - Counter(other)), *(Counter(other) - Counter(one))]
    if not all(re.match(f"[{HAN}]", sign) for sign in odd):
        return True
    alike = len(odd) == 2 and bool(_SOUND.get(odd[0], set()) & _SOUND.get(odd[1], set()))
    return not odd or alike or min(rows_one, rows_other) * _RARE <= max(rows_one, rows_other)


def _tells_apart(one: str, other: str, plain: dict[str, str], words: dict[str, list[str]]) -> bool:
    """Whether what differs is meant to: a figure or a word with one (iPhone 5C), a word of one letter, a direction, number or colour in Chinese."""
    left, right = plain[one], plain[other]
    if "".join(filter(str.isdigit, left)) != "".join(filter(str.isdigit, right)):
        return True
    differing = {*(Counter(left) - Counter(right)), *(Counter(right) - Counter(left))}
    if differing and differing <= _TELLING:
        return True
    odd = [word for word in words[one] if word not in words[other]] + [word for word in words[other] if word not in words[one]]
    return bool(odd) and (all(len(word) == 1 for word in odd) or any(sign.isdigit() and not sign.isalpha() for word in odd for sign in word))
