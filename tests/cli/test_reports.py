"""Reports into a ZIP and by mail, and the workbook, on the command line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from amdash.cli import reports
from amdash.service import exports, scorecards
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


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the second PDF is being set."""

    def setting(content: dict[str, Any], at: object) -> bytes:
        if content["manager"] == "王芳":
            raise KeyboardInterrupt
        return b"%PDF"

    monkeypatch.setattr(exports, "compile_pdf", setting)


def test_ctrl_c_says_how_many_files_there_are_and_each_of_them_is_whole(run: Any, stored: Path, tmp_path: Path, stopped: None) -> None:
    folder = tmp_path / "out"
    said = run(stored, "report", "--month", "2025-03", "--all", "--lang", "zh", "--out", folder)
    assert said.status == 130
    assert said.err.strip() == f"Cancelled; 1 of 2 PDFs were written to {folder}."
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"李明-2025-03.pdf": b"%PDF"}
    assert said.out.strip() == str(folder / "李明-2025-03.pdf")


def test_ctrl_c_leaves_no_zip_and_the_one_before_as_it_was(run: Any, stored: Path, tmp_path: Path, stopped: None) -> None:
    path = tmp_path / "all.zip"
    command = ("report", "--month", "2025-03", "--all", "--zip", path)
    said = run(stored, *command)
    assert (said.status, said.err.strip()) == (130, f"Cancelled; {path} was not written.")
    assert not path.exists()
    path.write_bytes(b"before")
    assert run(stored, *command).status == 130
    assert path.read_bytes() == b"before"


def test_ctrl_c_before_anything_is_known_is_one_word(run: Any, stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scorecards, "require_figures", interrupted)
    said = run(stored, "report", "--month", "2025-03", "--all", "--out", tmp_path / "out")
    assert (said.status, said.err.strip()) == (130, "Cancelled.")
    assert not (tmp_path / "out").exists()


def test_ctrl_c_while_sending_says_where_to_see_what_was_sent(run: Any, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reports, "_send", interrupted)
    said = run(stored, "report", "--month", "2025-03", "--all", "--send")
    assert (said.status, said.err.split("`")[3]) == (130, "amdash sent")


def test_a_file_that_cannot_be_written_leaves_nothing_beside_it(run: Any, stored: Path, tmp_path: Path) -> None:
    taken = tmp_path / "all.zip"
    taken.mkdir()
    said = run(stored, "report", "--month", "2025-03", "--all", "--zip", taken)
    assert said.status == 1
    assert str(taken) in said.err
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith((".zip", ".part"))] == ["all.zip"]


def test_whoever_watches_sees_whose_pdf_was_the_last(run: Any, stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, str]] = []
    monkeypatch.setattr(reports, "progress", lambda: lambda share, what: drawn.append((share, what)))
    assert run(stored, "report", "--month", "2025-03", "--all", "--lang", "zh", "--out", tmp_path / "out").status == 0
    assert drawn[0] == (0.0, "Making the PDFs")
    assert drawn[-2:] == [(0.5, "1 of 2 · 李明"), (1.0, "2 of 2 · 王芳")]


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


def test_the_summary_of_all_together_and_of_one_team(run: Any, stored: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run(stored, "report", "--month", "2025-03", "--team", "--lang", "zh", "--out", out)
    assert (said.status, said.out) == (0, f"{out / '团队小结-2025-03.pdf'}\n")
    said = run(stored, "report", "--month", "2025-03", "--team", "华东组", "--lang", "zh", "--out", out)
    assert (said.status, said.out) == (0, f"{out / '团队小结-华东组-2025-03.pdf'}\n")
    whole, team = (path.read_bytes() for path in sorted(out.iterdir()))
    assert whole.startswith(b"%PDF-")
    assert whole != team


def test_the_page_on_the_data(run: Any, stored: Path, tmp_path: Path) -> None:
    said = run(stored, "report", "--month", "2025-03", "--coverage", "--lang", "en", "--out", tmp_path / "out")
    assert (said.status, said.out) == (0, f"{tmp_path / 'out' / 'Coverage-2025-03.pdf'}\n")
    assert (tmp_path / "out" / "Coverage-2025-03.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--team", "华北组", "--out", "d"], "There is no team called “华北组”."),
        (["--team", "--zip", "a.zip"], "The summary of a team and the page on the data are one file each"),
        (["--coverage", "--send"], "The summary of a team and the page on the data are one file each"),
    ],
)
def test_what_cannot_be_handed_out_on_everybody(run: Any, stored: Path, tmp_path: Path, options: list[str], reason: str) -> None:
    said = run(stored, "report", "--month", "2025-03", *options)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(reason)
