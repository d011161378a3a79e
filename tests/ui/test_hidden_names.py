"""Names in typed texts while other names are hidden: whose, where a name ends, and what stays."""

from __future__ import annotations

import pytest

from amdash.i18n import is_said
from amdash.ui.hidden_names import short_names, without_names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请王芳带李明一起去", "请同事带李明一起去"),
        ("王芳和王芳菲各去一次", "同事和同事各去一次"),
        # Her own name holds another's.
        ("李明明和李明商量", "李明明和同事商量"),
        ("没有名字", "没有名字"),
        ("", ""),
    ],
)
def test_the_longest_name_goes_first_and_ones_own_stays(text: str, shown: str) -> None:
    own = {"李明明"} if "李明明" in text else {"李明"}
    assert without_names(text, {"王芳", "王芳菲", "李明", "李明明"} - own, own, "同事") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("visit with Ann Lee on Monday", "visit with a colleague on Monday"),
        ("ann lee's customers", "A colleague's customers"),
        ("Ann Leeds and Joann Lee stay", "Ann Leeds and Joann Lee stay"),
        ("请Ann Lee帮忙", "请a colleague帮忙"),
        ("Bob (A.) and Bob", "A colleague and Bob"),
    ],
)
def test_a_latin_name_is_no_part_of_another_word(text: str, shown: str) -> None:
    assert without_names(text, {"Ann Lee", "Bob (A.)"}, {"Bob"}, "a colleague") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请王 芳带李明", "请a colleague带李明"),
        ("请王\u3000芳菲、王\u200b芳", "请a colleague、a colleague"),
        ("\uff21\uff2e\uff2e  \uff2c\uff45\uff45 came", "A colleague came"),
        ("with Ann\nLee, not AnnLee", "with a colleague, not AnnLee"),
        ("Jose\u0301 came, Jos\u00e9X stays", "A colleague came, Jos\u00e9X stays"),
        # One's own name written with a space stays as it was typed.
        ("李 明和王芳", "李 明和a colleague"),
    ],
)
def test_a_name_is_found_however_it_is_spaced_and_wide(text: str, shown: str) -> None:
    assert without_names(text, {"王芳", "王芳菲", "Ann Lee", "Jos\u00e9"}, {"李明"}, "a colleague") == shown


def test_a_name_of_one_sign_is_no_name_in_a_text() -> None:
    assert without_names("王经理和A组", {"王", "A"}, {"李明"}, "同事") == "王经理和A组"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("王建国", {"建国"}),
        ("王芳", set()),
        ("Ann Mary Lee", {"Ann", "Lee"}),
        ("Bo Li", set()),
        ("Ann", set()),
        ("Bob (A.)", {"Bob"}),
        ("", set()),
    ],
)
def test_what_somebody_is_called_for_short(name: str, short: set[str]) -> None:
    assert short_names(name) == short


@pytest.mark.parametrize(
    ("word", "outside", "said"), [("Price", "Ann Price", True), ("建国", "王建国", False), ("建国", "", True), ("Zorvath", "", False)]
)
def test_a_word_of_amdash_itself_is_no_short_name(word: str, outside: str, said: bool) -> None:
    assert is_said(word, outside=outside) is said


def test_short_names_are_hidden_as_they_are_written() -> None:
    called = ["建国", "Ann"]
    assert without_names("请建国和Ann主持", {"王建国", "Ann Lee"}, {"李明"}, "同事", called) == "请同事和同事主持"
    assert without_names("Ann plans, Annual plans, ann", set(), set(), "a colleague", called) == "A colleague plans, Annual plans, ann"
