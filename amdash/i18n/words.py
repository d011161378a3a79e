"""What the codes of readings and feedback are called: one wording for pages and reports."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

VERDICTS = {"met": N_("met"), "missed": N_("missed"), "few": N_("too few"), "none": N_("no target"), "absent": N_("no data")}
VARIATIONS = {"improving": N_("improving"), "worsening": N_("worsening"), "ordinary": N_("ordinary"), "unknown": N_("too early to tell")}
SOURCES = {"supervisor": N_("Supervisor"), "team": N_("Team member"), "customer": N_("Customer")}
