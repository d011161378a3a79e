"""The style of the whole page: everything in rem, so that one rule fits laptop and projector."""

from __future__ import annotations

from amdash.i18n import Translator

# What a component starts with; look.js fills it.
ROOT = '<div class="am"></div>'

# The ground of the page that is chosen in the menu, as Streamlit has it, and the ring of the tour.
_CHOSEN = "light-dark(#ECE7E0, #2B323B)"
_RING = "2.5px solid light-dark(#6D4FA3, #B39DDB)"

_STYLE = """<style>
html { font-size: clamp(16px, calc(8.3px + .5625vw), 22px) !important; }
[data-testid="stMainBlockContainer"] { padding: 4.2rem 2rem 1rem; max-width: none; }
[data-testid="stVerticalBlock"] { gap: .65rem; }
[data-testid="stMarkdownContainer"] { margin-bottom: 0 !important; }
[data-testid="stMarkdownContainer"] p { margin-bottom: 0; }
[data-testid="stMarkdownContainer"] :is(h1, h2, h3) { padding: 0 !important; letter-spacing: 0; line-height: 1.35; }
[role="radio"][aria-checked="true"], [role="radio"][aria-checked="true"] *,
[data-testid*="segmented_controlActive"], [data-testid*="segmented_controlActive"] * { color: inherit !important; font-weight: 600; }
.st-key-who :is(input, div, span, button) { font-size: 1.25rem; font-weight: 650; }
[data-testid="stLayoutWrapper"]:has(> .st-key-opened) { position: sticky; bottom: 0; z-index: 9; }
.st-key-opened { background: light-dark(#FCFBF9, #14181D); border-top: 1.5px solid; padding: .35rem 0 .25rem; max-height: 62dvh; overflow: auto; }
.stMain:has(.st-key-opened) :is(.st-key-story, [data-testid="stLayoutWrapper"]:has(> .st-key-gap)) { display: none; }
[data-testid="stLayoutWrapper"]:has(> .st-key-decision) { position: sticky; top: 3.75rem; z-index: 9; }
.st-key-decision { background: light-dark(#FCFBF9, #14181D); border-bottom: 1px solid light-dark(#DEDAD3, #343C46); padding: .25rem 0; }
/* What was done is said where nobody is about to click. */
[data-testid="stToastContainer"] { top: auto !important; bottom: 1rem !important; left: 1rem !important; right: auto !important; }
.st-key-tour { background: light-dark(#F2F0EC, #20262E); border-radius: 6px; padding: .125rem .75rem; }
.st-key-tour { box-shadow: inset 3px 0 0 light-dark(#6D4FA3, #B39DDB); }
@media (max-width: 640px) {
  [data-testid="stMarkdownContainer"] { text-align: left !important; }
  [data-testid="stMainBlockContainer"] { padding: 4.2rem 1rem 1rem; }
  .st-key-decision > :has(h3) { display: none; } .st-key-decision { justify-content: space-between; }
  :is([class*="st-key-settings_section"], [class*="st-key-customers_view"]) [role="radiogroup"] { flex-wrap: wrap; row-gap: .25rem; }
  [class*="st-key-customers_view"] { max-width: 100%; }
  :is([class*="st-key-import_"], [class*="st-key-line_"]) > :first-child { min-width: 100%; }
}
[data-testid="stLayoutWrapper"]:has(> .st-key-waiting):not(:last-child) { display: none; }
.waiting { animation: waiting .3s .3s both; } .waiting i { display: block; border-radius: 6px; background: light-dark(#F2F0EC, #20262E); }
.waiting i { height: 2.25rem; width: 18rem; max-width: 100%; margin-bottom: 1rem; } .waiting i + i { height: 3.5rem; width: 100%; }
.waiting i:last-child { height: calc(100dvh - 16rem); } @keyframes waiting { from { opacity: 0; } }
[data-testid="stExpandSidebarButton"]::after { content: "MENU"; font-size: .875rem; margin: 0 .375rem; }
/* What Streamlit lays over the upper edge of a table keeps off the words that save it. */
[data-testid="stDataFrame"] > [data-testid="stElementToolbar"] { right: 8rem; }
/* Streamlit says it in English alone, and our buttons say their keys. */
[data-testid="InputInstructions"] { display: none; }
[data-testid="stMain"]:focus { outline: none; }
[data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"]) { display: none; }
[class*="st-key-figure_"] { position: relative; }
[class*="st-key-figure_"] > :nth-child(2) { position: absolute; right: 0; bottom: 0; width: auto; z-index: 2; }
[class*="st-key-files_"] button { min-height: 1.5rem; padding: 0; opacity: .8; }
[class*="st-key-files_"] button:is(:hover, :focus-visible) { opacity: 1; }
[class*="st-key-files_"] button p { font-size: .8125rem; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "CHOOSE"; font-size: .875rem; }
[data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] span::after { content: "LIMIT"; font-size: .875rem; white-space: normal; }
/* Logos are made for white paper; on a dark ground they keep a piece of it. */
[data-testid="stHeaderLogo"], [data-testid="stSidebarLogo"] { background: light-dark(transparent, #fff); padding: 2px 4px; border-radius: 3px; }
[data-testid="stException"] > * { display: none; }
[data-testid="stException"]::after { content: "FAILED"; display: block; padding: 1rem; background: light-dark(#FCEBDD, #3B2719); border-radius: 6px; }
.st-key-logo_choice [data-testid="stFileUploaderDropzoneInstructions"] span::after { content: "LOGO"; }
[class*="st-key-proposal_of_"] { border-top: 1px solid light-dark(#DEDAD3, #343C46); padding-top: .75rem; }
[class*="st-key-settings_"] [data-testid="stMarkdownContainer"] p { line-height: 1.4; }
/* On paper: as wide as the window was (look.js notes it), since pictures keep their pixels; dark pages are turned into ink on white. */
@page { size: A4 landscape; margin: 8mm; }
@media print {
  :root, body, #root { background: #fff !important; }
  .stApp { zoom: calc(1062 / var(--shown, 1366)); background: #fff !important; print-color-adjust: exact; }
  [data-ground="dark"] .stApp { background: #000 !important; filter: invert(1) hue-rotate(180deg); }
  :is(.st-key-tour, [class*="st-key-files_"], [data-testid="stToastContainer"]) { display: none !important; }
  [data-testid="stMainBlockContainer"] { padding-top: 0; }
  :is([data-testid="stPlotlyChart"], tr, li) { break-inside: avoid; }
}
</style>"""


