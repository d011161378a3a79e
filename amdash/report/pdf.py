"""Documents to PDF: Typst, one set of fonts for all, archival and accessible (PDF/A-2a, PDF/UA-1), the same bytes every time."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import threading
from importlib import resources
from pathlib import Path
from typing import Any

import pikepdf
import typst

from amdash.errors import AmdashError
from amdash.i18n.formats import MISSING
from amdash.report.glyphs import printable

_TEMPLATE = Path(__file__).parent / "template"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
# A compiler that two threads share refuses the second.
_own = threading.local()


def compile_pdf(content: dict[str, Any], at: dt.datetime, template: str = "report.typ") -> bytes:
    """The report of a document (see amdash.report.document), or with another ``template`` what that is for, as PDF bytes.

    ``at`` is written into the file as its date: the revision's, never the clock's. Thread-safe. Data reaches the
    template as text only: no markup in it is ever executed. Errors: pdf_not_set, which says of which document.
    """
    said = printable(content, _font())
    # A name of invisible marks alone is still somebody's report, and no heading may be empty.
    if not said.get("manager", MISSING).strip():
        said["manager"] = MISSING
    try:
        return _compiled(template, said, at)
    except typst.TypstError as error:
        raise AmdashError("pdf_not_set", title=content.get("title", MISSING), reason=str(error)) from error


def try_logo(logo: bytes, at: dt.datetime) -> bytes:
    """A page with nothing but a logo on it. Errors: logo_unusable where it cannot be set."""
    try:
        return _compiled("logo.typ", {"logo": logo}, at)
    except typst.TypstError as error:
        raise AmdashError("logo_unusable") from error


def _compiled(template: str, content: dict[str, Any], at: dt.datetime) -> bytes:
    # Bytes go as their numbers: the template makes them bytes again, and nothing is read from the disk.
    data = json.dumps({**content, "at": [at.year, at.month, at.day]}, ensure_ascii=False, default=list)
    said, date = {"data": data}, at.replace(tzinfo=dt.UTC, microsecond=0)
    pdf = _compiler(template).compile(format="pdf", pdf_standards=_STANDARDS, timestamp=date, sys_inputs=said)
    if not isinstance(pdf, bytes):
        raise TypeError(f"expected one PDF, got {type(pdf).__name__}")
    return _packed(pdf)


def _packed(pdf: bytes) -> bytes:
    """The same document, its objects in compressed streams: what a screen reader reads, Typst writes one by one, as long as the rest."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _compiler(template: str) -> typst.Compiler:
    """This thread's compiler of a template, made once; it reads the template anew each time."""
    kept: dict[str, typst.Compiler] = _own.__dict__.setdefault("compilers", {})
    if template not in kept:
        kept[template] = typst.Compiler(input=_TEMPLATE / template, root=_TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True)
    return kept[template]


@functools.cache
def _font() -> Path:
    """The one font of the report: Noto Sans CJK, regular to black in one file."""
    folder = Path(str(resources.files("manimgx_fonts_cjk")))
    return next(folder.glob("*.ttc"))


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_font().parent])
