"""Names and values inside Markdown: shown as they are, whatever signs they hold."""

from __future__ import annotations

import re

# All that CommonMark, Streamlit's directives (:red[...]) and TeX ($...$) give a meaning; each may be escaped with a backslash.
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|$:~<>&^=])")


def literal(text: str) -> str:
    """The text escaped for st.markdown and for labels; line breaks become spaces."""
    return _SIGNS.sub(r"\\\1", " ".join(text.splitlines()))
