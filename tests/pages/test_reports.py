"""Reports: a PDF for one manager, a ZIP for everybody."""

from __future__ import annotations

from amdash.service import exports
from amdash.service.workspace import Workspace


def test_the_pdf_of_one_manager_is_offered_by_name(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", manager="李明")
    assert [button.label for button in page.get("download_button")] == ["下载李明的 PDF"]


def test_the_zip_is_made_on_demand_and_then_offered(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", period="2026-09")
    next(button for button in page.button if button.label == "准备 ZIP").click()
    page.run(timeout=120)
    assert not page.exception
    assert [button.label for button in page.get("download_button")][1:] == ["下载 ZIP"]
    kept = page.session_state["amdash_zip"]
    assert kept[3] == exports.report_zip(demo_ws, "2026-09", "zh")


def test_another_month_forgets_the_zip_of_the_old_one(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", period="2026-09")
    next(button for button in page.button if button.label == "准备 ZIP").click()
    page.run(timeout=120)
    next(box for box in page.selectbox if box.value == "2026-09").select("2026-08").run()
    assert len(page.get("download_button")) == 1
