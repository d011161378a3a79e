"""Who the business is: said, refused where it cannot be printed, taken back; and on the reports of its time alone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.messages import error_text
from amdash.report.document import Letterhead
from amdash.service import company
from amdash.service.company import Company
from amdash.service.workspace import Workspace


@pytest.fixture(scope="module")
def logo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (30, 10), (15, 92, 110)).save(target, "PNG")
    return target.getvalue()


def test_nothing_is_said_at_first(ws: Workspace) -> None:
    assert company.of(ws) == Company() == Company("", "", "", "", None)
    assert company.letterhead(ws) == Letterhead()


def test_what_is_said_holds_from_then_on_and_the_rest_stays(ws: Workspace, logo: bytes) -> None:
    assert company.change(ws, name=" 云峰  商贸\n", colour="#0F5C6E", logo=logo) == 1
    assert company.change(ws, sender="杭州", language="en") == 2
    assert company.of(ws) == Company("云峰 商贸", "#0f5c6e", "杭州", "en", logo)
    assert company.of(ws, 1) == Company("云峰 商贸", "#0f5c6e", "", "", logo)
    assert company.letterhead(ws) == Letterhead("云峰 商贸", "#0f5c6e", "杭州", logo)
    assert company.change(ws, name="云峰 商贸") == 2


def test_it_is_taken_away_and_taken_back(ws: Workspace, logo: bytes) -> None:
    company.change(ws, name="云峰", logo=logo)
    before = company.of(ws)
    company.change(ws, name="", colour="#000000", logo=b"")
    assert company.of(ws) == Company(colour="#000000")
    company.put(ws, before)
    assert company.of(ws) == before
    company.put(ws, Company())
    assert company.of(ws) == Company()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "甲" * 61}, "company_text_too_long"),
        ({"sender": "x" * 111}, "company_text_too_long"),
        ({"colour": "blue"}, "colour_unreadable"),
        ({"colour": "#f2c94c"}, "colour_too_light"),
        ({"language": "de"}, "language_unknown"),
        ({"logo": b"hello"}, "logo_not_image"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_what_cannot_be_printed_is_refused_and_nothing_is_stored(ws: Workspace, said: dict[str, object], code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        company.change(ws, **said)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert ws.revision() == 0


def test_a_light_colour_is_refused_with_its_contrast_and_a_darker_one(ws: Workspace) -> None:
    with pytest.raises(AmdashError) as caught:
        company.change(ws, colour="#F2C94C")
    words = error_text(translator("en"), caught.value)
    assert "1.6 : 1" in words
    assert words.endswith(f"{caught.value.fields['darker']}.")
    assert company.contrast(str(caught.value.fields["darker"])) >= 4.5


def test_texts_as_a_person_types_them(logo: bytes) -> None:
    found = company.parse(["name= A = B ", "colour=none", "logo=my logo.png"], {"my logo.png": logo}.__getitem__)
    assert found == {"name": "A = B", "colour": "", "logo": logo}
    assert company.parse(["logo=none"], {}.__getitem__) == {"logo": b""}
    for text in ("city=杭州", "name"):
        with pytest.raises(AmdashError, match="company_unknown"):
            company.parse([text], {}.__getitem__)
