"""A logo is taken for what its bytes are, and only where the report can show it."""

from __future__ import annotations

import io
import os
import struct

import pytest
from PIL import Image

from amdash.errors import AmdashError
from amdash.report.image_size import kind_of, size_pixels
from amdash.report.logo import MOST_BYTES, check


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (60, 20), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **options)
    return target.getvalue()


def refused(data: bytes) -> AmdashError:
    with pytest.raises(AmdashError) as caught:
        check(data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        picture(mode="RGBA"),
        picture(mode="P"),
        picture(mode="LA"),
        picture("JPEG"),
        picture("JPEG", "L"),
        picture("JPEG", progressive=True),
    ],
    ids=["png", "png see-through", "png palette", "png grey see-through", "jpeg", "jpeg grey", "jpeg progressive"],
)
def test_ordinary_pictures_are_taken_and_measured(data: bytes) -> None:
    check(data)
    assert kind_of(data) == ("png" if data[1:4] == b"PNG" else "jpeg")
    assert size_pixels(data) == (60, 20)


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), picture("BMP"), b"%PDF-1.7"])
def test_what_is_neither_png_nor_jpeg_is_refused_whatever_it_is_called(data: bytes) -> None:
    assert refused(data).code == "logo_not_image"


def test_a_large_file_is_refused_before_anything_is_read() -> None:
    error = refused(picture() + b"\0" * MOST_BYTES)
    assert (error.code, error.fields) == ("logo_too_large", {"kilobytes": 301, "most": 300})


def test_a_small_file_that_would_unpack_to_gigabytes_is_refused_unread() -> None:
    data = bytearray(picture())
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    assert refused(bytes(data)).code == "logo_too_many_pixels"
    assert refused(picture(size=(5001, 1))).fields == {"width": 5001, "height": 1, "most": 5000}


def test_damaged_files_and_inks_of_a_press_are_refused() -> None:
    noise = Image.frombytes("RGB", (80, 80), os.urandom(80 * 80 * 3))
    target = io.BytesIO()
    noise.save(target, "PNG")
    assert refused(target.getvalue()[:4000]).code == "logo_unusable"
    assert refused(picture("JPEG", "CMYK")).code == "logo_unusable"
    assert refused(picture()[:20]).code == "logo_unusable"
    assert refused(b"\xff\xd8\xff\xe0").code == "logo_unusable"
