"""What was understood of every sheet: its tables and columns, with a way to say that a column is something else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import Translator
from amdash.ingest.reading import ColumnReading, FileReading, SheetReading
from amdash.schema import TABLES
from amdash.service.imports import Preview
from amdash.ui import tables
from amdash.ui.answers import remembered
from amdash.ui.component import show
from amdash.ui.markup.lists import Text, heading, table
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import exports, issues, mapping
from amdash.ui.upload.questions import reading_words
from amdash.ui.upload.words import note_words


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


def _file(file: FileReading, place: int, said: Sequence[str], chosen: tuple[str, ...], _: Translator) -> None:
    labels = [_with_count(sheet.sheet, _refused(sheet), _) for sheet in file.sheets]
    for number, (tab, sheet) in enumerate(zip(st.tabs([literal(label) for label in labels]), file.sheets, strict=True)):
        with tab:
            left, right = st.columns([46, 54], gap="large")
            with left:
                _sheet(sheet, f"{place}_{number}", said, chosen, _)
            with right:
                issues.listed(sheet.issues, f"issues_{place}_{number}", _)


def _refused(sheet: SheetReading) -> int:
    return sum(one.refused for one in sheet.tables if not one.skipped)


def _with_count(name: str, refused: int, _: Translator) -> str:
    return f"{name} · {_('refused {n}', n=refused)}" if refused else name


def _sheet(reading: SheetReading, key: str, said: Sequence[str], chosen: tuple[str, ...], _: Translator) -> None:
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
        place = f"cols_{key}_{number}_{one.table}"
        show(table(head, [_column(column, one.table, _) for column in one.columns]), key=place)
        tables.downloads(f"{reading.sheet} · {title}", *exports.columns(one, _), key=place)
    if reading.unused:
        names = _.comma.join(f"{column.letter} {column.header}" for column in reading.unused)
        show(heading("", _("Not used: {columns}", columns=names)), key=f"unused_{key}")
    before = list(dict.fromkeys(one for item in reading.tables for one in remembered(item.decisions, said)))
    if before:
        listed = _.comma.join(_("{column} is “{choice}”", column=one.subject, choice=reading_words(one, _)) for one in before)
        show(heading("", _("As decided for an earlier upload: {decisions}.", decisions=listed)), key=f"before_{key}")
    if reading.tables:
        mapping.correct(reading, key, before, chosen, _)
    for number, part in enumerate(reading.unplaced):
        mapping.complete(part, f"{key}_{number}", chosen, _)


def unplaced(found: Sequence[FileReading], chosen: tuple[str, ...], _: Translator) -> None:
    """Of files that hold nothing that can be stored: their columns, for a person to say what they are."""
    for place, file in enumerate(found):
        for number, sheet in enumerate(file.sheets):
            for part, one in enumerate(sheet.unplaced):
                st.markdown(f"**{literal(file.file)}**" + (f" · {literal(sheet.sheet)}" if len(file.sheets) > 1 else ""))
                mapping.complete(one, f"{place}_{number}_{part}", chosen, _)


def _column(column: ColumnReading, name: str, _: Translator) -> list[Text | str]:
    title = _(TABLES[name].field(column.field).title) if column.field else ""
    return [Text(column.letter, code=True), column.header, title, column.sample, note_words(column.note, _)]
