"""What leaves the house: PDFs and the ZIP, the same bytes for the same revision, under names that any file system takes."""

from __future__ import annotations

import datetime as dt
import io
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from amdash.config import Settings
from amdash.errors import AmdashError
from amdash.service import exports, feedback, imports, plans
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace, open_workspace

FORBIDDEN = set('/\\:*?"<>|') | {chr(number) for number in range(32)} | {" "}


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        # The clock must leave no trace in it.
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("period", ["", "2026-13", "2026-1", "total", "2026-Q5", "October"])
def test_a_period_that_is_none_is_said(demo_ws: Workspace, period: str) -> None:
    with pytest.raises(AmdashError, match="month_invalid") as caught:
        exports.report_pdf(demo_ws, "李明", period, "zh")
    assert caught.value.fields == {"value": period}


@pytest.mark.parametrize("period", ["2024-10", "2026-11", "2027", "2023-Q1"])
def test_a_period_without_figures_is_said(demo_ws: Workspace, period: str) -> None:
    with pytest.raises(AmdashError, match="no_data_for_report") as caught:
        exports.report_pdf(demo_ws, "李明", period, "zh")
    assert caught.value.fields == {"month": period}
    with pytest.raises(AmdashError, match="no_data_for_report"):
        exports.report_zip(demo_ws, period, "zh")


def test_somebody_unknown_is_said(demo_ws: Workspace) -> None:
    with pytest.raises(AmdashError, match="manager_unknown") as caught:
        exports.report_pdf(demo_ws, "小李", "2026-10", "zh")
    assert caught.value.fields["manager"] == "小李"
    assert "李明" in caught.value.fields["known"]


def test_an_empty_workspace_has_nothing_to_report(ws: Workspace) -> None:
    with pytest.raises(AmdashError, match="no_data_for_report"):
        exports.report_zip(ws, "2026-10", "en")


def test_a_revision_that_is_not_there_is_said(demo_ws: Workspace) -> None:
    with pytest.raises(AmdashError, match="revision_unknown"):
        exports.report_pdf(demo_ws, "李明", "2026-10", "zh", revision=2)


@pytest.mark.parametrize("period", ["2026-10", "2026-Q3", "2025"])
def test_a_report_of_a_month_a_quarter_or_a_year(demo_ws: Workspace, period: str) -> None:
    name, pdf = exports.report_pdf(demo_ws, "李明", period, "zh")
    assert name == f"李明-{period}.pdf"
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")


def test_the_same_revision_gives_the_same_bytes_at_any_time(demo_ws: Workspace, demo_copy: Workspace) -> None:
    later = open_workspace(demo_copy.settings, now=lambda: dt.datetime(2027, 3, 1, 12, 0))
    first = exports.report_pdf(demo_ws, "李明", "2026-10", "zh")
    assert exports.report_pdf(later, "李明", "2026-10", "zh") == first
    assert exports.report_pdf(demo_ws, "李明", "2026-10", "en")[1] != first[1]
    assert exports.report_pdf(demo_ws, "林佳怡", "2026-10", "zh")[1] != first[1]


def test_an_older_revision_is_reported_as_it_was(demo_copy: Workspace) -> None:
    before = exports.report_pdf(demo_copy, "李明", "2026-10", "zh")
    feedback.add(demo_copy, date=dt.date(2026, 10, 30), manager="李明", content="季度面谈", action="继续保持")
    assert exports.report_pdf(demo_copy, "李明", "2026-10", "zh")[1] != before[1]
    assert exports.report_pdf(demo_copy, "李明", "2026-10", "zh", revision=1) == before


def test_the_zip_holds_one_pdf_for_everybody_and_is_the_same_twice(demo_ws: Workspace) -> None:
    told: list[tuple[int, int, str]] = []
    name, data = exports.report_zip(demo_ws, "2026-10", "zh", progress=lambda *now: told.append(now))
    everybody = ["李明", "林佳怡", "王建国", "陈晓燕", "黄志伟", "周雅琴", "何志强", "梁美玲"]
    found = members(data)
    assert name == "amdash-2026-10.zip"
    assert list(found) == [f"{manager}-2026-10.pdf" for manager in everybody]
    assert found["李明-2026-10.pdf"] == exports.report_pdf(demo_ws, "李明", "2026-10", "zh")[1]
    assert len(set(found.values())) == 8
    # Before the first nobody is named, while the figures of everybody are found.
    assert told[0] == (0, 8, "")
    assert [now for now in told if now[0]] == [(done, 8, manager) for done, manager in enumerate(everybody, start=1)]
    assert exports.report_zip(demo_ws, "2026-10", "zh") == (name, data)


def test_a_batch_is_the_same_bytes_as_one_by_one(demo_ws: Workspace) -> None:
    names = ["何志强", "李明"]
    assert list(exports.reports(demo_ws, "2026-10", "en", managers=names)) == [
        exports.report_pdf(demo_ws, manager, "2026-10", "en") for manager in names
    ]


