"""The five principles of the method, each with a mark, its name, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as esc

from amdash.i18n import Translator
from amdash.i18n.words import PRINCIPLES, TARGET_FINDINGS
from amdash.service.proposals import Principle
from amdash.ui.markup.marks import icon

_MARKS = {True: "met", False: "check", None: "few"}


def five(found: Sequence[Principle], _: Translator, *, in_a_row: bool = False) -> str:
    """The checks as a list; ``in_a_row``: side by side, their reasons only for the pointer and screen readers."""
    items = "".join(
        f'<li title="{esc(reason)}">{icon(_MARKS[one.holds])}<span class="{"p-no" if one.holds is False else ""}">{esc(_(PRINCIPLES[one.code]))}'
        f'<span class="sr">{esc(_.colon + verdict(one, _))}</span>{_below(reason)}</span></li>'
        for one in found
        for reason in [reason_words(one, _)]
    )
    return f'<ul class="five{" row" if in_a_row else ""}" aria-label="{esc(_("The five principles"))}">{items}</ul>'


def verdict(one: Principle, _: Translator) -> str:
    """Whether a principle is kept, in a word."""
    return {True: _("kept"), False: _("not kept"), None: _("open")}[one.holds]


def reason_words(one: Principle, _: Translator) -> str:
    """What speaks against it; '' for nothing."""
    words = [_(TARGET_FINDINGS[code]) for code in one.findings]
    if one.unmeasured:
        words.append(_("Nothing of it was measured for {managers}.", managers=_.comma.join(one.unmeasured)))
    return _.space.join(words)


def _below(reason: str) -> str:
    return f'<span class="sub">{esc(reason)}</span>' if reason else ""
