"""What an import would do: three sentences, and every month of its sheets."""

from __future__ import annotations

from collections.abc import Sequence

from amdash.i18n import N_, Translator, formats
from amdash.schema import TABLES
from amdash.service import corrections
from amdash.service.imports import Preview, SlotChange
from amdash.ui.component import show
from amdash.ui.markup.lists import Slot, Text, slots, story

_ACTIONS = {"new": N_("new"), "replaced": N_("replaced"), "unchanged": N_("unchanged")}
_NAMED_MONTHS = 3
_A_YEAR = 12


def summary(ready: Preview, _: Translator) -> str:
    """Accepted, refused, effect: three sentences; markup."""
    accepted = _.plural("{n} row.", "{n} rows.", ready.accepted)
    return story([(_("Accepted"), accepted), (_("Refused"), _refused(ready, _)), (_("Effect"), _effect(ready, _))], even=True)


def _refused(ready: Preview, _: Translator) -> Text:
    if not ready.refused:
        return Text(_("None."))
    words = _.plural(
        "{n} row; the reason is below. After the import you can download it for correction.",
        "{n} rows; the reasons are below. After the import you can download them for correction.",
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
            parts.append(_(words, months=named(months, _)))
    return _.space.join([*parts, _("Everything else stays as it is.")])


def series_words(series: str, _: Translator) -> str:
    """What a sheet is called; one that holds corrected rows by what it corrects; nothing where the file's name says nothing."""
    if not any(sign.isalnum() for sign in series):
        return ""
    if not corrections.is_correction(series):
        return series
    name, _plus, number = series.rpartition(" +")
    return _("{name}, corrections of import {import_id}", name=name, import_id=number)


def named(months: Sequence[str], _: Translator) -> str:
    """The months by name, or from first to last where they are many; '' is a list without months."""
    dated = [month for month in months if month]
    lists = [_("the lists")] if "" in months else []
    if len(dated) > _NAMED_MONTHS:
        first, last = (formats.month(month, _.language) for month in (dated[0], dated[-1]))
        return _.comma.join([_.plural("{first} to {last}, {n} month", "{first} to {last}, {n} months", len(dated), first=first, last=last), *lists])
    return _.comma.join([*(formats.month(month, _.language) for month in dated), *lists])


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
    for (name, series), held in tables.items():
        lists = [held[""]] if "" in held else []
        row = [held.get(month) or Slot(_month(month, _), "empty", formats.MISSING, "") for month in span] if held.keys() - {""} else []
        shown.append((_(TABLES[name].title), series_words(series, _), lists + row))
    show(slots(shown), key="slots")


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
