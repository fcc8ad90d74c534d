"""The journey of a customer on their page: everything that happened, on all channels, narrowed and page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from golddraht.commerce.queries import numbers_of
from golddraht.commerce.rules import Thing
from golddraht.conversations.rules import Channel
from golddraht.journey.queries import Happened, Place, journey_of
from golddraht.journey.rules import Group, Kind
from golddraht.pages.shown import channel_name
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class EventShown:
    """What components/timeline.html takes."""

    text: str
    when: datetime
    url: str


@dataclass(frozen=True)
class FilterShown:
    text: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class JourneyShown:
    events: list[EventShown]
    groups: list[FilterShown]
    channels: list[FilterShown]
    older_url: str
    newest_url: str


def journey_shown(viewer: Viewer, customer_id: int, asked: QueryDict) -> JourneyShown:
    """A page of the journey as it was asked for; what cannot be understood is left out of account."""
    group, channel, behind = _group(asked), _channel(asked), _behind(asked.get("behind", ""))
    found = journey_of(viewer=viewer, customer_id=customer_id, group=group, channel=channel, behind=behind)
    return JourneyShown(
        events=_events(found.events, viewer),
        groups=[_filter(text, group == key, group=key, channel=channel) for key, text in _groups()],
        channels=[_filter(text, channel == key, group=group, channel=key) for key, text in _channels()],
        older_url=_url(group=group, channel=channel, behind=_mark(found.older)) if found.older else "",
        newest_url=_url(group=group, channel=channel) if behind else "",
    )


def _group(asked: QueryDict) -> Group | None:
    typed = asked.get("group", "")
    return Group(typed) if typed in set(Group) else None


def _channel(asked: QueryDict) -> str:
    typed = asked.get("channel", "")
    return typed if typed in set(Channel) else ""


def _behind(typed: str) -> Place | None:
    moment, _, pk = typed.rpartition("_")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(pk)) if at.tzinfo else None


def _mark(place: Place) -> str:
    return f"{place[0].isoformat()}_{place[1]}"


def _url(**asked: Any) -> str:
    return "?" + urlencode({name: str(value) for name, value in asked.items() if value}) + "#journey"


def _filter(text: str, is_chosen: bool, **asked: Any) -> FilterShown:
    return FilterShown(text, _url(**asked), is_chosen)


def _groups() -> list[tuple[Group | None, str]]:
    return [
        (None, gettext("Everything")),
        (Group.WORDS, gettext("Messages")),
        (Group.PROMISES, gettext("Promises")),
        (Group.SOLUTIONS, gettext("Solutions")),
        (Group.ORDERS, gettext("Orders")),
        (Group.RECORD, gettext("Record")),
        (Group.CONSENT, gettext("Consents")),
    ]


def _channels() -> list[tuple[str, str]]:
    return [("", gettext("all channels")), *((str(one), channel_name(one)) for one in Channel)]


def _events(found: list[Happened], viewer: Viewer) -> list[EventShown]:
    numbers = numbers_of(
        orders=_ids(found, "order_id"),
        deliveries=_ids(found, "delivery_id"),
        appointments=_ids(found, "appointment_id"),
        returns=_ids(found, "return_id"),
    )
    return [_event(one, viewer, _number(one, numbers)) for one in found]


def _ids(found: list[Happened], name: str) -> list[int]:
    return [id_ for one in found if (id_ := getattr(one, name)) is not None]


def _number(one: Happened, numbers: dict[tuple[Thing, int], str]) -> str:
    named = {
        Thing.ORDER: one.order_id,
        Thing.DELIVERY: one.delivery_id,
        Thing.APPOINTMENT: one.appointment_id,
        Thing.RETURN: one.return_id,
    }
    return next((numbers.get((thing, id_), "") for thing, id_ in named.items() if id_ is not None), "")


def _event(one: Happened, viewer: Viewer, number: str) -> EventShown:
    url = reverse("conversation", args=[viewer.tenant_slug, one.number]) if one.number else ""
    words, subject = _words(one), one.subject or number
    return EventShown(f"{words} · {subject}" if subject else words, one.at, url)


HAPPENED = {
    Kind.WROTE: gettext_lazy("they wrote"),
    Kind.MACHINE: gettext_lazy("automatic mail from them"),
    Kind.ANSWERED: gettext_lazy("we answered"),
    Kind.AUTOMATIC: gettext_lazy("automatic message to them"),
    Kind.LOST: gettext_lazy("our answer did not arrive"),
    Kind.PROMISED: gettext_lazy("something was promised"),
    Kind.KEPT: gettext_lazy("promise kept"),
    Kind.BROKEN: gettext_lazy("promise broken"),
    Kind.ENDANGERED: gettext_lazy("promise in danger, announced"),
    Kind.CHOSE: gettext_lazy("chose another way"),
    Kind.ASKED_SOLVED: gettext_lazy("asked whether it is solved"),
    Kind.SOLVED: gettext_lazy("solved"),
    Kind.REOPENED: gettext_lazy("open again"),
    Kind.HANDED_OVER: gettext_lazy("handed over to a colleague"),
    Kind.MERGED: gettext_lazy("merged with another customer"),
    Kind.TAKEN_APART: gettext_lazy("taken apart again"),
    Kind.ALLOWED: gettext_lazy("allowed something"),
    Kind.WITHDREW: gettext_lazy("took back what they had allowed"),
    Kind.OBJECTED: gettext_lazy("objected to advertising"),
    Kind.CHOSE_WAYS: gettext_lazy("chose how to hear from us"),
    Kind.ORDERED: gettext_lazy("ordered"),
    Kind.CANCELLED: gettext_lazy("cancelled an order"),
    Kind.SENT: gettext_lazy("sent on its way"),
    Kind.DELIVERED: gettext_lazy("delivered"),
    Kind.APPOINTMENT: gettext_lazy("a visit was planned"),
    Kind.VISITED: gettext_lazy("the visit took place"),
    Kind.RETURNING: gettext_lazy("sends something back"),
    Kind.RETURNED: gettext_lazy("came back to us"),
}


def _words(one: Happened) -> str:
    said = str(HAPPENED[one.kind])
    return f"{channel_name(one.channel)}: {said}" if one.channel else said
