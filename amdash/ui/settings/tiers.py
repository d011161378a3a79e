"""The limits of the customer tiers, with how many customers each tier would have."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.i18n.words import TIERS
from amdash.insight.tiers import TierRules
from amdash.service import tier_preview
from amdash.ui import reads
from amdash.ui.settings.saving import Number, number, save, wanted_rules

SECTION = "tiers"
_DAYS = 3650.0
_NUMBERS = (
    Number("vip_top_share", N_("VIP: among the top"), N_("by revenue of the last twelve months"), "%", 0.1, 100.0, 100, 5.0),
    Number("vip_orders", N_("VIP: at least"), N_("orders in the last twelve months"), N_("orders"), 1.0, 1000.0, whole=True),
    Number("vip_tenure_days", N_("VIP: a customer for at least"), N_("all three make a VIP"), N_("days"), 0.0, _DAYS, step=30.0, whole=True),
    Number("lapsed_after_days", N_("Lapsed: no order for"), N_("has bought before"), N_("days"), 1.0, _DAYS, step=30.0, whole=True),
    Number("new_within_days", N_("Potential: a customer for less than"), N_("or nothing bought yet"), N_("days"), 0.0, _DAYS, step=30.0, whole=True),
)


@st.fragment
def shown(_: Translator) -> None:
    """The section."""
    texts = [number(one, SECTION, _) for one in _NUMBERS]
    wanted = wanted_rules(texts)
    if wanted is not None:
        _counts(wanted.tiers, _)
    save(SECTION, texts, _)


def _counts(rules: TierRules, _: Translator) -> None:
    """How many customers would be in which tier."""
    ws = reads.workspace()
    found = _counted(ws.settings.database_url, ws.revision(), rules)
    if any(found.values()):
        said = " · ".join(f"{_(TIERS[tier])} **{n:,}**" for tier, n in found.items())
        st.markdown(f"{_('With these limits:')} {said}")


@st.cache_data(show_spinner=False, max_entries=16)
def _counted(url: str, revision: int, rules: TierRules) -> dict[str, int]:
    return tier_preview.counts(reads.workspace(), rules)
