"""Who the business is: its name, logo and colour on what it hands out, and the language that its pages begin with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from amdash.errors import AmdashError
from amdash.i18n import LANGUAGES, N_
from amdash.report import accent
from amdash.report.document import Letterhead
from amdash.report.logo import check as check_logo
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace
from amdash.store.company import CompanyRow

# Field -> what people call it, and the characters that fit into a line of the report.
_LONGEST = {"name": (N_("Company name"), 60), "sender": (N_("Sender's line"), 110)}
_NONE = "none"


@dataclass(frozen=True)
class Company:
    """What a business says of itself; '' and None where it says nothing.

    ``sender``: the line at the foot of a report, such as address and telephone. ``colour``: '#1d6fb8', dark enough to be read on white.
    ``language``: the one in which pages begin, 'zh' or 'en'; '': that of the visitor's browser. ``logo``: PNG or JPEG, up to 300 kB.
    Errors: company_text_too_long, colour_unreadable, colour_too_light, language_unknown.
    """

    name: str = ""
    colour: str = ""
    sender: str = ""
    language: str = ""
    logo: bytes | None = None

    def __post_init__(self) -> None:
        for field, (title, most) in _LONGEST.items():
            text = " ".join(getattr(self, field).split())
            if len(text) > most:
                raise AmdashError("company_text_too_long", field=title, n=len(text), most=most)
            object.__setattr__(self, field, text)
        object.__setattr__(self, "colour", _colour(self.colour))
        if self.language not in ("", *LANGUAGES):
            raise AmdashError("language_unknown", value=self.language, known=list(LANGUAGES))
        object.__setattr__(self, "logo", self.logo or None)


def of(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> Company:
    """The company as at a revision, the newest by default; an empty one where nothing was said."""
    access.ask(actor, "read")
    return _read(ws.store.company(revision))


def letterhead(ws: Workspace, revision: int | None = None) -> Letterhead:
    """What its reports carry of it."""
    known = of(ws, revision)
    return Letterhead(known.name, known.colour, known.sender, known.logo)


def change(
    ws: Workspace,
    *,
    name: str | None = None,
    colour: str | None = None,
    sender: str | None = None,
    language: str | None = None,
    logo: bytes | None = None,
    actor: str = OWNER,
) -> int:
    """Say who the business is; returns the revision from which it holds, the present one where nothing changes.

    What is None stays; '' and b'' take it away. Errors: those of :class:`Company`; logo_too_large, logo_not_image, logo_too_many_pixels,
    logo_unusable.
    """
    access.ask(actor, "write")
    if logo:
        check_logo(logo)
    given = {"name": name, "colour": colour, "sender": sender, "language": language, "logo": logo}
    wanted = {field: value for field, value in given.items() if value is not None}

    def make(row: CompanyRow | None) -> CompanyRow | None:
        before = _read(row)
        after = replace(before, **wanted)  # type: ignore[arg-type]
        return None if after == before else _written(after)

    return ws.store.set_company(make, actor=actor, at=ws.now())


def put(ws: Workspace, wanted: Company, *, actor: str = OWNER) -> int:
    """The company as it was at another time, all of it; returns the revision."""
    return change(ws, **{**asdict(wanted), "logo": wanted.logo or b""}, actor=actor)


def contrast(colour: str) -> float:
    """How far a colour stands out from white paper, 1 to 21. Errors: colour_unreadable; colour_too_light (with ``darker``, one that would do)."""
    return accent.contrast_on_white(_colour(colour))


def parse(texts: list[str], read_file: Callable[[str], bytes]) -> dict[str, Any]:
    """NAME=VALUE as a person types it -> what :func:`change` takes; 'none' takes something away, a logo is named by its file.

    Errors: company_unknown, and those of ``read_file``.
    """
    known = list(asdict(Company()))
    found: dict[str, Any] = {}
    for text in texts:
        field, sign, value = (part.strip() for part in text.partition("="))
        if not sign or field not in known:
            raise AmdashError("company_unknown", value=text, known=known)
        plain = "" if value == _NONE else value
        found[field] = plain if field != "logo" else read_file(plain) if plain else b""
    return found


def _colour(text: str) -> str:
    """In small letters, with its sign. Errors: colour_unreadable, colour_too_light."""
    colour = text.strip().lower()
    if not colour:
        return ""
    if not accent.is_colour(colour):
        raise AmdashError("colour_unreadable", value=text)
    contrast = accent.contrast_on_white(colour)
    if contrast < accent.LEAST_CONTRAST:
        raise AmdashError("colour_too_light", value=colour, found=f"{contrast:.1f}", least=accent.LEAST_CONTRAST, darker=accent.readable(colour))
    return colour


def _read(row: CompanyRow | None) -> Company:
    return Company() if row is None else Company(**json.loads(row.content), logo=row.logo)


def _written(company: Company) -> CompanyRow:
    said = {name: value for name, value in asdict(company).items() if name != "logo"}
    return CompanyRow(json.dumps(said, ensure_ascii=False, sort_keys=True), company.logo)
