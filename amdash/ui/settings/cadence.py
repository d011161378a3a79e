"""How often each source gives feedback on every manager."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.i18n.words import RECURRENCES, SOURCES
from amdash.service import settings
from amdash.ui import reads, session
from amdash.ui.settings.saving import ROW, Number, number, save, standard

SECTION = "cadence"
_HELP = {
    "supervisor": N_("work results and customer satisfaction, face to face"),
    "team": N_("cooperation and contribution, in the team meeting"),
    "customer": N_("service quality and satisfaction, by telephone or e-mail"),
}
_SOON = Number(
    "feedback_due_within_days",
    N_("Called due"),
    N_("so many days before the last day of the week, month or quarter"),
    N_("days"),
    0.0,
    366.0,
    whole=True,
)


@st.fragment
def shown(_: Translator) -> None:
    """The section."""
    texts = [_every(source, _) for source in SOURCES]
    save(SECTION, [*texts, number(_SOON, SECTION, _)], _)


def _every(source: str, _: Translator) -> str:
    name = f"feedback_{source}"
    present, usual = (texts[name] for texts in (settings.written(reads.workspace().rules()), settings.standard()))
    key = session.worded(f"{name}_{session.form_key(SECTION)}")
    about, field, beside = st.columns(ROW, vertical_alignment="center", gap="small")
    about.markdown(f"**{_(SOURCES[source])}**  \n:gray[{_(_HELP[source])}]")
    known = list(RECURRENCES)
    chosen = field.selectbox(
        _(SOURCES[source]), known, index=known.index(present), format_func=lambda one: _(RECURRENCES[one]), key=key, label_visibility="collapsed"
    )
    with beside:
        standard(_(RECURRENCES[present]), _(RECURRENCES[usual]), chosen == usual, key, usual, _)
    return f"{name}={chosen}"
