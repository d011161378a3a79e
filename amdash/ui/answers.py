"""What a person has said of the files on the page, and which questions stay there with their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from amdash.ingest import decisions
from amdash.ingest.decisions import Decision
from amdash.ingest.reading import Question

# So many sheets that are called by a name are asked about in one line.
_TOGETHER = 3


@dataclass(frozen=True)
class Answers:
    """``mapping``: decisions as texts. ``asked``: the questions as they were first asked, in their order. ``before``: one answer ago.

    ``passwords``: file -> its password; left out of the representation, so that no log and no traceback shows them.
    """

    mapping: tuple[str, ...] = ()
    asked: tuple[Question, ...] = ()
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    before: Answers | None = field(default=None, repr=False, compare=False)

    @property
    def decides(self) -> tuple[object, ...]:
        """All that makes a preview another one."""
        return self.mapping, tuple(self.passwords.values())


@dataclass(frozen=True)
class Ask:
    """One line to answer: a question, or several of the same kind that are answered together."""

    questions: tuple[Question, ...]

    @property
    def code(self) -> str:
        return self.questions[0].code

    @property
    def options(self) -> tuple[tuple[str, ...], ...]:
        """Per choice the decisions that it stands for, one for each question."""
        return tuple(zip(*(question.choices for question in self.questions), strict=True))

    @property
    def guess(self) -> int:
        """The place of the answer that was taken for now."""
        first = self.questions[0]
        return first.choices.index(first.guess) if first.guess in first.choices else 0

    def chosen(self, mapping: Collection[str]) -> int | None:
        """The place of the answer that was given; None while the guess stands."""
        return next((place for place, texts in enumerate(self.options) if set(texts) <= set(mapping)), None)


def with_decision(answers: Answers, *texts: str, instead: Collection[str] = ()) -> Answers:
    """The answers with these decisions, in place of those in ``instead`` and of whatever they contradict.

    A column is one field, a field one column, and a column is read in one way at a time.
    """
    mapping = tuple(text for text in answers.mapping if text not in instead)
    for text in texts:
        (new,) = decisions.parse([text])
        mapping = (*(old.text for old in decisions.parse(mapping) if not _contradict(old, new)), new.text)
    return replace(answers, mapping=mapping, before=answers)


def _contradict(old: Decision, new: Decision) -> bool:
    return (old.subject == new.subject and _kind(old) == _kind(new)) or (new.place is not None and old.place == new.place)


def _kind(one: Decision) -> str:
    """What a decision is about: the meaning of a column, one way of reading it, whether a sheet counts, whose it is."""
    if one.place or one.choice == decisions.IGNORE:
        return "field"
    kind, colon, _ = one.choice.partition(":")
    return kind if colon else "counts"


def standing(answers: Answers, now: Sequence[Question]) -> tuple[Question, ...]:
    """The questions for the page: those asked now, and those that were answered and therefore are asked no more. In the order of asking."""
    asked = {_same(question): question for question in now}
    kept = {_same(one): one for one in answers.asked if _same(one) in asked or set(one.choices) & set(answers.mapping)}
    return tuple((asked | kept)[key] for key in dict.fromkeys((*kept, *asked)))


def _same(question: Question) -> tuple[str, frozenset[str]]:
    """Two sheets that ask for the same decisions ask one question."""
    return question.code, frozenset(question.choices)


def lines(questions: Sequence[Question]) -> list[Ask]:
    """The questions as lines; many sheets that are called by a name are one line."""
    named = tuple(question for question in questions if question.code == "ask_sheet_name")
    if len(named) < _TOGETHER:
        return [Ask((question,)) for question in questions]
    others = [Ask((question,)) for question in questions if question.code != "ask_sheet_name"]
    return [Ask(named), *others]


def remembered(made: Collection[str], mapping: Collection[str]) -> list[Decision]:
    """Of the decisions in force for a table, those that were made at an earlier upload."""
    return decisions.parse([text for text in sorted(made) if text not in mapping])
