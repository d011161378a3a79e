"""Scores and shares of a column: what the scores are out of, and whether 0.95 is a ratio or a percentage point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from amdash.ingest import amounts
from amdash.ingest.durations import arabic
from amdash.ingest.vocabulary import Domain, plain

Percent = Literal["ratio", "points"]

_SCALES = (1.0, 5.0, 10.0, 100.0)
# A stray 6 among scores out of 5 must not turn the column into one out of 10.
_SCALE_COVERS = 0.9
_SCALE_IN_HEADER = re.compile(
    r"(\d+)\s*(?:分制|分满分|-?\s?point|-?\s?stars?)|(?:满分|out of|(?<![\d/.-])[01]\s*(?:[-–—~至到]|to)|[^\W\d]\s*/)\s*(\d+)(?!\d|\s*[月日号周/.-])"
    r"|\((\d+)分\)|(?<!\d)(5|10)\s*星|\b(nps)\b|(净推荐)"
)
_SCALE_WORDS = {"百分制": "100分制", "five": "5", "seven": "7", "ten": "10", "hundred": "100"}
# How likely somebody is to recommend is asked from 0 to 10, whatever the other questions are out of.
_ALWAYS_OUT_OF = {"likelihood": 10.0}
_WORDS_ARE_OUT_OF = 5.0
_STARS = re.compile("[★⭐🌟]")
_HOLLOW_STARS = re.compile("[☆✩]")
_STARRED = re.compile(r"(\d(?:\.\d+)?)\s*(?:星|stars?)", re.I)
_OUT_OF = re.compile(r"(\d+(?:\.\d+)?)\s*分?\s*(?:/|out of|of)\s*(\d+)\s*(?:分|stars?|points?)?", re.I)
_LONGEST = 64
_DIGITS = 12


@dataclass
class Shares:
    """Ratios of a column of percentages. ``plain``: what the cells without a sign were taken for, None where there are none."""

    values: list[float | None]
    plain: Percent | None = None
    signed: frozenset[int] = frozenset()
    questions: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


@dataclass
class Rated:
    """Scores of a column and what they are out of; ``questions`` as those of a coerced column."""

    values: list[float | None]
    scale: float
    questions: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


def shares(cells: Sequence[Any], decisions: Mapping[str, str]) -> Shares:
    """A column of percentages as ratios; None where a cell is no number.

    A cell with a sign says itself what it is. The others are ratios where none is above 1, points where none but 0 is below, and
    in question where there are both, or where they stand beside cells with a sign.
    """
    bodies = [amounts.without_percent(value) for value in cells] if str in set(map(type, cells)) else None
    found = amounts.figures(cells if bodies is None else [body for body, _ in bodies], cast("amounts.Comma | None", decisions.get("comma")))
    signed = frozenset(record for record, (_, whole) in enumerate(bodies or ()) if whole != 1 and found.numbers[record] is not None)
    plain_ones = [number for record, number in enumerate(found.numbers) if number is not None and record not in signed]
    reading, asked = percent_of(plain_ones, signed=bool(signed))
    if "percent" in decisions:
        reading, asked = cast("Percent", decisions["percent"]), False
    if bodies is None and reading == "ratio":
        values = list(found.numbers)
    else:
        whole = 100.0 if reading == "points" else 1.0
        values = [
            None if number is None else round(number / (bodies[record][1] if bodies and record in signed else whole), _DIGITS)
            for record, number in enumerate(found.numbers)
        ]
    questions: list[tuple[str, tuple[str, ...], str]] = [("comma", ("thousands", "decimal"), found.comma)] if found.asked else []
    if asked:
        questions.append(("percent", ("ratio", "points"), reading))
    return Shares(values, reading if plain_ones else None, signed, questions)


def percent_of(plain_ones: Sequence[float], *, signed: bool) -> tuple[Percent, bool]:
    """(what numbers without a percent sign are, whether that is a guess). ``signed``: others of their column carry one."""
    ratios, points = sum(0 < abs(number) < 1 for number in plain_ones), sum(abs(number) > 1 for number in plain_ones)
    if ratios and points:
        return ("ratio" if ratios > points and max(plain_ones) <= 2 else "points"), True
    return ("points" if points else "ratio"), signed and any(plain_ones)


def rate(name: str, header: str, cells: Sequence[Any], words: Mapping[Domain, Mapping[str, str]], decisions: Mapping[str, str]) -> Rated:
    """A column of scores: 4, '4分', '4/5', '★★★★☆', '非常满意', '90%', yes and no; None where a cell is no score."""
    texts = dict.fromkeys(value for value in cells if value.__class__ is str)
    if any(amounts.without_percent(text)[1] != 1 for text in texts):
        return _of_shares(name, header, cells, decisions)
    flags = _flags(cells, texts, words["flag"])
    if flags is not None:
        return Rated(flags, 1.0)
    # (score, what it is out of) of the texts that say both.
    told = {text: rating for text in texts if (rating := parse_rating(text))}
    told |= {text: (float(words["score"][bare]), _WORDS_ARE_OUT_OF) for text in texts if not _digit(text) and (bare := plain(text)) in words["score"]}
    found = amounts.figures(
        [None if value.__class__ is str and value in told else value for value in cells] if told else cells,
        cast("amounts.Comma | None", decisions.get("comma")),
    )
    certain = _certain(name, header, decisions)
    scale = certain or max([scale_of(header, found.numbers) if not told else 0.0, *(out_of for _, out_of in told.values())])
    if told and not certain:
        scale = max([scale, *(scale_of(header, [number]) for number in found.numbers if number is not None and number > scale)])
    values = list(found.numbers)
    for record, value in enumerate(cells) if told else ():
        if value.__class__ is str and value in told:
            score, out_of = told[value]
            values[record] = score if out_of == scale else round(score * scale / out_of, _DIGITS)
    questions: list[tuple[str, tuple[str, ...], str]] = [("comma", ("thousands", "decimal"), found.comma)] if found.asked else []
    # Marks up to 5 may as well be poor ones out of 10; whatever is higher tells.
    if certain is None and not told and scale == _WORDS_ARE_OUT_OF and any(number is not None for number in found.numbers):
        questions.append(("scale", ("5", "10", "100"), f"{scale:g}"))
    return Rated(values, scale, questions)


def _of_shares(name: str, header: str, cells: Sequence[Any], decisions: Mapping[str, str]) -> Rated:
    """One percentage makes all of the column shares, unless its header says what the others are out of."""
    found = shares(cells, decisions)
    scale = _certain(name, header, decisions)
    if scale is None:
        return Rated(found.values, 1.0, found.questions)
    plain_ones = amounts.figures(cells)
    values = [
        None if share is None else round(share * scale, _DIGITS) if record in found.signed else plain_ones.numbers[record]
        for record, share in enumerate(found.values)
    ]
    return Rated(values, scale)


def _certain(name: str, header: str, decisions: Mapping[str, str]) -> float | None:
    """The scale that no value can change: the field's own, the one a person said, the one in the header; None without."""
    if name in _ALWAYS_OUT_OF:
        return _ALWAYS_OUT_OF[name]
    decided = amounts.parse_number(decisions.get("scale"))
    return decided if decided and decided > 0 else scale_in(header)


