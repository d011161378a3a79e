"""The first-run tour: five steps in a calm strip above the overview, each with a ring around what it speaks of, while the first data is new."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import streamlit as st

from amdash.i18n import N_
from amdash.service import imports
from amdash.ui import reads, session
from amdash.ui.markup.page import tour_style

# Where somebody left it, the visit and the browser remember; who has never seen it is not asked any more once the first upload is so old.
_NEW = dt.timedelta(days=2)
STEPS = (
    N_("One row a person, one column a KPI. A ring with a tick is on target, a diamond is not, a broken ring is undecided."),
    N_("Click a cell: below it the trend opens, with what is ordinary in grey, and the rows of your sheets behind the number."),
    N_("Click a name: all of one person on one screen, and their PDF for the meeting."),
    N_("Click the heading of a KPI to order by it. Above, choose month, quarter or year, and one team."),
    N_("Next month, drop the new sheet under Upload. A corrected sheet replaces its own months alone, and every upload can be taken back."),
)

_PLACES = [str(step) for step in range(len(STEPS) + 1)]


def start() -> None:
    """Begin with the first step, from wherever on the page it was asked for."""
    _go_to(1)
    session.choose(tour_wanted=True)


def follow() -> None:
    """At the end of a part of the page: draw the whole page where the tour was asked for in this part, because it stands above it."""
    if session.kept("tour_wanted"):
        session.choose(tour_wanted=None)
        st.rerun()


def kept() -> tuple[str, str] | None:
    """(name, value) of what the browser remembers of the tour, so that it goes on where it was, and has an end, also after the visit."""
    step = _step()
    return None if step is None else (_cookie(), str(step))


def strip() -> None:
    """The step that this visitor is at; nothing once the tour was left, or where it was never begun and the data is not new."""
    step = _step()
    if step is None:
        # Asked once a visit: the history is not read again with every click.
        step = 1 if _is_new() else 0
        _go_to(step)
    if not 1 <= step <= len(STEPS):
        return
    _ = session.words()
    st.html(tour_style(step))
    with st.container(key="tour", horizontal=True, vertical_alignment="center", gap="small"):
        place = _("{step} of {steps}", step=step, steps=len(STEPS))
        st.markdown(f"**{place}** {_(STEPS[step - 1])}", width="stretch")
        if step > 1:
            st.button(_("Back"), key="tour_back", type="tertiary", on_click=_go_to, args=(step - 1,))
        last = step == len(STEPS)
        words = _("Done") if last else _("Next")
        st.button(words, key="tour_next", on_click=_go_to, args=(0 if last else step + 1,))
        if not last:
            st.button(_("Leave the tour"), key="tour_leave", type="tertiary", on_click=_go_to, args=(0,))


def _step() -> int | None:
    """Where this visitor is on the tour of this workspace, 0 once it was left; None where nothing was said of it."""
    said = session.kept("tour")
    if said and said[0] == _where():
        return int(said[1])
    before = _cookies().get(_cookie(), "")
    return int(before) if before in _PLACES else None


def _cookies() -> Mapping[str, str]:
    """What the browser remembered when this visit began."""
    return st.context.cookies


def _cookie() -> str:
    """Of this workspace: browsers do not tell the ports of a machine apart."""
    return f"amdash_tour_{hashlib.blake2b(_where().encode(), digest_size=4).hexdigest()}"


def _go_to(step: int) -> None:
    session.choose(tour=(_where(), step))


def _where() -> str:
    return reads.workspace().settings.database_url


def _is_new() -> bool:
    """Whether the first upload was made just now."""
    ws = reads.workspace()
    made = [row.at for row in imports.history(ws)]
    return bool(made) and dt.timedelta(0) <= ws.now() - min(made) < _NEW
