"""Workbooks behind a password: OOXML locked by msoffcrypto, a .xls locked here as [MS-OFFCRYPTO] 2.3.6 has it."""

from __future__ import annotations

import hashlib
import io
import struct
from itertools import pairwise

import msoffcrypto
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from amdash.errors import AmdashError
from amdash.ingest.reader import Hints, read

_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))


def _locked_xlsx(data: bytes, password: str) -> bytes:
    target = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def _rc4(key: bytes, size: int) -> bytes:
    """So many bytes of the key stream."""
    state, other = list(range(256)), 0
    for place in range(256):
        other = (other + state[place] + key[place % len(key)]) % 256
        state[place], state[other] = state[other], state[place]
    found, place, other = bytearray(), 0, 0
    for _ in range(size):
        place = (place + 1) % 256
        other = (other + state[place]) % 256
        state[place], state[other] = state[other], state[place]
        found.append(state[(state[place] + state[other]) % 256])
    return bytes(found)


def _block_key(password: str, block: int) -> bytes:
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    middle = hashlib.md5((short + _SALT) * 16).digest()[:5]
    return hashlib.md5(middle + struct.pack("<I", block)).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))


def _records(stream: bytes) -> list[tuple[int, bytes]]:
    found, place = [], 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        found.append((kind, stream[place + 4 : place + 4 + size]))
        place += 4 + size
    return found


def _locked_xls(password: str) -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, "客户")
    records = _records(book.get_biff_data())
    stream = _rc4(_block_key(password, 0), 32)
    check = _xor(_VERIFIER + hashlib.md5(_VERIFIER).digest(), stream)
    file_pass = struct.pack("<HHH", 1, 1, 1) + _SALT + check
    # The places of the sheets move by the record that is put in.
    moved = [
        (kind, struct.pack("<I", struct.unpack_from("<I", body)[0] + 4 + len(file_pass)) + body[4:]) if kind == 0x85 else (kind, body)
        for kind, body in records
    ]
    moved.insert(1, (0x2F, file_pass))
    plain = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in moved)
    keys = b"".join(_rc4(_block_key(password, block), 1024) for block in range(len(plain) // 1024 + 1))
    target, place = bytearray(plain), 0
    for kind, body in moved:
        start = place + 4
        # These stay as they are: the beginning, this record, and where a sheet stands.
        clear = len(body) if kind in (0x809, 0x2F, 0xE1) else 4 if kind == 0x85 else 0
        target[start + clear : start + len(body)] = _xor(body[clear:], keys[start + clear : start + len(body)])
        place = start + len(body)
    data = io.BytesIO()
    XlsDoc().save(data, bytes(target))
    return data.getvalue()


@pytest.fixture(params=["xlsx", "xls"])
def locked(request: pytest.FixtureRequest, xlsx) -> bytes:
    return _locked_xlsx(xlsx({"一": [["客户"]]}), "秘密 1") if request.param == "xlsx" else _locked_xls("秘密 1")


def test_the_right_password_opens(locked: bytes) -> None:
    (sheet,) = read("a.xls", locked, Hints(("秘密 1",)))
    assert (sheet.name, sheet.rows) == ("一", [["客户"]])


@pytest.mark.parametrize(("password", "code"), [(None, "file_locked"), ("秘密", "password_wrong")])
def test_no_password_and_a_wrong_one_are_told_apart(locked: bytes, password: str | None, code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        read("a.xls", locked, Hints((password,) if password else ()))
    assert caught.value.code == code
    assert caught.value.fields == {"file": "a.xls"}


def test_several_passwords_are_tried_in_turn(locked: bytes) -> None:
    (sheet,) = read("a.xls", locked, Hints(("other", "秘密 1", "third")))
    assert sheet.rows == [["客户"]]


def test_what_excel_opens_without_asking_is_opened(xlsx) -> None:
    assert read("a.xlsx", _locked_xlsx(xlsx({"S": [["a"]]}), "VelvetSweatshop"))[0].rows == [["a"]]


def test_a_password_for_an_open_file_does_no_harm(xlsx) -> None:
    assert read("a.xlsx", xlsx({"S": [["a"]]}), Hints(("x",)))[0].rows == [["a"]]


def test_a_broken_lock_raises_nothing_else(xlsx) -> None:
    data = _locked_xlsx(xlsx({"S": [["a"]]}), "x")
    codes = set()
    for first, last in pairwise(range(0, len(data), 512)):
        broken = data[:first] + bytes(last - first) + data[last:]
        try:
            read("a.xlsx", broken, Hints(("x",)))
        except AmdashError as error:
            codes.add(error.code)
    assert codes <= {"file_damaged", "password_wrong", "file_locked_elsewhere", "file_not_spreadsheet", "file_empty"}
    assert "file_damaged" in codes
