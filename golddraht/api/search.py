"""Searching what was said and noted, as on the page: the same words, the same filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from golddraht.api.door import Token, reading
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Cursor
from golddraht.api.shapes.search import FoundOut, SearchOut
from golddraht.search.queries import Order, is_cursor, results
from golddraht.search.rules import Asked, asked
from golddraht.search.rules.asking import LONGEST
from golddraht.search.rules.kinds import kind_names
from golddraht.team.rules import Area

router = Router(tags=["search"], auth=Token(Area.CONVERSATIONS))
ELSEWHERE = "customer"
"""People are found at /customers/search, with a scope of its own."""


@router.get("", response=SearchOut)
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST, examples=["von:moser rechnung"])],
    order: Order = Order.NEWEST,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> SearchOut:
    """Words, "phrases", -without, and filters such as `from:`, `status:`, `after:` (in German, too: `von:`, `nach:`)."""
    if cursor and not is_cursor(cursor):
        raise Problem(400, "no-cursor", "This is no cursor.", "Take it from `next` of the page before.")
    with reading(request) as visitor:
        zone = ZoneInfo(timezone.get_current_timezone_name())
        wanted = _without_people(asked(q, today=timezone.localdate(visitor.at)))
        page = results(viewer=visitor.viewer, asked=wanted, zone=zone, order=order, limit=limit, before=cursor)
        for one in page.found:
            if one.customer_id:
                visitor.sees_customer(one.customer_id)
        return SearchOut(
            found=[FoundOut.of(one) for one in page.found],
            is_wide=page.is_wide,
            misunderstood=[f"{one.key}:{one.value}" for one in wanted.misunderstood],
            next=page.next_before,
        )


def _without_people(wanted: Asked) -> Asked:
    allowed = [name for name in kind_names() if name != ELSEWHERE]
    return replace(wanted, kinds=tuple(name for name in wanted.kinds if name in allowed) or tuple(allowed))
