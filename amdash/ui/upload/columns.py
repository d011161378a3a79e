"""What was understood of every sheet: its tables and columns, with a way to say that a column is something else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.ingest.decisions import IGNORE, Decision
from amdash.ingest.reading import ColumnReading, FileReading, SheetReading
from amdash.schema import TABLES
from amdash.service.imports import Preview
from amdash.ui import session
from amdash.ui.answers import remembered, with_decision
from amdash.ui.component import show
from amdash.ui.markup.lists import Text, heading, table
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import issues
from amdash.ui.upload.questions import reading_words, readings

_NOTES = {
    "note_factor": N_("× {factor}"),
    "note_hours": N_("× {factor} h"),
    "note_scale": N_("out of {scale}"),
    "note_date_order": N_("read as month/day/year"),
    "note_percent": N_("percentages, × {factor}"),
    "note_month_only": N_("months, read as their first day"),
    "note_day_first": N_("read as day/month/year"),
    "note_year_first": N_("read as year/month/day"),
}


def files(ready: Preview, chosen: tuple[str, ...], _: Translator) -> None:
    """One file after the other: its sheets side by side as tabs, those with something refused saying so."""
    readable = [file for file in ready.files if not file.error]
    place = 0
    if len(readable) > 1:
        refused = [sum(_refused(sheet) for sheet in file.sheets) for file in readable]
        # What needs a look comes first.
        order = sorted(range(len(readable)), key=lambda one: (refused[one] == 0, one))
        names = {one: _with_count(file.file, refused[one], _) for one, file in enumerate(readable)}
        place = st.selectbox(_("File"), order, format_func=lambda one: names[one], key="preview_file", width=420)
    _file(readable[place], place, ready.mapping, chosen, _)


def _file(file: FileReading, place: int, mapping: Sequence[str], chosen: tuple[str, ...], _: Translator) -> None:
    labels = [_with_count(sheet.sheet, _refused(sheet), _) for sheet in file.sheets]
    for number, (tab, sheet) in enumerate(zip(st.tabs([literal(label) for label in labels]), file.sheets, strict=True)):
        with tab:
            left, right = st.columns([46, 54], gap="large")
            with left:
                _sheet(sheet, f"{place}_{number}", mapping, chosen, _)
            with right:
                issues.listed(sheet.issues, f"issues_{place}_{number}", _)


def _refused(sheet: SheetReading) -> int:
    return sum(one.refused for one in sheet.tables if not one.skipped)


def _with_count(name: str, refused: int, _: Translator) -> str:
    return f"{name} · {_('refused {n}', n=refused)}" if refused else name


def _sheet(reading: SheetReading, key: str, mapping: Sequence[str], chosen: tuple[str, ...], _: Translator) -> None:
    """The tables of a sheet with their columns, what is not used, and what was decided before."""
    if not reading.tables:
        st.markdown(f"**{_('no table found')}**")
    for number, one in enumerate(reading.tables):
        counts = _(
            "header in row {row}, {read} rows read, {accepted} accepted, {refused} refused, {totals} total rows left out",
            row=one.header_row,
            read=one.read,
            accepted=one.accepted,
            refused=one.refused,
            totals=one.totals_skipped,
        )
        title = _(TABLES[one.table].title)
        said = _("{table}: not taken, another sheet holds it", table=title) if one.skipped else _("understood as {table}", table=title)
        show(heading(said, counts), key=f"title_{key}_{number}_{one.table}")
        head = [_("Column"), _("Says"), _("Means"), _("e.g."), _("Converted")]
        show(table(head, [_column(column, one.table, _) for column in one.columns]), key=f"cols_{key}_{number}_{one.table}")
    if reading.unused:
        names = _.comma.join(f"{column.letter} {column.header}" for column in reading.unused)
        show(heading("", _("Not used: {columns}", columns=names)), key=f"unused_{key}")
    before = list(dict.fromkeys(one for item in reading.tables for one in remembered(item.decisions, mapping)))
    if before:
        listed = _.comma.join(_("{column} is “{choice}”", column=one.subject, choice=reading_words(one, _)) for one in before)
        show(heading("", _("As decided for an earlier upload: {decisions}.", decisions=listed)), key=f"before_{key}")
    if reading.tables:
        _correct(reading, key, before, chosen, _)


def _column(column: ColumnReading, name: str, _: Translator) -> list[Text | str]:
    title = _(TABLES[name].field(column.field).title) if column.field else ""
    note = _(_NOTES[column.note[0]], **column.note[1]) if column.note and column.note[0] in _NOTES else ""
    return [Text(column.letter, code=True), column.header, title, column.sample, note]


def _correct(reading: SheetReading, key: str, before: Sequence[Decision], chosen: tuple[str, ...], _: Translator) -> None:
    """For every column a box with the fields that it can be, and for what was decided of its values before a box with the other ways."""
    names = list(dict.fromkeys(one.table for one in reading.tables))
    fields = [f"{name}.{field.name}" for name in names for field in TABLES[name].fields]
    labels = {IGNORE: _("not used")} | {place: _title(place, names, _) for place in fields}
    # Two tables below one another have the same letters, two columns of a table perhaps the same heading.
    now: dict[tuple[str, str], tuple[ColumnReading, str]] = {(column.letter, column.header): (column, IGNORE) for column in reading.unused}
    for one in reversed(reading.tables):
        now |= {(column.letter, column.header): (column, f"{one.table}.{column.field}") for column in one.columns if column.field}
    headers = [column.header for column, _place in now.values()]
    with st.expander(_("Correct a column"), key=f"correct_{key}"):
        for column, place in sorted(now.values(), key=lambda item: (len(item[0].letter), item[0].letter)):
            # Of two columns with the same heading only the letter tells which is meant.
            subject = column.header if column.header.strip() and headers.count(column.header) == 1 else column.letter
            choices = tuple(f"{subject}={choice}" for choice in labels)
            _box(
                _("{letter} {column}", letter=column.letter, column=column.header), choices, f"{subject}={place}", list(labels.values()), key, chosen
            )
        for made in before:
            if not made.place and made.of_a_column and ":" in made.choice:
                words = [reading_words(Decision(made.subject, text.rpartition("=")[2]), _) for text in readings(made)]
                _box(_("How “{column}” is read", column=made.subject), readings(made), made.text, words, key, chosen)


def _title(place: str, names: Sequence[str], _: Translator) -> str:
    table_name, _dot, field = place.partition(".")
    title = _(TABLES[table_name].field(field).title)
    return title if len(names) == 1 else f"{_(TABLES[table_name].title)} · {title}"


def _box(label: str, choices: Sequence[str], now: str, words: Sequence[str], key: str, chosen: tuple[str, ...]) -> None:
    widget = session.worded(f"is_{key}_{label}")
    st.session_state[widget] = choices.index(now)

    def corrected() -> None:
        session.keep_answers(chosen, with_decision(session.answers(chosen), choices[st.session_state[widget]]))

    st.selectbox(literal(label), range(len(choices)), key=widget, format_func=lambda one: words[one], on_change=corrected)
