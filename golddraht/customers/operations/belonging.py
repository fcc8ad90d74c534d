"""Who belongs to which organisation, in which role, and who lives together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.customers.models import Belonging, Customer, Household, Organisation
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.ground.text import folded, one_line
from golddraht.plumbing.tenancy import current_sight


class NoSuchBelonging(LookupError):
    """There is none, or it has ended."""


@transaction.atomic
def join_organisation(*, customer_id: int, name: str, role: str, source: str, at: datetime) -> Belonging:
    """The person stands for an organisation, in a role (buyer, caretaker …); said twice it is one. Raises ValueError without a name."""
    called = one_line(name, 200)
    if not called:
        raise ValueError("An organisation needs a name.")
    organisation = Organisation.objects.filter(folded_name=folded(called)).order_by("pk").first()
    if organisation is None:
        organisation = Organisation.objects.create(name=called, name_source=source, folded_name=folded(called))
    belonging, _ = Belonging.objects.get_or_create(
        customer_id=customer_id,
        organisation=organisation,
        role=one_line(role, 80),
        ended_at=None,
        defaults={"source": source, "said_at": at, "actor_id": current_sight().actor},
    )
    _show_organisation(customer_id)
    return belonging


@transaction.atomic
def live_together(*, customer_id: int, with_id: int, source: str, at: datetime) -> Household:
    """Both live in one household: that of the second, else that of the first, else a new one. They stay two people."""
    if with_id in ids_of_person(customer_id=customer_id):
        raise ValueError("Somebody lives with somebody else.")
    known = Belonging.objects.filter(customer_id__in=[customer_id, with_id], household__isnull=False, ended_at=None)
    theirs = {row.customer_id: row.household for row in known.select_related("household")}
    household = theirs.get(with_id) or theirs.get(customer_id) or Household.objects.create(founded_at=at)
    for member in (customer_id, with_id):
        _move_in(member, household, source, at)
    return household


def _move_in(customer_id: int, household: Household, source: str, at: datetime) -> None:
    rows = Belonging.objects.filter(customer_id=customer_id, household__isnull=False, ended_at=None)
    rows.exclude(household=household).update(ended_at=at, ended_actor_id=current_sight().actor)
    rows.get_or_create(
        customer_id=customer_id,
        household=household,
        ended_at=None,
        defaults={"source": source, "said_at": at, "actor_id": current_sight().actor},
    )


@transaction.atomic
def end_belonging(*, belonging_id: int, at: datetime) -> None:
    """They left. That they belonged there stays known. Raises NoSuchBelonging."""
    row = Belonging.objects.select_for_update().filter(pk=belonging_id, ended_at=None).first()
    if row is None:
        raise NoSuchBelonging(belonging_id)
    Belonging.objects.filter(pk=row.pk).update(ended_at=at, ended_actor_id=current_sight().actor)
    _show_organisation(row.customer_id)


def _show_organisation(customer_id: int) -> None:
    """Let the customer show the organisation they joined last and have not left."""
    rows = Belonging.objects.filter(customer_id=customer_id, organisation__isnull=False, ended_at=None)
    latest = rows.order_by("-said_at", "-pk").values_list("organisation_id", flat=True).first()
    Customer.objects.filter(pk=customer_id).update(organisation_id=latest)
