"""Links that are a customer's alone, laid into every word of a company, and looked for behind every door of everybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client

from golddraht.api import limits
from golddraht.conversations.models import Message
from golddraht.conversations.operations import reply
from golddraht.conversations.rules import Channel
from golddraht.ground import keys
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Kind
from golddraht.privacy.catalogue.order import model_of
from golddraht.programs.models import Occurrence
from golddraht.search.operations import read_some
from tests.api.programs import a_program, operations
from tests.cast import Company, a_conversation
from tests.house.test_reach_across import WORKSPACE, Known, addresses, ours, theirs, untouched
from tests.house.test_rights import CLIENTS, _asked, _seated, _signed_in, by_link

__all__ = ["ours", "theirs", "untouched"]
BYTE_FOR_BYTE = {"message_source", "GET /messages/{message_id}/source"}


@pytest.fixture
def link(company: Company) -> str:
    """As a receipt carries it."""
    return (
        f"https://hilfe.heizwerk.example/my/heizwerk/de/enter/{token_for('own', tenant_id=company.tenant.pk, id_=1)}/"
    )


@pytest.fixture
def laid(ours: Known, link: str, monkeypatch: pytest.MonkeyPatch) -> Known:
    """The rows of the company with the link in all words that take it, in the layout of mails, and findable."""
    monkeypatch.setattr(limits, "PER_MINUTE", 1_000_000)
    cache.clear()
    for model, name in _words():
        with suppress(DatabaseError), transaction.atomic():
            model.objects.update(**{name: Concat(F(name), Value(f" Ofen {link} Ende"))})
    Message.objects.update(html=f'<p>Ofen <a href="{link}">{link}</a></p>')
    while read_some():
        pass
    return ours


def _words() -> Iterator[tuple[Any, str]]:
    for table in TABLES:
        model: Any = model_of(table)
        if model is None:
            continue
        for name, kind in table.fields.items():
            field = model._meta.get_field(name)
            if kind is Kind.WORDS and isinstance(field, models.CharField | models.TextField):
                yield model, name


def shown_to(client: Client, known: Known, under: str = WORKSPACE) -> dict[str, str]:
    """What each page says to them, in words."""
    found = {}
    for address in addresses(under):
        more = "?q=ofen" if address.name in {"search", "palette"} else ""
        response = client.get(address.filled(known, slug="heizwerk") + more)
        if not response.streaming:
            found[address.name] = response.content.decode(errors="replace")
    return found


def told_to(program: Any, known: Known) -> dict[str, str]:
    """What each operation that reads says to a program."""
    reading = [one for one in operations() if one.method == "get" and not by_link(one)]
    return {one.name: _asked(program, one, known).content.decode(errors="replace") for one in reading}


def leaking(found: dict[str, str], link: str) -> set[str]:
    """Where the signed part stands; whatever stands around it, that part is the key."""
    key = link.rstrip("/").rpartition("/")[2]
    return {name for name, said in found.items() if key in said}


def test_no_colleague_client_or_program_reads_a_link_that_is_the_customers_alone(
    laid: Known, company: Company, link: str
) -> None:
    for member in (company.nina, company.ada):
        pages = leaking(shown_to(_signed_in(member), laid), link)
        programs = leaking(told_to(a_program(member), laid), link)
        assert pages | programs <= (BYTE_FOR_BYTE if member == company.ada else set()), member.name

    karla = _seated(company, "karla@heizwerk.example")
    assert not leaking(shown_to(karla, laid, CLIENTS), link)


def test_without_the_rule_many_doors_would_show_it(
    laid: Known, company: Company, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "KEY", re.compile("(?!)"))
    pages = leaking(shown_to(_signed_in(company.nina), laid), link)
    programs = leaking(told_to(a_program(company.nina), laid), link)
    assert {"conversation", "message_html", "search"} <= pages
    assert {"GET /conversations/{number}", "GET /messages/{message_id}/html", "GET /search"} <= programs


def test_colleagues_see_that_there_was_a_link(laid: Known, company: Company) -> None:
    said = _signed_in(company.nina).get(f"/t/heizwerk/conversations/{laid['number']}/").content.decode()
    assert "[ein Link, der nur der Kundin oder dem Kunden gehört] Ende" in said


def test_webhooks_tell_no_words(company: Company, ours: Known, link: str) -> None:
    concern = a_conversation(text=f"Siehe {link}")
    reply(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        text=f"Hier: {link}",
        channel=Channel.PHONE,
        at=clock.now(),
    )
    bodies = {str(row.pk): row.body for row in Occurrence.objects.all()}
    assert bodies and not leaking(bodies, link)
