"""Where one visitor is in a meeting, as data."""

from __future__ import annotations

from dataclasses import dataclass

from amdash.store.meetings import ItemRow


@dataclass(frozen=True)
class Sitting:
    """``place``: which screen, from 0; ``kpi``: the chosen tile there, '' until one is chosen.

    ``alone``: on a manager's screen no other name is shown. ``editing``: the item whose words are in the form; ``taken``: the one that was
    taken back last; ``wrong``: why what was typed could not be written down, '' for no reason.
    """

    meeting_id: int
    place: int = 0
    kpi: str = ""
    alone: bool = False
    editing: int | None = None
    taken: ItemRow | None = None
    wrong: str = ""
