"""Bytes to text. Whatever cannot be told from the bytes is asked, never assumed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from amdash.errors import AmdashError
from amdash.ingest.reader.han import likeness
from amdash.ingest.reader.hints import NO_HINTS, Hints

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is offered where the bytes allow it, after the Chinese encodings that decode at all.
_OFFERED = ("cp1252", "mac_roman", "latin-1", "cp1251")
# So much sound text per broken byte says that the encoding is right and the bytes are not.
_SOUND_PER_BROKEN = 5
_SAMPLE = 60
_LINE = re.compile(rb"\r\n|\r|\n")
_HIGH = re.compile(rb"[^\x00-\x7f]")
# What every table has.
_STRUCTURE = "\n\r\t,;|"
_STRAY_MARK = "\ufeff"


def decode(file: str, data: bytes, hints: Hints = NO_HINTS) -> tuple[str, str]:
    """(text, encoding): the word of a person, a byte-order mark, then UTF-8, UTF-16, GB18030 and Big5, each strictly.

    Errors: encoding_asked where only a person can tell, encoding_wrong and encoding_unknown for a hint that does not fit,
    file_bytes_broken where a few bytes are damaged, file_not_spreadsheet for binary bytes.
    """
    text, encoding = _hinted(file, data, hints.encoding) if hints.encoding else _told(file, data)
    if _is_binary(text):
        raise AmdashError("file_not_spreadsheet", file=file)
    # Files that were joined carry the mark of the second one in the middle.
    return text.replace(_STRAY_MARK, "") if _STRAY_MARK in text else text, encoding


def _hinted(file: str, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AmdashError("encoding_wrong", file=file, encoding=encoding, line=_line(data, error.start), byte=error.start + 1) from error
    except (LookupError, ValueError, UnicodeError) as error:
        raise AmdashError("encoding_unknown", file=file, encoding=encoding) from error
    return text, codecs.lookup(encoding).name


def _told(file: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(file, data, encoding), encoding
    if b"\x00" in data:
        return _wide(file, data)
    text = _decoded(data, "utf-8")
    return (text, "utf-8") if text is not None else _chinese(file, data)


def _strictly(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AmdashError("file_bytes_broken", file=file, encoding=encoding, line=_line(data, error.start), byte=error.start + 1, n=1) from error


def _wide(file: str, data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: in the right order of bytes there are line ends and delimiters. A nought alone tells nothing: 一 holds one."""
    read = {encoding: data.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be")}
    encoding = max(read, key=lambda name: sum(read[name].count(sign) for sign in _STRUCTURE))
    text = read[encoding]
    if "\x00" in text or not any(sign in text for sign in _STRUCTURE) or text.count("\ufffd") > 1 or _is_binary(text):
        raise AmdashError("file_not_spreadsheet", file=file)
    return _strictly(file, data, encoding), encoding


def _chinese(file: str, data: bytes) -> tuple[str, str]:
    """GB18030 or Big5, whichever gives the more everyday characters; neither where it gives hardly any."""
    decoded = {encoding: text for encoding in ("gb18030", "big5") if (text := _decoded(data, encoding)) is not None}
    ranked = sorted(((likeness(text[:200_000], encoding), encoding) for encoding, text in decoded.items()), key=lambda pair: -pair[0].score)
    for like, encoding in ranked:
        if like.written:
            return decoded[encoding], encoding
    if _is_noise(data):
        raise AmdashError("file_not_spreadsheet", file=file)
    for encoding in ("utf-8", "gb18030", "big5"):
        _refuse_broken(file, data, encoding)
    choices = list(_choices(data, [encoding for _, encoding in ranked]))
    if not choices:
        raise AmdashError("file_not_spreadsheet", file=file)
    samples = "; ".join(f"{choice['encoding']}: {choice['sample']}" for choice in choices)
    raise AmdashError("encoding_asked", file=file, choices=choices, samples=samples)


def _refuse_broken(file: str, data: bytes, encoding: str) -> None:
    """Errors: file_bytes_broken where the text is surely in this encoding, but for a few bytes."""
    broken = list(_broken(data, encoding))
    sound = data.decode(encoding, errors="ignore")
    beyond = sum(sign > "\x7f" for sign in sound)
    if not broken or beyond < _SOUND_PER_BROKEN * len(broken):
        return
    if encoding == "utf-8" or likeness(sound[:200_000], encoding).written:
        raise AmdashError("file_bytes_broken", file=file, encoding=encoding, line=_line(data, broken[0]), byte=broken[0] + 1, n=len(broken))


def _broken(data: bytes, encoding: str) -> Iterator[int]:
    """Where the bytes are that do not decode; after a thousand of them it is another encoding."""
    start, view = 0, memoryview(data)
    for _ in range(1000):
        try:
            str(view[start:], encoding)
        except UnicodeDecodeError as error:
            yield start + error.start
            start += max(error.end, error.start + 1)
        else:
            return


def _choices(data: bytes, chinese: list[str]) -> Iterator[dict[str, str]]:
    """The encodings that are possible, with the first line beyond ASCII as each of them reads it; the most word-like first."""
    found = _HIGH.search(data)
    place = found.start() if found else 0
    begin = max(data.rfind(b"\n", 0, place), data.rfind(b"\r", 0, place)) + 1
    end = min((at for at in (data.find(b"\n", place), data.find(b"\r", place)) if at >= 0), default=len(data))
    seen: set[str] = set()
    offers = []
    for encoding in (*_OFFERED, *chinese):
        text = _decoded(data, encoding)
        line = None if text is None else _decoded(data[begin:end], encoding)
        if line is None or any("\x7f" <= sign < "\xa0" for sign in line):
            continue
        at = len(data[begin:place].decode(encoding, errors="replace"))
        sample = line[max(0, at - _SAMPLE // 2) : at + _SAMPLE // 2].strip()
        if sample not in seen:
            seen.add(sample)
            odd = sum(sign > "\x7f" and not sign.isalpha() for sign in sample)
            offers.append((odd, {"encoding": encoding, "sample": sample}))
    yield from (offer for _, offer in sorted(offers, key=lambda pair: pair[0]))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _line(data: bytes, place: int) -> int:
    return sum(1 for _ in _LINE.finditer(data, 0, place)) + 1


def _is_binary(text: str) -> bool:
    head = text[:4000]
    return sum(sign < " " and sign not in "\r\n\t\f\x1a" for sign in head) > len(head) / 100


def _is_noise(data: bytes) -> bool:
    head = data[:4000]
    return sum(byte < 32 and byte not in (9, 10, 12, 13, 26) for byte in head) > len(head) / 100