# What stands there until the first part of a page is known: a title, sentences, and what is below them.
WAITING = '<div class="waiting" aria-hidden="true"><i></i><i></i><i></i></div>'


def menu_style(place: int) -> str:
    """The style that marks the group of the menu in which the page is, the ``place``-th entry from the left; '' where it is in none.

    Streamlit marks the page itself, which is not seen until its group is opened.
    """
    group = f'[data-testid="stTopNav"] > :nth-child({place}) > [data-testid="stTopNavSection"]'
    return f"<style>{group} {{ background: {_CHOSEN}; }} {group} p {{ font-weight: 700; }}</style>" if place else ""


# What each step of the tour is about. What is inside a component is reached by a variable alone: look.css has the places.
_RINGED: tuple[tuple[str, ...], ...] = (
    ("--tour-matrix",),
    ("--tour-cell",),
    ("--tour-name",),
    ("--tour-heading", '[class*="st-key-period_"]', '[class*="st-key-team"]', ".st-key-order_by"),
    # The last of the menu is the place of what does not fit; on a phone the whole menu is behind a button.
    ('[data-testid="stTopNav"] > :nth-last-child(2)', '[data-testid="stExpandSidebarButton"]'),
)


def tour_style(step: int) -> str:
    """The style that draws a ring around what a step of the tour speaks of, the first being 1."""
    found = _RINGED[step - 1]
    inside = " ".join(f"{name}: {_RING};" for name in found if name.startswith("--"))
    outside = ", ".join(name for name in found if not name.startswith("--"))
    ring = f"{outside} {{ outline: {_RING}; outline-offset: 2px; border-radius: 6px; }}" if outside else ""
    return f"<style>:root {{ {inside} }} {ring}</style>"


def page_style(_: Translator) -> str:
    """The style, with the words of the file uploader and of the menu on a phone, which Streamlit has in English alone or not at all."""
    words = {
        "CHOOSE": _("Choose files"),
        "LIMIT": _("or drop them here; Excel, LibreOffice, CSV or ZIP, up to 200 MB each"),
        "MENU": _("Menu"),
        "LOGO": _("PNG or JPEG, up to 300 kB"),
        "FAILED": _(
            "This part could not be shown: something went wrong that nobody foresaw. Nothing that was stored is lost or changed. "
            "Load the page again; if it happens again, send the file mishaps.log in the folder of the workspace "
            "to whoever looks after amdash for you."
        ),
    }
    style = _STYLE
    for mark, said in words.items():
        style = style.replace(f'"{mark}"', f'"{said}"')
    return style
