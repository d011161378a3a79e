"""Colours of a workbook by Excel's own rules, so that they follow when somebody changes a verdict. Blue good, orange missed, grey undecided."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import Translator
from amdash.i18n.words import TOO_FEW, VERDICTS
from amdash.insight.reading import Verdict

# (text, ground): as on the pages.
_COLOURS: dict[Verdict, tuple[str, str]] = {"met": ("155A99", "E6F0F9"), "missed": ("9A3B04", "FCEBDD"), "few": ("5A6270", "F2F0EC")}


def by_verdict(sheet: Worksheet, first: int, last: int, columns: Iterable[int], _: Translator, beside: int | None = None) -> None:
    """Colour the values of these columns from row ``first`` to ``last`` by the words beside each, or in column ``beside`` for all."""
    if last < first:
        return
    for column in columns:
        words = get_column_letter(beside or column + 1)
        for verdict, (ink, ground) in _COLOURS.items():
            names = [VERDICTS[verdict], TOO_FEW] if verdict == "few" else [VERDICTS[verdict]]
            said = ",".join(f'${words}{first}="{_(name).replace(chr(34), chr(34) * 2)}"' for name in names)
            rule = FormulaRule(
                formula=[f"OR({said})" if len(names) > 1 else said],
                font=Font(color=ink, bold=verdict == "missed"),
                fill=PatternFill("solid", bgColor=ground),
            )
            letter = get_column_letter(column)
            sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)
