"""One width tells a phone from a laptop, wherever something is drawn otherwise on it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from amdash.ui import figures, plans, session, views


@pytest.mark.parametrize(("width", "phone"), [(900, True), (901, False)])
def test_one_width_makes_a_phone_everywhere(monkeypatch: pytest.MonkeyPatch, width: int, phone: bool) -> None:
    monkeypatch.setattr(views, "PHONE", 900)
    monkeypatch.setattr(session, "room", lambda: session.Room(width=width))
    monkeypatch.setattr(figures, "_mode", lambda: "light")
    monkeypatch.setattr(session, "language", lambda: "zh")
    monkeypatch.setattr(session, "chosen", lambda *_: "new")
    assert views.is_phone() is phone
    assert figures._style(0.3).narrow is phone
    assert (figures._picture_width(0.5) > width / 2) is phone
    assert plans.before_list([SimpleNamespace(entry=SimpleNamespace(plan_id=1))]) is phone  # type: ignore[list-item]
