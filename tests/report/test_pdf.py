"""The PDF: archival, accessible, the same bytes every time, and everything that was said stands in it."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language
from amdash.report.document import Letterhead, document, logo_box
from amdash.report.glyphs import printable
from amdash.report.pdf import _font, compile_pdf

AT = dt.datetime(2026, 11, 24, 9, 0)
A4 = (595.28, 841.89)
DC, PDFA, PDFUA = "{http://purl.org/dc/elements/1.1/}", "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="module")
def pdf(make_pdf, language: Language) -> bytes:
    made: bytes = make_pdf(language)
    return made


@pytest.fixture
def opened(pdf: bytes) -> Any:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        yield found


def test_an_ordinary_month_is_one_or_two_pages_of_a4(opened) -> None:
    assert 1 <= len(opened.pages) <= 2
    for page in opened.pages:
        assert [float(side) for side in page.mediabox] == pytest.approx([0, 0, *A4], abs=0.01)


def test_the_same_report_is_the_same_bytes_also_from_two_threads(make_report, pdf: bytes, language: Language) -> None:
    said = document(make_report(), language)
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(lambda _: compile_pdf(said, AT), range(4))) == {pdf}
    assert compile_pdf(said, AT.replace(microsecond=123_456)) == pdf


def test_the_date_in_the_file_is_the_one_given(make_report, opened, language: Language) -> None:
    assert str(opened.docinfo.CreationDate).startswith("D:20261124")
    other = compile_pdf(document(make_report(), language), dt.datetime(2025, 1, 2, 3, 4, 5))
    with pikepdf.open(io.BytesIO(other)) as found:
        assert str(found.docinfo.CreationDate).startswith("D:20250102")


def test_the_document_given_is_left_as_it_was(make_report, language: Language) -> None:
    said = document(make_report(manager="李\u202e明\U00020000"), language)
    before = copy.deepcopy(said)
    compile_pdf(said, AT)
    assert said == before


def test_it_says_of_itself_that_it_is_archival_and_accessible(opened) -> None:
    with opened.open_metadata() as meta:
        said = dict(meta)
    assert (said[f"{PDFA}part"], said[f"{PDFA}conformance"], said[f"{PDFUA}part"]) == ("2", "A", "1")


def test_it_is_tagged_and_has_a_language_and_shows_its_title(make_report, opened, language: Language) -> None:
    root, title = opened.Root, document(make_report(), language)["title"]
    assert bool(root.MarkInfo.Marked) is True
    assert "/StructTreeRoot" in root
    assert str(root.Lang) == {"zh": "zh-CN", "en": "en-GB"}[language]
    assert bool(root.ViewerPreferences.DisplayDocTitle) is True
    assert str(opened.docinfo.Title) == title
    with opened.open_metadata() as meta:
        assert meta[f"{DC}title"] == title


def test_colours_are_defined_by_an_output_intent(opened) -> None:
    (intent,) = opened.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert int(intent.DestOutputProfile.N) == 3
    assert len(intent.DestOutputProfile.read_bytes()) > 128


def test_every_font_is_embedded_and_cut_down_to_what_is_used(opened, pdf: bytes) -> None:
    fonts = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font]
    single = [font for font in fonts if str(font.Subtype) in ("/CIDFontType0", "/CIDFontType2", "/TrueType", "/Type1")]
    assert single
    for font in single:
        assert re.match(r"/[A-Z]{6}\+NotoSansCJK", str(font.BaseFont))
        descriptor = font.FontDescriptor
        assert any(name in descriptor for name in ("/FontFile2", "/FontFile3"))
    for font in fonts:
        assert str(font.Subtype) != "/Type0" or "/ToUnicode" in font
    # The whole font has some 20 megabytes.
    assert len(pdf) < 400_000


def test_nothing_in_it_acts_and_nothing_is_locked(opened) -> None:
    assert not opened.is_encrypted
    assert "/Encrypt" not in opened.trailer
    for item in opened.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles"} & set(item.keys())
            assert str(item.get("/S", "")) not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData")


def test_every_chart_is_a_figure_with_its_figures_in_words(make_report, opened, structure, language: Language) -> None:
    said = document(make_report(), language)
    alts = [str(element.Alt) for element in structure(opened) if str(element.S) == "/Figure"]
    assert alts == [row["alt"] for row in said["rows"]] + [chart["alt"] for chart in said["charts"]]
    assert len(alts) == 12


def test_headings_are_in_order_and_tables_have_header_cells(make_report, opened, structure, language: Language) -> None:
    said = document(make_report(), language)
    elements = structure(opened)
    assert [(str(element.S), str(element.T)) for element in elements if re.match(r"/H\d", str(element.S))] == [
        ("/H1", "李明"),
        *(("/H2", column["name"]) for column in said["profile"]),
        ("/H2", said["feedback"]["name"]),
    ]
    names = [str(element.S) for element in elements]
    assert names.count("/Table") == 2
    groups, columns = said["feedback"]["groups"], len(said["feedback"]["head"])
    # The name of a source is a header of its rows.
    assert names.count("/TH") == len(said["head"]) + columns + len(groups)
    assert names.count("/TD") == len(said["rows"]) * len(said["head"]) + sum(len(group["rows"]) for group in groups) * columns


def test_everything_that_is_said_can_be_read_in_it(make_report, pdf: bytes, pdf_text, language: Language) -> None:
    said, text = document(make_report(), language), pdf_text(pdf)

    def there(words: str) -> bool:
        return re.sub(r"\s", "", words) in text

    for words in (said["manager"], f"{said['team']} · {said['period']}", said["score"]["name"], said["score"]["value"], said["footer"]["stamp"]):
        assert there(words), words
    for row in said["rows"]:
        line = "".join((row["name"], row["digits"], row["unit"], row["target"], row["verdict_words"], row["variation_words"]))
        assert there(line), line
    for chart in said["charts"]:
        assert there(f"{chart['name']} {chart['value']} {chart['target_words']}"), chart["name"]
        assert all(there(month) for month in chart["labels"][1::2])
        assert all(there(height) for _, height in chart["ticks"])
    for column in said["profile"]:
        for words in (column["name"], column["more"], column["empty"], *(what + why for what, why in column["lines"])):
            assert there(words), words
    assert there(said["feedback"]["count"])
    for group in said["feedback"]["groups"]:
        assert there(group["name"] + "".join("".join(row.values()) for row in group["rows"])), group["name"]
    for lead, sentence in said["story"]:
        assert there(lead + sentence), lead
    for words in (*said["head"], *said["feedback"]["head"], *said["signatures"], said["footer"]["sources"]):
        assert there(words), words


def test_no_feedback_is_said_in_words(make_pdf, make_report, pdf_text, language: Language) -> None:
    said = document(make_report(feedback=()), language)["feedback"]
    text = pdf_text(make_pdf(language, feedback=()))
    assert re.sub(r"\s", "", said["name"] + said["empty"]) in text
    assert re.sub(r"\s", "", "".join(said["head"])) not in text


def test_every_word_stands_inside_the_margins_and_on_no_other(pdf: bytes, pdf_words, misplaced) -> None:
    assert len(pdf_words(pdf)) > 80
    assert misplaced(pdf) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"readings": []},
        {"team": ""},
        {"story": ()},
        {"sources": ()},
        {"score": None},
        {"feedback": ()},
        {"readings": [], "story": (), "feedback": ()},
    ],
    ids=lambda changes: "+".join(changes),
)
def test_whatever_is_missing_it_still_compiles(make_pdf, pdf_text, language: Language, changes: dict[str, Any]) -> None:
    assert "李明" in pdf_text(make_pdf(language, **changes))


def test_a_flat_a_single_and_an_empty_series_can_be_drawn(make_pdf, make_kpi, make_reading, pdf_text, language: Language) -> None:
    flat, nought = make_reading(*[0.9] * 12), make_reading(0.0, 0.0, target=None)
    one, none, many = make_reading(0.9), make_reading(None, None), make_reading(*[0.5, 0.9] * 15)
    for reading in (flat, nought, one, none, many):
        assert "李明" in pdf_text(make_pdf(language, readings=[(make_kpi(), reading)]))


def test_a_content_that_is_no_report_is_an_error() -> None:
    with pytest.raises(Exception, match="does not contain key"):
        compile_pdf({}, AT)


def test_every_character_that_the_font_covers_can_be_printed(make_pdf, pdf_text) -> None:
    from amdash.report.document import ReportFeedback
    from amdash.report.glyphs import covered

    characters = "".join(map(chr, sorted(covered(_font()))[::40]))
    said = printable(characters, _font())
    text = pdf_text(make_pdf("zh", feedback=[ReportFeedback(dt.date(2026, 10, 1), None, None, characters, None, None)]))
    assert {character for character in said if character not in text and not character.isspace()} == set()


def test_name_logo_colour_and_sender_of_the_company_stand_on_it(make_pdf, pdf_text, misplaced, structure, language: Language) -> None:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGBA", (300, 100), (15, 92, 110, 128)).save(target, "PNG")
    head = Letterhead("云峰商贸 #panic() Ltd.", "#0f5c6e", "杭州市文三路 100 号 · 0571 8800", target.getvalue())
    made = make_pdf(language, letterhead=head)
    assert made == make_pdf(language, letterhead=head)
    text = pdf_text(made)
    assert "云峰商贸#panic()Ltd." in text
    assert "杭州市文三路100号·05718800" in text
    assert misplaced(made) == []
    with pikepdf.open(io.BytesIO(made)) as found:
        assert len(found.pages) == len(pikepdf.open(io.BytesIO(make_pdf(language))).pages)
        alts = [str(element["/Alt"]) for element in structure(found) if "/Alt" in element]
        assert alts[0] == {"zh": "云峰商贸 #panic() Ltd. 的标志", "en": "Logo of 云峰商贸 #panic() Ltd."}[language]
        with found.open_metadata() as meta:
            assert (meta[f"{PDFA}part"], meta[f"{PDFUA}part"]) == ("2", "1")


@pytest.mark.parametrize(("size", "box"), [((300, 100), [33.0, 11.0]), ((100, 300), [3.667, 11.0]), ((5000, 100), [48.0, 0.96])])
def test_a_logo_is_as_high_as_two_lines_and_never_too_wide(size: tuple[int, int], box: list[float]) -> None:
    assert logo_box(*size) == box


def test_a_name_or_a_logo_alone_is_a_head(make_pdf, pdf_text, misplaced) -> None:
    named = make_pdf("en", letterhead=Letterhead("Brightwater " * 4))
    assert "BrightwaterBrightwater" in pdf_text(named)
    assert misplaced(named) == []
