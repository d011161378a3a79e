"""Many documents on all processors: in their order, few at a time, and dropped as soon as nobody wants them any more."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def in_order(work: Callable[[_Given], _Made], items: Iterable[_Given]) -> Generator[_Made, None, None]:
    """What ``work`` makes of each item, in the order of the items, on as many threads as there are processors.

    Threads are enough: Typst lets go of Python while it sets a page. Items are drawn in the calling thread, at most two for a
    processor ahead of what was taken, so that a long list takes no more memory than a short one. Closing the iterator, or an error
    in any item, drops what has not begun and waits for what has: no thread outlives it. No items: nothing.
    """
    workers = os.cpu_count() or 1
    running: deque[Future[_Made]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="amdash-batch")
    try:
        for item in items:
            running.append(pool.submit(work, item))
            if len(running) >= 2 * workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
