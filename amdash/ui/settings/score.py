"""The promised time, and what counts how much in the weighted score."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import FAMILIES
from amdash.metrics.score import WEIGHTS
from amdash.service import settings
from amdash.ui import reads, session
from amdash.ui.settings.saving import ROW, Number, number, save, standard

SECTION = "score"
_PROMISE = Number(
    "response_target_hours",
    N_("Promised time of an answer"),
    N_("Within it, of the hours that count, every customer gets a first answer."),
    N_("h"),
    0.5,
    8760.0,
)
_HELP = {
    "business": N_("sales, customers, satisfaction"),
    "service": N_("answers and complaints"),
    "people": N_("employee satisfaction"),
}
_SALES = {"sales_amount": N_("all sales"), "net_sales": N_("without returns")}
_MOST_WEIGHT = 1000.0


@st.fragment
def shown(_: Translator) -> None:
    """The section."""
    texts = [number(_PROMISE, SECTION, _)]
    st.markdown(f"### {_('Weights in the score')}")
    weights = []
    for category in WEIGHTS:
        one = Number(f"weight_{category}", FAMILIES[category], _HELP[category], "", 0.0, _MOST_WEIGHT, step=5.0)
        weights.append(number(one, SECTION, _))
    _sum(weights, _)
    save(SECTION, [*texts, *weights, _attainment(_)], _)


def _sum(texts: list[str], _: Translator) -> None:
    """The sum of the weights, and what each comes to where it is not 100."""
    values = [float(text.partition("=")[2]) for text in texts]
    whole = sum(values)
    said = " + ".join(f"{value:g}" for value in values) + f" = {whole:g}"
    if whole and whole != 100:
        shares = " : ".join(formats.written(value / whole, "ratio", _.language) for value in values)
        said += f" {_('The sum need not be 100: they count {shares}.', shares=shares)}"
    st.markdown(f":gray[{said}]")


def _attainment(_: Translator) -> str:
    present, usual = (texts["attainment_from"] for texts in (settings.written(reads.workspace().rules()), settings.standard()))
    key = session.worded(f"attainment_{session.form_key(SECTION)}")
    about, field, beside = st.columns(ROW, vertical_alignment="center", gap="small")
    about.markdown(f"**{_('Sales held against sales targets')}**  \n:gray[{_('whether what came back counts')}]")
    known = list(_SALES)
    chosen = field.selectbox(
        _("Sales held against sales targets"),
        known,
        index=known.index(present),
        format_func=lambda one: _(_SALES[one]),
        key=key,
        label_visibility="collapsed",
    )
    with beside:
        standard(_(_SALES[present]), _(_SALES[usual]), chosen == usual, key, usual, _)
    return f"attainment_from={chosen}"
