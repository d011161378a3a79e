"""Encodings: strict, in a fixed order, and asked where the bytes do not tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.ingest.reader import Hints, decode

SIMPLIFIED = "日期,客户经理,金额\n2026-10-01,李明,100\n"
TRADITIONAL = "日期,業務經理,客戶\n2026-10-01,陳小明,臺灣電子\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_every_encoding_gives_the_same_text(encoding: str, said: str) -> None:
    assert decode("导出.csv", SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, said)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le"])
def test_traditional_characters_too(encoding: str) -> None:
    assert decode("a.csv", TRADITIONAL.encode(encoding)) == (TRADITIONAL, encoding)


def _error(data: bytes, encoding: str | None = None) -> AmdashError:
    with pytest.raises(AmdashError) as caught:
        decode("a.csv", data, Hints(encoding=encoding))
    return caught.value


@pytest.mark.parametrize(
    ("text", "encoding", "sample"),
    [
        ("name,amount\nMüller,5\n", "cp1252", "Müller,5"),
        ("café,naïve\n1,2\n", "cp1252", "café,naïve"),
        ("name,amount\nMüller,5\n", "mac_roman", "Müller,5"),
        ("имя\nПетров\n", "cp1251", "имя"),
    ],
)
def test_single_bytes_are_asked_with_a_line_to_read(text: str, encoding: str, sample: str) -> None:
    error = _error(text.encode(encoding))
    assert error.code == "encoding_asked"
    assert {"encoding": encoding, "sample": sample} in error.fields["choices"]
    assert sample in error.fields["samples"]
    assert decode("a.csv", text.encode(encoding), Hints(encoding=encoding))[0] == text


def test_the_most_word_like_reading_comes_first() -> None:
    assert _error("name\nMüller\n".encode("cp1252")).fields["choices"][0] == {"encoding": "cp1252", "sample": "Müller"}


def test_korean_is_not_taken_for_chinese() -> None:
    text = "고객명,담당자,매출액\n" + "서울전자주식회사,김민수,백만원\n부산상사,이영희,오십만원\n" * 3
    assert _error(text.encode("cp949")).code == "encoding_asked"


def test_a_wrong_hint_says_where() -> None:
    error = _error("a\nMüller\n".encode("cp1252"), "utf-8")
    assert error.code == "encoding_wrong"
    assert error.fields == {"file": "a.csv", "encoding": "utf-8", "line": 2, "byte": 4}


@pytest.mark.parametrize("encoding", ["no-such", "hex", "zlib", "\x00"])
def test_a_hint_that_is_no_text_encoding(encoding: str) -> None:
    assert _error(b"616263", encoding).code == "encoding_unknown"


def test_a_cut_or_broken_file_says_where() -> None:
    cut = _error(SIMPLIFIED.encode("gbk")[:-6])
    assert (cut.code, cut.fields["encoding"], cut.fields["line"], cut.fields["n"]) == ("file_bytes_broken", "gb18030", 2, 1)
    assert cut.fields["byte"] == len(SIMPLIFIED.encode("gbk")) - 6
    broken = _error("日期,客户\n李明,王芳\n".encode() + b"\xff\n" + "张伟\n".encode())
    assert (broken.code, broken.fields["encoding"], broken.fields["line"]) == ("file_bytes_broken", "utf-8", 3)


def test_half_a_character_of_utf_16() -> None:
    assert _error(SIMPLIFIED.encode("utf-16-le")[:-1]).code == "file_bytes_broken"
    assert _error(b"\xff\xfeodd").code == "file_bytes_broken"


def test_a_mark_in_the_middle_is_left_out() -> None:
    assert decode("a.csv", b"\xef\xbb\xbfa,b\n\xef\xbb\xbfc,d\n")[0] == "a,b\nc,d\n"


_HAN = st.text(st.sampled_from("客户经理销售额日期金额李王张刘陈明芳伟上海北京公司第一二三季度投诉满意"), min_size=2, max_size=30)


@given(_HAN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_chinese_text_survives_every_encoding(text: str, encoding: str) -> None:
    assert decode("a.csv", f"日期,{text}\n".encode(encoding))[0] == f"日期,{text}\n"


@given(st.text(st.sampled_from("客戶經理銷售額日期金額李王張劉陳明芳偉臺灣公司第一二三季度投訴滿意"), min_size=4, max_size=30))
def test_traditional_text_survives_big5(text: str) -> None:
    assert decode("a.csv", f"客戶經理,{text}\n".encode("big5")) == (f"客戶經理,{text}\n", "big5")
