"""Proposals of targets on the command line: proposed, answered, adopted, acknowledged, withdrawn."""

from __future__ import annotations

from pathlib import Path

SHAPE = ["number", "kpi", "scope", "subject", "from", "value", "reason", "proposed_by", "proposed_at", "target", "waiting", "answers"]
PROPOSED = ["csat", "80%", "--from", "2025-04", "--team", "华东组", "--reason", "next step"]


def test_from_a_proposal_to_a_target_that_its_manager_knows_of(run, copied: Path) -> None:
    made = run(copied, "targets", "propose", *PROPOSED, "--json").json
    assert (made["number"], made["revision"]) == (1, 3)
    # Two months of figures: too few to say whether it is within reach.
    assert [one["principle"] for one in made["principles"]] == ["aligned", "measurable", "relevant", "challenging", "understandable"]
    assert made["principles"][3] == {"principle": "challenging", "holds": None, "findings": ["too_few_months"], "unmeasured": []}
    early = run(copied, "targets", "adopt", 1)
    assert (early.status, "李明" in early.err) == (1, True)
    said = run(copied, "targets", "answer", 1, "--manager", "李明", "--stance", "comment", "--text", "after the season")
    assert (said.status, said.out) == (0, "Done; the workspace is at revision 4.\n")
    (row,) = run(copied, "targets", "proposals", "--json").json
    assert list(row) == SHAPE
    assert (row["scope"], row["subject"], row["value"], row["target"], row["waiting"]) == ("team", "华东组", 0.8, None, [])
    assert [(one["manager"], one["stance"], one["text"]) for one in row["answers"]] == [("李明", "comment", "after the season")]
    assert run(copied, "targets", "adopt", 1, "--json").json == {"revision": 5}
    number = run(copied, "targets", "proposals", "--json").json[0]["target"]
    assert run(copied, "targets", "log", "--json").json[0]["number"] == number
    assert run(copied, "targets", "acknowledge", number, "--manager", "李明", "--json").json == {"revision": 6}
    shown = run(copied, "targets", "proposals", "--kpi", "csat").out.splitlines()
    assert shown == ["1\tCustomer satisfaction\t华东组\tfrom April 2025 on\t≥ 80%\tset\tnext step", "  李明\tcomments\tafter the season"]


def test_a_proposal_is_told_with_its_principles_and_withdrawn(run, copied: Path) -> None:
    said = run(copied, "targets", "propose", "csat", "0.8", "--from", "2025-04").out.splitlines()
    assert said[0] == "Proposal number 1; the workspace is at revision 3."
    assert [line[2:] for line in said[1:]] == [
        "Aligned with the business",
        "Measurable",
        "Relevant to the job",
        "Challenging",
        "Understandable",
    ]
    assert run(copied, "targets", "proposals").out.splitlines()[1:] == ["  李明\t—", "  王芳\t—"]
    assert run(copied, "targets", "withdraw", 1).status == 0
    assert run(copied, "targets", "proposals", "--json").json == []
    wrong = run(copied, "targets", "propose", "csat", "1,5", "--from", "2025-04")
    assert (wrong.status, "1,5" in wrong.err) == (1, True)
