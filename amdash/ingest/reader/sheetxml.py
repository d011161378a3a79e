"""The XML of one .xlsx sheet, read as a stream: a second look for what the fast reader leaves out, at a fraction of its time."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

import numpy as np

from amdash.ingest.reader.details import Details, blocks
from amdash.ingest.sheet import CellError

_ROOT = re.compile(rb"<(?:(\w+):)?worksheet\b")
_SPACED = re.compile(rb"""\s*=\s*(?=["'])""")
_TAG = re.compile(rb"<(row|c)(?=[\s/>])([^>]*)>")
_REF = re.compile(rb"""\sr=["']([A-Za-z]{0,3})(\d+)["']""")
_TYPE = re.compile(rb"""\st=["'](\w+)["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_VALUE = re.compile(rb"<v\b[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>([^<]*)<)")
_SHARED = re.compile(rb"""\ssi=["'](\d+)["']""")
# How a cell ends whose formula has no saved result, as the programs write it that never calculate.
_UNSAVED = re.compile(rb"</f>\s*(?:<v>\s*</v>\s*|<v\s*/>\s*)?</c>")
_UNSAVED_SHARED = re.compile(rb"<f\s[^>]*/>\s*(?:<v>\s*</v>\s*|<v\s*/>\s*)?</c>")
_Opened = Callable[[], IO[bytes]]
_Array = np.ndarray[Any, np.dtype[Any]]


class _Unaddressed(Exception):
    """Cells or rows without an address: only counting from the start tells where they are."""


def scan(file: str, opened: _Opened) -> Details:
    """Details of a sheet; ``opened`` gives its XML as a stream, once or twice. Errors: sheet_reaches_too_far."""
    try:
        with opened() as stream:
            return _addressed(file, stream)
    except _Unaddressed:
        with opened() as stream:
            return _counted(file, stream)


def _addressed(file: str, stream: IO[bytes]) -> Details:
    details, shared = Details(), dict[bytes, str]()
    for raw in _plain_blocks(stream):
        block = _measure(file, raw, details)
        for start in _suspects(block):
            _note(block, start, details, shared)
        _note_hidden(block, details)
    return details


def _plain_blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces of whole rows, without a namespace prefix."""
    prefix: bytes | None = None
    for block in blocks(stream, b"row>"):
        if prefix is None:
            root = _ROOT.search(block[:65536])
            prefix = root[1] or b"" if root else b""
        yield block.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</") if prefix else block


def _measure(file: str, block: bytes, details: Details) -> bytes:
    """Note how far the cells reach; the block without blanks around '='. What the sheet says of its own size is not trusted."""
    octets = np.frombuffer(block + b"\x00" * 16, np.uint8)
    equals = np.flatnonzero(octets == 0x3D)
    if len(equals) and ((octets[equals - 1] <= 32) | (octets[equals + 1] <= 32)).any() and (tight := _SPACED.sub(b"=", block)) != block:
        return _measure(file, tight, details)
    starts = equals[(octets[equals - 1] == ord("r")) & (octets[equals - 2] <= 32)] + 2
    rows, columns = _addresses(octets, starts)
    if _count(octets, b"<c") > (columns > 0).sum() or _count(octets, b"<row") > (columns == 0).sum():
        raise _Unaddressed
    if (columns > 0).any():
        details.reach(file, int(rows[columns > 0].max()), int(columns.max()) - 1)
    return block


def _addresses(octets: _Array, starts: _Array) -> tuple[_Array, _Array]:
    """(rows, columns) from 1 that stand at these places as A1 addresses; a row tag has no column, so nought."""
    rows, columns = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
    inside = np.ones(len(starts), bool)
    for step in range(13):
        signs = octets[np.minimum(starts + step, len(octets) - 1)].astype(np.int64)
        digits, letters = signs - 48, (signs & 0xDF) - 64
        is_digit, is_letter = inside & (digits >= 0) & (digits <= 9), inside & (letters >= 1) & (letters <= 26)
        inside = is_digit | is_letter
        if not inside.any():
            break
        rows = np.where(is_digit, rows * 10 + digits, rows)
        columns = np.where(is_letter, columns * 26 + letters, columns)
    return rows, columns


def _count(octets: _Array, tag: bytes) -> int:
    """How many elements of this name begin."""
    found = np.flatnonzero(octets[: -len(tag) - 1] == tag[0])
    for step, sign in enumerate(tag[1:], 1):
        found = found[octets[found + step] == sign]
    after = octets[found + len(tag)]
    return int(((after <= 32) | (after == ord(">")) | (after == ord("/"))).sum())


def _suspects(block: bytes) -> Iterator[int]:
    """Where the cells begin that may hold an error or a formula without a result."""
    for sign in (b't="e"', b"t='e'"):
        yield from (block.rfind(b"<", 0, place) for place in _places(block, sign))
    if b"</f>" in block:
        yield from (block.rfind(b"<c", 0, found.start()) for found in _UNSAVED.finditer(block))
    if b"<f " in block:
        yield from (block.rfind(b"<c", 0, found.start()) for found in _UNSAVED_SHARED.finditer(block))


def _places(block: bytes, sign: bytes) -> Iterator[int]:
    place = block.find(sign)
    while place >= 0:
        yield place
        place = block.find(sign, place + 1)


def _note(block: bytes, start: int, details: Details, shared: dict[bytes, str]) -> None:
    found = _TAG.match(block, max(start, 0))
    if found is None or found[1] != b"c":
        return
    error = _judged(block, found, shared)
    where = _REF.search(found[2])
    if error is not None and where is not None:
        details.instead[int(where[2]), _number(where[1]) - 1] = error


def _judged(block: bytes, tag: re.Match[bytes], shared: dict[bytes, str]) -> CellError | None:
    """The error that a cell holds, or None where it holds a value."""
    if tag[2].endswith(b"/"):
        return None
    inside = block[tag.end() : (end if (end := block.find(b"</c>", tag.end())) >= 0 else len(block))]
    said = _TYPE.search(tag[2])
    value = _VALUE.search(inside)
    if said is not None and said[1] == b"e":
        return CellError(_text(value[1]) if value else "#VALUE!")
    formula = _FORMULA.search(inside)
    if formula is None:
        return None
    group, text = _SHARED.search(formula[1]), _text(formula[2] or b"")
    if group is not None and text:
        shared[group[1]] = text
    # A formula whose saved result is the empty text was calculated.
    if value is not None or (said is not None and said[1] in (b"str", b"s", b"inlineStr")):
        return None
    return CellError(f"={text or shared.get(group[1] if group else b'', '…')}", uncalculated=True)


def _note_hidden(block: bytes, details: Details) -> None:
    for place in _places(block, b" hidden="):
        tag = _TAG.match(block, block.rfind(b"<", 0, place))
        where = _REF.search(tag[2]) if tag is not None and tag[1] == b"row" and _HIDDEN.search(tag[2]) else None
        if where is not None:
            details.hidden.add(int(where[2]))


def _counted(file: str, stream: IO[bytes]) -> Details:
    """The same for a sheet that leaves addresses out: a row follows the row before it, a cell the cell before it."""
    details, row, column, shared = Details(), 0, -1, dict[bytes, str]()
    for block in _plain_blocks(stream):
        for tag in _TAG.finditer(_SPACED.sub(b"=", block)):
            where = _REF.search(tag[2])
            if tag[1] == b"row":
                row, column = int(where[2]) if where else row + 1, -1
                if _HIDDEN.search(tag[2]):
                    details.hidden.add(row)
                continue
            row, column = (int(where[2]), _number(where[1]) - 1) if where and where[1] else (row, column + 1)
            details.reach(file, row, column)
            error = _judged(tag.string, tag, shared)
            if error is not None:
                details.instead[row, column] = error
    return details


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", errors="replace"))
