"""Exit status, the language of the terminal, where the workspace is, and files that are no spreadsheets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from amdash import __version__
from amdash.cli import main
from amdash.cli.commands import COMMANDS
from amdash.service import imports

ROOT = Path(__file__).resolve().parents[2]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
# Name -> (bytes, what is said in English, what is said in Chinese).
USELESS: dict[str, tuple[bytes, str, str]] = {
    "picture.png": (PNG, "This is a picture, not a spreadsheet.", "这是图片"),
    "renamed.xlsx": (PNG, "This is a picture, not a spreadsheet.", "这是图片"),
    "empty.xlsx": (b"", "The file is empty.", "空的"),
    "blank.csv": (b"\n\n  \n", "The file is empty.", "空的"),
    "header.csv": ("日期,客户经理,金额\n".encode(), "There is a header but no row below it", "只有表头"),
    "nothing.csv": (b"foo,bar,baz\n1,2,3\n4,5,6\n", "No header row was recognised", "表头"),
}
UNREADABLE = ("picture.png", "renamed.xlsx", "empty.xlsx", "blank.csv")


@pytest.fixture
def useless(tmp_path: Path) -> Path:
    folder = tmp_path / "useless"
    folder.mkdir()
    for name, (data, _english, _chinese) in USELESS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", USELESS)
@pytest.mark.parametrize(("terminal", "place"), [("en_US.UTF-8", 1), ("zh_CN.UTF-8", 2)])
def test_what_holds_no_table_is_refused_and_nothing_is_stored(
    run, useless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, terminal: str, place: int
) -> None:
    monkeypatch.setenv("LANG", terminal)
    for options in ([], ["--json"]):
        said = run(tmp_path / "w", "import", useless / name, *options)
        assert (said.status, said.out) == (1, "")
        assert name in said.err
        assert USELESS[name][place] in said.err
        assert ("There is nothing in these files that can be stored." in said.err) == (place == 1 and name not in UNREADABLE)
        assert "Traceback" not in said.err
    assert run(tmp_path / "w", "history", "--json").json == []
    assert run(tmp_path / "w", "rows", "--kpi", "sales_amount", "--json").json == []
    outcome = run(tmp_path / "w", "undo", 1)
    assert outcome.status == 1


def test_ctrl_c_does_not_call_cancelled_what_was_stored(run, books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed = imports.confirm

    def interrupted(*given: Any, **options: Any) -> None:
        confirmed(*given, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "confirm", interrupted)
    said = run(tmp_path / "w", "import", books / "业务-2025-03.xlsx", "--yes")
    assert (said.status, said.err.strip()) == (
        130,
        "Stopped. What had been stored or sent by then stays: `amdash history` and `amdash sent` tell.",
    )
    assert [row["import_id"] for row in run(tmp_path / "w", "history", "--json").json] == [1]


@pytest.mark.parametrize("name", UNREADABLE)
def test_check_cannot_read_what_is_no_spreadsheet(run, useless: Path, tmp_path: Path, name: str) -> None:
    said = run(tmp_path / "w", "check", useless / name, "--json")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"{name}: {USELESS[name][1]}")


@pytest.mark.parametrize(("name", "code", "header_row"), [("header.csv", "table_no_rows", 1), ("nothing.csv", "sheet_no_header", None)])
def test_check_reports_a_sheet_without_a_table_as_a_finding(run, useless: Path, tmp_path: Path, name: str, code: str, header_row: int | None) -> None:
    # The file was read, so the check has done its work: what it found is its output, and the shape has a place for it.
    said = run(tmp_path / "w", "check", useless / name, "--json")
    assert (said.status, said.err) == (0, "")
    (sheet,) = said.json["files"][0]["sheets"]
    assert sheet["header_row"] == header_row
    assert sum(table["accepted"] for table in sheet["tables"]) == 0
    assert [issue["code"] for issue in sheet["issues"]] == [code]
    assert USELESS[name][1] in sheet["issues"][0]["message"]
    assert USELESS[name][1] in run(tmp_path / "w", "check", useless / name).out


def test_one_bad_file_keeps_the_good_one_out_too(run, useless: Path, books: Path, tmp_path: Path) -> None:
    said = run(tmp_path / "w", "import", books / "业务-2025-03.xlsx", useless / "picture.png")
    assert said.status == 1
    assert run(tmp_path / "w", "history", "--json").json == []


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_file_that_is_not_there(run, tmp_path: Path, command: str) -> None:
    for path in (tmp_path / "missing.xlsx", tmp_path):
        said = run(tmp_path / "w", command, path)
        assert (said.status, said.out, said.err) == (1, "", f"{path}: There is no such file. Check the name and the folder.\n")


@pytest.mark.parametrize("mapping", ["金额", "=sales.amount", "金额=sales.price", "金额=orders.amount"])
def test_a_mapping_that_maps_nothing(run, books: Path, tmp_path: Path, mapping: str) -> None:
    said = run(tmp_path / "w", "import", books / "业务-2025-03.xlsx", "--map", mapping)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"“{mapping}”")
    assert ("has no such field" if mapping.endswith("price") else "does not say which column is which field") in said.err


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW"}, True),
        ({"LANG": "Chinese (Simplified)_China.936"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "C"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, True),
    ],
)
def test_the_language_is_the_terminals(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], chinese: bool) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run(tmp_path, "undo", 1).err.startswith("没有第 1" if chinese else "There is no import number 1.")
    assert run(tmp_path, "kpis", "--json").json[0]["name"] == ("销售额" if chinese else "Sales")


def test_codes_and_keys_are_the_same_in_every_language(run, books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_words(found: Any) -> Any:
        for sheet in found["files"][0]["sheets"]:
            for said in [*sheet["issues"], *sheet["questions"]]:
                assert said.pop("message")
        return found

    asked = ("check", books / "业务-2025-03.xlsx", "--json")
    english = without_words(run(tmp_path, *asked).json)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = run(tmp_path, *asked)
    assert "不是日期" in chinese.json["files"][0]["sheets"][0]["issues"][0]["message"]
    assert without_words(chinese.json) == english


def test_without_a_folder_the_configured_workspace_is_used(stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AMDASH_WORKSPACE", str(stored))
    assert main(["history", "--json"]) == 0
    assert [row["import_id"] for row in json.loads(capsys.readouterr().out)] == [2, 1]


def test_the_folder_named_wins_over_the_configured_one(run, stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMDASH_WORKSPACE", str(stored))
    monkeypatch.setenv("AMDASH_DATABASE_URL", f"sqlite:///{stored / 'amdash.db'}")
    assert run(tmp_path / "w", "history", "--json").json == []


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"amdash {__version__}\n")


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["undo", "first"], ["check"], ["report", "--month", "2025-03", "--out", "x"]])
def test_a_command_that_is_none_is_said_with_status_one(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status: object = main(arguments)
    except SystemExit as left:
        status = left.code
    assert status == 1
    assert capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(run, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file, no folder")
    said = run(stored, "report", "--month", "2025-03", "--all", "--out", tmp_path / "out")
    remedy = "Choose another one, or close the program that holds it."
    assert (said.status, said.out, said.err) == (1, "", f"{tmp_path / 'out'}: This file or folder cannot be used (File exists). {remedy}\n")
    assert (tmp_path / "out").read_bytes() == b"a file, no folder"


def test_a_workspace_that_is_no_folder_is_said(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "w").write_bytes(b"a file, no folder")
    said = run(tmp_path / "w", "history")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"{tmp_path / 'w'}: This file or folder cannot be used (")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "This file" not in run(tmp_path / "w", "history").err


def test_an_error_of_no_file_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OSError("out of luck")

    monkeypatch.setitem(COMMANDS, "history", fail)
    with pytest.raises(OSError, match="out of luck"):
        main(["--workspace", str(tmp_path), "history"])


@pytest.mark.parametrize("options", [("--month", "2025-03", "--manager", "赵强"), ("--month", "2019-01", "--all"), ("--month", "2025-13", "--all")])
def test_without_a_report_there_is_no_folder(run, stored: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    said = run(stored, "report", *options, "--out", tmp_path / "a" / "b")
    assert (said.status, said.out) == (1, "")
    assert said.err
    assert not (tmp_path / "a").exists()


def test_the_folder_of_the_reports_is_made_with_those_above_it(run, stored: Path, tmp_path: Path) -> None:
    said = run(stored, "report", "--month", "2025-03", "--all", "--out", tmp_path / "a" / "b")
    names = ["李明-2025-03-en.pdf", "王芳-2025-03-en.pdf"]
    assert (said.status, said.out.splitlines()) == (0, [str(tmp_path / "a" / "b" / name) for name in names])
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(names)


@pytest.mark.parametrize(
    ("terminal", "table", "reason"),
    [("en_US.UTF-8", "Sales orders", "There is no import number 7."), ("zh_CN.UTF-8", "销售明细", "没有第 7")],
)
def test_as_a_module_through_a_pipe_it_speaks_utf_8(
    books: Path, tmp_path: Path, environment: dict[str, str], terminal: str, table: str, reason: str
) -> None:
    command = [sys.executable, "-m", "amdash", "--workspace", str(tmp_path / "w"), "import", str(books / "业务-2025-03.xlsx")]
    settings = {**environment, "LANG": terminal, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"业务-2025-03.xlsx · 销售明细 · {table}" in done.stdout.decode("utf-8")
    failed = subprocess.run([*command[:5], "undo", "7"], cwd=ROOT, env=settings, capture_output=True, timeout=120, check=False)
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr.decode("utf-8").startswith(reason)


def test_a_reader_who_has_seen_enough_causes_no_traceback(stored: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "amdash", "--workspace", str(stored), "kpis", "--json"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(120)) == (b"", 1)