def test_what_progress_raises_ends_the_work_at_that_pdf(demo_ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "compile_pdf", lambda content, at: b"%PDF")

    def stop(done: int, total: int, manager: str) -> None:
        if done == 3:
            raise InterruptedError(manager)

    taken = []
    made = exports.reports(demo_ws, "2026-10", "zh", progress=stop)
    with pytest.raises(InterruptedError, match="王建国"):
        taken.extend(made)
    assert list(made) == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("amdash-batch")]


def test_a_pdf_that_cannot_be_set_is_named(demo_ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exports.document
    # A sentence without its lead, which the template asks for.
    broken = {"李明": {"story": [["a"]]}}
    monkeypatch.setattr(exports, "document", lambda report, language: whole(report, language) | broken.get(report.manager, {}))
    with pytest.raises(AmdashError, match="pdf_not_set") as caught:
        list(exports.reports(demo_ws, "2026-10", "zh", managers=["王建国", "李明", "林佳怡"]))
    assert caught.value.fields["title"].startswith("李明")


def test_only_those_asked_for_are_reported(demo_ws: Workspace) -> None:
    found = list(exports.reports(demo_ws, "2026-10", "en", managers=["何志强", "李明"]))
    assert [name for name, _ in found] == ["何志强-2026-10-en.pdf", "李明-2026-10-en.pdf"]


@pytest.mark.parametrize(
    ("manager", "name"),
    [
        ("李明", "李明-2026-10.pdf"),
        ("Anna O'Neill", "Anna_O'Neill-2026-10.pdf"),
        ("../../etc/passwd", "etc_passwd-2026-10.pdf"),
        ("..\\..\\boot", "boot-2026-10.pdf"),
        ("C:\\Users", "C_Users-2026-10.pdf"),
        ('"<李|明>"?*', "李_明-2026-10.pdf"),
        ("a\x00b\nc\td", "a_b_c_d-2026-10.pdf"),
        ("...", "_-2026-10.pdf"),
        ("/", "_-2026-10.pdf"),
        ("", "_-2026-10.pdf"),
        ("CON", "CON_-2026-10.pdf"),
        ("--output=x", "output=x-2026-10.pdf"),
        ("~root", "root-2026-10.pdf"),
        ("王\u202e明\u202c\u200f\u200b", "王明-2026-10.pdf"),
        ("\u202e", "_-2026-10.pdf"),
        ("e\u0301", "é-2026-10.pdf"),
        ("李\ud800明\x85", "李_明-2026-10.pdf"),
        ("=cmd|' /C calc'!A0", "=cmd_'_C_calc'!A0-2026-10.pdf"),
        ("李😀\U00020000", "李😀\U00020000-2026-10.pdf"),
        ("李" * 200, "李" * 66 + "-2026-10.pdf"),
    ],
)
def test_a_file_name_is_safe_whatever_the_name_holds(tmp_path: Path, manager: str, name: str) -> None:
    assert exports.file_name(manager, "2026-10", "zh") == name
    assert not set(name) & FORBIDDEN
    assert len(name.encode()) <= 255
    (tmp_path / name).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("nul", "nul_"),
        ("Com1.x", "Com1_.x"),
        ("LPT9", "LPT9_"),
        ("conin$", "conin$_"),
        ("com¹", "com¹_"),
        ("CONrad", "CONrad"),
        ("COM", "COM"),
        ("COM10", "COM10"),
        ("a.CON", "a.CON"),
        (".-~_-a-~", "a-~"),
        ("\u200f\u2066", ""),
    ],
)
def test_no_name_is_a_device_of_windows_or_an_option_of_a_command(name: str, kept: str) -> None:
    assert exports.safe(name) == kept


def test_both_languages_can_lie_in_one_folder(demo_ws: Workspace) -> None:
    names = {exports.report_pdf(demo_ws, "李明", "2026-10", language)[0] for language in ("zh", "en")}
    assert names == {exports.file_name("李明", "2026-10", "zh"), exports.file_name("李明", "2026-10", "en")}
    assert names == {"李明-2026-10.pdf", "李明-2026-10-en.pdf"}
    assert (exports.zip_name("2026-10", "zh"), exports.zip_name("2026-10", "en")) == ("amdash-2026-10.zip", "amdash-2026-10-en.zip")


@pytest.mark.parametrize(
    ("manager", "kept"),
    [
        # 200 bytes: 50 of four, 66 of three and two more, 1 and 66 of three, 200 of one.
        ("𠮷" * 200, "𠮷" * 50),
        ("李" * 66 + "ab", "李" * 66 + "ab"),
        ("李" * 66 + "abc", "李" * 66 + "ab"),
        ("a" + "李" * 67, "a" + "李" * 66),
        ("x" * 201, "x" * 200),
        ("x" * 199 + ". ." * 9, "x" * 199),
    ],
)
def test_a_long_name_is_cut_at_200_bytes_and_never_inside_a_character(manager: str, kept: str) -> None:
    name = exports.file_name(manager, "2026-Q4", "zh")
    assert name == f"{kept}-2026-Q4.pdf"
    assert len(name.encode()) <= 255


