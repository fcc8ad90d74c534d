"""Fills an installation with a million customers, as the owner of the tables: by COPY and INSERT … SELECT.

Runs as a process of its own on a data folder that has been migrated once (`python -m bench.million` does it).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench.identity.population import Person, Population
from bench.million.statements import AFTER, BEFORE, STEPS

SEED = 11
SLUG = "million"
PERSON = "n, name, sort_name, born_on, postal, email, phone, mobile, words, keys"


def main() -> None:
    count = int(sys.argv[1])
    from golddraht.house import whereabouts

    whereabouts.open_django()
    tenant, member = found()
    fill(tenant.pk, count)
    from bench.million.busy import fill_busy

    busy = fill_busy(tenant.pk, member.pk)
    from bench.workspace.filling import session_of

    print(json.dumps({"tenant_id": tenant.pk, "session": session_of(member), "busy_id": busy, "customers": count}))


def found() -> tuple[Any, Any]:
    """The company and its one colleague."""
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.models import Membership
    from golddraht.team.operations import form_team, found_tenant, invite
    from golddraht.team.queries import tenant_by_slug
    from golddraht.team.rules import Role
    from tests.cast import WEEKDAYS

    known = tenant_by_slug(SLUG)
    if known is not None:
        # A filling that was cut off.
        return known, Membership.objects.filter(tenant=known).order_by("pk")[0]
    tenant = found_tenant(slug=SLUG, name="Millionenhandel", at=now())
    member = invite(
        tenant_id=tenant.pk,
        email="kollegin@million.example",
        name="Kollegin",
        role=Role.ADMIN,
        password="ein langes Kennwort 4711",
        languages=("de",),
    )
    with seeing(tenant.pk):
        form_team(name="Team", lead=member, members=[member], hours=WEEKDAYS, is_default=True)
    return tenant, member


def fill(tenant_id: int, count: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE person (n int PRIMARY KEY, name text, sort_name text, born_on text, postal text, email text,"
            " phone text, mobile text, words tsvector, keys text[])"
        )
        with cursor.copy(f"COPY person ({PERSON}) FROM STDIN") as copying:
            for row in rows(tenant_id, count):
                copying.write_row(row)
        for sql in (*BEFORE, *STEPS, *AFTER):
            began = time.monotonic()
            cursor.execute(sql, {"tenant": tenant_id} if "%(" in sql else None)
            print(f"{time.monotonic() - began:6.1f} s  {' '.join(sql.split())[:70]}", file=sys.stderr)


def rows(tenant_id: int, count: int) -> Iterator[tuple[Any, ...]]:
    """Each person as a house knows them: what their files know, and what the search makes of it."""
    from bench.identity.population import KNOWN
    from golddraht.ground.addresses import folded_phone
    from golddraht.ground.text import sort_key
    from golddraht.search.rules import keys_of, vector
    from golddraht.search.rules.documents import Draft

    population = Population(SEED)
    chance, at = population.chance, datetime(2026, 1, 1, tzinfo=UTC)
    for n, one in enumerate(population.people(count)):
        has = {field: chance.random() < share for field, share in KNOWN.items()}
        name = f"{one.given} {one.family}"
        born = "{:04}-{:02}-{:02}".format(*one.birth) if has["birth"] else None
        email = one.email if has["email"] else None
        phone = folded_phone(one.phone) if has["phone"] else None
        mobile = folded_phone(one.mobile) if has["mobile"] else None
        points = "\n".join(point for point in (email, phone, mobile) if point)
        draft = Draft(0, at, title=name, text=points, name=name, begins=f"{name}\n{points}")
        yield (
            n,
            name,
            sort_key(name),
            born,
            postal_of(one) if has["address"] else None,
            email,
            phone,
            mobile,
            vector(draft, tenant_id),
            keys_of(name, tenant_id),
        )


def postal_of(one: Person) -> str:
    """As the record keeps it."""
    return f"{one.street} {one.house}\n{one.postcode} {one.city}\nDE"


if __name__ == "__main__":
    main()
