from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from golddraht.customers.models import Customer
from golddraht.knowledge.models import OpenQuestion
from golddraht.knowledge.operations import publish, start_article
from golddraht.knowledge.rules import Audience
from golddraht.plumbing.tenancy import seeing
from tests.cast import MONDAY_MORNING, a_company


def test_a_page_that_only_looks_cannot_write(committed: None) -> None:
    company = a_company()

    with pytest.raises(DatabaseError, match="read-only"), seeing(company.tenant.pk, read_only=True):
        Customer.objects.create(known_since=MONDAY_MORNING)


def test_nothing_of_a_tenant_stays_behind_on_the_connection(committed: None) -> None:
    company = a_company()

    with company.seen():
        Customer.objects.create(known_since=MONDAY_MORNING)

    assert not Customer.objects.exists()
    with seeing(company.tenant.pk, read_only=True):
        assert Customer.objects.count() == 1


def test_a_search_that_finds_nothing_is_noted_after_the_page_was_read(committed: None) -> None:
    """The help page is read in a transaction that cannot write, and counts how often it was asked all the same."""
    company = a_company()
    with company.seen():
        article = start_article(
            title="Ofen", language="de", body="Heizt.", audience=Audience.PUBLIC, by=company.lea.pk, at=MONDAY_MORNING
        )
        publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)

    assert Client().get("/help/heizwerk/de/", {"q": "Wärmepumpe"}).status_code == 200
    with company.seen():
        assert OpenQuestion.objects.get().words == "Wärmepumpe"
