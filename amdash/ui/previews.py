"""An import before and after: what was understood, what is refused and why, what each month gains, changes and loses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from amdash.errors import AmdashError, Issue
from amdash.i18n import N_, Translator, formats
from amdash.i18n.messages import reason, wording
from amdash.ingest.preview import ColumnReading, SheetReading
from amdash.schema import TABLES
from amdash.service import exports, imports
from amdash.service.imports import Outcome, Preview, SlotChange, Upload
from amdash.store import ImportRow
from amdash.ui import frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import Slot, Text, heading, story, table
from amdash.ui.markup.lists import slots as slots_markup
from amdash.ui.markup.markdown import literal

_ACTIONS = {"new": N_("new"), "replaced": N_("replaced"), "unchanged": N_("unchanged")}
_NOTES = {
    "note_factor": N_("× {factor}"),
    "note_hours": N_("× {factor} h"),
    "note_scale": N_("out of {scale}"),
    "note_date_order": N_("read as month/day/year"),
}
_LISTED = 200
_NAMED_MONTHS = 3
_A_YEAR = 12


def make(files: Sequence[Upload], key: tuple[object, ...]) -> Preview | None:
    """The preview of these files, made once for a set of files and a revision; None where they cannot be used."""
    if session.kept_preview(key) is None:
        with frame.errors_shown(), frame.progress(session.words()("Reading")) as bar:
            session.keep_preview(key, imports.preview(reads.workspace(), files, progress=bar))
    return session.kept_preview(key)


def confirm(ready: Preview) -> Outcome:
    """Store the preview that is on the page; where somebody else was faster, a new one is made for the next look."""
    try:
        return imports.confirm(reads.workspace(), ready, actor=session.actor())
    except AmdashError as error:
        if error.code == "workspace_changed":
            session.forget_preview()
        raise


def doubts(ready: Preview, _: Translator) -> bool:
    """What is probably not meant, with a box to tick; returns whether the import may go on."""
    for doubt in ready.doubts:
        st.warning(literal(wording(_, doubt.code, doubt.fields)), icon=":material/warning:")
    return not ready.doubts or st.checkbox(_("This is meant: import it all the same"), key="meant")


def summary(ready: Preview, _: Translator) -> str:
    """Accepted, refused, effect: three sentences; markup."""
    accepted = _.plural("{n} row.", "{n} rows.", ready.accepted)
    return story([(_("Accepted"), accepted), (_("Refused"), _refused(ready, _)), (_("Effect"), _effect(ready, _))], even=True)


def _refused(ready: Preview, _: Translator) -> Text:
    if not ready.refused:
        return Text(_("None."))
    words = _.plural(
        "{n} row; the reasons are below. Correct it and upload the file again.",
        "{n} rows; the reasons are below. Correct them and upload the file again.",
        ready.refused,
    )
    return Text(words, "attention")


def _effect(ready: Preview, _: Translator) -> str:
    if ready.changes_nothing:
        return _("Everything in these files is there already; nothing would change.")
    parts = []
    for action, words in (("new", N_("New: {months}.")), ("replaced", N_("Replaced: {months}."))):
        months = sorted({slot.key.month for slot in ready.slots if slot.action == action})
        if months:
            parts.append(_(words, months=_months(months, _)))
    return _.space.join([*parts, _("Everything else stays as it is.")])


def _months(months: Sequence[str], _: Translator) -> str:
    """The months by name, or from first to last where they are many; '' is a list without months."""
    named = [month for month in months if month]
    lists = [_("the lists")] if "" in months else []
    if len(named) > _NAMED_MONTHS:
        first, last = (formats.month(month, _.language) for month in (named[0], named[-1]))
        return _.comma.join([_.plural("{first} to {last}, {n} month", "{first} to {last}, {n} months", len(named), first=first, last=last), *lists])
    return _.comma.join([*(formats.month(month, _.language) for month in named), *lists])


def months(ready: Preview, _: Translator) -> None:
    """Every sheet's months: what would happen to those in the files, and that the others stay."""
    tables: dict[tuple[str, str], dict[str, Slot]] = {}
    order = list(TABLES)
    for change in sorted(ready.slots, key=lambda slot: (order.index(slot.key.table), slot.key)):
        tables.setdefault((change.key.table, change.key.series), {})[change.key.month] = _changed(change, _)
    for slot in ready.standing:
        words = _.plural("{n} row", "{n} rows", slot.rows)
        tables[slot.key.table, slot.key.series][slot.key.month] = Slot(_month(slot.key.month, _), "unchanged", _(_ACTIONS["unchanged"]), words)
    span = _span(ready)
    shown = []
    for (name, series), slots in tables.items():
        lists = [slots[""]] if "" in slots else []
        row = [slots.get(month) or Slot(_month(month, _), "empty", formats.MISSING, "") for month in span] if slots.keys() - {""} else []
        shown.append((_(TABLES[name].title), series, lists + row))
    show(slots_markup(shown), key="slots")


