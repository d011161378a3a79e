"""A logo for the head of a report: taken for what its bytes are, whatever its name says, and tried before it is kept."""

from __future__ import annotations

import datetime as dt

from amdash.errors import AmdashError
from amdash.report.image_size import kind_of, size_pixels
from amdash.report.pdf import try_logo

MOST_BYTES = 300_000
# Beyond this, a few kilobytes could unpack to gigabytes.
MOST_PIXELS_A_SIDE = 5_000


def check(data: bytes) -> None:
    """Let a logo through that the report can show. Errors: logo_too_large, logo_not_image, logo_too_many_pixels, logo_unusable."""
    if len(data) > MOST_BYTES:
        raise AmdashError("logo_too_large", kilobytes=-(-len(data) // 1000), most=MOST_BYTES // 1000)
    if kind_of(data) is None:
        raise AmdashError("logo_not_image")
    width, height = size_pixels(data)
    if not width or not height:
        raise AmdashError("logo_unusable")
    if max(width, height) > MOST_PIXELS_A_SIDE:
        raise AmdashError("logo_too_many_pixels", width=width, height=height, most=MOST_PIXELS_A_SIDE)
    # Only setting it tells: a cut file, or the four inks of a printer, which archival PDF does not take.
    try_logo(data, dt.datetime(2000, 1, 1))
