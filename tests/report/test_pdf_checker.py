"""What an independent checker of PDF/A-2a and PDF/UA-1 says of the reports."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language
from tests.conformance import broken_rules


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changes", [{}, {"readings": [], "feedback": ()}, {"manager": "李\U00020000" * 20}], ids=["ordinary", "empty", "rare"])
def test_the_checker_finds_nothing(make_pdf, language: Language, changes: dict[str, Any]) -> None:
    assert broken_rules(make_pdf(language, **changes)) == set()


def dictionary(pdf: pikepdf.Pdf, key: str, value: str) -> Any:
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get(key) == value)


def without_font(pdf: pikepdf.Pdf) -> None:
    described = dictionary(pdf, "/Type", "/FontDescriptor")
    for key in {"/FontFile2", "/FontFile3"} & set(described.keys()):
        del described[key]


def runs_something(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("PDFA2A-STRUCT-TREE-ROOT-001", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
        ("PDFA2A-TAGGED-DOCUMENT-001", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
        ("PDFA2A-METADATA-STRUCTURE-001", lambda pdf: pdf.Root.__delitem__("/Metadata")),
        ("PDFA2A-FONT-EMBEDDING-001", without_font),
        ("PDFA2A-UNICODE-MAPPING-001", lambda pdf: dictionary(pdf, "/Subtype", "/Type0").__delitem__("/ToUnicode")),
        ("PDFA2A-ACTION-TYPE-001", runs_something),
        ("PDFUA1-TEXT-LANGUAGE-001", lambda pdf: pdf.Root.__delitem__("/Lang")),
        ("PDFUA1-VIEWER-PREFERENCES-001", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
        ("PDFUA1-FIGURE-ALTERNATIVE-TEXT-001", lambda pdf: dictionary(pdf, "/S", "/Figure").__delitem__("/Alt")),
    ],
)
def test_the_checker_does_notice(make_pdf, rule: str, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf("zh"))) as pdf:
        spoil(pdf)
        pdf.save(target)
    assert rule in broken_rules(target.getvalue())
