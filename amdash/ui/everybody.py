"""Everybody's PDFs in one ZIP: a small team's in one click, a large one's with its progress and a way to give it up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal
from weakref import WeakSet

import streamlit as st

from amdash.i18n import Language
from amdash.service import exports
from amdash.service.batches import Batch
from amdash.ui import frame, reads, session
from amdash.ui.markup.markdown import literal

# So many are there before anybody wonders whether the click was heard.
_AT_ONCE = 20
_POLL_S = 0.5
_KEPT = 4
Width = Literal["content", "stretch"]


def is_at_once(people: int) -> bool:
    """Whether the PDFs of so many are made by the click that downloads them."""
    return people <= _AT_ONCE


def pdfs(label: str, period: str, language: Language, people: int, *, width: Width = "content") -> None:
    """The button of everybody's PDFs of a period; of a large team first what makes them, and their progress."""
    if is_at_once(people):
        _download(label, partial(_zip, period, language), exports.zip_name(period, language), width)
        return
    # The clock ticks only while there is something to wait for.
    ticks = _POLL_S if (batch := _batch(period, language)) and batch.is_running else None
    st.fragment(_large, run_every=ticks)(label, period, language, width, ticks is not None)


def _large(label: str, period: str, language: Language, width: Width, ticking: bool) -> None:
    _ = session.words()
    batch = _batch(period, language)
    running = batch is not None and batch.is_running
    if running != ticking:
        # The clock of a part is set and stopped by the page alone.
        st.rerun()
    if batch and running:
        _progress(batch)
        return
    failed = batch.error() if batch else None
    made = batch if batch and failed is None and not batch.is_cancelled else None
    # In a busy meeting something is always written down while the PDFs are made: what is there can be had, and says what it lacks.
    outdated = made is not None and made.about[0] != reads.workspace().revision()
    with st.container(horizontal=True):
        if made:
            _download(label, partial(_bytes, made), made.result()[0], width)
        if made is None or outdated:
            begin = partial(_begin, period, language)
            st.button(_("Prepare the ZIP"), icon=":material/folder_zip:", key="prepare_everybody", on_click=begin, width=width)
    if outdated:
        st.markdown(f":gray[{_('Made before the last change; prepare it anew to have that in it.')}]")
    elif batch and batch.is_cancelled:
        st.markdown(f":gray[{_('Cancelled; nothing was kept.')}]")
    elif failed is not None:
        # Once: whoever looks again may try again.
        session.choose(batch=None)
        with frame.errors_shown():
            raise failed


def _progress(batch: Batch) -> None:
    _ = session.words()
    now = batch.standing
    words = _("{done} of {total} · {name}", done=now.done, total=now.total, name=literal(now.manager)) if now.done else _("Making the PDFs")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.progress(now.done / max(1, now.total), text=words, width="stretch")
        st.button(_("Cancel"), icon=":material/close:", key="cancel_everybody", on_click=batch.cancel)


def _download(label: str, data: Callable[[], bytes], file_name: str, width: Width) -> None:
    st.download_button(
        label,
        data,
        file_name=file_name,
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        width=width,
        key="everybody",
    )


def _begin(period: str, language: Language) -> None:
    """A visitor has one batch at a time: a new one takes the place of the one before."""
    before: Batch | None = session.kept("batch")
    if before is not None:
        before.cancel()
    batch = Batch(reads.workspace(), period, language, actor=session.actor())
    _own().add(batch)
    session.choose(batch=batch)


def _batch(period: str, language: Language) -> Batch | None:
    """The visitor's batch of these choices, also where something was stored since; one of other choices is given up and forgotten."""
    kept: Batch | None = session.kept("batch")
    if kept is None or kept.about[1:] == (period, language):
        return kept
    kept.cancel()
    session.choose(batch=None)
    return None


def _bytes(batch: Batch) -> bytes:
    return batch.result()[1]


def _give_up(batches: WeakSet[Batch]) -> None:
    for batch in batches:
        batch.cancel()


@st.cache_resource(scope="session", show_spinner=False, on_release=_give_up)
def _own() -> WeakSet[Batch]:
    """The batches that this visitor has begun: when the visit is over, nobody waits for them."""
    return WeakSet()


def _zip(period: str, language: Language) -> bytes:
    ws = reads.workspace()
    return _small_zip(ws.settings.database_url, ws.revision(), period, language)


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _small_zip(url: str, revision: int, period: str, language: Language) -> bytes:
    return exports.report_zip(reads.workspace(), period, language, revision=revision)[1]
