"""What the files do not tell: one line each, in plain words, with the best guess chosen already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.i18n.messages import wording
from amdash.ingest.decisions import Decision, parse
from amdash.ingest.reading import Question
from amdash.schema import TABLES
from amdash.service.imports import Preview
from amdash.ui import session
from amdash.ui.answers import Ask, lines, standing, with_decision
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import trouble

_SHOWN = 5
# How a column is read, by the kind of the decision and its value.
_READINGS: Mapping[str, Mapping[str, str]] = {
    "order": {
        "day_first": N_("the day (d/m/y)"),
        "month_first": N_("the month (m/d/y)"),
        "year_first": N_("the year (y/m/d)"),
    },
    "comma": {"thousands": N_("thousands (1,234 is 1234)"), "decimal": N_("decimals (1,5 is one and a half)")},
    "percent": {"ratio": N_("shares (0.95 is 95%)"), "points": N_("percent (95 is 95%)")},
    "fill": {"down": N_("yes, the same as above"), "never": N_("no, it means nothing")},
}
_SHEET_NAMES = {
    "name:manager": N_("yes, the account manager"),
    "name:region": N_("no, the region"),
    "name:team": N_("no, the team"),
    "name:nothing": N_("no, neither"),
}
_SCALES = ("5", "10", "100")
# These say in their own words which sheet or file they are about.
_NAMES_ITS_PLACE = ("ask_sheet_name", "ask_copy", "ask_series")


def show(ready: Preview | None, chosen: tuple[str, ...], _: Translator) -> None:
    """The questions of a preview and those answered before; without a preview all that were asked, so that an answer can be changed."""
    said = session.answers(chosen)
    asked = standing(said, ready.questions if ready else said.asked)
    if asked != said.asked:
        said = replace(said, asked=asked)
        session.keep_answers(chosen, said)
    trouble.encodings_chosen(chosen, _)
    every = lines(asked)
    if not every:
        return
    # With one sheet everything is about that one.
    several = ready is None or sum(len(file.sheets) for file in ready.files) > 1
    still = sum(ask.chosen(said.mapping) is None for ask in every)
    with st.container(key="questions", gap="small"):
        title = _.plural("{n} thing to confirm", "{n} things to confirm", still) if still else _("Everything is answered")
        st.markdown(f"### {title} &nbsp; :gray[:small[{_('The best guess is chosen; change what is wrong.')}]]")
        for ask in every[:_SHOWN]:
            _line(ask, chosen, _, several=several)
        if len(every) > _SHOWN:
            with st.expander(_.plural("{n} more question", "{n} more questions", len(every) - _SHOWN)):
                for ask in every[_SHOWN:]:
                    _line(ask, chosen, _, several=several)


def _line(ask: Ask, chosen: tuple[str, ...], _: Translator, *, several: bool) -> None:
    """``several``: the sheet has to be named, because there are others."""
    words = _words(ask, _)
    sheet = ask.questions[0].sheet if several else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line_{_key(ask)}"):
        place = "" if ask.code in _NAMES_ITS_PLACE or not sheet else f" :gray[{literal(_('sheet {sheet}', sheet=sheet))}]"
        st.markdown(literal(words) + place, width="stretch")
        _box(ask, chosen, words, _)


def _box(ask: Ask, chosen: tuple[str, ...], words: str, _: Translator) -> None:
    options = ask.options
    labels = [choice_words(ask.questions[0], texts[0], _) for texts in options]
    labels[ask.guess] = _("{choice} · guess", choice=labels[ask.guess])
    key = session.worded(_key(ask))
    place = ask.chosen(session.answers(chosen).mapping)
    st.session_state[key] = ask.guess if place is None else place

    def answered() -> None:
        rest = [text for texts in options for text in texts]
        session.keep_answers(chosen, with_decision(session.answers(chosen), *options[st.session_state[key]], instead=rest))

    if place is None:
        st.button(_("Right"), key=f"right_{_key(ask)}", icon=":material/check:", type="tertiary", on_click=answered)
    st.selectbox(
        literal(words), range(len(options)), key=key, format_func=lambda one: labels[one], on_change=answered, label_visibility="collapsed", width=260
    )


def _key(ask: Ask) -> str:
    """What tells the widgets of a line from those of the others."""
    said = "\n".join((ask.code, *sorted(ask.options[0])))
    return f"ask_{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}"


def _words(ask: Ask, _: Translator) -> str:
    if len(ask.questions) == 1:
        return wording(_, ask.code, ask.questions[0].fields)
    sheets = _.comma.join(question.sheet for question in ask.questions)
    return _("The sheets {sheets} name nobody in their rows. Are their names the account managers?", sheets=sheets)


def choice_words(question: Question, text: str, _: Translator) -> str:
    """A choice in plain words."""
    (one,) = parse([text])
    if question.code == "ask_column":
        return one.subject
    if question.code == "ask_guess":
        return _("yes") if one.place else _("no, it is not used")
    if question.code == "ask_copy":
        return _copy_words(question, one, _)
    if question.code == "ask_series":
        name = one.choice.removeprefix("series:")
        return _("another sheet beside it") if name == "new" else _("a new version of “{name}”", name=name)
    return reading_words(one, _)


def _copy_words(question: Question, one: Decision, _: Translator) -> str:
    if one.choice == "take":
        return _("both count")
    both = [str(question.fields["sheet"]), str(question.fields["other"])]
    left_out = one.subject.removeprefix("sheet:")
    return _("only “{sheet}”", sheet=next((sheet for sheet in both if sheet != left_out), left_out))


def reading_words(one: Decision, _: Translator) -> str:
    """How a column is read or what a sheet's name is, in plain words; what a column means, by the title of the field."""
    if one.place:
        table, name = one.place
        return _(TABLES[table].field(name).title)
    if one.choice in _SHEET_NAMES:
        return _(_SHEET_NAMES[one.choice])
    kind, _colon, value = one.choice.partition(":")
    if kind == "scale":
        return _("out of {scale}", scale=value)
    if kind in _READINGS:
        known = _READINGS[kind]
        return _(known[value]) if value in known else _("times {factor}", factor=value)
    return _("not used")


def readings(one: Decision) -> tuple[str, ...]:
    """All ways of reading a column among which a decision has chosen one, as decisions."""
    kind, _colon, value = one.choice.partition(":")
    values = dict.fromkeys((*(_SCALES if kind == "scale" else _READINGS[kind]), value))
    return tuple(f"{one.subject}={kind}:{known}" for known in values)