def _span(ready: Preview) -> list[str]:
    """Every month that the files cover, and so many of the others that a row of twelve is filled, the newest if possible."""
    covered = {slot.key.month for slot in ready.slots} - {""}
    if not covered:
        return []
    every = sorted(covered | {slot.key.month for slot in ready.standing} - {""})
    first, last = every.index(min(covered)), every.index(max(covered)) + 1
    last = min(len(every), max(last, first + _A_YEAR))
    return every[max(0, min(first, last - _A_YEAR)) : last]


def _month(month: str, _: Translator) -> str:
    return formats.month_tight(month, _.language) if month else _("the list")


def _changed(slot: SlotChange, _: Translator) -> Slot:
    rows = slot.rows
    if slot.action != "replaced":
        return Slot(_month(slot.key.month, _), slot.action, _(_ACTIONS[slot.action]), _.plural("{n} row", "{n} rows", slot.after))
    parts = [(rows.added, "+"), (rows.changed, "~"), (rows.removed, "\u2212")]
    counts = " ".join(f"{sign}{count:,}" for count, sign in parts if count)
    return Slot(_month(slot.key.month, _), slot.action, _(_ACTIONS[slot.action]), f"{slot.before:,} → {slot.after:,}", counts)


def files(ready: Preview, _: Translator) -> None:
    """One file after the other: its sheets side by side as tabs, those with something refused saying so."""
    chosen = 0
    if len(ready.files) > 1:
        refused = [sum(table.refused for sheet in file.sheets for table in sheet.tables) for file in ready.files]
        # What needs a look comes first.
        order = sorted(range(len(ready.files)), key=lambda place: (refused[place] == 0, place))
        names = {place: _with_count(file.file, refused[place], _) for place, file in enumerate(ready.files)}
        chosen = st.selectbox(_("File"), order, format_func=lambda place: names[place], key="preview_file", width=420)
    file = ready.files[chosen]
    labels = [_with_count(sheet.sheet, sum(table.refused for table in sheet.tables), _) for sheet in file.sheets]
    for place, (tab, sheet) in enumerate(zip(st.tabs([literal(label) for label in labels]), file.sheets, strict=True)):
        with tab:
            _sheet(sheet, f"{chosen}_{place}", _)


def _with_count(name: str, refused: int, _: Translator) -> str:
    return f"{name} · {_('refused {n}', n=refused)}" if refused else name


