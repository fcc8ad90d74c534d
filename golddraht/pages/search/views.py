"""Searching everything that was said and noted, and everybody who said it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from golddraht.conversations.queries import NoSuchConversation, conversation_for
from golddraht.ground.numbers import read_number
from golddraht.pages.conversation.place import url_of
from golddraht.pages.customers.shown import customer_lines
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.inbox.listing import Pager, keep_url
from golddraht.pages.search.explained import complaint, ways
from golddraht.pages.search.palette import articles_with, orders_with
from golddraht.pages.search.shown import groups, is_for_people, search_url
from golddraht.plumbing import clock
from golddraht.search.queries import Order, Results, lag, people_found, results
from golddraht.search.rules import asked
from golddraht.search.rules.asking import LONGEST

PAGE = 30
PEOPLE = 5


@require_safe
@workspace()
def search(request: Visit) -> HttpResponse:
    """What fits the words; the number of a concern leads to it."""
    typed, order = request.GET.get("q", "").strip()[:LONGEST], _order(request)
    number = _number_of_concern(request, typed)
    if number is not None:
        return redirect(url_of(request.viewer.tenant_slug, number))
    return show(request, "search/show.html", _values(request, typed, order), nav="search")


def _values(request: Visit, typed: str, order: Order) -> dict[str, Any]:
    viewer, before, zone = request.viewer, request.GET.get("before", ""), timezone.get_current_timezone_name()
    wanted = asked(typed, today=timezone.localdate(clock.now()))
    found = results(viewer=viewer, asked=wanted, zone=ZoneInfo(zone), order=order, limit=PAGE, before=before)
    people = people_found(viewer=viewer, typed=typed, limit=PEOPLE) if is_for_people(wanted) and not before else []
    is_near_enough = wanted.is_words_only and not any(one.is_quoted for one in wanted.phrases)
    articles = [*articles_with(typed, viewer, _found_already(found))] if is_near_enough and not before else []
    return {
        "words": typed,
        "keep_url": "" if wanted.misunderstood else keep_url(viewer, words=typed),
        "order": order.value,
        "newest_url": search_url(viewer, typed, Order.NEWEST),
        "best_url": search_url(viewer, typed, Order.BEST),
        "groups": groups(found, viewer),
        "articles": articles,
        "orders": [*orders_with(typed, viewer)] if not before else [],
        "people": customer_lines(people, viewer),
        "is_wide": found.is_wide,
        "is_empty": wanted.is_empty,
        "misunderstood": [complaint(one) for one in wanted.misunderstood],
        "pager": _pager(request, typed, order, found),
        "ways": ways(),
        "waiting": lag(viewer=viewer).waiting if typed else 0,
    }


def _found_already(found: Results) -> set[int]:
    """The articles among what was found, which need not stand there twice."""
    return {one.source_id for one in found.found if one.kind == "article"}


def _order(request: Visit) -> Order:
    return Order.BEST if request.GET.get("order") == Order.BEST else Order.NEWEST


def _pager(request: Visit, typed: str, order: Order, found: Results) -> Pager:
    return Pager(
        newer_url=search_url(request.viewer, typed, order) if request.GET.get("before") else "",
        older_url=search_url(request.viewer, typed, order, found.next_before) if found.next_before else "",
    )


def _number_of_concern(request: Visit, typed: str) -> int | None:
    number = read_number(typed) if any(sign.isdigit() for sign in typed) else None
    if number is None:
        return None
    try:
        return int(conversation_for(viewer=request.viewer, number=number).number)
    except NoSuchConversation:
        return None
