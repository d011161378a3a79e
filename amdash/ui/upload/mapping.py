"""Where a person says what a sheet holds and what its columns are: of a table that was found, and of a sheet that is none yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from amdash.i18n import Translator
from amdash.ingest.decisions import IGNORE, Decision, parse
from amdash.ingest.reading import ColumnReading, SheetReading, Unplaced
from amdash.schema import TABLES
from amdash.ui import session
from amdash.ui.answers import with_decision
from amdash.ui.markup.markdown import literal
from amdash.ui.upload.questions import reading_words, readings

# A column and what it is taken for: 'table.field', or that it is not used.
_Columns = Sequence[tuple[ColumnReading, str]]
# Pixels: four boxes side by side on a laptop, one on a phone.
_WIDTH = 290


def correct(reading: SheetReading, key: str, before: Sequence[Decision], chosen: tuple[str, ...], _: Translator) -> None:
    """For every column a box with the fields that it can be, and for what was decided of its values before a box with the other ways."""
    # Two tables below one another have the same letters, two columns of a table perhaps the same heading.
    now: dict[tuple[str, str], tuple[ColumnReading, str]] = {(column.letter, column.header): (column, IGNORE) for column in reading.unused}
    for one in reversed(reading.tables):
        now |= {(column.letter, column.header): (column, f"{one.table}.{column.field}") for column in one.columns if column.field}
    names = list(dict.fromkeys(one.table for one in reading.tables))
    with st.expander(_("Correct a column"), key=f"correct_{key}"):
        wanted = _holds(names[0], key, chosen, _)
        if wanted:
            _boxes(list(now.values()), names if wanted in names else [wanted], key, chosen, _)
        for made in before:
            if not made.place and made.of_a_column and ":" in made.choice:
                words = [reading_words(Decision(made.subject, text.rpartition("=")[2]), _) for text in readings(made)]
                _box(_("How “{column}” is read", column=made.subject), readings(made), made.text, words, key, chosen)


def complete(part: Unplaced, key: str, chosen: tuple[str, ...], _: Translator) -> None:
    """What a sheet holds that is no table as it stands, with a box for every column, and what is still missing."""
    with st.container(border=True, key=f"complete_{key}", gap="small"):
        st.markdown(_("Say what this sheet holds and what its columns are; it is remembered for the next sheet of the kind."))
        wanted = _holds(next(iter(part.fits), None), key, chosen, _)
        if wanted is None:
            return
        fits: Mapping[int, str] = part.fits.get(wanted, {})
        taken = [(column, f"{wanted}.{fits[place]}" if place in fits else IGNORE) for place, column in enumerate(part.columns)]
        missing = TABLES[wanted].lacking(set(fits.values()))
        if missing:
            st.markdown(f":orange[{_('Still missing: {fields}.', fields=_.comma.join(_(field.title) for field in missing))}]")
        _boxes(taken, [wanted], key, chosen, _)


def _holds(guess: str | None, key: str, chosen: tuple[str, ...], _: Translator) -> str | None:
    """The table that the sheet holds, as a person says; the likeliest one until then."""
    options = list(TABLES)
    return st.selectbox(
        _("This sheet holds"),
        options,
        index=None if guess is None else options.index(guess),
        placeholder=_("choose"),
        format_func=lambda name: _(TABLES[name].title),
        # The box belongs to these files: other ones in the same place are asked anew.
        key=session.worded(f"holds_{chosen[-1]}_{key}"),
        width=_WIDTH,
    )


def _boxes(columns: _Columns, names: Sequence[str], key: str, chosen: tuple[str, ...], _: Translator) -> None:
    """A box for every column with the fields of these tables."""
    fields = [f"{name}.{field.name}" for name in names for field in TABLES[name].fields]
    labels = {IGNORE: _("not used")} | {place: _title(place, names, _) for place in fields}
    headers = [column.header for column, _place in columns]
    said = {one.subject: one.choice for one in parse(session.answers(chosen).mapping) if one.place}
    row = st.container(horizontal=True, gap="small", key=f"boxes_{key}")
    for column, place in sorted(columns, key=lambda item: (len(item[0].letter), item[0].letter)):
        # Of two columns with the same heading only the letter tells which is meant.
        subject = column.header if column.header.strip() and headers.count(column.header) == 1 else column.letter
        choices = tuple(f"{subject}={choice}" for choice in labels)
        now = next((one for one in (said.get(subject), place) if one in labels), IGNORE)
        label = _("{letter} {column}", letter=column.letter, column=column.header)
        if column.sample:
            label = _("{column}, e.g. {sample}", column=label, sample=column.sample)
        with row:
            _box(label, choices, f"{subject}={now}", list(labels.values()), f"{key}_{names[0]}", chosen)


def _title(place: str, names: Collection[str], _: Translator) -> str:
    table_name, _dot, field = place.partition(".")
    title = _(TABLES[table_name].field(field).title)
    return title if len(names) == 1 else f"{_(TABLES[table_name].title)} · {title}"


def _box(label: str, choices: Sequence[str], now: str, words: Sequence[str], key: str, chosen: tuple[str, ...]) -> None:
    widget = session.worded(f"is_{key}_{label}")
    st.session_state[widget] = choices.index(now)

    def corrected() -> None:
        session.keep_answers(chosen, with_decision(session.answers(chosen), choices[st.session_state[widget]]))

    st.selectbox(literal(label), range(len(choices)), key=widget, format_func=lambda one: words[one], on_change=corrected, width=_WIDTH)