def scale_in(header: str) -> float | None:
    """The scale that a header states: 5分制, 满分10分, out of 5, 1-10, 百分制, 五星, NPS; None where it states none."""
    text = unicodedata.normalize("NFKC", header).casefold()
    for word, digits in _SCALE_WORDS.items():
        text = text.replace(f"out of {word}", f"out of {digits}") if word.isascii() else text.replace(word, digits)
    match = _SCALE_IN_HEADER.search(arabic(text))
    if not match:
        return None
    stated = float(match[1] or match[2] or match[3] or match[4] or 10)
    return stated if stated > 0 else None


def scale_of(header: str, values: Sequence[float | None]) -> float:
    """What the scores are out of: said in the header, else the smallest of 1, 5, 10, 100 that covers nearly all of them."""
    stated = scale_in(header)
    if stated is not None:
        return stated
    known = [value for value in values if value is not None]
    if not known:
        return 5.0
    # All ones is the worst mark of five, unless a nought shows that it is yes or no.
    candidates = _SCALES if min(known) < 1 else _SCALES[1:]
    return next((scale for scale in candidates if sum(value <= scale for value in known) >= _SCALE_COVERS * len(known)), 100.0)


def parse_rating(text: str) -> tuple[float, float] | None:
    """(4, 5) for '4/5', '4 out of 5', '4星' and '★★★★☆'; None for other texts. Stars alone are out of five."""
    narrow = amounts.narrow(text[:_LONGEST])
    full, hollow = len(_STARS.findall(narrow)), len(_HOLLOW_STARS.findall(narrow))
    if full or hollow:
        bare = _HOLLOW_STARS.sub("", _STARS.sub("", narrow)).strip(" \ufe0f")
        return None if bare else (float(full), float(max(5, full + hollow)))
    if (match := _STARRED.fullmatch(narrow)) and float(match[1]) <= _WORDS_ARE_OUT_OF:
        return float(match[1]), _WORDS_ARE_OUT_OF
    match = _OUT_OF.fullmatch(narrow)
    return (float(match[1]), float(match[2])) if match and int(match[2]) > 0 else None


def _flags(cells: Sequence[Any], texts: Mapping[str, None], words: Mapping[str, str]) -> list[float | None] | None:
    """1 for yes and 0 for no, where every filled cell says one of them; None for other columns, and for one of mere digits."""
    if not texts and bool not in set(map(type, cells)):
        return None
    said = {text: words.get(plain(text)) for text in texts}
    if None in said.values() or (texts and all(map(_digit, texts))) or not set(map(type, cells)) <= {str, bool, type(None)}:
        return None
    return [None if value is None else float(said[value] == "yes" if value.__class__ is str else value) for value in cells]


def _digit(text: str) -> bool:
    return text[:1].isdigit()
