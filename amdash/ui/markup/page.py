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
@media (max-width: 640px) {
  [data-testid="stMarkdownContainer"] { text-align: left !important; }
  [data-testid="stMainBlockContainer"] { padding: 4.2rem 1rem 1rem; }
  :is([class*="st-key-import_"], [class*="st-key-line_"]) > :first-child { min-width: 100%; }
}
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "CHOOSE"; font-size: .875rem; }
[data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] span::after { content: "LIMIT"; font-size: .875rem; white-space: normal; }
</style>"""


def page_style(_: Translator) -> str:
    """The style, with the words of the file uploader, which Streamlit has in English alone."""
    words = {"CHOOSE": _("Choose files"), "LIMIT": _("or drop them here; Excel, LibreOffice, CSV or ZIP, up to 200 MB each")}
    style = _STYLE
    for mark, said in words.items():
        style = style.replace(f'"{mark}"', f'"{said}"')
    return style
