"""What a row says is kept for everybody to whom it says the same, and shown to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from golddraht.conversations.operations import hand_over
from golddraht.conversations.queries import Place
from golddraht.pages.inbox import listing
from golddraht.pages.templatetags import moments, rows
from golddraht.plumbing import clock
from golddraht.team.models import Membership, User
from golddraht.team.operations import form_team
from tests.cast import WEEKDAYS, Company, a_company, a_conversation, also_serves, bjoern

pytestmark = pytest.mark.django_db
KEPT = (listing._in_words, rows._drawn, moments._drawn)
PART = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    for kept in KEPT:
        kept.cache_clear()


@pytest.fixture
def theirs(company: Company) -> Company:
    """Another company with concerns of the same numbers, people of the same names, and Nina, who serves it too."""
    theirs = a_company("moebelhaus", "Möbelhaus")
    also_serves(company.nina, theirs)
    for one in (company, theirs):
        with one.seen():
            fill(one)
    return theirs


def fill(company: Company) -> None:
    """A concern of Nina's and one of another team, about what only this company may know."""
    at, secret = clock.now() - timedelta(minutes=5), company.tenant.slug
    other_team = form_team(name="Rückfragen", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    first = a_conversation(subject=f"Herd, {secret}", at=at)
    second = a_conversation(customer=bjoern(), subject=f"Bett, {secret}", at=at)
    hand_over(conversation_id=first.pk, to_id=company.nina.pk, by=None, at=at)
    hand_over(conversation_id=second.pk, to_id=company.tom.pk, team_id=other_team.pk, by=None, at=at)


def shown_to(member: Membership, place: Place) -> str:
    """The rows that a member sees there."""
    client = Client()
    client.force_login(member.user)
    said = client.get(f"/t/{member.tenant.slug}/inbox/?place={place}", headers=PART).content.decode()
    return said.partition('<div class="rows"')[2]


def everybody(*companies: Company) -> list[Membership]:
    """Every role in every company, and whoever serves both of them."""
    tenants = [company.tenant.pk for company in companies]
    return list(Membership.objects.filter(tenant__in=tenants).select_related("tenant", "user").order_by("pk"))


def test_everybody_sees_with_rows_kept_what_they_see_without(company: Company, theirs: Company) -> None:
    User.objects.filter(pk__in=[company.lea.user_id, theirs.ada.user_id]).update(language="en")
    looks = [(member, place) for member in everybody(company, theirs) for place in Place]
    without = []
    for member, place in looks:
        forget()
        without.append(shown_to(member, place))
    for member, place in looks:
        shown_to(member, place)

    assert [shown_to(member, place) for member, place in looks] == without
    assert all(kept.cache_info().hits for kept in KEPT)


def test_no_row_of_another_company_is_shown_from_what_is_kept(company: Company, theirs: Company) -> None:
    secrets = {company.tenant.pk: company.tenant.slug, theirs.tenant.pk: theirs.tenant.slug}
    for _ in range(2):
        for member in everybody(company, theirs):
            said = shown_to(member, Place.ALL)
            others = {secret for tenant_id, secret in secrets.items() if tenant_id != member.tenant_id}
            assert f"Herd, {member.tenant.slug}" in said
            assert not [secret for secret in others if f", {secret}" in said or f"/t/{secret}/" in said]


def test_no_row_of_another_team_is_shown_from_what_is_kept(company: Company, theirs: Company) -> None:
    slug = company.tenant.slug
    for member in everybody(company):
        shown_to(member, Place.ALL)

    assert f"Bett, {slug}" not in shown_to(company.nina, Place.TEAM)
    assert f"Bett, {slug}" in shown_to(company.tom, Place.TEAM)
    assert f"Bett, {slug}" not in shown_to(company.nina, Place.MINE)


def test_who_has_read_a_row_does_not_read_it_for_others(company: Company, theirs: Company) -> None:
    before = shown_to(company.tom, Place.ALL)
    client = Client()
    client.force_login(company.nina.user)
    client.get(f"/t/{company.tenant.slug}/inbox/?place=all")
    number = before.partition('id="concern-')[2].partition('"')[0]
    with company.seen():
        address = listing.url_of(company.tenant.slug, int(number))
    assert client.get(address).status_code == 200

    assert shown_to(company.tom, Place.ALL) == before
