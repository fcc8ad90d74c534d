"""How many questions each page asks the database: committed, and the same however many rows there are.

The pages come from the resolver, so a new one is counted as soon as it exists. After a change that is meant
`UPDATE_QUERY_COUNTS=1 python -m pytest tests/pages/test_query_counts.py` writes the new numbers.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from golddraht.access.operations import ask_for_code, digits_of, enter_with_code
from golddraht.channels.operations.domains import add_domain
from golddraht.commerce.operations import state
from golddraht.commerce.rules import Thing
from golddraht.conversations import operations as care
from golddraht.conversations.models import Attachment, Conversation, Escalation
from golddraht.conversations.operations.notes import add_note
from golddraht.conversations.rules import LinkKind
from golddraht.customers.models import ContactPoint
from golddraht.customers.operations import add_contact_point, recognise
from golddraht.knowledge import operations as knowledge
from golddraht.knowledge.rules import Audience
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.promises import operations as promises
from golddraht.promises.rules import Kind
from golddraht.search.operations import read_some
from golddraht.team.operations import (
    close_team_on,
    create_api_token,
    form_team,
    invite,
    keep_arrival_rule,
    open_invitation,
    plan_absence,
    raise_alarm,
)
from golddraht.team.rules import Role
from tests.cast import WEEKDAYS, a_conversation, words
from tests.house.test_reach_across import WORKSPACE, Known, addresses, ours, theirs

__all__ = ["ours", "theirs"]  # Fixtures.

BASELINE = Path(__file__).with_name("query_counts.json")
OUTSIDE = Path(__file__).with_name("query_counts_outside.json")
"""Of the pages that customers, visitors and people of a client company look at."""
MORE = {"inbox": "?place=all", "search": "?q=waschmaschine", "palette": "?q=wasch"}
"""What a page is asked for, where it shows nothing without."""
PARTS = ("inbox", "conversation")
"""Pages that refresh themselves in part."""
NEW_PAGE = 40
"""What a page may ask that stands in no baseline yet."""
ACROSS = {"clients": "/clients/?place=all", "clients, refreshed": "/clients/?place=all"}
"""Pages over all companies of a person. The baseline has their questions for one company: each further one costs the same
again, because every company is read for itself (see test_across.py); rows cost nothing."""
OWN = {"own_page": "", "own_record": "record/", "own_choosing": "choosing/", "own_copy": "copy/", "own_erase": "erase/"}
NO_PAGE = {"help", "help_file", "help_verdict", "help_sitemap", "client_statement_csv"}
"""Leads on, is a file, or takes only what is sent."""
SIGNED = {"wahl": ("promise", "promise_id"), "anliegen": ("conversation", "concern_id")}
PER_TEAM = {"lead": 6, "settings_teams": 4}
"""Questions that a page may ask for each team, of which a company has a handful: hours, holidays, people, waiting time."""


def pages(known: Known) -> dict[str, tuple[str, dict[str, str]]]:
    """Every page of the workspace that can be looked at, by name, with its path and headers."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for address in addresses(WORKSPACE):
        path = address.filled(known, slug="heizwerk") + MORE.get(address.name, "")
        found[address.name] = (path, {})
        if address.name in PARTS:
            found[f"{address.name}, refreshed"] = (path, {"HX-Request": "true"})
    for name, path in ACROSS.items():
        found[name] = (path, {"HX-Request": "true"} if name.endswith("refreshed") else {})
    return found


def counted(client: Client, known: Known) -> dict[str, int]:
    """Questions of each page of the workspace that answers."""
    found = {name: asked_by(client, path, headers) for name, (path, headers) in pages(known).items()}
    return {name: count for name, count in found.items() if count}


def asked_by(client: Client, path: str, headers: dict[str, str] | None = None) -> int:
    """Questions of a page the second time it is looked at; 0 where it shows nothing."""
    if client.get(path, headers=headers or {}).status_code != 200:
        return 0
    with CaptureQueriesContext(connection) as queries:
        client.get(path, headers=headers or {})
    return len(queries)


