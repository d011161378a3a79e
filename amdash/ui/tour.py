"""The first-run tour: five steps in a calm strip above the overview, for as long as the first data is new."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from amdash.i18n import N_
from amdash.service import imports
from amdash.ui import reads, session

# Where somebody left it, the visit remembers; a later visit is not asked again once the first upload is so old.
_NEW = dt.timedelta(days=2)
STEPS = (
    N_("One row a person, one column a KPI. A ring with a tick is on target, a diamond is not, a broken ring rests on too few cases to say."),
    N_("Click a cell: below it the trend opens, with what is ordinary in grey, and the rows of your sheets behind the number."),
    N_("Click a name: all of one person on one screen, and their PDF for the meeting."),
    N_("Click the heading of a KPI to order by it. Above, choose month, quarter or year, and one team."),
    N_("Next month, drop the new sheet under Upload. A corrected sheet replaces its own months alone, and every upload can be taken back."),
)


def start() -> None:
    """Begin with the first step."""
    _go_to(1)


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
    kept = session.kept("tour")
    return int(kept[1]) if kept and kept[0] == _where() else None


def _go_to(step: int) -> None:
    session.choose(tour=(_where(), step))


def _where() -> str:
    return reads.workspace().settings.database_url


def _is_new() -> bool:
    """Whether the first upload was made just now."""
    ws = reads.workspace()
    made = [row.at for row in imports.history(ws)]
    return bool(made) and dt.timedelta(0) <= ws.now() - min(made) < _NEW
