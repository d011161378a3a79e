"""The choices of one visitor: who, what, when, in which language. This module owns every key, and the address."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import LANGUAGES, Language, Translator, language_of, translator
from amdash.metrics import period
from amdash.service import scorecards
from amdash.service.imports import Preview
from amdash.service.restatement import Restatement
from amdash.service.workspace import OWNER
from amdash.ui import explained
from amdash.ui.answers import Answers
from amdash.ui.sitting import Sitting

# What a link may say; anything else in an address is ignored.
_IN_ADDRESS = ("lang", "period", "team", "manager", "kpi", "customer", "names")
# Page -> what is opened on it in place of its list: the menu leads to the list, whatever was open when the page was left.
_OPENED = {"customers": "customer"}
_PREFIX = "amdash_"
_HIDDEN = "hidden"
_LISTED = 25
_FAVOURITE = "csat"


@dataclass(frozen=True)
class Room:
    """The browser's window: height, pixels of a rem, ink colour, width. Until it has said so, a laptop's or a phone's."""

    height: int = 768
    rem: float = 16.0
    ink: str = ""
    width: int = 1366


# What browsers on phones call themselves (MDN, Browser detection using the user agent), and about the window that they have.
_MOBILE = "Mobi"
_PHONE = Room(844, 16.0, "", 390)


def _get(name: str) -> Any:
    return st.session_state.get(_PREFIX + name)


def choose(**choices: Any) -> None:
    """Remember choices under their own keys, where they survive a change of page."""
    for name, value in choices.items():
        st.session_state[_PREFIX + name] = value


def start() -> None:
    """On every run: take choices from the address on the first one, and write them back into it."""
    choose(standard_language=explained.company().language)
    if not _get("started"):
        choose(started=True, **{name: st.query_params[name] for name in _IN_ADDRESS if name in st.query_params})
    wanted = {name: str(value) for name in _IN_ADDRESS if (value := _get(name))}
    if {name: st.query_params.get(name) for name in _IN_ADDRESS if st.query_params.get(name)} != wanted:
        st.query_params.from_dict(wanted)


def has_started() -> bool:
    """Whether this visit has come through dashboard.py, which every run does once the server knows of it."""
    return bool(_get("started"))


def language() -> Language:
    """The chosen language, else the workspace's where it has one, else the browser's."""
    wanted = (_get("lang"), _get("standard_language"))
    return next((known for said in wanted for known in LANGUAGES if known == said), language_of(st.context.locale))


def words() -> Translator:
    """The translator of this visitor."""
    return translator(language())


def worded(key: str) -> str:
    """The key of a widget whose options are words: Streamlit knows a choice by its label, so each language has a widget of its own."""
    return f"{key}_{language()}"


def seed(key: str, value: Any) -> None:
    """Before a widget is drawn: what it shows. Streamlit heeds ``index`` and ``default`` once, and then only what the widget itself was told."""
    st.session_state[key] = value


def actor() -> str:
    """The acting person: the owner, until there are logins."""
    return OWNER


def current_period(months: Sequence[str]) -> str:
    """The chosen period where there are figures for it, else the newest month."""
    chosen = _get("period")
    if chosen and period.is_period(str(chosen)) and set(period.months_of(str(chosen))) & set(months):
        return str(chosen)
    return months[-1]


def current_manager(names: Sequence[str]) -> str:
    """The chosen manager, else the first."""
    return str(_get("manager")) if _get("manager") in names else names[0]


def current_team(names: Sequence[str]) -> str | None:
    """The chosen team, None for all."""
    return str(_get("team")) if _get("team") in names else None


def current_kpi(measured: Collection[str]) -> str:
    """The chosen KPI's id; until one is chosen, customer satisfaction where it is measured, else the first that is."""
    if _get("kpi") in {kpi.id for kpi in scorecards.kpis()}:
        return str(_get("kpi"))
    return _FAVOURITE if _FAVOURITE in measured or not measured else next(iter(measured))


def chosen(name: str, known: Collection[str], first: str = "") -> str:
    """What is chosen under a name, where it is among what is known; else ``first``."""
    return str(_get(name)) if _get(name) in known else first


def room() -> Room:
    """The window as the browser last said; before, what a browser of its kind has, so that a phone's page need not be laid out twice."""
    return _get("room") or (_PHONE if _MOBILE in (st.context.headers.get("User-Agent") or "") else Room())


def wide(pixels: int) -> int:
    """So many pixels on a laptop, as wide beside the larger type of a projector: Streamlit knows no other measure."""
    return round(pixels * room().rem / Room().rem)


def set_room(said: Sequence[Any]) -> None:
    """Remember what the browser said of its window."""
    choose(room=Room(int(said[0]), float(said[1]), str(said[2]), int(said[3])))


