"""What the command palette finds while one types: people, concerns, articles; each only as the viewer may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.commerce.queries import numbered
from golddraht.conversations.queries import NoSuchConversation, conversation_for
from golddraht.ground.numbers import read_number, spoken
from golddraht.knowledge.queries import Wanted, articles_for
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.search.queries import people_found, results
from golddraht.search.rules import asked
from golddraht.search.rules.asking import LONGEST
from golddraht.team.queries import Viewer

SHORTEST = 2
OF_EACH = 5
HITS = 15
"""Looked at for concerns: several hits may stand in one."""


@dataclass(frozen=True)
class Entry:
    url: str
    text: str
    more: str
    icon: str


@dataclass(frozen=True)
class Part:
    title: str
    entries: list[Entry]


@require_safe
@workspace()
def palette(request: Visit) -> HttpResponse:
    """Parts of the palette's list; nothing for less than two signs."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    parts = list(_parts(typed, request.viewer)) if len(typed) >= SHORTEST else []
    return render(request, "search/palette.html", {"parts": [part for part in parts if part.entries]})


def _parts(typed: str, viewer: Viewer) -> Iterator[Part]:
    yield Part(gettext("Concerns"), list(_concerns(typed, viewer)))
    yield Part(gettext("Customers"), [*_people(typed, viewer)])
    yield Part(gettext("Orders"), [*orders_with(typed, viewer)])
    yield Part(gettext("Knowledge"), [*articles_with(typed, viewer)])


def orders_with(typed: str, viewer: Viewer) -> Iterator[Entry]:
    """The order of that number, or whose delivery has it; it stands on its customer's page."""
    for one in numbered(viewer=viewer, typed=typed):
        url = reverse("customer", args=[viewer.tenant_slug, one.customer_id]) + "#orders-title"
        words = gettext("Order %(number)s") % {"number": one.order or one.number}
        yield Entry(url, words, person_name(one.customer_name), "package")


def _people(typed: str, viewer: Viewer) -> Iterator[Entry]:
    for line in people_found(viewer=viewer, typed=typed, limit=OF_EACH):
        more = line.address if line.name else ""
        yield Entry(
            reverse("customer", args=[viewer.tenant_slug, line.id]), person_name(line.name, line.address), more, "user"
        )


def _concerns(typed: str, viewer: Viewer) -> Iterator[Entry]:
    """The one with that number, else the latest in which the words stand."""
    number = read_number(typed) if any(sign.isdigit() for sign in typed) else None
    if number is not None:
        try:
            one = conversation_for(viewer=viewer, number=number)
        except NoSuchConversation:
            return
        yield Entry(
            url_of(viewer.tenant_slug, number), one.subject, f"{spoken(number)} · {one.customer.name}", "message"
        )
        return
    wanted = asked(typed, today=timezone.localdate(clock.now()))
    zone = ZoneInfo(timezone.get_current_timezone_name())
    found = results(viewer=viewer, asked=wanted, zone=zone, limit=HITS).found
    concerns = {one.conversation_number: one for one in found if one.conversation_number}
    for number, hit in list(concerns.items())[:OF_EACH]:
        assert number is not None
        yield Entry(url_of(viewer.tenant_slug, number), hit.title, f"{spoken(number)} · {hit.who}", "message")


def articles_with(typed: str, viewer: Viewer, besides: Collection[int] = ()) -> Iterator[Entry]:
    """What we know about it, published or not, also where a finger slipped; without those of these ids."""
    today = timezone.localdate(clock.now())
    for line in articles_for(viewer=viewer, wanted=Wanted(words=typed), on=today, limit=OF_EACH):
        if line.id not in besides:
            yield Entry(reverse("article", args=[viewer.tenant_slug, line.id]), line.title, "", "book")
