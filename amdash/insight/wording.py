"""How a reading is put into words, the same on pages and in reports."""

from __future__ import annotations

from amdash.i18n import Translator
from amdash.i18n.words import VERDICTS
from amdash.insight.reading import Reading


def verdict_words(reading: Reading, _: Translator) -> str:
    """The verdict in words, with the number of cases where they are too few."""
    if reading.verdict == "none" and reading.target is not None:
        # So near the top that no percentage can be asked for, or from nothing.
        return _("target not applied")
    words = _(VERDICTS[reading.verdict])
    return f"{words} · {reading.n}" if reading.verdict == "few" and reading.n else words
