"""What kind of picture a file holds and how many pixels it has, from its first bytes alone."""

from __future__ import annotations

import struct
from typing import Literal

Kind = Literal["png", "jpeg"]

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start of frame in each of its codings; C4, C8 and CC in between are something else.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


def kind_of(data: bytes) -> Kind | None:
    """What a file is by its first bytes; None where it is neither PNG nor JPEG."""
    return "png" if data.startswith(_PNG) else "jpeg" if data.startswith(_JPEG) else None


def size_pixels(data: bytes) -> tuple[int, int]:
    """(width, height) as the file's head says; (0, 0) where it says nothing."""
    if kind_of(data) == "png":
        return struct.unpack_from(">II", data, 16) if len(data) >= 24 else (0, 0)
    place = 2
    while place + 9 <= len(data):
        marker = data[place + 1]
        if data[place] != 0xFF or marker == 0xFF:
            place += 1
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        else:
            place += 2 if marker in _WITHOUT_LENGTH else 2 + struct.unpack_from(">H", data, place + 2)[0]
    return 0, 0
