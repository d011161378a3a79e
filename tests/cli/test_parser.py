"""The commands and options of the issue, and no others."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from amdash.cli.commands import COMMANDS
from amdash.cli.parser import build_parser
from amdash.i18n import translator

HINTS = {"encoding": None, "password": []}
NOTHING_ELSE = {"workspace": None}


def parsed(*arguments: str) -> dict[str, Any]:
    return vars(build_parser(translator("en")).parse_args(arguments))


LOG = {"manager": None, "source": None, "method": None, "json": False}
ENTRY = {"date": None, "criteria": None, "rating": None, "next_step": None, "due": None}
SCORECARD = {"start": None, "end": None, "by": "manager", "every": "month", "slice": None, "kpi": [], "manager": [], "revision": None, "json": False}


NOT_SENT = {"team": None, "coverage": False, "zip": None, "send": False, "dry_run": False, "again": False}


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ("demo", {"command": "demo", "lang": "zh"}),
        ("company show", {"command": "company", "action": "show", "json": False}),
        ("company set name=X colour=#123456 --json", {"command": "company", "action": "set", "change": ["name=X", "colour=#123456"], "json": True}),
        ("check a b --json", {"command": "check", "files": ["a", "b"], "map": [], **HINTS, "json": True}),
        (
            "import a --map X=sales.amount --map Y=sales.date --series S",
            {"command": "import", "files": ["a"], "map": ["X=sales.amount", "Y=sales.date"], "series": "S", "yes": False, **HINTS, "json": False},
        ),
        ("history --json", {"command": "history", "json": True}),
        ("undo 3", {"command": "undo", "import_id": 3, "dry_run": False, "json": False}),
        ("undo 3 --dry-run", {"command": "undo", "import_id": 3, "dry_run": True, "json": False}),
        ("refused 3 --out f", {"command": "refused", "import_id": 3, "out": "f", "password": []}),
        ("rebuild --json", {"command": "rebuild", "yes": False, "password": [], "json": True}),
        ("coverage", {"command": "coverage", "json": False}),
        ("alias list", {"command": "alias", "action": "list", "json": False}),
        ("alias merge a b --kind customer", {"command": "alias", "action": "merge", "alias": "a", "name": "b", "kind": "customer"}),
        ("alias apart a b", {"command": "alias", "action": "apart", "alias": "a", "name": "b", "kind": "manager"}),
        ("template --out d", {"command": "template", "table": None, "lang": "en", "out": "d"}),
        ("template sales --lang zh --out d", {"command": "template", "table": "sales", "lang": "zh", "out": "d"}),
        ("alias undo 3", {"command": "alias", "action": "undo", "alias_id": 3}),
        ("customer 甲 --month 2026-10 --json", {"command": "customer", "name": "甲", "month": "2026-10", "json": True}),
        ("meeting", {"command": "meeting", "number": None, "minutes": None, "lang": "en", "json": False}),
        ("meeting 2 --minutes f --lang zh", {"command": "meeting", "number": 2, "minutes": "f", "lang": "zh", "json": False}),
        ("potential --as-of 2026-10-31", {"command": "potential", "as_of": "2026-10-31", "json": False}),
        ("scorecard", {"command": "scorecard", **SCORECARD}),
        (
            "scorecard --from 2026-01 --to 2026-02 --by team --every quarter --kpi a --kpi b --manager c --manager d --revision 4 --json",
            {
                "command": "scorecard",
                "start": "2026-01",
                "end": "2026-02",
                "by": "team",
                "every": "quarter",
                "slice": None,
                "kpi": ["a", "b"],
                "manager": ["c", "d"],
                "revision": 4,
                "json": True,
            },
        ),
        ("scorecard --slice region --every rolling3", {"command": "scorecard", **SCORECARD, "slice": "region", "every": "rolling3"}),
        (
            "targets set csat 95% --from 2026-01 --team a --reason b",
            {
                "command": "targets",
                "action": "set",
                "kpi": "csat",
                "value": "95%",
                "start": "2026-01",
                "manager": None,
                "team": "a",
                "reason": "b",
                "json": False,
            },
        ),
        ("targets undo 4", {"command": "targets", "action": "undo", "target_id": 4, "json": False}),
        (
            "improvement --against year_before",
            {"command": "improvement", "month": None, "manager": None, "by": "manager", "against": "year_before", "json": False},
        ),
        ("rows --kpi a", {"command": "rows", "kpi": "a", "manager": None, "start": None, "end": None, "json": False}),
        (
            "rows --kpi a --manager b --from 2026-01 --to 2026-02 --json",
            {"command": "rows", "kpi": "a", "manager": "b", "start": "2026-01", "end": "2026-02", "json": True},
        ),
        (
            "report --month 2026-10 --manager a --out d",
            {"command": "report", "month": "2026-10", "manager": "a", "all": False, "lang": "en", "out": "d", **NOT_SENT},
        ),
        (
            "report --month 2026-10 --all --lang zh --out d",
            {"command": "report", "month": "2026-10", "manager": None, "all": True, "lang": "zh", "out": "d", **NOT_SENT},
        ),
        ("cadence", {"command": "cadence", "manager": None, "date": None, "ics": None, "json": False}),
        (
            "cadence --manager a --date 2026-10-31 --ics f --json",
            {"command": "cadence", "manager": "a", "date": "2026-10-31", "ics": "f", "json": True},
        ),
        ("feedback list", {"command": "feedback", "action": "list", **LOG, "start": None, "end": None, "text": ""}),
        (
            "feedback list --manager a --source team --method b --from 2026-01 --to 2026-02 --text c --json",
            {
                "command": "feedback",
                "action": "list",
                "manager": "a",
                "source": "team",
                "method": "b",
                "start": "2026-01",
                "end": "2026-02",
                "text": "c",
                "json": True,
            },
        ),
        ("feedback add --manager a --content b", {"command": "feedback", "action": "add", **LOG, **ENTRY, "manager": "a", "content": "b"}),
        (
            "feedback add --manager a --content b --date 2026-10-31 --criteria c --rating 4.5 --action d --due 2026-11-30",
            {
                "command": "feedback",
                "action": "add",
                **LOG,
                "manager": "a",
                "content": "b",
                "date": "2026-10-31",
                "criteria": "c",
                "rating": 4.5,
                "next_step": "d",
                "due": "2026-11-30",
            },
        ),
        ("kpis --json", {"command": "kpis", "json": True}),
    ],
)
def test_every_command_of_the_issue_is_understood(arguments: str, options: dict[str, Any]) -> None:
    assert parsed(*arguments.split()) == {**NOTHING_ELSE, **options}


def test_the_workspace_is_named_before_the_command() -> None:
    assert parsed("--workspace", "some folder", "kpis")["workspace"] == "some folder"


@pytest.mark.parametrize("by", ["manager", "team", "all"])
@pytest.mark.parametrize("every", ["month", "quarter", "year", "total"])
def test_every_way_to_group_is_offered(by: str, every: str) -> None:
    found = parsed("scorecard", "--by", by, "--every", every)
    assert (found["by"], found["every"]) == (by, every)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("", "COMMAND"),
        ("sell", "invalid choice: 'sell'"),
        ("check", "FILE"),
        ("import --json", "FILE"),
        ("undo", "IMPORT"),
        ("undo one", "invalid int value: 'one'"),
        ("scorecard --by region", "invalid choice: 'region'"),
        ("scorecard --every week", "invalid choice: 'week'"),
        ("scorecard --revision new", "invalid int value: 'new'"),
        ("rows", "--kpi"),
        ("feedback", "ACTION"),
        ("feedback add --content b", "--manager"),
        ("feedback add --manager a", "--content"),
        ("feedback add --manager a --content b --source boss", "invalid choice: 'boss'"),
        ("feedback add --manager a --content b --rating good", "invalid float value: 'good'"),
        ("report --all --out d", "--month"),
        ("report --month 2026-10 --all", "--out --zip --send"),
        ("report --month 2026-10 --all --out d --send", "not allowed with argument"),
        ("report --month 2026-10 --out d", "--manager --all --team --coverage"),
        ("report --month 2026-10 --out d --all --team", "not allowed with argument"),
        ("report --month 2026-10 --coverage", "--out --zip --send"),
        ("report --month 2026-10 --out d --all --manager a", "not allowed with argument"),
        ("report --month 2026-10 --out d --all --lang de", "invalid choice: 'de'"),
        ("check a --series s", "unrecognized arguments: --series s"),
    ],
)
def test_what_is_no_command_is_said(arguments: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parsed(*arguments.split())
    assert left.value.code == 1
    said = capsys.readouterr()
    assert said.err.startswith("usage: python -m amdash")
    assert reason in said.err
    assert said.out == ""


def test_every_command_that_is_parsed_is_there_to_run() -> None:
    parser = build_parser(translator("en"))
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    assert set(commands.choices) == set(COMMANDS)


def test_the_help_and_the_reports_speak_the_terminals_language() -> None:
    assert "load the demo data" in build_parser(translator("en")).format_help()
    chinese = build_parser(translator("zh"))
    assert "load the demo data" not in chinese.format_help()
    assert chinese.parse_args(["report", "--month", "2026-10", "--all", "--out", "d"]).lang == "zh"
