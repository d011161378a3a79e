"""The catalogue of faults: every kind of bad cell, row, sheet and file, and what a person is told, in both languages.

fault_catalogue.json is the table: kind, code, and the message in English and Chinese. To see what changed after a change of wording:
python -m pytest tests/service/test_fault_catalogue.py; the assertion shows both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.messages import error_text, issue_text, wording
from amdash.service import imports, restatement
from amdash.service.workspace import Workspace
from tests.service.faults import FAULTS, Fault

CATALOGUE = Path(__file__).with_name("fault_catalogue.json")
EXPECTED = {row["kind"]: row for row in json.loads(CATALOGUE.read_text(encoding="utf-8"))}
Told = tuple[str, dict[str, str]]


def both(say: object) -> dict[str, str]:
    return {language: say(translator(language)) for language in ("en", "zh")}  # type: ignore[operator,arg-type]


def told(ws: Workspace, fault: Fault) -> Iterator[Told]:
    """(code, message by language) of everything that an upload is told, the gravest first."""
    for upload in fault.before:
        imports.confirm(ws, imports.preview(ws, [upload]))
    try:
        ready = imports.preview(ws, fault.files, mapping=fault.mapping, hints=fault.hints)
    except AmdashError as error:
        caught = error
        yield caught.code, both(lambda _: error_text(_, caught))
        for issue in caught.fields.get("issues", ()):
            yield issue.code, both(lambda _, issue=issue: issue_text(_, issue))
        return
    for doubt in ready.doubts:
        yield doubt.code, both(lambda _, doubt=doubt: wording(_, doubt.code, doubt.fields))
    for issue in ready.issues:
        yield issue.code, both(lambda _, issue=issue: issue_text(_, issue))
    for question in ready.questions:
        yield question.code, both(lambda _, question=question: wording(_, question.code, question.fields))
    for finding in restatement.of_import(ws, ready).findings:
        yield finding.code, both(lambda _, finding=finding: wording(_, finding.code, finding.fields))


def test_the_catalogue_names_every_kind_and_at_least_sixty() -> None:
    assert list(EXPECTED) == list(FAULTS)
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("kind", FAULTS)
def test_a_person_is_told(ws: Workspace, kind: str) -> None:
    expected = EXPECTED[kind]
    found = dict(reversed(list(told(ws, FAULTS[kind]))))
    assert expected["code"] in found, found
    assert found[expected["code"]] == {"en": expected["en"], "zh": expected["zh"]}
