"""Errors and issues in words: where, what, found, remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amdash.errors import AmdashError, Issue, IssueGroup
from amdash.i18n.catalogue import Translator
from amdash.i18n.formats import month as month_in_words
from amdash.i18n.formats import weekday
from amdash.i18n.wording import WORDING

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def wording(_: Translator, code: str, fields: Mapping[str, Any]) -> str:
    """The sentence for a code, in the translator's language."""
    filled = dict(fields)
    for name in ("table", "field"):
        if isinstance(filled.get(name), str):
            filled[name] = _(filled[name])
    if isinstance(filled.get("missing"), list):
        filled["missing"] = _.comma.join(_(title) for title in filled["missing"])
    if isinstance(filled.get("month"), str):
        filled["month"] = month_in_words(filled["month"], _.language) if filled["month"] else _("the list")
    if isinstance(filled.get("known"), list | tuple):
        filled["known"] = _.comma.join(filled["known"])
    for name in ("weekday", "other_weekday"):
        if filled.get(name) in _WEEKDAYS:
            filled[name] = weekday(_WEEKDAYS.index(filled[name]), _.language)
    if "doubts" in filled:
        filled["doubts"] = " ".join(wording(_, doubt.code, doubt.fields) for doubt in filled["doubts"])
    if isinstance(filled.get("columns"), list):
        filled["columns"] = _.comma.join(filled["columns"])
    if isinstance(filled.get("error"), AmdashError):
        filled["reason"] = error_text(_, filled["error"])
    if "issues" in filled:
        reasons = [issue_text(_, issue) for issue in filled["issues"] if issue.severity != "info"]
        filled["reasons"] = " ".join([*(error_text(_, error) for error in filled.get("errors", ())), *reasons])
    return _(WORDING[code], **filled) if filled else _(WORDING[code])


def issue_text(_: Translator, issue: Issue) -> str:
    """'March.xlsx, sheet 投诉, cell D18: “3月32日” is not a date. ...'"""
    return f"{place(_, issue)}{_.colon}{reason(_, issue)}"


def reason(_: Translator, issue: Issue) -> str:
    """What is wrong, and the remedy, without the place."""
    return wording(_, issue.code, {"column": issue.column or "", **issue.fields, "value": issue.value or ""})


def group_text(_: Translator, group: IssueGroup, named: int = 5) -> str:
    """The text of a group's first issue, and where the others stand."""
    text = issue_text(_, group.first)
    if group.n == 1:
        return text
    places = _.comma.join(group.places[:named]) + (_(" and so on") if group.n > named else "")
    return f"{text}{_.space}{_('{n} of this kind: {places}.', n=group.n, places=places)}"


def error_text(_: Translator, error: AmdashError) -> str:
    """The same for an error; the file in front where it names one."""
    words = wording(_, error.code, error.fields)
    return f"{error.fields['file']}{_.colon}{words}" if "file" in error.fields else words


def place(_: Translator, issue: Issue) -> str:
    """File, sheet and cell (or row) of an issue."""
    parts = [issue.file]
    if issue.sheet is not None:
        parts.append(_("sheet {sheet}", sheet=issue.sheet))
    if issue.cell is not None:
        parts.append(_("cell {cell}", cell=issue.cell))
    elif issue.row is not None:
        parts.append(_("row {row}", row=issue.row))
    return _.clause.join(parts)
