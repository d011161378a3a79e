"""Reading the command, running it, and saying what went wrong. Exit status 0, or 1 with the reason on stderr; 130 after Ctrl-C."""

from __future__ import annotations

import argparse
import io
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from amdash import config
from amdash.cli.commands import COMMANDS
from amdash.cli.parser import build_parser
from amdash.errors import AmdashError
from amdash.i18n import Language, Translator, translator
from amdash.i18n.messages import error_text
from amdash.service.workspace import open_workspace

# What a shell says of a command that Ctrl-C ended: 128 and the number of the signal.
_INTERRUPTED = 130
# These change the workspace, with some options or with any.
_STORING = ("demo", "import", "undo", "rebuild", "alias", "settings", "company", "targets", "feedback", "plan", "annotate")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows pipe would otherwise be cp1252 or GBK, and half of the names would be lost.
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    _ = translator(_language())
    options = build_parser(_).parse_args(arguments)
    try:
        ws = open_workspace(config.load(workspace=Path(options.workspace) if options.workspace else None))
        COMMANDS[options.command](ws, options, _)
        sys.stdout.flush()
    except AmdashError as error:
        print(error_text(_, error), file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        # Below a bar that was being drawn.
        print("\n" * sys.stderr.isatty() + (str(stopped) or _stopped(options, _)), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `head` does; Python would complain once more on closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.filename is None:
            raise
        print(error_text(_, AmdashError("path_unusable", file=str(error.filename), reason=error.strerror)), file=sys.stderr)
        return 1
    return 0


def _stopped(options: argparse.Namespace, _: Translator) -> str:
    """What is true when a command is broken off: of one that stores or sends, nobody knows here how far it came."""
    if options.command in _STORING or getattr(options, "send", False):
        return _("Stopped. What had been stored or sent by then stays: `amdash history` and `amdash sent` tell.")
    return _("Cancelled.")


def _language() -> Language:
    """The language of the terminal: Chinese where the system is Chinese, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
