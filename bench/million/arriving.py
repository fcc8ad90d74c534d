"""How fast whoever arrives is recognised among a million customers. Runs on a filled data folder.

Each contact is one transaction that is taken back. Timed is the recognising: whose address it is, and, where something is learned of
somebody unknown, whom they may be one with. Writing down what was said lies between the two and is not timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.identity.population import Person, slipped
from bench.million.filling import SLUG, postal_of

GOAL = 20.0
TYPED = "a colleague types"
"""Beside it, and no goal of it: a name is looked for by hand, however it is spelled."""
SHOWN = 4


@dataclass(frozen=True)
class Recognised:
    """Milliseconds by the clock, those of them in which our own process computed, and how many were found."""

    taken: float
    own: float
    found: int


@dataclass(frozen=True)
class Arrival:
    """How somebody comes: at which address, and what they say of themselves."""

    channel: str
    address: str
    name: str = ""
    born_on: str = ""
    postal: str = ""


def main() -> int:
    times, shows_plans = int(sys.argv[1]), "--plans" in sys.argv
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from django.db import connection

    from golddraht.team.models import Membership
    from golddraht.team.queries import viewer_for

    member = Membership.objects.filter(tenant__slug=SLUG).order_by("pk")[0]
    viewer = viewer_for(user_id=member.user_id, tenant_slug=SLUG)
    asked: list[tuple[float, str, str]] = []
    missed = False
    print(f"{'':44}{'times':>6}{'found':>7}{'own':>8}{'p50':>8}{'p99':>8}")
    for name, contact in _kinds(viewer, times):
        missed |= _tell(name, _timed(viewer, contact, times))
        asked += _statements(viewer, name, contact, connection)
    print("\nThe slowest questions by themselves, as PostgreSQL times them:")
    for took, name, sql in sorted(asked, reverse=True)[:SHOWN]:
        print(f"{took:8.2f} ms  {name}: {' '.join(sql.split())[:150]}")
        if shows_plans:
            print(_plan(viewer, sql))
    return int(missed)


def _kinds(viewer: Any, times: int) -> list[tuple[str, Callable[[int], Recognised]]]:
    """Each kind of contact, as a function that lets the n-th of them arrive; it gives for how many it found somebody."""
    from golddraht.customers.queries.numbered import customer_numbered
    from golddraht.search.queries import people_found

    chance = Random(7)
    people = _people(viewer, times, chance)

    def arrives(make: Callable[[Person, int], Arrival]) -> Callable[[int], Recognised]:
        return lambda n: _arrive(make(people[n % len(people)], n))

    def asks(question: Callable[[Person], Any]) -> Callable[[int], Recognised]:
        return lambda n: _clocked(lambda: question(people[n % len(people)]))

    def name_of(one: Person) -> str:
        return f"{one.given} {one.family}"

    def mistyped(one: Person) -> str:
        return f"{one.given} {slipped(one.family, chance)}"

    def born(one: Person) -> str:
        return "{:04}-{:02}-{:02}".format(*one.birth)

    def new(n: int) -> str:
        return f"neu{n}.{chance.randint(0, 10**9)}@post.example"

    return [
        ("mail address known", arrives(lambda one, n: Arrival("EMAIL", one.email))),
        ("telephone alone, known", arrives(lambda one, n: Arrival("PHONE", one.mobile))),
        ("customer number in the mail", asks(lambda one: customer_numbered(number=f"K-{one.number}", source="erp"))),
        ("unknown address, nothing said", arrives(lambda one, n: Arrival("EMAIL", new(n)))),
        ("new address, name alone", arrives(lambda one, n: Arrival("EMAIL", new(n), name_of(one)))),
        ("new address, name and postal address", arrives(lambda one, n: Arrival("EMAIL", new(n), name_of(one), "", postal_of(one)))),
        ("new address, mistyped, postal address", arrives(lambda one, n: Arrival("EMAIL", new(n), mistyped(one), "", postal_of(one)))),
        ("new address, name and birthday", arrives(lambda one, n: Arrival("EMAIL", new(n), name_of(one), born(one)))),
        ("new address, mistyped, birthday", arrives(lambda one, n: Arrival("EMAIL", new(n), mistyped(one), born(one)))),
        (f"{TYPED} the name", asks(lambda one: people_found(viewer=viewer, typed=name_of(one)))),
        (f"{TYPED} it wrong", asks(lambda one: people_found(viewer=viewer, typed=mistyped(one)))),
    ]  # fmt: skip


def _people(viewer: Any, count: int, chance: Random) -> list[Person]:
    """Customers of the house of whom address, birthday and both ways of contact are known; `number` is that of the shop."""
    from django.db import connection

    from golddraht.plumbing.tenancy import seeing

    with seeing(viewer.tenant_id, read_only=True), connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM customers_customer WHERE tenant_id = %s", [viewer.tenant_id])
        first, last = cursor.fetchone()
        ids = [chance.randint(first, last) for _ in range(12 * count)]
        cursor.execute(KNOWN, [viewer.tenant_id, ids])
        return [_person(row) for row in cursor.fetchall()[:count]]


KNOWN = """
SELECT c.name, b.value, p.value, n.value, m.address, t.address FROM customers_customer c
JOIN customers_fact b ON b.tenant_id = c.tenant_id AND b.customer_id = c.id AND b.attribute = 'born_on'
JOIN customers_fact p ON p.tenant_id = c.tenant_id AND p.customer_id = c.id AND p.attribute = 'postal'
JOIN customers_fact n ON n.tenant_id = c.tenant_id AND n.customer_id = c.id AND n.attribute = 'number'
JOIN customers_contactpoint m ON m.tenant_id = c.tenant_id AND m.customer_id = c.id AND m.channel = 'EMAIL'
JOIN LATERAL (SELECT address FROM customers_contactpoint WHERE tenant_id = c.tenant_id AND customer_id = c.id
    AND channel = 'PHONE' LIMIT 1) t ON true
