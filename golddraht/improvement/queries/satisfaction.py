"""What was asked, and of whom."""

from __future__ import annotations

from datetime import datetime

from golddraht.consent.queries.unsubscribing import objects_to
from golddraht.consent.rules import Purpose
from golddraht.customers.models import Customer
from golddraht.improvement.models import AskingPolicy, Satisfaction
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant

SURVEY = "satisfaction"
"""What a signed link to the question is for."""


class NoSuchQuestion(LookupError):
    """Nothing was asked under that id here."""


def survey_path(satisfaction_id: int) -> str:
    """Where the customer answers. Looking at the page changes nothing."""
    return f"/k/zufrieden/{token_for(SURVEY, tenant_id=current_tenant_id(), id_=satisfaction_id)}/"


def stop_path(satisfaction_id: int) -> str:
    """The same page with the wish not to be asked again in front."""
    return survey_path(satisfaction_id) + "?nicht-mehr"


def policy() -> AskingPolicy | None:
    found: AskingPolicy | None = AskingPolicy.objects.select_related("by").first()
    return found


def last_asked_at(*, customer_id: int) -> datetime | None:
    rows = Satisfaction.objects.filter(customer_id=customer_id, asked_at__isnull=False)
    moment: datetime | None = rows.order_by("-asked_at").values_list("asked_at", flat=True).first()
    return moment


def satisfaction_by_id(satisfaction_id: int) -> Satisfaction:
    """What was asked, with its conversation. Raises NoSuchQuestion."""
    rows = Satisfaction.objects.select_related("conversation__team", "conversation__owner")
    found: Satisfaction | None = rows.filter(pk=satisfaction_id, asked_at__isnull=False).first()
    if found is None:
        raise NoSuchQuestion(satisfaction_id)
    return found


def is_asked_no_more(*, customer_id: int) -> bool:
    return objects_to(customer_id=customer_id, purpose=Purpose.SURVEY)


def language_spoken_to(customer_id: int) -> str:
    """The language in which this customer is asked. Raises NoSuchQuestion where there is none."""
    language: str | None = Customer.objects.filter(pk=customer_id).values_list("language", flat=True).first()
    if language is None:
        raise NoSuchQuestion(customer_id)
    return language or current_tenant().language