def _sheet(reading: SheetReading, key: str, _: Translator) -> None:
    """One sheet: its tables with their columns, and its issues with their cells."""
    left, right = st.columns([46, 54], gap="large")
    with left:
        if reading.header_row is None:
            st.markdown(f"**{_('no table found')}**")
        for one in reading.tables:
            counts = _(
                "header in row {row}, {read} rows read, {accepted} accepted, {refused} refused, {totals} total rows left out",
                row=reading.header_row,
                read=one.read,
                accepted=one.accepted,
                refused=one.refused,
                totals=one.totals_skipped,
            )
            show(heading(_("understood as {table}", table=_(TABLES[one.table].title)), counts), key=f"title_{key}_{one.table}")
            head = [_("Column"), _("Says"), _("Means"), _("e.g."), _("Converted")]
            show(table(head, [_column(column, one.table, _) for column in one.columns]), key=f"cols_{key}_{one.table}")
        if reading.unused:
            names = _.comma.join(f"{column.letter} {column.header}" for column in reading.unused)
            show(heading("", _("Not used: {columns}", columns=names)), key=f"unused_{key}")
    with right:
        _issues(reading.issues, f"issues_{key}", _)


def _column(column: ColumnReading, name: str, _: Translator) -> list[Text | str]:
    title = _(TABLES[name].field(column.field).title) if column.field else ""
    note = _(_NOTES[column.note[0]], **column.note[1]) if column.note else ""
    return [Text(column.letter, code=True), column.header, title, column.sample, note]


def _issues(issues: Sequence[Issue], key: str, _: Translator) -> None:
    if not issues:
        st.markdown(f":blue[{_('Nothing to complain about in this sheet.')}]")
        return
    head = [_("Cell"), _("Says"), _("What is wrong, and what to do")]
    rows: list[list[Text | str]] = [
        [Text(issue.cell or (str(issue.row) if issue.row else "—"), code=True), issue.value or "—", _reason(issue, _)] for issue in issues[:_LISTED]
    ]
    show(table(head, rows, short={0}), key=key)
    if len(issues) > _LISTED:
        st.markdown(f":gray[{_.plural('and {n} more', 'and {n} more', len(issues) - _LISTED)}]")


def _reason(issue: Issue, _: Translator) -> Text:
    words = reason(_, issue)
    return Text(words, {"error": "attention", "warning": "plain", "info": "dim"}[issue.severity])  # type: ignore[arg-type]


def done(outcome: Outcome, _: Translator) -> str:
    """What was stored, in one sentence."""
    if outcome.import_id is None:
        return _("Everything in these files is there already; nothing was changed.")
    return _("Stored as import {import_id}, revision {revision}.", import_id=outcome.import_id, revision=outcome.revision)


def history(_: Translator) -> None:
    """Who imported what, when; each with its files to download and an undo."""
    rows = imports.history(reads.workspace())
    if not rows:
        st.markdown(f":gray[{_('Nothing has been imported yet.')}]")
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center", key=f"import_{row.import_id}"):
            _import(row, _)


def _import(row: ImportRow, _: Translator) -> None:
    ws = reads.workspace()
    names = _.comma.join(name for name, _sha in row.files[:3]) + (_(" and {n} more", n=len(row.files) - 3) if len(row.files) > 3 else "")
    parts = [
        f"{row.at:%Y-%m-%d %H:%M}",
        _("owner") if row.actor == "owner" else row.actor,
        _("revision {revision}", revision=row.revision),
        _.plural("{n} row", "{n} rows", row.detail["accepted"]),
    ]
    if row.undone_revision:
        parts.append(_("taken back at revision {revision}", revision=row.undone_revision))
    with st.container():
        show(heading(f"{row.import_id}  {names}", " · ".join(parts), small=True), key=f"history_{row.import_id}")
    st.download_button(
        _("Original"),
        partial(exports.originals, ws, row),
        file_name=row.files[0][0] if len(row.files) == 1 else f"amdash-{row.import_id}.zip",
        key=f"original_{row.import_id}",
        icon=":material/download:",
        type="tertiary",
    )
    if row.undone_revision is None and st.button(_("Take back"), key=f"undo_{row.import_id}", icon=":material/undo:"):
        with frame.errors_shown():
            outcome = imports.undo(ws, row.import_id, actor=session.actor())
            words = _(
                "Import {import_id} was taken back; the workspace is at revision {revision}.", import_id=row.import_id, revision=outcome.revision
            )
            session.say(words)
            st.rerun()