def outside(known: Known) -> dict[str, tuple[Client, str]]:
    """The pages of those who do not serve, each with the browser of whoever looks at it."""
    company, stranger = known["company"], Client()
    rows = known | {"language": "de", "article_slug": known["public_slug"]}
    found: dict[str, tuple[Client, str]] = {
        one.name: (stranger, one.filled(rows, slug="heizwerk"))
        for one in addresses("help/<slug:tenant_slug>/")
        if one.name not in NO_PAGE
    }
    karla, inside = Client(), Client()
    karla.force_login(company.tom.user)
    for one in addresses("client/<slug:tenant_slug>/"):
        if one.name not in NO_PAGE:
            found[one.name] = (karla, one.filled(rows, slug="heizwerk"))
    inside.cookies[f"golddraht_my_{settings.PORT}"] = known["visit"].key
    for name, path in OWN.items():
        found[name] = (inside, f"/my/heizwerk/de/{path}")
    for path, (purpose, row) in SIGNED.items():
        token = token_for(purpose, tenant_id=company.tenant.pk, id_=known[row])
        found[f"k/{path}"] = (stranger, f"/k/{path}/{token}/")
    return found


def test_no_page_asks_more_than_it_did_nor_more_for_more_rows(ours: Known) -> None:
    company = ours["company"]
    client = Client()
    client.force_login(company.ada.user)
    for round_ in range(2):
        grow(ours, round_)
    few = counted(client, ours)
    for round_ in range(2, 6):
        grow(ours, round_)
    many = counted(client, ours)

    assert len(few) > 40
    allowed = {name: few[name] + 4 * PER_TEAM.get(name, 0) for name in few}
    assert {name: (few[name], many[name]) for name in few if many[name] > allowed[name]} == {}
    _compare(few)


def test_no_page_for_customers_and_clients_asks_more_than_it_did(ours: Known) -> None:
    known = ours | _somebody_outside(ours)
    for round_ in range(2):
        grow(ours, round_)
    few = {name: asked_by(*page) for name, page in outside(known).items()}
    for round_ in range(2, 6):
        grow(ours, round_)
    many = {name: asked_by(*page) for name, page in outside(known).items()}

    assert {name for name, count in few.items() if not count} == set(), "shows nothing"
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    _compare(few, OUTSIDE)


def _somebody_outside(known: Known) -> dict[str, Any]:
    """A customer who came in by a code, and an article that everybody reads."""
    at = clock.now()
    concern = Conversation.objects.get(number=known["plain_number"])
    point = ContactPoint.objects.filter(customer=concern.customer, channel="EMAIL")[0]
    lea = known["company"].lea.pk
    article = knowledge.start_article(
        title="Pumpt nicht ab", body="Das Sieb reinigen.", language="de", audience=Audience.PUBLIC, by=lea, at=at
    )
    knowledge.publish(article_id=article.pk, language="de", by=lea, at=at)
    code = ask_for_code(address=point.shown, language="de", at=at)
    visit = enter_with_code(code_id=code.pk, digits=digits_of(code), at=at)
    return {"visit": visit, "public_slug": article.slug, "concern_id": concern.pk}


def _compare(counts: dict[str, int], path: Path = BASELINE) -> None:
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        path.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n")
        return
    baseline: dict[str, Any] = json.loads(path.read_text())
    assert {
        name: (count, baseline.get(name)) for name, count in counts.items() if count > baseline.get(name, NEW_PAGE)
    } == {}
    assert set(baseline) <= set(counts)


def grow(known: Known, round_: int) -> None:
    """One more of everything that a page lists."""
    company, at = known["company"], clock.now()
    nina = company.nina.pk
    concern = Conversation.objects.get(number=known["plain_number"])
    _say_more(concern, nina, round_)
    _bring_customers(concern, company, round_)
    _bring_orders(concern, round_)
    _widen_company(company, round_)
    article = knowledge.start_article(title=f"Artikel {round_}", body="Waschmaschine", language="de", by=nina, at=at)
    enclosure = care.Enclosure(name="a.png", content_type="image/png", content=b"PNG", sha256="")
    knowledge.add_file(article_id=known["article_id"], enclosure=enclosure, by=nina, at=at)
    assert article.pk
    while read_some():
        pass


