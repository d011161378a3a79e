"""What an import would do: three sentences, and every month of its sheets."""

from __future__ import annotations

from collections.abc import Sequence

from amdash.i18n import N_, Translator, formats
from amdash.schema import TABLES
from amdash.service.imports import Preview, SlotChange
from amdash.ui import tables as saved
from amdash.ui.component import show
from amdash.ui.markup.lists import Slot, Text, slots, story
from amdash.ui.upload import exports
from amdash.ui.upload.words import ACTIONS, series_words

_NAMED_MONTHS = 3
_A_YEAR = 12


def summary(ready: Preview, _: Translator) -> str:
    """Accepted, refused, effect: three sentences; markup."""
    added, changed, _removed = totals(ready)
    differ = added + changed
    if differ == ready.accepted:
        accepted = _.plural("{n} row.", "{n} rows.", ready.accepted)
    else:
        accepted = _.plural(
            "{n} row, {differ} of them new or changed.", "{n} rows, {differ} of them new or changed.", ready.accepted, differ=f"{differ:,}"
        )
    return story([(_("Accepted"), accepted), (_("Refused"), _refused(ready, _)), (_("Effect"), _effect(ready, _))], even=True)


def totals(ready: Preview) -> tuple[int, int, int]:
    """How many rows would be new, changed and gone, in all months together."""
    rows = [slot.rows for slot in ready.slots]
    return sum(one.added for one in rows), sum(one.changed for one in rows), sum(one.removed for one in rows)


def button_words(ready: Preview, _: Translator) -> str:
    """What confirming does: how many rows it stores, or where it replaces some, how many are new, changed and gone."""
    added, changed, removed = totals(ready)
    if ready.changes_nothing:
        return _("Nothing to import")
    if not changed and not removed:
        return _.plural("Import {n} row", "Import {n} rows", added)
    return _("Import: {changes}", changes=_.comma.join(_counted(added, changed, removed, _)))


def _counted(added: int, changed: int, removed: int, _: Translator) -> tuple[str, ...]:
    """'2 new', '3 changed', '1 gone': what there is of these."""
    parts = (
        (added, _.plural("{n} row new", "{n} rows new", added)),
        (changed, _.plural("{n} changed", "{n} changed", changed)),
        (removed, _.plural("{n} gone", "{n} gone", removed)),
    )
    return tuple(words for count, words in parts if count)


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
        tables[slot.key.table, slot.key.series][slot.key.month] = Slot(_month(slot.key.month, _), "unchanged", _(ACTIONS["unchanged"]), words)
    span = _span(ready)
    shown = []
    for (name, series), held in tables.items():
        lists = [held[""]] if "" in held else []
        row = [held.get(month) or Slot(_month(month, _), "empty", formats.MISSING, "") for month in span] if held.keys() - {""} else []
        shown.append((_(TABLES[name].title), series_words(series, _), lists + row))
    show(slots(shown), key="slots")
    saved.downloads(_("What would change"), *exports.months(ready, _), key="slots")


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
        return Slot(_month(slot.key.month, _), slot.action, _(ACTIONS[slot.action]), _.plural("{n} row", "{n} rows", slot.after))
    counts = _counted(rows.added, rows.changed, rows.removed, _)
    return Slot(_month(slot.key.month, _), slot.action, _(ACTIONS[slot.action]), f"{slot.before:,} → {slot.after:,}", counts)