def follow(at: str) -> None:
    """Go to the page that a click has asked for: a callback may remember the wish, only the run itself may switch. ``at``: the page's path."""
    wanted = _get("goto")
    if wanted:
        choose(goto=None, at=None)
        st.switch_page(wanted)
    if at in _OPENED and _get("at") not in (None, at):
        choose(**{_OPENED[at]: None})
    choose(at=at)
    if sitting() and at != "meeting":
        # The browser's own way back leads out of a meeting, and there the navigation is to be seen.
        choose(sitting=None)
        st.rerun()


def start_part() -> None:
    """On every run of a part of a page: its choices go into the address too, and a click that asks for another page leads there."""
    start()
    if _get("goto"):
        st.rerun()


def sitting() -> Sitting | None:
    """Where this visitor is in a meeting, None outside of one."""
    kept: Sitting | None = _get("sitting")
    return kept


def names_hidden() -> bool:
    """Whether a meeting names nobody who need not be named. In the address, so that a page that is loaded anew still does not."""
    return bool(_get("names") == _HIDDEN)


def hide_names(wished: bool) -> None:
    """Remember that wish, or that there is none."""
    choose(names=_HIDDEN if wished else None)


def say(words: str) -> None:
    """Something to be said after the next rerun."""
    choose(said=words)


def show_said() -> None:
    """Say it, once."""
    if _get("said"):
        st.toast(_get("said"), icon=":material/check:")
        choose(said=None)


def form_key(name: str) -> str:
    """The key of a form; a new one empties it. What was typed stays there until it has been saved."""
    return f"{name}_{_get(f'form_{name}') or 0}"


def clear_form(name: str) -> None:
    """Start the form anew."""
    choose(drafts={form: fields for form, fields in (_get("drafts") or {}).items() if form != form_key(name)})
    choose(**{f"form_{name}": (_get(f"form_{name}") or 0) + 1})


def listed(name: str, first: int = _LISTED) -> int:
    """How many entries of a long list are shown, ``first`` at first."""
    return int(_get(f"listed_{name}") or first)


def list_more(name: str, first: int = _LISTED) -> None:
    """Show twice as many from now on."""
    choose(**{f"listed_{name}": 2 * listed(name, first)})


def uploader_key() -> str:
    """The key of the file uploader; a new one empties it."""
    return form_key("uploads")


def clear_uploads() -> None:
    """Forget the chosen files, their preview, and what was said of them, the password included."""
    clear_form("uploads")
    choose(preview=None, answers=None, effect=None)


def keep_preview(key: tuple[object, ...], made: Preview | AmdashError) -> None:
    """Remember a preview, or why there is none, for as long as files and answers are the same."""
    choose(preview=(key, made))


def forget_preview() -> None:
    """The preview is out of date."""
    choose(preview=None)


def kept_preview(key: tuple[object, ...]) -> Preview | AmdashError | None:
    """The preview for these files, if it has been made; it stays what was shown, whatever happens meanwhile."""
    kept = _get("preview")
    return kept[1] if kept and kept[0] == key else None


def answers(files: tuple[str, ...]) -> Answers:
    """What was said of these files; what was said of some of them holds on when others join them."""
    kept = _get("answers")
    return kept[1] if kept and set(kept[0]) <= set(files) else Answers()


def keep_answers(files: tuple[str, ...], said: Answers) -> None:
    """Remember what was said of these files."""
    choose(answers=(files, said))


def keep_effect(about: tuple[object, ...], moved: Restatement) -> None:
    """Remember which figures a preview, or taking an import back, would move."""
    choose(effect=(about, moved))


def kept_effect(about: tuple[object, ...]) -> Restatement | None:
    """The figures that it would move, if they have been computed."""
    kept = _get("effect")
    return kept[1] if kept and kept[0] == about else None


def keep_refused(stored: tuple[int, int, str, bytes] | None) -> None:
    """Remember (import, number of refused rows, file name, workbook) of what was stored last; None once it is done with."""
    choose(refused=stored)


def kept_refused() -> tuple[int, int, str, bytes] | None:
    """The refused rows of what was stored last."""
    kept: tuple[int, int, str, bytes] | None = _get("refused")
    return kept


def opened(import_id: int) -> str | None:
    """What is open below an import in the history: 'undo' or 'refused'."""
    kept = _get("opened")
    return kept[1] if kept and kept[0] == import_id else None


def open_import(import_id: int, what: str) -> None:
    """Open something below an import, or close it where it is open already."""
    choose(opened=None if opened(import_id) == what else (import_id, what))


def section(known: Collection[str]) -> str:
    """What is chosen below the upload, the first until something is."""
    return str(_get("section")) if _get("section") in known else next(iter(known))


def kept(name: str, default: Any = None) -> Any:
    """A choice that one page alone knows, as :func:`choose` remembers it."""
    found = _get(name)
    return default if found is None else found
