"""What the font can print, and what stands in for the rest."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.report.glyphs import covered, printable
from amdash.report.pdf import _font

FONT = _font()
# Han characters of extensions B and C that the font does not hold (it does hold U+20BB7, which other fonts lack).
RARE = "\U00020000"
RARER = "\U0002a700"


def font_file(path: Path, *tables: bytes) -> Path:
    """A font file with nothing in it but a character map of these subtables."""
    places, at = [], 4 + 8 * len(tables)
    for table in tables:
        places.append(struct.pack(">HHI", 3, 10, at))
        at += len(table)
    cmap = struct.pack(">HH", 0, len(tables)) + b"".join(places) + b"".join(tables)
    other = struct.pack(">4sIII", b"OS/2", 0, 0, 0)
    start = 12 + 16 * 2
    path.write_bytes(struct.pack(">IHHHH", 0x00010000, 2, 0, 0, 0) + other + struct.pack(">4sIII", b"cmap", 0, start, len(cmap)) + cmap)
    return path


def format_4(*spans: tuple[int, int]) -> bytes:
    ends, starts = [last for _, last in spans], [first for first, _ in spans]
    count = len(spans)
    body = struct.pack(f">{count}H", *ends) + struct.pack(">H", 0) + struct.pack(f">{count}H", *starts) + bytes(4 * count)
    return struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * count, 0, 0, 0) + body


def format_12(*spans: tuple[int, int]) -> bytes:
    return struct.pack(">HHIII", 12, 0, 16 + 12 * len(spans), 0, len(spans)) + b"".join(struct.pack(">III", *span, 1) for span in spans)


def test_the_font_of_the_report_holds_chinese_and_latin_and_no_emoji() -> None:
    known = covered(FONT)
    assert {ord(character) for character in "李龘〓A—·≥≤−（）0123456789%,.：、é"} <= known
    assert not {ord(RARE), ord(RARER), 0x1F600, 0x20B9, 0x0E01} & known
    assert 30_000 < len(known) < 70_000


def test_both_kinds_of_character_map_are_read(tmp_path: Path) -> None:
    assert covered(font_file(tmp_path / "4.ttf", format_4((65, 67), (0x674E, 0x674E), (0xFFFF, 0xFFFF)))) == {65, 66, 67, 0x674E}
    assert covered(font_file(tmp_path / "12.ttf", format_12((65, 66), (0x20BB7, 0x20BB8)))) == {65, 66, 0x20BB7, 0x20BB8}
    both = font_file(tmp_path / "both.ttf", format_4((65, 65), (0xFFFF, 0xFFFF)), struct.pack(">HHHHH", 6, 12, 0, 97, 1), format_12((66, 66)))
    assert covered(both) == {65, 66}


def test_of_a_collection_the_first_face_is_read(tmp_path: Path) -> None:
    single = font_file(tmp_path / "single.ttf", format_12((65, 66))).read_bytes()
    # Offsets count from the beginning of the file, so the tables move back by the length of the collection's own header.
    moved = bytearray(single)
    struct.pack_into(">I", moved, 12 + 16 + 8, struct.unpack_from(">I", single, 12 + 16 + 8)[0] + 20)
    (tmp_path / "two.ttc").write_bytes(struct.pack(">4sIIII", b"ttcf", 0x00010000, 2, 20, 9_999_999) + bytes(moved))
    assert covered(tmp_path / "two.ttc") == {65, 66}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("李明 Ann, 93.1%", "李明 Ann, 93.1%"),
        ("", ""),
        (f"李{RARE}明", "李〓(U+20000)明"),
        (f"{RARER}", "〓(U+2A700)"),
        ("a\u0e01", "a〓(U+0E01)"),
        ("好😀", "好〓(U+1F600)"),
        # Direction marks, joiners, variation selectors and a byte-order mark leave nothing behind.
        ("a\u202eb\u202c\u200f\u200e\u2066c\u2069", "abc"),
        ("\ufeffa\u200bb\u200dc\u00add", "abcd"),
        ("葛\ufe00\ufe0f", "葛"),
        # Controls and the separators of lines and paragraphs are spaces, but a line break stays.
        ("a\tb\x00c\u2028d\u2029e", "a b c d e"),
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo", "one \ntwo"),
        # Composed, as the font has it.
        ("e\u0301", "é"),
        ("\u30ab\u3099", "ガ"),
        ("\ud800", "〓(U+D800)"),
    ],
)
def test_every_text_becomes_one_that_can_be_printed(text: str, printed: str) -> None:
    assert printable(text, FONT) == printed


def test_the_neighbours_of_the_variation_selectors_are_no_such_thing() -> None:
    assert printable("\ufdff", FONT) == "〓(U+FDFF)"
    assert printable("\ufe10", FONT) == "\ufe10"


def test_nested_data_keeps_its_shape_and_what_is_no_text_is_left_alone() -> None:
    data: dict[str, Any] = {"name": RARE, "rows": [["a\u200f", 1, None], {"x": 0.5, "y": True}], "none": None, RARE: "kept"}
    before = repr(data)
    assert printable(data, FONT) == {"name": "〓(U+20000)", "rows": [["a", 1, None], {"x": 0.5, "y": True}], "none": None, RARE: "kept"}
    assert repr(data) == before


@given(st.text(st.characters()))
def test_what_comes_out_is_covered_to_the_last_character(text: str) -> None:
    result = printable(text, FONT)
    assert all(ord(character) in covered(FONT) or character == "\n" for character in result)
    assert printable(result, FONT) == result


@given(st.text(st.sampled_from("李明王A z9%，。—·")))
def test_what_can_be_printed_is_printed_as_it_is(text: str) -> None:
    assert printable(text, FONT) == text
