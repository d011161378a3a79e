"""What an independent checker (pdfua, on the machine-checkable part of PDF/UA-1) says of the reports."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language

# pdfua 0.1.3 cannot run its rule on empty headings under pikepdf 10; tests/report/test_pdf.py looks at the headings instead.
NOT_RUN = {"UA-14-001"}


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Any]:
    """A PDF -> the checker's report."""
    import pdfua

    folder = tmp_path_factory.mktemp("checked")

    def run(pdf: bytes) -> Any:
        path: Path = folder / "report.pdf"
        path.write_bytes(pdf)
        return pdfua.validate(str(path))

    return run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changes", [{}, {"readings": [], "feedback": ()}, {"manager": "李\U00020000" * 20}], ids=["ordinary", "empty", "rare"])
def test_the_checker_finds_nothing(make_pdf, check, language: Language, changes: dict[str, Any]) -> None:
    found = check(make_pdf(language, **changes))
    assert [(one.rule_id, one.message) for one in found.findings] == []
    assert {one.rule_id for one in found.skipped} <= NOT_RUN
    assert len(found.outcomes) >= 12


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("UA-01-005", lambda root, _figure: root.__delitem__("/StructTreeRoot")),
        ("UA-01-002", lambda root, _figure: root.__delitem__("/MarkInfo")),
        ("UA-06-001", lambda root, _figure: root.__delitem__("/Lang")),
        ("UA-07-002", lambda root, _figure: root.__delitem__("/ViewerPreferences")),
        ("UA-13-004", lambda _root, figure: figure.__delitem__("/Alt")),
        ("UA-28-004", lambda root, _figure: root.__delitem__("/Metadata")),
    ],
)
def test_the_checker_does_notice(make_pdf, check, structure, rule: str, spoil: Callable[[Any, Any], None]) -> None:
    with pikepdf.open(io.BytesIO(make_pdf("zh"))) as pdf:
        figure = next(element for element in structure(pdf) if str(element.S) == "/Figure")
        spoil(pdf.Root, figure)
        target = io.BytesIO()
        pdf.save(target)
    assert rule in {one.rule_id for one in check(target.getvalue()).findings}
