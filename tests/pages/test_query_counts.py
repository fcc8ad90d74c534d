"""How many questions each page asks the database: committed, so that nobody adds one for each row unseen.

`UPDATE_QUERY_COUNTS=1` writes the new numbers.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from golddraht.conversations.operations import receive_message, reply
from golddraht.conversations.operations.notes import add_note
from golddraht.customers.models import Customer
from golddraht.plumbing import clock
from tests.cast import Company, a_conversation, bjoern, valentina, words

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "inbox": "/t/heizwerk/inbox/?place=all",
    "inbox, refreshed": "/t/heizwerk/inbox/?place=all",
    "conversation": "/t/heizwerk/conversations/1-3/",
    "thread, refreshed": "/t/heizwerk/conversations/1-3/",
    "customers": "/t/heizwerk/customers/",
    "customer": "/t/heizwerk/customers/{customer}/",
    "enter": "/t/heizwerk/enter/",
    "write first": "/t/heizwerk/write/",
}


@pytest.fixture
def busy(company: Company, mailbox: None) -> Customer:
    """Enough of everything that a question per row would be seen."""
    customer, at = valentina(at=clock.now()), clock.now()
    conversation = a_conversation(customer=customer, at=at)
    for text in ["Und noch etwas.", "Und noch etwas anderes."]:
        receive_message(customer=customer, words=words(text), conversation=conversation, at=at)
        reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=at)
        add_note(conversation_id=conversation.pk, by=company.nina.pk, text="Notiz", at=at)
        a_conversation(customer=bjoern(at=at), at=at)
    return customer


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_than_it_did(name: str, busy: Customer, nina: Client) -> None:
    headers = {"HX-Request": "true"} if name.endswith("refreshed") else {}
    url = PAGES[name].format(customer=busy.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = nina.get(url, headers=headers)

    assert response.status_code == 200
    _compare(name, len(queries))


def _compare(name: str, count: int) -> None:
    baseline: dict[str, Any] = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(baseline | {name: count}, indent=2, sort_keys=True) + "\n")
        return
    assert count == baseline.get(name), f"{name} asked {count} questions, {baseline.get(name)} are committed"