WHERE c.tenant_id = %s AND c.id = ANY(%s)
"""


def _person(row: tuple[str, ...]) -> Person:
    name, born, postal, number, mail, phone = row
    given, family = name.split(" ", 1)
    where, place, _ = postal.split("\n")
    street, house = where.rsplit(" ", 1)
    postcode, city = place.split(" ", 1)
    year, month, day = map(int, born.split("-"))
    told = (street, house, postcode, city, mail, phone, phone)
    return Person(int(number.removeprefix("K-")), False, given, family, (year, month, day), *told)


def _arrive(one: Arrival) -> Recognised:
    """Milliseconds, and whether they were known by their address, or how many they may be one with."""
    from golddraht.customers.models import Fact
    from golddraht.customers.operations import Said, look_for_alike, recognise
    from golddraht.customers.operations.learning import fact_of, settle
    from golddraht.customers.rules.attributes import Attribute
    from golddraht.plumbing.clock import now

    at, clock = now(), Clock()
    with clock:
        customer = recognise(
            channel=one.channel, address=one.address, shown=one.address, name="", source="mail:from", at=at
        )
    known = int(customer.known_since != at)
    told = {Attribute.NAME: one.name, Attribute.BORN_ON: one.born_on, Attribute.POSTAL: one.postal}
    said = [Said(attribute, value, "mail:signature") for attribute, value in told.items() if value]
    if said:
        Fact.objects.bulk_create([fact_of(customer.pk, each, at=at) for each in said])
        settle(customer_id=customer.pk)
        with clock:
            known = look_for_alike(customer_id=customer.pk, at=at)
    return Recognised(clock.taken, clock.own, known)


class Clock:
    """Adds up the milliseconds of its `with` blocks."""

    def __init__(self) -> None:
        self.taken = self.own = 0.0

    def __enter__(self) -> None:
        self._began, self._own = time.perf_counter(), time.thread_time()

    def __exit__(self, *_: object) -> None:
        self.taken += 1000 * (time.perf_counter() - self._began)
        self.own += 1000 * (time.thread_time() - self._own)


def _clocked(question: Callable[[], Any]) -> Recognised:
    clock = Clock()
    with clock:
        found = question()
    return Recognised(clock.taken, clock.own, int(bool(found)))


def _once(viewer: Any, contact: Callable[[int], Recognised], n: int) -> Recognised:
    from django.db import transaction

    from golddraht.plumbing.tenancy import seeing

    with seeing(viewer.tenant_id, actor=viewer.membership_id), transaction.atomic():
        told = contact(n)
        transaction.set_rollback(True)
    return told


def _timed(viewer: Any, contact: Callable[[int], Recognised], times: int) -> list[Recognised]:
    # After its tenth use PostgreSQL plans a statement for no values in particular: that belongs to the measuring.
    for n in range(12):
        _once(viewer, contact, n)
    return [_once(viewer, contact, n) for n in range(times)]


def _tell(name: str, told: list[Recognised]) -> bool:
    from bench.workspace.__main__ import percentile, verdict

    half, most = (percentile([one.taken for one in told], share) for share in (50, 99))
    own, found = percentile([one.own for one in told], 50), sum(one.found > 0 for one in told)
    is_typed = name.startswith(TYPED)
    judged = "" if is_typed else verdict(most <= GOAL)
    print(f"{name:44}{len(told):6}{found:7}{own:8.1f}{half:8.1f}{most:8.1f} ms  {judged}", flush=True)
    return most > GOAL and not is_typed


def _statements(viewer: Any, name: str, contact: Callable[[int], Any], connection: Any) -> list[tuple[float, str, str]]:
    """The reading questions of one contact with the time that PostgreSQL itself needs for each, planning left out."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        _once(viewer, contact, 1)
    asked = {one["sql"] for one in queries.captured_queries if one["sql"].lstrip().startswith("SELECT")}
    return [(_alone(viewer, sql), name, sql) for sql in asked if "set_config" not in sql]


def _alone(viewer: Any, sql: str) -> float:
    return float(_plan(viewer, sql).rpartition("Execution Time: ")[2].split(" ")[0])


def _plan(viewer: Any, sql: str) -> str:
    from django.db import connection

    from golddraht.plumbing.tenancy import seeing

    with seeing(viewer.tenant_id, read_only=True), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql)
        return "\n".join(line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())
