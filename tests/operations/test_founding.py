"""Founding a company from the pages of another one, and taking it back while it is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import DatabaseError, transaction

from golddraht.channels.operations import add_mailbox
from golddraht.customers.models import Customer
from golddraht.plumbing.audit import trail_of
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_sight, seeing
from golddraht.privacy.operations import CompanyInUse, take_back_empty_company
from golddraht.team.models import Founding, Invitation, Membership, Team
from golddraht.team.operations import (
    ClientWish,
    FoundingRefused,
    allow_clients,
    create_api_token,
    found_client,
    invite,
    open_client_again,
)
from golddraht.team.operations.companies import Founded
from golddraht.team.queries import (
    NoSuchToken,
    NotAMember,
    all_tenants,
    bearer_of,
    calendar_of,
    tenant_by_slug,
    viewer_for,
    viewers_of,
)
from golddraht.team.queries.companies import founded_companies
from golddraht.team.rules import Act, Role
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, valentina

pytestmark = pytest.mark.django_db
HOURS = [(day, time(8), time(17)) for day in range(5)]
GRAZ = ClientWish(name="Heizwerk Graz", country="AT", state="6", brand_colour="#1B7F4B", hours=HOURS)
LATER = MONDAY_MORNING + timedelta(hours=1)


def graz(company: Company, wish: ClientWish = GRAZ) -> Founded:
    return found_client(wish=wish, by=company.ada.pk, at=MONDAY_MORNING)


def test_a_founded_company_can_be_worked_in_at_once(company: Company) -> None:
    founded = graz(company)

    viewer = viewer_for(user_id=company.ada.user_id, tenant_slug="heizwerk-graz")
    assert (viewer.role, viewer.tenant_colour) == (Role.ADMIN, "1b7f4b")
    with seeing(founded.tenant.pk):
        team = Team.objects.get()
        assert (team.is_default, team.lead_id, team.zone) == (True, viewer.membership_id, "Europe/Vienna")
        assert calendar_of(team) is not None
        assert a_conversation(customer=valentina()).owner_id == viewer.membership_id


def test_founding_leaves_one_where_one_was_and_writes_nothing_across(company: Company) -> None:
    before = current_sight()

    founded = graz(company)

    assert current_sight() == before
    assert not Team.objects.filter(tenant_id=founded.tenant.pk).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Customer.objects.create(tenant_id=founded.tenant.pk, name="Fremd")


def test_who_founded_it_stands_in_both_trails(company: Company) -> None:
    with company.seen(by=company.ada):
        founded = graz(company)
        lines = trail_of(subject="team_founding", subject_id=founded.founding.pk)

    assert [(line.verb, line.actor_id) for line in lines] == [("insert", company.ada.pk)]
    with seeing(founded.tenant.pk):
        assert [line.verb for line in trail_of(subject="plumbing_tenant", subject_id=founded.tenant.pk)] == ["insert"]


def test_a_second_factor_that_is_asked_here_is_asked_there(company: Company) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(second_factor_from=MONDAY_MORNING)

    assert graz(company).tenant.second_factor_from == MONDAY_MORNING


def test_its_first_admin_is_invited_to_it_and_not_to_us(company: Company) -> None:
    founded = graz(company, replace(GRAZ, admin_name="Gerda Graz", admin_email="Gerda@graz.example"))

    asked = Invitation.objects.get(email="gerda@graz.example")
    assert (asked.tenant_id, asked.role, asked.pk) == (founded.tenant.pk, Role.ADMIN, founded.invitation.pk)  # type: ignore[union-attr]  # It was made.


@pytest.mark.parametrize(
    "wish",
    [
        replace(GRAZ, name=" "),
        replace(GRAZ, name="!!!"),
        replace(GRAZ, slug="Heizwerk Graz"),
        replace(GRAZ, slug="heizwerk"),
        replace(GRAZ, country="FR"),
        replace(GRAZ, state="nowhere"),
        replace(GRAZ, brand_colour="green"),
        replace(GRAZ, team=" "),
        replace(GRAZ, hours=[]),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(company: Company, wish: ClientWish) -> None:
    with pytest.raises(FoundingRefused):
        graz(company, wish)

    assert [one.slug for one in all_tenants()] == ["heizwerk"]


def test_a_founded_company_founds_none_itself(company: Company) -> None:
    founded = graz(company)

    viewer = viewer_for(user_id=company.ada.user_id, tenant_slug="heizwerk-graz")
    assert not viewer.may(Act.FOUND)
    with seeing(founded.tenant.pk), pytest.raises(FoundingRefused):
        found_client(wish=replace(GRAZ, slug="wien"), by=viewer.membership_id, at=LATER)


def test_only_so_many_as_whoever_runs_the_installation_allows(company: Company) -> None:
    allow_clients(tenant_id=company.tenant.pk, most=1, at=MONDAY_MORNING)
    founded = graz(company)

    with pytest.raises(FoundingRefused):
        graz(company, replace(GRAZ, slug="wien"))
    take_back_empty_company(founding_id=founded.founding.pk, at=LATER)
    graz(company, replace(GRAZ, slug="wien"))
    with pytest.raises(FoundingRefused):
        open_client_again(founding_id=founded.founding.pk, at=LATER)


def test_a_company_that_was_taken_back_has_no_door(company: Company) -> None:
    founded = graz(company, replace(GRAZ, admin_email="gerda@graz.example"))
    with seeing(founded.tenant.pk):
        member = Membership.objects.get(tenant_id=founded.tenant.pk)
        _token, text = create_api_token(name="Kasse", member_id=member.pk, may_write=True, at=MONDAY_MORNING)

    take_back_empty_company(founding_id=founded.founding.pk, at=LATER)

    with pytest.raises(NotAMember):
        viewer_for(user_id=company.ada.user_id, tenant_slug="heizwerk-graz")
    with pytest.raises(NoSuchToken):
        bearer_of(text)
    assert tenant_by_slug("heizwerk-graz") is None
    assert [one.tenant_slug for one in viewers_of(user_id=company.ada.user_id)] == ["heizwerk"]
    assert "heizwerk-graz" not in [one.slug for one in all_tenants()]
    assert not Invitation.objects.filter(tenant_id=founded.tenant.pk, ended_at=None).exists()


def test_taken_back_and_opened_again_is_as_it_was(company: Company) -> None:
    founded = graz(company)
    take_back_empty_company(founding_id=founded.founding.pk, at=LATER)

    open_client_again(founding_id=founded.founding.pk, at=LATER)

    assert viewer_for(user_id=company.ada.user_id, tenant_slug="heizwerk-graz").role is Role.ADMIN
    (shown,) = founded_companies(viewer=company.viewer(company.ada))
    assert shown.taken_back_at is None


def test_its_short_name_is_kept_for_it(company: Company) -> None:
    take_back_empty_company(founding_id=graz(company).founding.pk, at=LATER)

    with pytest.raises(FoundingRefused):
        graz(company)


def has_a_customer(_founded: Founded) -> None:
    valentina()


def has_a_mailbox(_founded: Founded) -> None:
    add_mailbox(address="service@graz.example", sender_name="Graz")


def has_somebody_else(founded: Founded) -> None:
    invite(tenant_id=founded.tenant.pk, email="gerda@graz.example", name="Gerda", role=Role.ADMIN)


@pytest.mark.parametrize("lives_in_it", [has_a_customer, has_a_mailbox, has_somebody_else])
def test_a_company_in_which_somebody_lives_stays(company: Company, lives_in_it: object) -> None:
    founded = graz(company)
    with seeing(founded.tenant.pk):
        lives_in_it(founded)  # type: ignore[operator]  # One of the three above.

    with pytest.raises(CompanyInUse):
        take_back_empty_company(founding_id=founded.founding.pk, at=LATER)

    assert tenant_by_slug("heizwerk-graz") is not None
    assert Founding.objects.get().taken_back_at is None


def test_nobody_takes_back_what_others_founded(company: Company) -> None:
    founded = graz(company)

    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen(), pytest.raises(FoundingRefused):
        take_back_empty_company(founding_id=founded.founding.pk, at=LATER)

    assert tenant_by_slug("heizwerk-graz") is not None
    assert founded_companies(viewer=theirs.viewer(theirs.ada)) == []


def test_twice_is_told(company: Company) -> None:
    founded = graz(company)
    take_back_empty_company(founding_id=founded.founding.pk, at=LATER)

    with pytest.raises(FoundingRefused):
        take_back_empty_company(founding_id=founded.founding.pk, at=LATER)
