"""Taking back a company that was founded by mistake: only while nothing of anybody stands in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.models import Doorplate
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import People
from golddraht.privacy.catalogue.order import model_of
from golddraht.team.models import Founding, Membership
from golddraht.team.operations import FoundingRefused, take_client_back


class CompanyInUse(FoundingRefused):
    """Somebody has begun to live in the company; the message says who or what."""


@transaction.atomic
def take_back_empty_company(*, founding_id: int, at: datetime) -> Founding:
    """Shut the doors of a company in which nothing is yet; they can be opened again. Raises FoundingRefused.

    It is shut first and looked at then, so that nothing arrives in between; what is refused takes the shutting back.
    """
    founding = take_client_back(founding_id=founding_id, at=at)
    with seeing(founding.client_id):
        _refuse_in_use(founding)
    return founding


def _refuse_in_use(founding: Founding) -> None:
    if Doorplate.objects.filter(tenant_id=founding.client_id).exists():
        raise CompanyInUse(_("It has a mailbox, so that mail can arrive. Close the mailbox there first."))
    working = Membership.objects.filter(tenant_id=founding.client_id, active=True)
    if working.exclude(user_id=founding.by.user_id).exists():
        raise CompanyInUse(_("Somebody else works there already. Let them go first."))
    if any(rows.exists() for rows in _of_customers(founding.client_id)):
        raise CompanyInUse(_("It is not empty any more: something of customers is kept there."))


def _of_customers(tenant_id: int) -> list[Any]:
    """The rows of every table that the data catalogue says is about customers; one that is new tomorrow as well."""
    about = [model_of(table) for table in TABLES if table.people is People.CUSTOMERS]
    return [model.objects.filter(tenant_id=tenant_id) for model in about if _has_tenant(model)]


def _has_tenant(model: Any) -> bool:
    return any(field.name == "tenant" for field in model._meta.fields)
