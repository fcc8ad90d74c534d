"""Words of a customer that were read as an objection, or as one perhaps, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.consent.queries import HeardLine, heard_in, heard_of
from golddraht.consent.rules import Kind
from golddraht.conversations.queries import Happened, Noted, Said, ThreadEntry
from golddraht.conversations.rules import Happening
from golddraht.team.queries import Viewer

SPOKEN_OF = frozenset({Happening.WANTS_NO_ADVERTISING, Happening.MAY_OBJECT})


@dataclass(frozen=True)
class HeardShown:
    """One sentence as it was read, with what can be said of it. `back` names the page to go back to."""

    id: int
    words: str
    when: datetime
    title: str
    is_open: bool
    is_misread: bool
    is_judged: bool
    why: str
    url: str
    back: str


def heard_in_thread(viewer: Viewer, entries: Iterable[ThreadEntry], number: int) -> list[HeardShown]:
    """What was read as an objection in this concern; nobody is asked where the thread tells of none."""
    told = list(entries)
    if not any(isinstance(one, Happened) and one.happening in SPOKEN_OF for one in told):
        return []
    messages, notes = ([one.id for one in told if isinstance(one, kind)] for kind in (Said, Noted))
    lines = heard_in(viewer=viewer, message_ids=messages, note_ids=notes)
    return [_shown(one, viewer, f"concern-{number}") for one in lines]


def heard_of_person(viewer: Viewer, ids: Iterable[int]) -> list[HeardShown]:
    """For their page."""
    return [_shown(one, viewer, "customer") for one in heard_of(viewer=viewer, customer_ids=ids)]


def _shown(one: HeardLine, viewer: Viewer, back: str) -> HeardShown:
    return HeardShown(
        id=one.id,
        words=one.words,
        when=one.at,
        title=_noted_title(one) if one.note_id and one.reading is None else _title(one),
        is_open=one.is_doubtful and one.reading is None,
        is_misread=one.reading is Kind.MISREAD,
        is_judged=one.reading is not None,
        why=one.why,
        url=reverse("judge_heard", args=[viewer.tenant_slug, one.id]),
        back=back,
    )


def _noted_title(one: HeardLine) -> str:
    if one.is_doubtful:
        return gettext("Does this note tell of an objection to advertising?")
    return gettext("A note was read as an objection to advertising")


def _title(one: HeardLine) -> str:
    if one.reading is Kind.MISREAD:
        return gettext("Judged: no objection to advertising")
    if one.reading is Kind.UPHELD:
        return gettext("Judged: an objection to advertising")
    if one.is_doubtful:
        return gettext("Is this an objection to advertising?")
    return gettext("Read as an objection to advertising")
