"""On which day a session was seen last: enough to tell a device that is still used from one that was forgotten somewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse

from golddraht.plumbing import clock
from golddraht.team.operations.signing_in import note_seen_today

_seen: dict[str, date] = {}
"""What this process has noted today: one question for each session and day."""


def noting_the_day(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Whoever was not asked who they are is not asked now: such answers are the same for everybody.
        key = request.session.session_key if request.session.accessed else None
        if key and request.user.is_authenticated:
            _note(key)
        return response

    return answered


def _note(key: str) -> None:
    at = clock.now()
    if _seen.get(key) == at.date():
        return
    if at.date() not in _seen.values():
        _seen.clear()
    _seen[key] = at.date()
    note_seen_today(session_key=key, at=at)
