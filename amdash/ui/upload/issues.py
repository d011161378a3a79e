"""What is wrong in a sheet, every kind of fault once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.errors import Issue, IssueGroup, grouped
from amdash.i18n import Translator
from amdash.i18n.messages import reason
from amdash.ui import tables
from amdash.ui.component import show
from amdash.ui.markup.issues import Fault, faults
from amdash.ui.upload import exports
from amdash.ui.upload.words import SEVERITIES

_NAMED = 5
_MOST = 1000


def listed(issues: Sequence[Issue], key: str, _: Translator) -> None:
    """The faults of a sheet, the gravest first; a sheet without any says so."""
    if not issues:
        st.markdown(f":blue[{_('Nothing to complain about in this sheet.')}]")
        return
    found = sorted(grouped(issues), key=lambda group: list(SEVERITIES).index(group.first.severity))
    values = {(issue.code, issue.column, issue.cell or str(issue.row)): issue.value or "" for issue in issues}
    show(faults([_fault(group, values, _) for group in found], _NAMED), key=key)
    tables.downloads(_("Noticed in the sheet"), *exports.issues(issues, _), key=key)


def _fault(group: IssueGroup, values: dict[tuple[str, str | None, str], str], _: Translator) -> Fault:
    first = group.first
    cells = []
    for place in group.places[:_MOST]:
        name = place if first.cell else _("row {row}", row=place)
        cells.append((name, values.get((first.code, first.column, place), "")))
    every = _.plural("and {n} more cell", "and {n} more cells", group.n - _NAMED)
    if group.n > _MOST:
        every = _("the first {shown} of {n}", shown=f"{_MOST:,}", n=f"{group.n:,}")
    count = _.plural("{n} cell", "{n} cells", group.n) if group.n > 1 else ""
    return Fault(first.severity, _(SEVERITIES[first.severity]), _reason(group, _), cells, count, every)


def _reason(group: IssueGroup, _: Translator) -> str:
    """The reason, with the heading of the column where there is one."""
    column = f"{group.first.column}{_.colon}" if group.first.column and group.n > 1 else ""
    return f"{column}{reason(_, group.first)}"
