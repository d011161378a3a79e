"""What each command does: one call of a service, and its result in words or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from amdash.cli import company, customers, feedback, figures, files, insight, lists, meetings, plans, reports, targets
from amdash.i18n import Translator
from amdash.service.workspace import Workspace

COMMANDS: dict[str, Callable[[Workspace, argparse.Namespace, Translator], None]] = {
    "demo": files.run_demo,
    "check": files.run_check,
    "import": files.run_import,
    "history": files.run_history,
    "undo": files.run_undo,
    "refused": files.run_refused,
    "rebuild": files.run_rebuild,
    "coverage": lists.run_coverage,
    "alias": lists.run_alias,
    "template": lists.run_template,
    "settings": lists.run_settings,
    "company": company.run_company,
    "scorecard": figures.run_scorecard,
    "rows": figures.run_rows,
    "trend": insight.run_trend,
    "compare": insight.run_compare,
    "improvement": insight.run_improvement,
    "tiers": insight.run_tiers,
    "customer": customers.run_customer,
    "potential": customers.run_potential,
    "drivers": insight.run_drivers,
    "narrative": insight.run_narrative,
    "targets": targets.run_targets,
    "cadence": feedback.run_cadence,
    "feedback": feedback.run_feedback,
    "meeting": meetings.run_meeting,
    "effect": plans.run_effect,
    "plan": plans.run_plan,
    "annotate": plans.run_annotate,
    "report": reports.run_report,
    "sent": reports.run_sent,
    "workbook": reports.run_workbook,
    "kpis": figures.run_kpis,
}