def test_managers_whose_names_make_the_same_file_name_do_not_overwrite_each_other(ws: Workspace, sales_csv, put) -> None:
    names = ["A/B", "A\\B", "a:b", "A B 2", "李" * 90, "李" * 85, "/", "..", "-A:B", "nul", "=1+1", "李😀", "\U00020000", "#panic()"]
    put(ws, ("x.csv", sales_csv(*(("2026-10-01", name, place, place) for place, name in enumerate(names)))))
    found = members(exports.report_zip(ws, "2026-10", "en")[1])
    assert len(found) == len({name.casefold() for name in found}) == len(names)
    assert len(set(found.values())) == len(names)
    assert all(len(name.encode()) <= 255 and not set(name) & FORBIDDEN for name in found)


def test_names_that_would_be_the_same_file_are_numbered(ws: Workspace, sales_csv, put) -> None:
    names = ["A B", "a_b", "A_B_2", "A/b"]
    put(ws, ("x.csv", sales_csv(*(("2026-10-01", name, 1, place) for place, name in enumerate(names)))))
    found = [name for name, _pdf in exports.reports(ws, "2026-10", "en", managers=names)]
    # The third has the number in its own name, so the fourth is the third A_B and no second one.
    assert found == ["A_B-2026-10-en.pdf", "a_b_2-2026-10-en.pdf", "A_B_2_2-2026-10-en.pdf", "A_b_3-2026-10-en.pdf"]


def test_somebody_without_figures_in_the_month_has_a_report_too(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("x.csv", sales_csv(("2026-09-01", "王芳", 5, "A"), ("2026-10-01", "李明", 5, "B"))))
    assert exports.report_pdf(ws, "王芳", "2026-10", "zh")[1].startswith(b"%PDF-")


def test_feedback_of_an_unknown_source_breaks_no_report(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("x.csv", sales_csv(("2026-10-01", "李明", 5, "B"))))
    feedback.add(ws, date=dt.date(2026, 10, 2), manager="李明", content="x", source="partner")
    assert exports.report_pdf(ws, "李明", "2026-10", "zh")[1].startswith(b"%PDF-")


@pytest.mark.parametrize(("source", "shown"), [("partner", "partner"), ("customer", "客户"), (None, "未注明来源")])
def test_a_source_is_shown_by_its_word_or_as_it_is(
    ws: Workspace, sales_csv, put, monkeypatch: pytest.MonkeyPatch, source: str | None, shown: str
) -> None:
    put(ws, ("x.csv", sales_csv(("2026-10-01", "李明", 5, "B"))))
    feedback.add(ws, date=dt.date(2026, 10, 2), manager="李明", content="谈话", source=source)
    laid_out: list[str] = []
    monkeypatch.setattr(exports, "compile_pdf", lambda written, _at: laid_out.append(written["feedback"]["groups"][0]) or b"")
    exports.report_pdf(ws, "李明", "2026-10", "zh")
    assert [(group["name"], group["rows"][0]["content"]) for group in laid_out] == [(shown, "谈话")]


def test_a_workspace_elsewhere_reports_the_same(tmp_path: Path, ws: Workspace, two_months: bytes, put) -> None:
    (tmp_path / "other").mkdir()
    other = open_workspace(Settings(tmp_path / "other", f"sqlite:///{tmp_path / 'other' / 'b.db'}"), now=ws.now)
    for place in (ws, other):
        put(place, ("华东.csv", two_months))
    assert exports.report_pdf(ws, "李明", "2026-10", "zh") == exports.report_pdf(other, "李明", "2026-10", "zh")
    imports.undo(other, 1)
    with pytest.raises(AmdashError, match="no_data_for_report"):
        exports.report_pdf(other, "李明", "2026-10", "zh")


def test_a_report_on_the_newest_period_tells_what_was_said_since(demo_copy: Workspace, pdf_text: Callable[[bytes], str]) -> None:
    """The meeting on October is held in November, and what was agreed in it is handed out there."""
    feedback.add(demo_copy, date=dt.date(2026, 11, 20), manager="王建国", content="会上约定每周回访两家老客户", action="列出名单")
    plans.begin(demo_copy, "new_customers", "王建国", Terms(action="每周拜访三家新客户"))
    said = pdf_text(exports.report_pdf(demo_copy, "王建国", "2026-10", "zh")[1])
    assert "会上约定每周回访两家老客户" in said
    assert "每周拜访三家新客户" in said
    earlier = pdf_text(exports.report_pdf(demo_copy, "王建国", "2026-09", "zh")[1])
    assert "会上约定" not in earlier
    assert "每周拜访三家新客户" not in earlier
