"""The cadence board: managers by sources of feedback, each done, due or overdue by word, shape and colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape as esc
from typing import Any

import pandas as pd

from amdash.i18n import Translator, formats
from amdash.i18n.words import CADENCE_STATUSES, RECURRENCES, source_words
from amdash.ui.markup.marks import icon

_MARKS = {"done": "met", "due": "clock", "overdue": "missed", "not_due": "few"}


def cadence_board(rows: Sequence[Mapping[str, Any]], _: Translator, chosen: str = "") -> str:
    """Rows as :func:`amdash.service.cadence.cadence` gives them; cells report 'manager|source'. ``chosen``: the one in hand."""
    sources = list(dict.fromkeys(row["source"] for row in rows))
    every = {row["source"]: row["every"] for row in rows}
    stands = {(row["manager"], row["source"]): row for row in rows}
    heads = "".join(
        f'<th scope="col">{esc(source_words(source, _))}<span class="sub">{esc(_(RECURRENCES[every[source]]))}</span></th>' for source in sources
    )
    body = "".join(
        f'<tr><th scope="row">{esc(manager)}</th>'
        f"{''.join(_cell(stands[manager, source], _, chosen) if (manager, source) in stands else '<td></td>' for source in sources)}</tr>"
        for manager in dict.fromkeys(row["manager"] for row in rows)
    )
    return f'<table class="cad"><thead><tr><th scope="col">{esc(_("Account manager"))}</th>{heads}</tr></thead><tbody>{body}</tbody></table>'


def status_words(row: Mapping[str, Any], _: Translator) -> str:
    """How it stands: 'done', or of what is overdue by how many days."""
    if row["status"] == "overdue":
        return _.plural("{n} day overdue", "{n} days overdue", int(row["days_overdue"]))
    return _(CADENCE_STATUSES[row["status"]])


def _cell(row: Mapping[str, Any], _: Translator, chosen: str) -> str:
    status, go = str(row["status"]), f"{row['manager']}|{row['source']}"
    below = dates(row, _)
    words = _.clause.join((row["manager"], source_words(row["source"], _), status_words(row, _), below))
    return (
        f'<td><button type="button" data-go="{esc(go)}" data-kpi="{esc(source_words(row["source"], _))}" aria-label="{esc(words)}"'
        f'{" aria-current=true" if go == chosen else ""}><span class="st st-{esc(status)}">{icon(_MARKS[status])}{esc(status_words(row, _))}</span>'
        f'<span class="sub">{esc(below)}</span></button></td>'
    )


def dates(row: Mapping[str, Any], _: Translator) -> str:
    """When it was done last and is due next, in words."""
    last, due = _day(row["last_done"], _), _day(row["next_due"], _)
    parts = [_("last {day}", day=last) if last else _("none so far"), _("due {day}", day=due) if due else ""]
    return " · ".join(part for part in parts if part)


def _day(value: dt.date | pd.Timestamp | None, _: Translator) -> str:
    if value is None or pd.isna(value):
        return ""
    return formats.day(value.date() if isinstance(value, dt.datetime) else value, _.language)
