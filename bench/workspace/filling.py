"""Fills an installation with a grown company, as the owner of the tables: by COPY and INSERT … SELECT, in minutes instead of days.

Runs as a process of its own on a data folder whose program has been started once (`python -m bench.workspace` does it) and
prints as JSON what the measuring needs to know.
"""

from __future__ import annotations

import json
import sys
import time
from random import Random
from typing import Any

from bench.workspace import wording
from bench.workspace.statements import AFTER, BEFORE, STEPS

AGENTS, WATCHERS = 50, 130
"""Colleagues at work, and further ones whose only purpose is to keep a page open."""
TEXTS = 20_000


def main() -> None:
    conversations, messages, customers = map(int, sys.argv[1:4])
    from golddraht.house import whereabouts

    whereabouts.open_django()
    tenant, members = _found()
    _fill(tenant.pk, conversations, messages, customers)
    print(json.dumps({"slug": tenant.slug, "tenant_id": tenant.pk, "sessions": [session_of(one) for one in members]}))


def _found() -> tuple[Any, list[Any]]:
    from django.conf import settings

    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.models import Membership
    from golddraht.team.operations import form_team, found_tenant, invite
    from golddraht.team.queries import tenant_by_slug
    from golddraht.team.rules import Role
    from tests.cast import WEEKDAYS
    from tests.mails import a_mailbox

    known = tenant_by_slug("gross")
    if known is not None:
        # A filling that was cut off.
        return known, list(Membership.objects.filter(tenant=known).order_by("pk"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tenant = found_tenant(slug="gross", name="Großhandel", at=now())
    members = [
        invite(
            tenant_id=tenant.pk,
            email=f"kollegin{number}@gross.example",
            name=f"Kollegin {number}",
            role=Role.ADMIN if not number else Role.AGENT,
            password="ein langes Kennwort 4711",
            languages=("de", "en"),
        )
        for number in range(AGENTS + WATCHERS)
    ]
    with seeing(tenant.pk):
        for number in range(5):
            seats = members[number * 10 : number * 10 + 10]
            form_team(name=f"Team {number}", lead=seats[0], members=seats, hours=WEEKDAYS, is_default=not number)
        a_mailbox(address="service@gross.example")
    return tenant, members


def session_of(member: Any) -> str:
    """The key of a session in which the member is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(member.user_id)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _fill(tenant_id: int, conversations: int, messages: int, customers: int) -> None:
    from django.db import connections

    random = Random(4711)
    with connections["owner"].cursor() as cursor:
        _bring_words(cursor, random, tenant_id, customers)
        values = {
            "tenant": tenant_id,
            "conversations": conversations,
            "messages": messages,
            "customers": customers,
            "texts": TEXTS,
            "agents": AGENTS,
        }
        for sql in (*BEFORE, *STEPS, *AFTER):
            began = time.monotonic()
            cursor.execute(sql, values if "%(" in sql else None)
            print(f"{time.monotonic() - began:6.1f} s  {' '.join(sql.split())[:70]}", file=sys.stderr)


def _bring_words(cursor: Any, random: Random, tenant_id: int, customers: int) -> None:
    """Texts and names in temporary tables, from which the statements draw."""
    cursor.execute("CREATE TEMP TABLE saying (n int PRIMARY KEY, subject text, text text, words tsvector)")
    with cursor.copy("COPY saying (n, subject, text, words) FROM STDIN") as copying:
        for number, said in enumerate(wording.texts(random, TEXTS, tenant_id)):
            copying.write_row((number, said.subject[:200], said.text, said.words))
    from golddraht.search.rules import keys_of

    cursor.execute(
        "CREATE TEMP TABLE person (n int PRIMARY KEY, name text, sort_name text, sender tsvector, called tsvector, keys text[])"
    )
    with cursor.copy("COPY person (n, name, sort_name, sender, called, keys) FROM STDIN") as copying:
        for number, name in enumerate(wording.names(random, customers)):
            called = " ".join(f"'{tenant_id}={word}'" for word in wording.words(name))
            row = (
                number,
                name,
                wording.sorted_as(name),
                wording.sender_vector(name, tenant_id),
                called,
                keys_of(name, tenant_id),
            )
            copying.write_row(row)


if __name__ == "__main__":
    main()
