from __future__ import annotations

import pytest
from django.db import DatabaseError

from golddraht.customers.models import Customer
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
