"""An import before and after: what was understood, what is refused and why, what each month gains, changes and loses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from amdash.errors import Issue
from amdash.i18n import N_, Translator, formats
from amdash.i18n.messages import wording
from amdash.ingest.preview import ColumnReading, SheetReading
from amdash.schema import TABLES
from amdash.service import imports
from amdash.service.imports import Outcome, Preview, SlotChange, Upload
from amdash.ui import frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import Slot, Text, story, strip, table

_ACTIONS = {"new": N_("new"), "replaced": N_("replaced"), "unchanged": N_("unchanged")}
_NOTES = {
    "note_factor": N_("× {factor}"),
    "note_hours": N_("× {factor} h"),
    "note_scale": N_("out of {scale}"),
    "note_date_order": N_("read as month/day/year"),
}
_LISTED = 200


def make(files: Sequence[Upload], key: tuple[object, ...]) -> Preview | None:
    """The preview of these files, made once for a set of files and a revision; None where they cannot be used."""
    if session.kept_preview(key) is None:
        with frame.errors_shown(), frame.progress(session.words()("Reading")) as bar:
            session.keep_preview(key, imports.preview(reads.workspace(), files, progress=bar))
    return session.kept_preview(key)


def summary(ready: Preview, _: Translator) -> str:
    """Accepted, refused, effect: three sentences; markup."""
    touched = [slot for slot in ready.slots if slot.action != "unchanged"]
    new, replaced = (sum(slot.action == action for slot in touched) for action in ("new", "replaced"))
    effect = (
        _("Everything in these files is there already; nothing would change.")
        if not touched
        else _("{new} sheet months new, {replaced} replaced; everything else stays as it is.", new=new, replaced=replaced)
    )
    refused = (
        _.plural(
            "{n} row; the reasons are below. Correct it and upload the file again.",
            "{n} rows; the reasons are below. Correct them and upload the file again.",
            ready.refused,
        )
        if ready.refused
        else _("None.")
    )
    return story([(_("Accepted"), _.plural("{n} row.", "{n} rows.", ready.accepted)), (_("Refused"), refused), (_("Effect"), effect)], even=True)


def months(ready: Preview, _: Translator) -> None:
    """Every table's months with what would happen to them."""
    by_table: dict[tuple[str, str], list[SlotChange]] = {}
    for slot in ready.slots:
        by_table.setdefault((slot.key.table, slot.key.series), []).append(slot)
    for (name, series), slots in by_table.items():
        st.markdown(f"**{_(TABLES[name].title)}** :gray[· {_('series {name}', name=series)}]")
        show(strip([_slot(slot, _) for slot in slots]), key=f"strip_{name}_{series}")


def _slot(slot: SlotChange, _: Translator) -> Slot:
    month = formats.month(slot.key.month, _.language) if slot.key.month else _("the list")
    rows = slot.rows
    if slot.action != "replaced":
        return Slot(month, slot.action, _(_ACTIONS[slot.action]), _.plural("{n} row", "{n} rows", slot.after))
    parts = [(rows.added, "+"), (rows.changed, "~"), (rows.removed, "\u2212")]
    return Slot(
        month,
        slot.action,
        _(_ACTIONS[slot.action]),
        f"{slot.before:,} → {slot.after:,}  ({' '.join(f'{sign}{count:,}' for count, sign in parts if count)})",
    )


def sheet(reading: SheetReading, file: str, _: Translator) -> None:
    """One sheet: its tables with their columns, and its issues with their cells."""
    said = _("header in row {row}", row=reading.header_row) if reading.header_row else _("no table found")
    st.markdown(f"### {file} · {reading.sheet} :gray[{said}]")
    left, right = st.columns([46, 54], gap="large")
    with left:
        for one in reading.tables:
            counts = _(
                "{read} rows read, {accepted} accepted, {refused} refused, {totals} total rows left out",
                read=one.read,
                accepted=one.accepted,
                refused=one.refused,
                totals=one.totals_skipped,
            )
            st.markdown(f"**{_('understood as {table}', table=_(TABLES[one.table].title))}** :gray[· {counts}]")
            head = [_("Column"), _("Says"), _("Means"), _("e.g."), _("Converted")]
            show(table(head, [_column(column, one.table, _) for column in one.columns]), key=f"cols_{file}_{reading.sheet}_{one.table}")
        if reading.unused:
            names = _.comma.join(f"{column.letter} {column.header}" for column in reading.unused)
            st.markdown(f":gray[{_('Not used: {columns}', columns=names)}]")
    with right:
        _issues(reading.issues, f"issues_{file}_{reading.sheet}", _)


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
    show(table(head, rows), key=key)
    if len(issues) > _LISTED:
        st.markdown(f":gray[{_.plural('and {n} more', 'and {n} more', len(issues) - _LISTED)}]")


def _reason(issue: Issue, _: Translator) -> Text:
    words = wording(_, issue.code, {**issue.fields, "value": issue.value or ""})
    return Text(words, {"error": "attention", "warning": "plain", "info": "dim"}[issue.severity])  # type: ignore[arg-type]


def done(outcome: Outcome, _: Translator) -> str:
    """What was stored, in one sentence."""
    if outcome.import_id is None:
        return _("Everything in these files is there already; nothing was changed.")
    return _("Stored as import {import_id}, revision {revision}.", import_id=outcome.import_id, revision=outcome.revision)


def history(_: Translator) -> None:
    """Who imported what, when; each with its files to download and an undo."""
    ws = reads.workspace()
    rows = imports.history(ws)
    if not rows:
        st.markdown(f":gray[{_('Nothing has been imported yet.')}]")
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center", key=f"import_{row.import_id}"):
            undone = f" · :orange[{_('taken back at revision {revision}', revision=row.undone_revision)}]" if row.undone_revision else ""
            files = _.comma.join(name for name, _sha in row.files[:3]) + (_(" and {n} more", n=len(row.files) - 3) if len(row.files) > 3 else "")
            when = f"{row.at:%Y-%m-%d %H:%M} · {_('revision {revision}', revision=row.revision)}"
            counts = _.plural("{n} row", "{n} rows", row.detail["accepted"])
            st.markdown(f"**{row.import_id}** :gray[{when}] {files} :gray[{counts}]{undone}", width="stretch")
            if len(row.files) == 1:
                name, sha256 = row.files[0]
                st.download_button(
                    _("Original"),
                    partial(ws.store.original, sha256),
                    file_name=name,
                    key=f"original_{row.import_id}",
                    icon=":material/download:",
                    type="tertiary",
                )
            if row.undone_revision is None and st.button(_("Take back"), key=f"undo_{row.import_id}", icon=":material/undo:"):
                with frame.errors_shown():
                    outcome = imports.undo(ws, row.import_id, actor=session.actor())
                    session.say(
                        _(
                            "Import {import_id} was taken back; the workspace is at revision {revision}.",
                            import_id=outcome.import_id,
                            revision=outcome.revision,
                        )
                    )
                    st.rerun()
