"""The questions behind the pages, each timed by itself, and how PostgreSQL answers the slowest. Runs on a filled data folder."""

from __future__ import annotations

import sys
import time
from typing import Any
from zoneinfo import ZoneInfo

SHOWN = 5


def main() -> None:
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.models import Membership
    from golddraht.team.queries import viewer_for

    member = Membership.objects.filter(tenant__slug="gross").order_by("pk")[3]
    viewer = viewer_for(user_id=member.user_id, tenant_slug="gross")
    asked: list[tuple[float, str, str]] = []
    with seeing(viewer.tenant_id, actor=viewer.membership_id, read_only=True):
        for name, question in _questions(viewer, sys.argv[1:]):
            question()
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                question()
            print(f"{1000 * (time.perf_counter() - began):8.1f} ms  {len(queries):3} questions  {name}")
            asked += [(1000 * float(one["time"]), name, one["sql"]) for one in queries.captured_queries]
        for took, name, sql in sorted(asked, reverse=True)[:SHOWN]:
            print(f"\n-- {name}: {took:.0f} ms\n{sql[:1500]}\n{_plan(connection, sql)}")


def _questions(viewer: Any, words: list[str]) -> list[tuple[str, Any]]:
    from golddraht.conversations.models import Conversation
    from golddraht.conversations.queries import Narrowing, Place, counts, counts_narrowed, inbox, thread_of
    from golddraht.customers.queries import customers_named
    from golddraht.plumbing.clock import now
    from golddraht.search.queries import Order, people_found, results
    from golddraht.search.rules import asked

    at, zone = now(), ZoneInfo("Europe/Berlin")
    number = Conversation.objects.filter(status="OPEN").order_by("-latest_at").values_list("number", flat=True)[0]

    def search(typed: str, order: Order) -> Any:
        return lambda: results(viewer=viewer, asked=asked(typed, today=at.date()), zone=zone, order=order)

    found: list[tuple[str, Any]] = [
        (f"inbox, {place}", lambda place=place: inbox(viewer=viewer, place=place, at=at)) for place in Place
    ]
    found += [
        ("counts", lambda: counts(viewer=viewer, at=at)),
        ("thread", lambda: thread_of(viewer=viewer, number=number)),
        ("customers by name", lambda: customers_named(viewer=viewer)),
    ]
    for tag in ("reklamation", "Ersatzteil", "Aktion", "Kulanz", "Messe", "nobody"):
        wanted = Narrowing(tags=(tag,))
        found += [
            (f"filter tag:{tag}", lambda wanted=wanted: inbox(viewer=viewer, place=Place.ALL, at=at, narrowing=wanted)),
            (
                f"count tag:{tag}",
                lambda wanted=wanted: counts_narrowed(viewer=viewer, wanted={1: (Place.ALL, wanted)}, at=at),
            ),
        ]
    for typed in words:
        found += [(f"search {typed}, {order}", search(typed, order)) for order in Order]
        found += [(f"people {typed}", lambda typed=typed: people_found(viewer=viewer, typed=typed))]
    return found


def _plan(connection: Any, sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + sql)
        return "\n".join(row[0] for row in cursor.fetchall())


if __name__ == "__main__":
    main()
