"""Where one visitor is in a meeting, as data."""

from __future__ import annotations

from dataclasses import dataclass

from amdash.store.meetings import ItemRow


@dataclass(frozen=True)
class Sitting:
    """``place``: which screen, from 0; ``kpi``: the chosen tile there, '' until one is chosen.

    ``editing``: the item whose words are in the form; ``taken``: the one that was taken back last; ``saved``: whether something was just
    written down; ``wrong``: why it could not be, '' for no reason.
    """

    meeting_id: int
    place: int = 0
    kpi: str = ""
    editing: int | None = None
    taken: ItemRow | None = None
    saved: bool = False
    wrong: str = ""
