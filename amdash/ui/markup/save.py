"""The quiet control at the corner of a chart that saves it as a picture."""

from __future__ import annotations

from html import escape as esc

from amdash.i18n import Translator

# What the component starts with; chart_files.js fills it.
SAVE_ROOT = '<div class="am-save"></div>'
KINDS = ("PNG", "SVG")
_TRAY = '<svg class="tray" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 11v2.5h11V11"/></svg>'


def save_control(_: Translator) -> str:
    """A button that opens the choice of kinds; each kind reports itself by data-kind."""
    kinds = "".join(
        f'<button type="button" data-kind="{kind.lower()}" aria-label="{esc(_("Save the chart as {kind}", kind=kind))}">{kind}</button>'
        for kind in KINDS
    )
    words = esc(_("Save the chart"))
    return (
        f'<div class="save"><span class="kinds">{kinds}</span>'
        f'<button type="button" class="opens" aria-expanded="false" aria-label="{words}" title="{words}">{_TRAY}</button></div>'
    )
