"""The wording of every error, issue and question: what, found, remedy. Where it is, is said in front by amdash.i18n.messages."""

from __future__ import annotations

from amdash.i18n.wording.cells import CELLS
from amdash.i18n.wording.files import FILES
from amdash.i18n.wording.findings import FINDINGS
from amdash.i18n.wording.requests import REQUESTS
from amdash.i18n.wording.sheets import SHEETS

WORDING: dict[str, str] = {**FILES, **SHEETS, **CELLS, **FINDINGS, **REQUESTS}
