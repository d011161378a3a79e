"""What nobody foresaw: a page that fails says so in the visitor's words, with a number, and what to send to whoever mends it.

Streamlit has English words alone for it. A page is caught by :func:`shown`. A part of it that runs by itself, or what a click
does before the page runs, can only be heard of from Streamlit's own log; its box is put into words by the style of the page.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import streamlit as st
from streamlit.errors import FragmentHandledException

from amdash import config
from amdash.errors import AmdashError
from amdash.i18n.messages import error_text
from amdash.service import mishaps
from amdash.service.mishaps import Mishap
from amdash.ui import session
from amdash.ui.markup.markdown import literal

_logger = logging.getLogger(__name__)


@contextmanager
def shown(where: str = "") -> Iterator[None]:
    """What fails inside is written down and said on the page, which ends there; st.rerun, st.stop and st.switch_page go through.

    ``where``: the page. A part that runs by itself has said it already.
    """
    _listen()
    try:
        yield
    except FragmentHandledException:
        raise
    except AmdashError as error:
        st.error(literal(error_text(session.words(), error)), icon=":material/error:")
        st.stop()
    except Exception as error:
        _logger.exception("A page failed")
        _say(_written(error, where))
        st.stop()


def _written(error: BaseException, where: str) -> Mishap | None:
    """The error in the file; None where that cannot be written to either."""
    try:
        return mishaps.record(config.load().workspace, error, where, dt.datetime.now())
    except OSError:
        _logger.exception("The mishap could not be written down")
        return None


def _say(mishap: Mishap | None) -> None:
    _ = session.words()
    fact, kept = _("Something went wrong here that nobody foresaw."), _("Nothing that was stored is lost or changed.")
    with st.container(key="mishap", gap="small"):
        st.error(f"**{fact}** {kept}", icon=":material/error:")
        if mishap is None:
            remedy = _("Try again. If it happens again, tell whoever looks after amdash for you what you did before, and that the disk may be full.")
        else:
            remedy = _(
                "Try again. If it happens again, send the file below to whoever looks after amdash for you, and say what you did before. "
                "Its number is {number}.",
                number=mishap.number,
            )
        st.markdown(remedy)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Try again"), key="mishap_again", type="primary", icon=":material/refresh:")
            if mishap is not None:
                name = _("amdash mishap {number}.txt", number=mishap.number)
                label = _("Download the file to send")
                st.download_button(label, mishap.text, file_name=name, key="mishap_file", icon=":material/download:", on_click="ignore")


class _Heard(logging.Handler):
    """Writes down what Streamlit logs of a part of a page, or of what a click does, that failed."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            _written(error, record.getMessage())


@cache
def _listen() -> None:
    logging.getLogger("streamlit.error_util").addHandler(_Heard(logging.ERROR))
