"""Reports into a ZIP and by mail, and the workbook, on the command line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.service.post import Post, post_office

PEOPLE = "姓名,邮箱\n李明,li@example.com\n王芳,wang@example.com\n"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office() as (post, mail):
        for name, value in (("HOST", mail.host), ("PORT", mail.port), ("SECURITY", mail.security), ("SENDER", mail.sender)):
            monkeypatch.setenv(f"AMDASH_SMTP_{name}", str(value))
        yield post


@pytest.fixture
def people(run: Any, copied: Path, tmp_path: Path) -> Path:
    """The workspace in which both managers have an address."""
    listed = tmp_path / "客户经理名单.csv"
    listed.write_text(PEOPLE, encoding="utf-8")
    assert run(copied, "import", listed, "--yes").status == 0
    return copied


def lines(said: Any) -> list[list[str]]:
    return [line.split("\t") for line in said.out.splitlines()]


def test_everybodys_reports_in_one_file(run: Any, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "all.zip"
    assert run(stored, "report", "--month", "2025-03", "--all", "--lang", "zh", "--zip", path).status == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["李明-2025-03.pdf", "王芳-2025-03.pdf"]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_a_dry_run_says_who_would_get_what_and_sends_nothing(run: Any, people: Path, post: Post) -> None:
    said = run(people, "report", "--month", "2025-03", "--all", "--send", "--dry-run")
    assert (said.status, said.err) == (0, "")
    assert lines(said) == [["李明", "li@example.com", "would be sent"], ["王芳", "wang@example.com", "would be sent"]]
    assert post.arrived == []


def test_a_run_that_breaks_off_is_gone_on_with_by_the_same_command(run: Any, people: Path, post: Post) -> None:
    command = ("report", "--month", "2025-03", "--all", "--lang", "zh", "--send")
    post.breaks = (2, "before")
    broken = run(people, *command)
    assert (broken.status, [line[:3] for line in lines(broken)]) == (1, [["李明", "li@example.com", "sent"]])
    assert "The line broke at the letter to 王芳" in broken.err
    assert "1 of 2 were sent before" in broken.err
    post.breaks = None
    assert run(people, *command).status == 0
    assert [address for address, _letter in post.arrived] == ["li@example.com", "wang@example.com"]
    sent = run(people, "sent", "--month", "2025-03", "--json")
    assert [(row["manager"], row["state"]) for row in sent.json] == [("王芳", "sent"), ("王芳", "failed"), ("李明", "sent")]
    assert lines(run(people, "sent"))[0][2:5] == ["王芳", "wang@example.com", "sent"]


def test_who_cannot_be_reached_is_named_and_the_command_fails(run: Any, people: Path, post: Post) -> None:
    post.refused = {"wang@example.com"}
    said = run(people, "report", "--month", "2025-03", "--all", "--send")
    assert said.status == 1
    assert [line[2] for line in lines(said)] == ["sent", "not sent: the mail server refused it"]
    assert "1 were not sent" in said.err


def test_the_workbook(run: Any, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "board.xlsx"
    said = run(stored, "workbook", "--month", "2025-03", "--lang", "en", "--out", path)
    assert (said.status, said.out.strip()) == (0, str(path))
    sheet = openpyxl.load_workbook(path)["Scorecard"]
    assert [cell.value for cell in sheet["B"][4:]] == ["李明", "Team", "王芳", "Team", "All"]
    assert sheet["D5"].value == 3000.75
