"""What nobody foresaw, written down in the folder of the workspace: when, where, and how it came about; for whoever mends it."""

from __future__ import annotations

import datetime as dt
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

FILE = "mishaps.log"
# So much is kept; what is older goes first.
_MOST_CHARACTERS = 500_000
_HEAD = re.compile(r"^=== (\d+) · ", re.MULTILINE)
_LOCK = Lock()


@dataclass(frozen=True)
class Mishap:
    """``number``: by which people name it; ``text``: what was written down, without any row of a sheet that was not in the error's own words."""

    number: int
    text: str


def record(folder: Path, error: BaseException, where: str, at: dt.datetime) -> Mishap:
    """Write an error down at the end of ``folder / FILE``. ``where``: the page. Numbers go on from the last one; the first is 1.

    Errors: OSError where the folder cannot be written to.
    """
    path = folder / FILE
    with _LOCK:
        kept = path.read_text(encoding="utf-8") if path.is_file() else ""
        number = max(map(int, _HEAD.findall(kept)), default=0) + 1
        told = "".join(traceback.format_exception(error))
        text = f"=== {number} · {at:%Y-%m-%d %H:%M:%S} · {where}\n{told}\n"
        path.write_text(_newest(kept) + text, encoding="utf-8")
    return Mishap(number, text)


def _newest(kept: str) -> str:
    """The whole entries among the last characters."""
    if len(kept) <= _MOST_CHARACTERS:
        return kept
    first = _HEAD.search(kept, len(kept) - _MOST_CHARACTERS)
    return kept[first.start() :] if first else ""
