"""What the codes of readings and feedback are called: one wording for pages and reports."""

from __future__ import annotations

from amdash.i18n.catalogue import N_, Translator

VERDICTS = {"met": N_("met"), "missed": N_("missed"), "few": N_("too few"), "none": N_("no target"), "absent": N_("no data")}
VARIATIONS = {"improving": N_("improving"), "worsening": N_("worsening"), "ordinary": N_("ordinary"), "unknown": N_("too early to tell")}
SOURCES = {"supervisor": N_("Supervisor"), "team": N_("Team member"), "customer": N_("Customer")}


def source_words(source: str, _: Translator) -> str:
    """What a source of feedback is called; one that is none of ours is called as it is."""
    return _(SOURCES[source]) if source in SOURCES else source
