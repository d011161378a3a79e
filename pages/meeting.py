"""The meeting: one screen after the other on the projector, and before it what it will go through."""

from amdash.ui import frame, meeting, meeting_start, session

frame.begin()
frame.stop_without()
if session.sitting():
    meeting.hold()
else:
    meeting_start.begin()
