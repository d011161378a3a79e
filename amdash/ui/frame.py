"""The frame of every page: type sizes, the language switch, what is said when nothing is there, and how errors are shown."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from amdash.errors import AmdashError
from amdash.i18n.messages import error_text
from amdash.service import demo
from amdash.service.imports import Progress
from amdash.ui import explained, reads, session
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.page import WAITING, menu_style, page_style

UPLOAD_PAGE = "pages/upload.py"


def begin() -> None:
    """Before anything else on a page.

    The first visitor of a freshly started server who comes by a link to a page gets that page alone: Streamlit knows of the
    navigation only once dashboard.py has run. Such a visit takes the way through it, and comes back here.
    """
    if not session.has_started():
        session.start()
        session.choose(goto=f"pages/{PurePosixPath(urlsplit(st.context.url or '').path).name}.py")
        st.switch_page("dashboard.py")
    st.html(page_style(session.words()))
    with st.container(key="waiting"):
        st.html(WAITING)
    logo = explained.company().logo
    if logo is not None:
        # Left of the names of the pages, where it takes no room.
        st.logo(io.BytesIO(logo), size="large")


def mark_group(groups: Mapping[str, Sequence[StreamlitPage]], page: StreamlitPage) -> None:
    """Mark the group of the menu that ``page`` is in. ``groups``: as the navigation has them; pages under '' stand in front, in no group."""
    alone = groups.get("", [])
    named = [pages for title, pages in groups.items() if title]
    place = next((len(alone) + number for number, pages in enumerate(named, start=1) if page in pages), 0)
    if place:
        st.html(menu_style(place))


def language_switch() -> None:
    """A button that says the other language in its own words."""
    other = "en" if session.language() == "zh" else "zh"
    st.button("English" if other == "en" else "中文", key="language_switch", type="tertiary", on_click=lambda: session.choose(lang=other))


def stop_when_empty() -> None:
    """On a fresh workspace: offer the demo data and the upload, and nothing else."""
    if not reads.is_empty():
        return
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {_('Welcome to amdash')}", width="stretch")
        language_switch()
    with st.container(width=640, gap="medium"):
        st.markdown(f"**{_('There is no data here yet.')}**")
        st.markdown(
            _(
                "Upload the sales sheet that you already keep, or look around in the figures of a made-up firm first. "
                "The demo data can be taken back in one click."
            )
        )
        with st.container(horizontal=True):
            upload = st.button(_("Upload my sheet"), type="primary", icon=":material/upload:")
            wants_demo = st.button(_("Load the demo data"), icon=":material/science:")
            # The English one is small: four months have no trend yet.
            wants_larger = _.language == "en" and st.button(_("Load a larger one, in Chinese"), type="tertiary")
    if upload:
        st.switch_page(UPLOAD_PAGE)
    if wants_demo or wants_larger:
        with progress(_("Loading the demo data")) as bar:
            demo.load(reads.workspace(), "zh" if wants_larger else _.language, actor=session.actor(), progress=bar)
        st.rerun()
    st.stop()


def stop_without(*, months: bool = True, people: bool = True) -> None:
    """Where sheets are there, but none that this page needs: say which, and offer the upload."""
    stop_when_empty()
    _ = session.words()
    if months and not reads.months():
        fact, remedy = _("No sheet with figures is there yet."), _("Upload sales, tickets, complaints or surveys: a list alone has no month to show.")
    elif people and not reads.managers():
        fact, remedy = (
            _("No account manager is named anywhere."),
            _("Add a column “Account manager” to a sheet, or upload the list of customers with theirs."),
        )
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{fact}**", width="stretch")
        language_switch()
    st.markdown(remedy)
    if st.button(_("Upload my sheet"), type="primary", icon=":material/upload:"):
        st.switch_page(UPLOAD_PAGE)
    st.stop()


@contextmanager
def progress(words: str) -> Iterator[Progress]:
    """A bar for long work: call what you get with a share and what is being done. It disappears at the end."""
    place = st.progress(0.0, text=words)

    def draw(share: float, what: str) -> None:
        place.progress(min(1.0, share), text=f"{words} · {literal(what)}" if what else words)

    try:
        yield draw
    finally:
        place.empty()


@contextmanager
def errors_shown() -> Iterator[None]:
    """What a person can put right is shown where it happened; everything else is a fault of ours and is not hidden."""
    try:
        yield
    except AmdashError as error:
        st.error(literal(error_text(session.words(), error)), icon=":material/error:")
