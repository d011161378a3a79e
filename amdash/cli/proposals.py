"""Targets before they are set: proposed, commented on by the managers, adopted, acknowledged. Their options, commands and JSON shapes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from amdash.cli.options import json_flag
from amdash.cli.output import say_done, show
from amdash.cli.target_words import aim, number
from amdash.i18n import Translator, formats
from amdash.i18n.words import PRINCIPLES, STANCES
from amdash.metrics import catalogue
from amdash.service import proposals, scorecards, targets
from amdash.service.proposals import Principle, Proposed
from amdash.service.workspace import Workspace


def add(actions: Any, _: Translator) -> None:
    """The actions of ``targets`` that are about proposals; the first one names a target as ``targets set`` does."""
    proposed = actions.add_parser("propose", help=_("propose a target; its managers comment on it before it is set"))
    listed = actions.add_parser("proposals", help=_("the proposals, and what managers say of them"))
    answered = actions.add_parser("answer", help=_("write down what managers say of a proposal"))
    adopted = actions.add_parser("adopt", help=_("set a proposed target once everybody was heard"))
    withdrawn = actions.add_parser("withdraw", help=_("take a proposal back"))
    noted = actions.add_parser("acknowledge", help=_("a manager takes note of a target in force"))
    proposed.add_argument("kpi", metavar="KPI")
    proposed.add_argument("value", metavar="VALUE", help=_("95%% or 0.95 or 120000"))
    proposed.add_argument("--from", dest="start", required=True, metavar="YYYY-MM", help=_("the month from which it holds"))
    who = proposed.add_mutually_exclusive_group()
    who.add_argument("--manager", metavar="NAME")
    who.add_argument("--team", metavar="NAME", help=_("for each manager of the team; for everybody without manager and team"))
    proposed.add_argument("--reason", default="", metavar="TEXT", help=_("why it is what it is"))
    listed.add_argument("--kpi", metavar="ID")
    for action in (answered, adopted, withdrawn, noted):
        action.add_argument("number", type=int, metavar="NUMBER")
    answered.add_argument("--manager", action="append", required=True, metavar="NAME", help=_("may be given more than once"))
    answered.add_argument("--stance", choices=proposals.STANCES, default="agreed")
    noted.add_argument("--manager", required=True, metavar="NAME")
    for action in (answered, noted):
        action.add_argument("--text", default="", metavar="WORDS")
    for action in (proposed, listed, answered, adopted, withdrawn, noted):
        json_flag(action, _)


def run_propose(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """A proposal, and what the five principles say of it."""
    value = number(options.kpi, options.value)
    whose = {"manager": options.manager, "team": options.team}
    proposal_id, revision = proposals.propose(ws, options.kpi, value, options.start, reason=options.reason, **whose)
    mine = next(one for one in proposals.proposals(ws) if one.row.proposal_id == proposal_id)
    people = scorecards.roster(ws)
    found = proposals.principles(targets.check(ws, options.kpi, value), mine.managers, dict(zip(people["manager"], people["team"], strict=True)))

    def say() -> None:
        print(_("Proposal number {number}; the workspace is at revision {revision}.", number=proposal_id, revision=revision))
        for one in found:
            print(f"{'?' if one.holds is None else '✓' if one.holds else '!'} {_(PRINCIPLES[one.code])}")

    show(options, {"number": proposal_id, "revision": revision, "principles": principles(found)}, say)


def run_proposals(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The proposals, newest first."""
    found = proposals.proposals(ws, None if options.kpi is None else catalogue.by_id(options.kpi).id)

    def say() -> None:
        for one in found:
            kpi, since = catalogue.by_id(one.row.kpi), _("from {month} on", month=formats.month(one.row.from_month, _.language))
            state = _("set") if one.is_set else _("open")
            words = (_(kpi.name), one.row.subject or _("All"), since, aim(kpi, one.row.value, _), state, one.row.reason)
            print("\t".join((str(one.row.proposal_id), *words)))
            for answer in one.answers.values():
                print(f"  {answer.manager}\t{_(STANCES[answer.stance])}\t{answer.text}")
            for name in one.waiting:
                print(f"  {name}\t{formats.MISSING}")

    show(options, [shape(one) for one in found], say)


def run_answer(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What managers say of a proposal."""
    say_done(proposals.answer(ws, options.number, options.manager, options.stance, options.text), options, _)


def run_adopt(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Set a proposed target."""
    say_done(proposals.set_proposal(ws, options.number), options, _)


def run_withdraw(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Take a proposal back."""
    say_done(proposals.withdraw(ws, options.number), options, _)


def run_acknowledge(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """A manager takes note of a target of the ledger."""
    say_done(proposals.acknowledge(ws, options.number, options.manager, options.text)[1], options, _)


RUNS = {
    "propose": run_propose,
    "proposals": run_proposals,
    "answer": run_answer,
    "adopt": run_adopt,
    "withdraw": run_withdraw,
    "acknowledge": run_acknowledge,
}


def principles(found: Sequence[Principle]) -> list[dict[str, Any]]:
    """The five principles: whether each is kept, null where too little is known, and what speaks against it."""
    return [{"principle": one.code, "holds": one.holds, "findings": list(one.findings), "unmeasured": list(one.unmeasured)} for one in found]


def shape(one: Proposed) -> dict[str, Any]:
    """A proposal: ``target`` is the number of the target that was set from it, null while it is open."""
    row = one.row
    return {
        "number": row.proposal_id,
        "kpi": row.kpi,
        "scope": row.scope,
        "subject": row.subject or None,
        "from": row.from_month,
        "value": row.value,
        "reason": row.reason or None,
        "proposed_by": row.actor,
        "proposed_at": row.at.isoformat(timespec="seconds"),
        "target": row.target_id,
        "waiting": list(one.waiting),
        "answers": [
            {"manager": answer.manager, "stance": answer.stance, "text": answer.text or None, "at": answer.at.isoformat(timespec="seconds")}
            for answer in one.answers.values()
        ],
    }
