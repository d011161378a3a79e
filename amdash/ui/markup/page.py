"""The style of the whole page: everything in rem, so that one rule fits laptop and projector."""

from __future__ import annotations

# What a component starts with; look.js fills it.
ROOT = '<div class="am"></div>'

PAGE_STYLE = """<style>
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
}
</style>"""
