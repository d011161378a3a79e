"""Parts of the page of targets: who is held to what, and who has taken note of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import TARGET_ORIGINS
from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.service import proposals, tabulated
from amdash.service.targets import Held
from amdash.store.proposals import AnswerRow
from amdash.store.targets import TargetRow
from amdash.ui import entry_reads, frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.acting import Act, Cell, acting_table
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim

_PLACE = "target_asked"


def month_shown() -> str:
    """The chosen month; of a quarter or year, whose months are judged one by one, the last with figures."""
    months = reads.months()
    return max(set(period.months_of(session.current_period(months))) & set(months))


def held(found: Sequence[Held], kpi: Kpi, _: Translator) -> None:
    """Everybody's target of a month; of a target that was set here each manager can take note."""
    _answer_click(_)
    _undo_line(_)
    noted = entry_reads.acknowledged()
    show(held_table(found, kpi, noted, _), key="held", measures=True, on_go=lambda go: session.choose(**{_PLACE: go}))
    tables.downloads(f"{_('Targets')} · {_(kpi.name)} · {formats.month(month_shown(), _.language)}", *tabulated.targets(found, kpi, _), key="held")


def held_table(found: Sequence[Held], kpi: Kpi, noted: Mapping[tuple[int, str], AnswerRow], _: Translator) -> str:
    """Everybody's target with where it comes from, and since when its manager knows of it; markup."""
    head = [_("Account manager"), _("Target"), _("Origin"), _("Taken note of")]
    rows: list[list[Cell | str]] = [
        [
            Cell(one.manager, one.team),
            aim(kpi, one.value, _),
            Cell(_origin(one, _), one.entry.reason if isinstance(one.entry, TargetRow) else "", "dim" if one.origin == "default" else "plain"),
            _note(one, noted, _),
        ]
        for one in found
    ]
    if any(isinstance(one.entry, TargetRow) for one in found):
        return acting_table(head, rows, short={0, 1, 3}, quiet={0, 1})
    return acting_table(head[:-1], [row[:-1] for row in rows], short={0, 1}, quiet={0, 1})


def _origin(one: Held, _: Translator) -> str:
    words = _(TARGET_ORIGINS[one.origin])
    if not isinstance(one.entry, TargetRow):
        return words
    return _("{origin}, from {month} on", origin=words, month=formats.month(one.entry.from_month, _.language))


def _note(one: Held, noted: Mapping[tuple[int, str], AnswerRow], _: Translator) -> Cell:
    if not isinstance(one.entry, TargetRow):
        return Cell()
    note = noted.get((one.entry.target_id, one.manager))
    if note:
        return Cell(formats.day(note.at.date(), _.language))
    words = _("Take note")
    return Cell(acts=(Act(words, f"{one.entry.target_id}|{one.manager}", f"{words}{_.colon}{one.manager}"),))


def _answer_click(_: Translator) -> None:
    number, _bar, manager = str(session.kept(_PLACE) or "").partition("|")
    if not manager:
        return
    session.choose(**{_PLACE: None})
    with frame.errors_shown():
        answer_id, _revision = proposals.acknowledge(reads.workspace(), int(number), manager, actor=session.actor())
        session.choose(target_noted=(answer_id, _("{manager} has taken note of it.", manager=manager)))


def _undo_line(_: Translator) -> None:
    noted = session.kept("target_noted")
    if not noted:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(literal(noted[1]), width="content")
        undone = st.button(_("Undo"), key="undo_note", type="tertiary", icon=":material/undo:")
    if undone:
        with frame.errors_shown():
            proposals.take_back(reads.workspace(), noted[0], actor=session.actor())
            session.choose(target_noted=None)
            st.rerun()
