"""Figures that were there and would become others, and the rows that do it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.messages import wording
from amdash.insight.reading import Verdict
from amdash.insight.wording import named
from amdash.metrics import catalogue
from amdash.schema import TABLES
from amdash.service import restatement
from amdash.service.crosschecks import Finding
from amdash.service.imports import Preview
from amdash.service.restatement import Move, Restatement, RowMove
from amdash.ui import frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.lists import Text, table
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import exports
from amdash.ui.upload.words import KINDS, state_words

_MOVES = 12
_MOST = 200
_ROWS = 60
_FIELDS = 4
_PLACES = 2
_NAMED = 4


def of_import(ready: Preview, chosen: tuple[str, ...], _: Translator) -> None:
    """What confirming the preview would move."""
    about = (chosen, *session.answers(chosen).decides, ready.revision)
    moved = _once(about, lambda: restatement.of_import(reads.workspace(), ready), _)
    listed(moved, "import", _)


def of_undo(import_id: int, measure: Callable[[], Restatement], _: Translator) -> None:
    """What taking an import back would move."""
    listed(_once((import_id, reads.workspace().revision()), measure, _), "undo", _)


def _once(about: tuple[object, ...], measure: Callable[[], Restatement], _: Translator) -> Restatement:
    """Measured the first time, which takes a second, and kept for as long as it is about the same."""
    moved = session.kept_effect(about)
    if moved is None:
        with frame.progress(_("Comparing the figures")):
            moved = measure()
        session.keep_effect(about, moved)
    return moved


def listed(moved: Restatement, key: str, _: Translator) -> None:
    """The figures, the rows that do it, and what the sheets then say against each other, what they say already set apart.

    One calm sentence where no figure moves.
    """
    if not moved.moves:
        st.markdown(f":gray[{_('No figure that is there already moves.')}]")
    else:
        _figures(moved.moves, key, _)
    if moved.rows:
        with st.expander(_.plural("The {n} row that does it", "The {n} rows that do it", moved.all_rows)):
            head = [_("Change"), _("Table"), _("What"), _("Where")]
            show(table(head, [_row(row, _) for row in moved.rows[:_ROWS]], short={0}, flow=True), key=f"moving_{key}")
            _rest(moved.all_rows - _ROWS, _)
            tables.downloads(_("Rows that do it"), *exports.rows(moved.rows, moved.all_rows, _), key=f"moving_{key}")
    fresh = [one for one in moved.findings if one not in moved.before]
    if fresh:
        words = _.plural("{n} new remark on the sheets taken together", "{n} new remarks on the sheets taken together", len(fresh))
        _findings(fresh, words, f"findings_{key}", _)
    if moved.before:
        words = _.plural("{n} remark that was there already", "{n} remarks that were there already", len(moved.before))
        _findings(moved.before, words, f"others_{key}", _)


def _figures(moves: Sequence[Move], key: str, _: Translator) -> None:
    """What is judged otherwise, in a sentence; the figures, those first; and whose individual improvement moves with them."""
    st.markdown(f"**{verdicts(moves, _)}**")
    seen = [move for move in moves if move.flips or _written(move, _)[0] != _written(move, _)[1]]
    followed = [move for move in seen if not move.flips and catalogue.by_id(move.kpi).measure == "derived"]
    shown = sorted((move for move in seen if move not in followed), key=lambda move: not move.flips)
    if shown:
        show(_table(shown[:_MOVES], _), key=f"moves_{key}")
    if len(shown) > _MOVES:
        with st.expander(_.plural("{n} more figure", "{n} more figures", len(shown) - _MOVES)):
            show(_table(shown[_MOVES:_MOST], _), key=f"moves_more_{key}")
            _rest(len(shown) - _MOST, _)
    if followed:
        people = list(dict.fromkeys(move.manager for move in followed))
        who = _.comma.join(people[:_NAMED]) + (_(" and so on") if len(people) > _NAMED else "")
        with st.expander(literal(_("Individual improvement moves too: {who}", who=who))):
            st.markdown(f":gray[{_('It compares a month with the one before, so a correction moves the month after it as well.')}]")
            show(_table(followed[:_MOST], _), key=f"moves_improvement_{key}")
            _rest(len(followed) - _MOST, _)
    if unseen := len(moves) - len(seen):
        words = _.plural("{n} figure moves by less than is shown of it.", "{n} figures move by less than is shown of them.", unseen)
        st.markdown(f":gray[{words}]")
    tables.downloads(_("Figures that move"), *exports.moves(moves, _), key=f"moves_{key}")


def verdicts(moves: Sequence[Move], _: Translator) -> str:
    """How many figures go from met to missed, the other way, and are judged otherwise in another way."""
    ways = Counter((move.verdict_before, move.verdict_after) for move in moves if move.flips)
    lost, won = ways.pop(("met", "missed"), 0), ways.pop(("missed", "met"), 0)
    other = ways.total()
    parts = (
        (lost, _.plural("{n} figure goes from met to missed.", "{n} figures go from met to missed.", lost)),
        (won, _.plural("{n} figure goes from missed to met.", "{n} figures go from missed to met.", won)),
        (other, _.plural("{n} other verdict changes.", "{n} other verdicts change.", other)),
    )
    return _.space.join(words for count, words in parts if count) or _("Nothing that is met is missed then, nor the other way round.")


def _table(moves: Sequence[Move], _: Translator) -> str:
    head = [_("Month"), _("Who"), _("KPI"), _("Was"), _("Becomes"), _("Cases")]
    return table(head, [_move(move, _) for move in moves], short={0, 3, 4, 5}, flow=True)


def _findings(found: Sequence[Finding], words: str, key: str, _: Translator) -> None:
    with st.expander(words):
        rows: list[list[Text | str]] = [[wording(_, one.code, one.fields), Text(_places(one, _), "dim")] for one in found]
        show(table([_("What the sheets say against each other"), _("Where")], rows, flow=True), key=key)
        tables.downloads(_("What the sheets say against each other"), *exports.findings(found, _), key=key)


def _places(finding: Finding, _: Translator) -> str:
    """The first of the rows it was found in."""
    named = _.comma.join(" · ".join((file, sheet, _("row {row}", row=row))) for file, sheet, row in finding.examples[:_PLACES])
    return named + (_(" and so on") if len(finding.examples) > _PLACES else "")


def _rest(n: int, _: Translator) -> None:
    if n > 0:
        st.markdown(f":gray[{_.plural('and {n} more', 'and {n} more', n)}]")


def _move(move: Move, _: Translator) -> list[Text | str]:
    kpi = catalogue.by_id(move.kpi)
    before, after = _written(move, _)
    cases = f"{move.n_before:,}" if move.n_before == move.n_after else f"{move.n_before:,} → {move.n_after:,}"
    return [
        formats.month(move.month, _.language),
        move.manager or _("everybody"),
        _(kpi.name),
        Text(before, verdict=_verdict(move, move.verdict_before, move.n_before, _)),
        Text(f"→ {after}", verdict=_verdict(move, move.verdict_after, move.n_after, _)),
        # Of individual improvement it is KPIs that are counted.
        Text("" if kpi.measure == "derived" else cases, "dim"),
    ]


def _verdict(move: Move, verdict: Verdict | None, n: int, _: Translator) -> tuple[str, str] | None:
    """The mark and the word of a verdict that is another one on the other side."""
    return (verdict, named(verdict, move.kpi, n, _)) if move.flips and verdict else None


def _written(move: Move, _: Translator) -> tuple[str, str]:
    unit = catalogue.by_id(move.kpi).unit
    return formats.written(move.before, unit, _.language), formats.written(move.after, unit, _.language)


def _row(row: RowMove, _: Translator) -> list[Text | str]:
    spec = TABLES[row.table]
    if row.kind == "changed":
        parts = [f"{_(spec.field(name).title)} {_value(old, _)} → {_value(new, _)}" for name, (old, new) in row.fields.items()]
        # Whose it is says the row only where that stayed as it was.
        parts = [*row.about, *parts]
    else:
        parts = [f"{_(spec.field(name).title)} {_value(value, _)}" for name, value in list(row.fields.items())[:_FIELDS]]
    where = " · ".join((row.file, row.sheet, _("row {row}", row=row.row)))
    return [_(KINDS[row.kind]), _(spec.title), _.comma.join(parts) or _("other columns"), Text(where, "dim")]


def _value(value: Any, _: Translator) -> str:
    """A value of a row as people write it."""
    if value is None:
        return formats.MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return formats.day(value.date(), _.language) + (f" {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else "")
    if isinstance(value, int | float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return state_words(str(value), _)
