"""Open a workbook in LibreOffice, have everything worked out anew, save it, and compare every cell: python tests/office/recalculate.py FILE.xlsx …

Says how many cells were compared and every one that is another value, another kind or a formula; the exit code is the number of such workbooks.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

# Always work out every formula on loading, whoever wrote the file.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_SECONDS = 300
_SAID = 20


def recalculated(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice is missing: apt-get install libreoffice-calc")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    command = [office, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(book)], check=True, capture_output=True, timeout=_SECONDS)
    return folder / "out" / book.name


def differences(before: Path, after: Path) -> Iterator[str]:
    """Every cell that is not what it was, or that is a formula."""
    was, now, formulas = load_workbook(before, data_only=True), load_workbook(after, data_only=True), load_workbook(after)
    if was.sheetnames != now.sheetnames:
        yield f"sheets: {was.sheetnames} -> {now.sheetnames}"
        return
    compared = 0
    for sheet in was:
        for row in sheet.iter_rows():
            for cell in row:
                place, found = f"{sheet.title}!{cell.coordinate}", now[sheet.title][cell.coordinate].value
                compared += cell.value is not None
                if not _same(cell.value, found):
                    yield f"{place}: {cell.value!r} -> {found!r}"
                # LibreOffice writes a truth as the formula =TRUE().
                if formulas[sheet.title][cell.coordinate].data_type == "f" and not isinstance(cell.value, bool):
                    yield f"{place}: a formula {formulas[sheet.title][cell.coordinate].value!r}"
    print(f"{before.name}: {len(was.sheetnames)} sheets, {compared:,} cells compared")


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12)
    return (one or None) == (other or None) and (one is None or type(one) is type(other))


def main() -> int:
    wrong = 0
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            found = list(differences(Path(name), recalculated(Path(name), Path(folder))))
        print(*(found[:_SAID] or ["nothing is another value, and nothing a formula"]), sep="\n")
        wrong += bool(found)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
