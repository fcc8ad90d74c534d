"""How fast the page of a customer with 5,000 events is, among a million customers: through the real web server, one after the other."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from bench.million.filling import SLUG
from bench.workspace.browsing import Browser, Times
from golddraht.journey.rules import Group
from tests.browser.running import a_running_house

GOAL = 150.0
SHOWN = 4


def main() -> int:
    times, told = int(sys.argv[1]), json.loads(sys.argv[2])
    pages = _pages(told["busy_id"])
    taken = Times()
    with a_running_house(Path(os.environ["GOLDDRAHT_DATA"]), "--no-demo") as house:
        browser = Browser(house.port, told["session"], taken)
        for name, path in (*pages, *pages):
            assert "<h1" in browser.get(f"warm, {name}", path), f"There is no page at {path}."
        for _ in range(times):
            for name, path in pages:
                browser.get(name, path)
    missed = _tell(taken, [name for name, _ in pages])
    _tell_questions(told, pages[0][1], shows_plans="--plans" in sys.argv)
    return int(missed)


def _pages(busy_id: int) -> list[tuple[str, str]]:
    base = f"/t/{SLUG}/customers/{busy_id}/"
    return [
        ("customer with 5,000 events", base),
        ("  their messages alone", f"{base}?group={Group.WORDS}"),
        ("  their calls alone", f"{base}?channel=PHONE"),
        ("  a year ago", f"{base}?behind=2025-11-01T00%3A00%3A00%2B00%3A00_1"),
        ("customer of whom little is known", f"/t/{SLUG}/customers/{busy_id + 1}/"),
    ]


def _tell(taken: Times, names: list[str]) -> bool:
    from bench.workspace.__main__ import percentile, verdict

    missed = False
    print(f"{'':52}{'times':>6}{'':7}{'p50':>8}{'p99':>8}")
    for name in names:
        some = taken.taken[name]
        at_most = percentile(some, 99)
        missed |= at_most > GOAL
        half = percentile(some, 50)
        print(f"{name:52}{len(some):6}{'':7}{half:8.1f}{at_most:8.1f} ms  {verdict(at_most <= GOAL)}", flush=True)
    for name, count in sorted(taken.failures.items()):
        print(f"  {count} failed: {name}")
    return missed or bool(taken.failures)


def _tell_questions(told: dict[str, Any], path: str, *, shows_plans: bool) -> None:
    """The questions behind the page, and those that cost PostgreSQL most."""
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from golddraht.plumbing.tenancy import seeing

    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = told["session"]
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    print(
        f"\n{len(queries)} questions, {len(answer.content) / 1000:.0f} kB (status {answer.status_code}); the slowest:"
    )
    asked = {one["sql"] for one in queries.captured_queries if one["sql"].lstrip().startswith("SELECT")}
    planned = []
    with seeing(told["tenant_id"], read_only=True), connection.cursor() as cursor:
        for sql in asked:
            if "set_config" not in sql:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql)
                plan = "\n".join(line for (line,) in cursor.fetchall())
                planned.append((float(plan.rpartition("Execution Time: ")[2].split(" ")[0]), sql, plan))
    for took, sql, plan in sorted(planned, reverse=True)[:SHOWN]:
        print(f"{took:8.2f} ms  {' '.join(sql.split())[:170]}")
        if shows_plans:
            print(plan)


if __name__ == "__main__":
    sys.exit(main())
