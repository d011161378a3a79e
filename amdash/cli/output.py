"""What the commands share: reading the files that are named, showing results in words or as JSON, and a bar of progress."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import stat
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.service.imports import Upload


def uploads(paths: Sequence[str]) -> list[Upload]:
    """The named files. Errors: file_missing."""
    found = []
    for path in map(Path, paths):
        if not path.is_file():
            raise AmdashError("file_missing", file=str(path))
        found.append(Upload(path.name, path.read_bytes()))
    return found


def day(text: str | None) -> dt.date | None:
    """A day as it was typed, None where none was. Errors: day_invalid."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise AmdashError("day_invalid", value=text) from None


def show(options: argparse.Namespace, result: Any, say: Callable[[], None]) -> None:
    """The result as JSON where that was asked for, else in words."""
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        say()


def say_done(revision: int, options: argparse.Namespace, _: Translator) -> None:
    """The revision at which the workspace is now."""
    show(options, {"revision": revision}, lambda: print(_("Done; the workspace is at revision {revision}.", revision=revision)))


def write(path: str | Path, data: bytes) -> None:
    """A file where the person wants it, whole or not at all; its folder is made. A link stays one, and a file that is there keeps its mode.

    Into what is no file, such as a pipe or /dev/stdout, the bytes go straight, and nothing is said on stdout beside them.
    """
    target = Path(path)
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        print(target, file=sys.stderr, flush=True)
        return
    real = target.resolve()
    real.parent.mkdir(parents=True, exist_ok=True)
    part = real.with_name(f".{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(data)
        if real.exists():
            part.chmod(stat.S_IMODE(real.stat().st_mode))
        part.replace(real)
    except OSError as error:
        # Nobody knows of the part.
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        part.unlink(missing_ok=True)
    print(target, flush=True)


def progress() -> Callable[[float, str], None] | None:
    """A bar on stderr, where somebody is watching."""
    if not sys.stderr.isatty():
        return None

    def draw(share: float, what: str) -> None:
        print(f"\r{'#' * int(share * 30):<30} {what:.40}\033[K", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    return draw