def _say_more(concern: Conversation, nina: int, round_: int) -> None:
    """In one concern: messages with files, notes, promises, questions to others."""
    at = clock.now()
    message = care.receive_message(customer=concern.customer, words=words("Noch etwas."), conversation=concern, at=at)
    for name in ("eins.pdf", "zwei.pdf"):
        file = f"{round_}{name}"
        Attachment.objects.create(message=message, name=name, content_type="x/y", size=1, sha256="0" * 64, file=file)
    care.reply(conversation_id=concern.pk, author_id=nina, text="Gern.", at=at)
    add_note(conversation_id=concern.pk, by=nina, text="Notiz", at=at)
    promises.make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=nina,
        kind=Kind.CALLBACK,
        what=f"Rückruf {round_}",
        starts_at=None,
        due_at=at + timedelta(hours=round_ + 1),
        tour="",
        by=nina,
        at=at,
    )


def _bring_customers(concern: Conversation, company: Any, round_: int) -> None:
    """More customers with several addresses and concerns, linked, missed and put aside."""
    at = clock.now()
    for number in range(2):
        address = f"kundin{round_}-{number}@post.example"
        person = recognise(
            channel="EMAIL", address=address, shown=address, name="Wanda Kunz", source="mail:from", at=at
        )
        phone = f"+4930{round_}{number}12345"
        add_contact_point(customer_id=person.pk, channel="PHONE", address=phone, shown=phone, source="member", at=at)
        other = a_conversation(customer=person, at=at)
        a_conversation(customer=concern.customer, at=at)
        care.link(earlier_id=concern.pk, later_id=other.pk, kind=LinkKind.RELATED, by=company.nina.pk, at=at)
        Escalation.objects.create(conversation=other, missed_at=at - timedelta(hours=1), lead=company.lea, at=at)
        quiet = a_conversation(customer=person, at=at)
        Conversation.objects.filter(pk=quiet.pk).update(status="QUIET", quiet_reason="NEWSLETTER")


def _bring_orders(concern: Conversation, round_: int) -> None:
    """An order of the customer with two deliveries, a visit and a return, and a visit that belongs to none."""
    whose, order = {"customer_id": concern.customer_id}, f"88-{round_}"
    until = clock.now() + timedelta(days=3)
    rows: list[tuple[Thing, dict[str, Any]]] = [
        (Thing.PRODUCT, {"number": f"W-{round_}", "name": "Ofen"}),
        (Thing.ORDER, {"number": order, "lines": [{"product": f"W-{round_}"}, {"title": "Rohr"}], **whose}),
        (Thing.DELIVERY, {"number": f"L-{round_}", "order": order, "promised_until": until}),
        (Thing.DELIVERY, {"number": f"M-{round_}", "order": order, "arrived_at": clock.now()}),
        (Thing.APPOINTMENT, {"number": f"T-{round_}", "order": order, "promised_until": until}),
        (Thing.APPOINTMENT, {"number": f"U-{round_}", "promised_until": until, **whose}),
        (Thing.RETURN, {"number": f"R-{round_}", "order": order, "announced_at": clock.now()}),
    ]
    for thing, row in rows:
        state(thing=thing, source="shop", row=row, at=clock.now())


def _widen_company(company: Any, round_: int) -> None:
    """More colleagues, teams, rules, absences, tokens and alarms."""
    at, slug = clock.now(), f"{round_}@heizwerk.example"
    someone = invite(
        tenant_id=company.tenant.pk, email=f"neu{slug}", name=f"Neu {round_}", role=Role.AGENT, password="x" * 14
    )
    form_team(name=f"Team {round_}", lead=company.lea, members=[someone], hours=WEEKDAYS)
    close_team_on(team_id=company.team.pk, on=(at + timedelta(days=20 + round_)).date())
    keep_arrival_rule(words=f"wort{round_}", recipient="", team_id=company.team.pk)
    starts = at + timedelta(days=40 + 2 * round_)
    plan_absence(member_id=someone.pk, deputy_id=company.tom.pk, starts_at=starts, ends_at=starts + timedelta(days=1))
    create_api_token(name=f"Programm {round_}", member_id=company.ada.pk, may_write=True, at=at)
    raise_alarm(kind="MAILBOX", subject=f"post{round_}", words="Das Postfach antwortet nicht.", at=at)
    add_domain(domain=f"heizwerk{round_}.example", at=at)
    open_invitation(
        email=f"gast{slug}", name="Gast", role=Role.AGENT, languages=("de",), skills=(), goodwill_cents=0, at=at
    )
