"""Figures that are made once: building one takes longer than everything else that a page does when its reads are cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any

from amdash.charts.theme import Figure
from amdash.i18n import Translator

_KEPT = 64
_figures: OrderedDict[Hashable, Figure] = OrderedDict()
_lock = Lock()


def figure(make: Callable[..., Figure], *of: Any) -> Figure:
    """``make(*of)``, or what it gave the last time for equal values. Whoever gets a figure must not change it.

    ``of``: what can be hashed, and sequences, mappings and translators of it; the last 64 figures are kept.
    """
    key = (make, _frozen(of))
    with _lock:
        found = _figures.get(key)
        if found is not None:
            _figures.move_to_end(key)
            return found
    made = make(*of)
    with _lock:
        _figures[key] = made
        while len(_figures) > _KEPT:
            _figures.popitem(last=False)
    return made


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _frozen(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, Translator):
        return value.language
    found: Hashable = value
    return found
