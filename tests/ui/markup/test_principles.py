"""The five principles: kept, not kept or open by shape and word, with the reason below or for the pointer."""

from __future__ import annotations

from amdash.i18n import translator
from amdash.service.proposals import Principle
from amdash.ui.markup.principles import five

EN = translator("en")
FOUND = [
    Principle("aligned", True),
    Principle("relevant", False, unmeasured=("<李明>", "王芳")),
    Principle("challenging", None, ("too_few_months",)),
]


def test_each_principle_has_its_mark_its_name_and_its_verdict_in_words() -> None:
    markup = five(FOUND, EN)
    assert [name in markup for name in ("i-met", "i-check", "i-few")] == [True] * 3
    for words in ("Aligned with the business<span", "Relevant to the job<span", ": kept<", ": not kept<", ": open<"):
        assert words in markup
    assert "Nothing of it was measured for &lt;李明&gt;, 王芳." in markup
    assert '<span class="sub">Fewer than six months were measured' in markup


def test_what_is_kept_needs_no_reason() -> None:
    assert "sub" not in five(FOUND[:1], EN)
    assert five([], EN) == '<ul class="five" aria-label="The five principles"></ul>'
    assert 'class="five row"' in five([], EN, in_a_row=True)
