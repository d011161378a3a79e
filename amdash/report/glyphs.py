"""Which characters the report's fonts can print, and what stands in for those they cannot."""

from __future__ import annotations

import functools
import struct
import unicodedata
from pathlib import Path
from typing import Any

# The mark that typesetters put for a character their case does not hold.
_STAND_IN = "〓"
_KEPT_CONTROLS = "\n"


def printable(value: Any, font: Path) -> Any:
    """The same data with every text printable: PDF/A forbids missing glyphs, and a rare name must still print, visibly.

    A character outside the font becomes '〓(U+20BB7)'; marks that only steer direction or spacing are dropped.
    """
    if isinstance(value, str):
        return _text(value, covered(font))
    if isinstance(value, list):
        return [printable(item, font) for item in value]
    if isinstance(value, dict):
        return {name: printable(item, font) for name, item in value.items()}
    return value


def _text(text: str, known: frozenset[int]) -> str:
    parts = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character in _KEPT_CONTROLS:
            parts.append(character)
        elif category in ("Cc", "Cf", "Zl", "Zp") or 0xFE00 <= ord(character) <= 0xFE0F:
            parts.append(" " if category != "Cf" and not 0xFE00 <= ord(character) <= 0xFE0F else "")
        elif ord(character) in known:
            parts.append(character)
        else:
            parts.append(f"{_STAND_IN}(U+{ord(character):04X})")
    return "".join(parts)


@functools.cache
def covered(font: Path) -> frozenset[int]:
    """The code points of the first face of a font file, read from its character map (OpenType cmap, formats 4 and 12)."""
    data = font.read_bytes()
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    records = (struct.unpack_from(">4sIII", data, start + 12 + 16 * index) for index in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * index + 4)[0]
        form = struct.unpack_from(">H", data, table)[0]
        if form == 12:
            groups = struct.unpack_from(">I", data, table + 12)[0]
            for first, last, _glyph in struct.iter_unpack(">III", data[table + 16 : table + 16 + 12 * groups]):
                found.update(range(first, last + 1))
        elif form == 4:
            found |= _format_4(data, table)
    return frozenset(found)


def _format_4(data: bytes, table: int) -> set[int]:
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, table + 14)
    starts = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1) if code != 0xFFFF}
