"""The style of the whole page: everything in rem, so that one rule fits laptop and projector."""

from __future__ import annotations

from amdash.i18n import Translator

# What a component starts with; look.js fills it.
ROOT = '<div class="am"></div>'

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
/* What was done is said where nobody is about to click. */
[data-testid="stToastContainer"] { top: auto !important; bottom: 1rem !important; left: 1rem !important; right: auto !important; }
.st-key-tour { background: light-dark(#F2F0EC, #20262E); border-radius: 6px; padding: .125rem .75rem; }
@media (max-width: 640px) {
  [data-testid="stMarkdownContainer"] { text-align: left !important; }
  [data-testid="stMainBlockContainer"] { padding: 4.2rem 1rem 1rem; }
  [class*="st-key-settings_section"] [role="radiogroup"] { flex-wrap: wrap; row-gap: .25rem; }
  :is([class*="st-key-import_"], [class*="st-key-line_"]) > :first-child { min-width: 100%; }
}
[data-testid="stLayoutWrapper"]:has(> .st-key-waiting):not(:last-child) { display: none; }
.waiting { animation: waiting .3s .3s both; } .waiting i { display: block; border-radius: 6px; background: light-dark(#F2F0EC, #20262E); }
.waiting i { height: 2.25rem; width: 18rem; max-width: 100%; margin-bottom: 1rem; } .waiting i + i { height: 3.5rem; width: 100%; }
.waiting i:last-child { height: calc(100dvh - 16rem); } @keyframes waiting { from { opacity: 0; } }
[data-testid="stExpandSidebarButton"]::after { content: "MENU"; font-size: .875rem; margin: 0 .375rem; }
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
.st-key-logo_choice [data-testid="stFileUploaderDropzoneInstructions"] span::after { content: "LOGO"; }
[class*="st-key-proposal_of_"] { border-top: 1px solid light-dark(#DEDAD3, #343C46); padding-top: .75rem; }
[class*="st-key-settings_"] [data-testid="stMarkdownContainer"] p { line-height: 1.4; }
</style>"""


# What stands there until the first part of a page is known: a title, sentences, and what is below them.
WAITING = '<div class="waiting" aria-hidden="true"><i></i><i></i><i></i></div>'


def page_style(_: Translator) -> str:
    """The style, with the words of the file uploader and of the menu on a phone, which Streamlit has in English alone or not at all."""
    words = {
        "CHOOSE": _("Choose files"),
        "LIMIT": _("or drop them here; Excel, LibreOffice, CSV or ZIP, up to 200 MB each"),
        "MENU": _("Menu"),
        "LOGO": _("PNG or JPEG, up to 300 kB"),
    }
    style = _STYLE
    for mark, said in words.items():
        style = style.replace(f'"{mark}"', f'"{said}"')
    return style
