"""The commands about who the business is."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from amdash.cli.options import json_flag
from amdash.cli.output import say_done, show
from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.report.image_size import kind_of, size_pixels
from amdash.service import company
from amdash.service.workspace import Workspace


def add(commands: Any, _: Translator) -> None:
    """Their options."""
    about = commands.add_parser("company", help=_("who the business is: name, logo and colour of its reports, language of its pages"))
    actions = about.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = actions.add_parser("show", help=_("what is said of it"))
    put = actions.add_parser("set", help=_("say it; none takes something away"))
    put.add_argument(
        "change", nargs="+", metavar="NAME=VALUE", help=_("name, sender, colour (#1d6fb8), language (zh or en), logo (a PNG or JPEG file)")
    )
    for action in (shown, put):
        json_flag(action, _)


def run_company(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Who the business is: shown, or said."""
    if options.action == "set":
        say_done(company.change(ws, **company.parse(options.change, _bytes_of)), options, _)
        return
    known = company.of(ws)
    said = {"name": known.name, "sender": known.sender, "colour": known.colour, "language": known.language}
    logo = None
    if known.logo is not None:
        width, height = size_pixels(known.logo)
        logo = {"kind": kind_of(known.logo), "width": width, "height": height, "bytes": len(known.logo)}

    def say() -> None:
        for name, value in said.items():
            print(f"{name}={value}")
        print(f"logo={logo['kind']} {logo['width']} × {logo['height']}" if logo else "logo=")

    show(options, {**said, "logo": logo}, say)


def _bytes_of(path: str) -> bytes:
    """A file. Errors: file_missing."""
    if not Path(path).is_file():
        raise AmdashError("file_missing", file=path)
    return Path(path).read_bytes()
