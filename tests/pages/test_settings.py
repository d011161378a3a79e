"""Settings: what holds and what is standard, changed, refused and taken back; a ticket as the hours would count it; the company."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from amdash.i18n import translator
from amdash.metrics.workdays import OpeningHours
from amdash.service import company, settings
from amdash.service.company import Company
from amdash.service.rules import Rules
from amdash.service.workspace import Workspace
from amdash.ui.markup.letterhead import letterhead


@pytest.fixture
def section(visit):
    """(workspace, section, language) -> the page with that section."""

    def open_at(ws: Workspace, name: str, language: str = "en"):
        page = visit(ws, "settings", language)
        page = page.segmented_control(key=f"settings_section_{language}").set_value(name).run()
        assert not page.exception
        return page

    return open_at


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    page = page.run()
    assert not page.exception
    return page


def field(page, label: str):
    return next(box for kind in (page.number_input, page.selectbox, page.text_input) for box in kind if box.label == label)


def said(page) -> str:
    return " ".join(one.value for one in page.markdown)


def test_a_number_is_changed_saved_and_taken_back(ws: Workspace, section) -> None:
    page = section(ws, "score")
    assert next(button for button in page.button if button.label == "Save").disabled
    field(page, "Promised time of an answer").set_value(8.0)
    page = press(page.run(), "Save")
    assert ws.rules().response_target_hours == 8
    assert "now 8, standard 24" in said(page)
    page = press(page, "Undo the last change")
    assert ws.rules() == Rules()
    assert field(page, "Promised time of an answer").value == 24


def test_back_to_the_standard_fills_the_field_and_discard_leaves_it(ws: Workspace, section) -> None:
    settings.change(ws, ["response_target_hours=8"])
    page = press(section(ws, "score"), "Back to the standard")
    assert field(page, "Promised time of an answer").value == 24
    assert ws.rules().response_target_hours == 8
    page = press(page, "Discard")
    assert field(page, "Promised time of an answer").value == 8
    press(press(page, "Back to the standard"), "Save")
    assert ws.rules() == Rules()


def test_weights_say_their_sum_and_may_not_all_be_none(ws: Workspace, section) -> None:
    page = section(ws, "score")
    assert "50 + 35 + 15 = 100" in said(page)
    field(page, "People KPIs").set_value(115.0)
    page = page.run()
    assert "50 + 35 + 115 = 200 The sum need not be 100: they count 25.0% : 17.5% : 57.5%." in said(page)
    for name in ("Business KPIs", "Service KPIs", "People KPIs"):
        field(page, name).set_value(0.0)
    page = page.run()
    assert page.error
    assert next(button for button in page.button if button.label == "Save").disabled


def test_limits_of_tiers_are_shares_in_per_cent(demo_ws: Workspace, ws: Workspace, section) -> None:
    assert "With these limits: VIP **" in said(section(demo_ws, "tiers"))
    page = section(ws, "tiers")
    field(page, "VIP: among the top").set_value(12.5)
    press(page.run(), "Save")
    assert ws.rules().tiers.vip_top_share == 0.125


def test_how_often_feedback_is_given(ws: Workspace, section) -> None:
    page = section(ws, "cadence")
    field(page, "Team member").set_value("month")
    page = press(page.run(), "Save")
    assert ws.rules().cadence.team == "month"
    assert "now every month, standard every week" in said(page)


def test_opening_hours_by_weekday_with_lunch_and_a_holiday_calendar(ws: Workspace, section, markup) -> None:
    page = section(ws, "hours")
    assert "counts as 63 h 20 min" in markup(page, "counted")
    page.segmented_control[1].set_value("opening").run()
    assert "counts as 20 min, though 63 h 20 min went by" in markup(page, "counted")
    next(box for box in page.checkbox if box.label == "Sat").check()
    page = page.run()
    next(box for box in page.time_input if box.label == "Sat closes").set_value(dt.time(12))
    field(page, "Public holidays of").set_value("CN")
    page = page.run()
    assert "09:00–12:00" in markup(page, "counted")
    page = press(page, "Save")
    opening = ws.rules().opening
    assert opening is not None
    assert (opening.country, [len(spans) for spans in opening.week]) == ("CN", [2, 2, 2, 2, 2, 1, 0])
    press(page, "Undo the last change")
    assert ws.rules() == Rules()


def test_a_week_that_is_no_such_form_is_kept_as_a_text(ws: Workspace, section) -> None:
    settings.change(ws, ["hours=mon-wed 09:00-11:00 12:00-14:00 15:00-18:00; thu 10:00-12:00 13:00-17:00", "closing_days=2026-12-24"])
    before = ws.rules()
    page = section(ws, "hours")
    assert field(page, "Opening hours").value == settings.written(before)["hours"]
    assert next(button for button in page.button if button.label == "Save").disabled
    field(page, "Opening hours").set_value("mon-fri 25:00-26:00")
    page = page.run()
    assert "Mon" in " ".join(one.value for one in page.error)
    assert ws.rules() == before


def test_a_day_off_is_typed_and_one_that_is_none_is_told(ws: Workspace, section) -> None:
    settings.change(ws, ["country=CN"])
    page = section(ws, "hours")
    page.multiselect[0].set_value(["2026-02-30"])
    page = page.run()
    assert "is not a day" in " ".join(one.value for one in page.error)


def test_the_company_is_said_shown_and_taken_back(ws: Workspace, section, markup) -> None:
    page = section(ws, "company")
    field(page, "Company name").set_value(" Brightwater  Ltd. ")
    page.color_picker[0].set_value("#0f5c6e")
    page = page.run()
    assert "Brightwater Ltd." in markup(page, "paper")
    assert "--accent:#0f5c6e" in markup(page, "paper")
    page = press(page, "Save")
    assert company.of(ws) == Company("Brightwater Ltd.", "#0f5c6e")
    page = press(page, "Undo the last change")
    assert company.of(ws) == Company()
    assert field(page, "Company name").value == ""


def test_a_light_colour_is_refused_and_a_darker_one_taken_with_a_click(ws: Workspace, section) -> None:
    page = section(ws, "company")
    page.color_picker[0].set_value("#f2c94c")
    page = page.run()
    assert "too light" in said(page)
    assert next(button for button in page.button if button.label == "Save").disabled
    page = press(press(page, "Take the darker one"), "Save")
    assert company.contrast(company.of(ws).colour) >= 4.5


def test_a_logo_is_uploaded_and_removed_and_what_is_none_is_refused(ws: Workspace, section, markup) -> None:
    target = io.BytesIO()
    Image.new("RGB", (30, 10), (15, 92, 110)).save(target, "PNG")
    page = section(ws, "company")
    page.file_uploader[0].set_value(("logo.png", b"hello", "image/png"))
    page = press(page.run(), "Save")
    assert "neither a PNG nor a JPEG" in " ".join(one.value for one in page.error)
    page.file_uploader[0].set_value(("logo.png", target.getvalue(), "image/png"))
    page = press(page.run(), "Save")
    assert company.of(ws).logo == target.getvalue()
    assert 'src="data:image/png;base64,' in markup(page, "paper")
    next(box for box in page.checkbox if box.label == "Remove the logo").check()
    press(page.run(), "Save")
    assert company.of(ws).logo is None


def test_pages_begin_in_the_language_of_the_workspace_until_a_visitor_chooses(ws: Workspace, visit) -> None:
    company.change(ws, language="en")
    assert visit(ws, "settings", "").markdown[0].value == "## Settings"
    page = visit(ws, "settings", "zh")
    assert page.markdown[0].value == "## 设置"
    page = page.button(key="language_switch").click().run()
    assert page.segmented_control(key="page_language").value == "en"
    page = page.segmented_control(key="page_language").set_value("zh").run()
    assert page.markdown[0].value == "## 设置"


def test_nothing_of_a_company_becomes_markup() -> None:
    nasty = Company(name='<b>"&', sender="<script>")
    _ = translator("en")
    from amdash.report.document import Letterhead

    made = letterhead(Letterhead(nasty.name, "", nasty.sender), "<i>", _)
    assert "<b>" not in made
    assert "<script>" not in made
    assert "<i>" not in made
    assert made.count("&lt;") == 3


def test_hours_typed_and_hours_in_the_form_are_the_same() -> None:
    office = OpeningHours.from_dict({"week": {"mon": [["09:00", "12:00"], ["13:00", "24:00"]], "sat": [["22:00", "02:00"]]}})
    from amdash.ui.settings.hours import _is_plain, _lunch_of

    assert _is_plain(office)
    assert _lunch_of(office) == (dt.time(12), dt.time(13))
