"""Everybody's PDFs, made while their visitor looks at something else: how far they are, the ZIP in the end, or given up."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock

from amdash.i18n import Language
from amdash.service import exports
from amdash.service.workspace import OWNER, Workspace


@dataclass(frozen=True)
class Standing:
    """How far a batch is: so many PDFs of so many, and whose was the last. Before the first: '', and ``total`` may be 0 still."""

    done: int = 0
    total: int = 0
    manager: str = ""


class GivenUpError(Exception):
    """Nobody wants the PDFs any more."""


class Batch:
    """The ZIP of a period as at a revision, begun in a thread of its own. Thread-safe; the thread ends with the work, or a PDF after :meth:`cancel`.

    ``about``: (revision, period, language), by which one is told from another.
    """

    def __init__(self, ws: Workspace, period: str, language: Language, *, actor: str = OWNER) -> None:
        self.about = (ws.revision(), period, language)
        self.standing = Standing()
        self._given_up = Event()
        self._settled = Lock()
        self._is_done = False
        pool = ThreadPoolExecutor(1, thread_name_prefix="amdash-zip")
        self._made: Future[tuple[str, bytes]] = pool.submit(self._make, ws, actor)
        pool.shutdown(wait=False)

    @property
    def is_running(self) -> bool:
        """Whether PDFs are still being made, and wanted."""
        return not self._made.done() and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up before it was done."""
        return self._given_up.is_set()

    def cancel(self) -> None:
        """Give it up: what was made is dropped. Of one that is done, nothing."""
        with self._settled:
            if not self._is_done:
                self._given_up.set()

    def error(self) -> BaseException | None:
        """What went wrong, None where nothing did, or not yet."""
        return self._made.exception() if self._made.done() and not self.is_cancelled else None

    def result(self) -> tuple[str, bytes]:
        """(file name, ZIP) of one that is done. Errors: those of :func:`amdash.service.exports.reports`."""
        return self._made.result()

    def _make(self, ws: Workspace, actor: str) -> tuple[str, bytes]:
        revision, period, language = self.about
        try:
            made = exports.report_zip(ws, period, language, self._told, revision=revision, actor=actor)
        finally:
            # Either it is done or it is given up: a ZIP that nobody will fetch does not stay in memory.
            with self._settled:
                self._is_done = not self._given_up.is_set()
        if not self._is_done:
            raise GivenUpError
        return made

    def _told(self, done: int, total: int, manager: str) -> None:
        if self._given_up.is_set():
            raise GivenUpError
        self.standing = Standing(done, total, manager)
