"""What was said of the files: a new decision takes the place of what it contradicts, and answered questions stay in their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.ingest.reading import Question
from amdash.ui.answers import Answers, lines, remembered, standing, with_decision

WHICH = Question("ask_column", "1月", ("下单=sales.date", "签约=sales.date"), "下单=sales.date")
ORDER = Question("ask_order", "1月", ("下单=order:month_first", "下单=order:day_first"), "下单=order:month_first")
COPY = Question("ask_copy", "旧", ("sheet:旧=skip", "sheet:新=skip", "sheet:旧=take"), "sheet:旧=skip")


def named(sheet: str) -> Question:
    return Question("ask_sheet_name", sheet, (f"sheet:{sheet}=name:manager", f"sheet:{sheet}=name:nothing"), f"sheet:{sheet}=name:manager")


@pytest.mark.parametrize(
    ("before", "text", "instead", "after"),
    [
        ((), "A=sales.date", (), ("A=sales.date",)),
        # A column is one field at a time.
        (("A=sales.date",), "A=ignore", (), ("A=ignore",)),
        (("A=sales.date",), "A=sales.customer", (), ("A=sales.customer",)),
        # A field is one column at a time, or reading the sheet again would fail.
        (("A=sales.date",), "B=sales.date", (), ("B=sales.date",)),
        # How it is read is another matter than what it is.
        (("A=sales.date",), "A=order:day_first", (), ("A=sales.date", "A=order:day_first")),
        (("A=order:day_first", "A=comma:decimal"), "A=order:month_first", (), ("A=comma:decimal", "A=order:month_first")),
        # Another answer to the same question goes, though it is about another sheet.
        (("sheet:旧=skip",), "sheet:新=skip", COPY.choices, ("sheet:新=skip",)),
        (("sheet:旧=skip", "A=ignore"), "sheet:旧=take", (), ("A=ignore", "sheet:旧=take")),
        (("sheet:甲=name:manager",), "sheet:甲=skip", (), ("sheet:甲=name:manager", "sheet:甲=skip")),
        (("file:a.csv=series:new",), "file:a.csv=series:华东", (), ("file:a.csv=series:华东",)),
    ],
)
def test_a_new_decision_replaces_what_it_contradicts(before: tuple[str, ...], text: str, instead: tuple[str, ...], after: tuple[str, ...]) -> None:
    said = Answers(before)
    assert with_decision(said, text, instead=instead).mapping == after
    assert said.mapping == before


def test_questions_answered_together_are_all_decided() -> None:
    (together,) = lines([named("李明"), named("王芳"), named("张伟")])
    every = [text for texts in together.options for text in texts]
    said = with_decision(Answers(together.options[0]), *together.options[1], instead=every)
    assert said.mapping == together.options[1]


def test_the_answer_before_can_be_had_again() -> None:
    first = with_decision(Answers(), "A=ignore")
    assert with_decision(first, "A=sales.date").before == first


def test_a_password_is_shown_in_no_representation() -> None:
    said = Answers(passwords={"a.xlsx": "geheim"})
    assert "geheim" not in repr(said)
    assert "geheim" not in repr(replace(said, before=said))
    assert ("geheim",) in said.decides


def test_an_answered_question_stays_where_it_was_asked() -> None:
    said = Answers(asked=(WHICH, COPY, ORDER))
    answered = with_decision(said, "sheet:新=skip", instead=COPY.choices)
    # The sheet is left out now, so that nothing of it is asked any more; the date's question is gone without an answer.
    assert standing(answered, [WHICH]) == (WHICH, COPY)


def test_the_question_as_it_was_first_asked_stays() -> None:
    turned = Question("ask_column", "1月", tuple(reversed(WHICH.choices)), "签约=sales.date")
    assert standing(Answers(asked=(WHICH,)), [turned, ORDER]) == (WHICH, ORDER)


def test_two_sheets_that_ask_for_the_same_decision_ask_once() -> None:
    assert standing(Answers(), [ORDER, replace(ORDER, sheet="2月")]) == (replace(ORDER, sheet="2月"),)


def test_many_sheets_called_by_a_name_are_one_line() -> None:
    (together, other) = lines([named("李明"), ORDER, named("王芳"), named("张伟")])
    assert together.options[0] == ("sheet:李明=name:manager", "sheet:王芳=name:manager", "sheet:张伟=name:manager")
    assert other.questions == (ORDER,)
    assert together.chosen(()) is None
    assert together.chosen(together.options[1]) == 1
    assert together.chosen(together.options[1][:2]) is None
    assert len(lines([named("李明"), named("王芳")])) == 2


def test_the_guess_is_a_place_among_the_choices() -> None:
    assert lines([replace(ORDER, guess="下单=order:day_first")])[0].guess == 1


def test_what_was_decided_before_is_what_is_not_decided_now() -> None:
    found = remembered(("A=sales.date", "A=order:day_first"), ("A=sales.date",))
    assert [one.text for one in found] == ["A=order:day_first"]
    assert remembered((), ()) == []
