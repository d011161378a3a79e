"""The head and foot of a report as they will be printed: on white paper, whatever the ground of the page is."""

from __future__ import annotations

import base64
from html import escape as esc

from amdash.i18n import Translator
from amdash.report.document import Letterhead, logo_words
from amdash.report.image_size import kind_of


def letterhead(head: Letterhead, manager: str, _: Translator) -> str:
    """The sheet with logo, name, a line in the colour, somebody's name, and the line at the foot."""
    # The colour is one that was checked to be '#' and six digits; anything else would be no style.
    colour = f' style="--accent:{esc(head.colour)}"' if head.colour else ""
    name = f'<span class="co">{esc(head.name)}</span>' if head.name else ""
    foot = f'<p class="ft">{esc(head.sender)}</p>' if head.sender else ""
    return (
        f'<div class="paper"{colour}><div class="lh">{logo(head, _)}{name}</div>'
        f'<p class="pn">{esc(manager)}</p><div class="bar"></div><div class="lines" aria-hidden="true"></div>{foot}</div>'
    )


def logo(head: Letterhead, _: Translator) -> str:
    """The logo as a picture with its words; '' where there is none."""
    if head.logo is None:
        return ""
    data = base64.b64encode(head.logo).decode("ascii")
    return f'<img class="logo" src="data:image/{kind_of(head.logo)};base64,{data}" alt="{esc(logo_words(head.name, _))}">'
