"""Coming in with a link: an invitation, and a new password. Nobody but the person ever knows the password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from golddraht.plumbing.models import Trace
from golddraht.team.models import Invitation, Membership, User
from golddraht.team.operations import accept_vouched_for, close_password, invite
from golddraht.team.rules import Role
from tests.cast import PASSWORD, Company, a_company

Page = Callable[[Any], str]
CHOSEN = "Birnbaum trifft Leuchtturm"
TYPED = {"password": CHOSEN, "again": CHOSEN}
PEOPLE = "/t/heizwerk/settings/people/"


@pytest.fixture(autouse=True)
def _forget_attempts(company: Company) -> None:
    cache.clear()


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


def asked(browser: Client, email: str = "uli@heizwerk.example", **changes: Any) -> str:
    """The way to the page behind the link that the invitation gave."""
    told = {"name": "Uli Ersatz", "email": email, "role": "agent", "languages": ["de", "en"]}
    answer = browser.post(f"{PEOPLE}invite/", told | {"skills": "Öfen, Gas", "goodwill_cents": "25"} | changes)
    return path_of(answer)


def path_of(answer: Any) -> str:
    link: str = answer.context["link"]
    return link.removeprefix("http://localhost:8000").removeprefix("http://testserver")


def sign_in(email: str, password: str, browser: Client | None = None, to: str = "/") -> Client:
    browser = browser or Client()
    browser.post("/konto/login/", {"login": email, "password": password, "next": to})
    return browser


def can_work(browser: Client) -> bool:
    return browser.get("/t/heizwerk/inbox/").status_code == 200


def test_an_invited_person_chooses_a_password_and_works_here(company: Company, ada: Client) -> None:
    path = asked(ada)

    answer = Client().post(path, TYPED)

    assert answer.headers["Location"] == "/konto/login/"
    assert can_work(sign_in("uli@heizwerk.example", CHOSEN))
    member = Membership.objects.get(user__email="uli@heizwerk.example")
    assert (member.role, member.skills, member.goodwill_cents) == ("agent", ["Öfen", "Gas"], 2500)
    assert Trace.objects.filter(subject="team_invitation", verb="insert", actor_id=company.ada.pk).exists()
    assert Trace.objects.filter(subject="team_membership", verb="insert", subject_id=member.pk).exists()


def test_before_that_there_is_neither_an_account_nor_a_place(ada: Client, page: Page) -> None:
    path = asked(ada)

    Client().get(path)

    assert not User.objects.filter(email="uli@heizwerk.example").exists()
    said = page(ada.get(PEOPLE))
    assert "uli@heizwerk.example" in said and "Noch nicht da" not in said
    assert path not in said


def test_the_link_works_once(ada: Client) -> None:
    path = asked(ada)
    Client().post(path, TYPED)

    again = Client().post(path, {"password": "etwas ganz anderes 1", "again": "etwas ganz anderes 1"})

    assert again.status_code == 410
    assert can_work(sign_in("uli@heizwerk.example", CHOSEN))


def test_the_link_ends_after_a_week(ada: Client) -> None:
    path = asked(ada)
    Invitation.objects.update(invited_at=datetime.now(UTC) - timedelta(days=8))

    assert Client().get(path).status_code == 410
    assert Client().post(path, TYPED).status_code == 410


def test_a_new_link_and_taking_back_end_the_old_one(ada: Client) -> None:
    first = asked(ada)
    again = f"{PEOPLE}invitations/{Invitation.objects.get().pk}/again/"
    second = path_of(ada.post(again))
    before = Client().get(second).status_code
    ada.post(f"{PEOPLE}invitations/{Invitation.objects.get(ended_at=None).pk}/withdraw/")

    assert (Client().get(first).status_code, before, Client().get(second).status_code) == (410, 200, 410)


def test_a_changed_link_opens_nothing(ada: Client) -> None:
    path = asked(ada)

    assert Client().get(path[:-3] + "aa/").status_code == 410
    assert Client().get("/konto/einladung/irgendwas/").status_code == 410


@pytest.mark.parametrize("typed", [{"password": "kurz", "again": "kurz"}, TYPED | {"again": "anders getippt 1"}])
def test_a_weak_or_mistyped_password_is_refused_kindly(ada: Client, typed: dict[str, str]) -> None:
    answer = Client().post(asked(ada), typed)

    assert answer.status_code == 422
    assert not User.objects.filter(email="uli@heizwerk.example").exists()


def test_the_answer_and_the_page_are_alike_whether_or_not_somebody_signs_in_elsewhere(
    company: Company, ada: Client, page: Page
) -> None:
    a_company("moebelhaus", "Möbelhaus")

    told = [ada.post(f"{PEOPLE}invite/", person) for person in (the("max"), the("nina"))]
    shown = [Client().get(path_of(answer)) for answer in told]

    assert alike(page(told[0]), told[0]) == alike(page(told[1]), told[1])
    assert alike(page(shown[0]), told[0]) == alike(page(shown[1]), told[1])


def the(key: str) -> dict[str, Any]:
    told = {"name": "Uli Ersatz", "email": f"{key}@moebelhaus.example", "role": "agent", "languages": ["de"]}
    return told | {"skills": "", "goodwill_cents": "0"}


def alike(said: str, answer: Any) -> str:
    """What is said, without the address, the link and the token against forgery, which differ anyway."""
    import re

    said = said.replace(path_of(answer), "…").replace(answer.context["email"], "…")
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": ?"\w+"|content="\w{64}"', "", said)
    return re.sub(r"next=[^\"&]+", "", said)


def test_somebody_of_another_company_joins_with_their_own_password_alone(company: Company, ada: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    path = asked(ada, "nina@moebelhaus.example")

    refused = Client().post(path, TYPED)
    other.nina.user.refresh_from_db()
    kept = other.nina.user.check_password(PASSWORD)
    nina = sign_in("nina@moebelhaus.example", PASSWORD)
    before = can_work(nina)
    nina.post(path, {"join": "1"})

    assert (refused.status_code, kept, before) == (422, True, False)
    assert can_work(nina)


def test_whoever_is_signed_in_with_another_address_cannot_join_for_them(company: Company, ada: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    path = asked(ada, "nina@moebelhaus.example")
    tom = sign_in("tom@moebelhaus.example", PASSWORD)

    tom.post(path, {"join": "1"})

    assert not Membership.objects.filter(tenant=company.tenant, user__in=[other.nina.user, other.tom.user]).exists()


def test_whoever_comes_back_chooses_a_new_password(company: Company, ada: Client) -> None:
    Membership.objects.filter(pk=company.tom.pk).update(active=False, left_at=datetime.now(UTC))

    Client().post(asked(ada, "tom@heizwerk.example"), TYPED)

    company.tom.refresh_from_db()
    assert company.tom.active and company.tom.left_at is None
    assert can_work(sign_in("tom@heizwerk.example", CHOSEN))


def test_an_admin_of_another_company_cannot_take_an_invitation_back(
    company: Company, ada: Client, signed_in: Callable[[Membership], Client]
) -> None:
    path = asked(ada)
    stranger = signed_in(a_company("moebelhaus", "Möbelhaus").ada)
    pk = Invitation.objects.get().pk

    stranger.post(f"/t/moebelhaus/settings/people/invitations/{pk}/withdraw/")
    stranger.post(f"/t/moebelhaus/settings/people/invitations/{pk}/again/")

    assert Client().get(path).status_code == 200


def test_a_new_password_is_chosen_by_its_owner_with_a_link(company: Company, ada: Client) -> None:
    working = sign_in("nina@heizwerk.example", PASSWORD)
    was_in = can_work(working)

    path = path_of(ada.post(f"{PEOPLE}{company.nina.pk}/password/"))

    assert (was_in, can_work(working)) == (True, False), "Her devices are signed out."
    assert not can_work(sign_in("nina@heizwerk.example", PASSWORD))
    assert Client().get(path).status_code == 200
    Client().post(path, TYPED)
    assert can_work(sign_in("nina@heizwerk.example", CHOSEN))
    assert Client().get(path).status_code == 410


def test_the_second_link_ends_the_first(company: Company) -> None:
    first = close_password(user_id=company.nina.user_id)
    second = close_password(user_id=company.nina.user_id)

    told = [Client().get(f"/konto/password/new/{token}/").status_code for token in (first, second)]

    assert told == [410, 200]


def test_a_link_for_a_new_password_is_neither_kept_nor_passed_on(company: Company) -> None:
    answer = Client().get(f"/konto/password/new/{close_password(user_id=company.nina.user_id)}/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_sign_in_service_lets_an_invited_person_in_and_nobody_else(company: Company, ada: Client) -> None:
    asked(ada)
    at = datetime.now(UTC)

    let_in = accept_vouched_for(email="Uli@Heizwerk.example", at=at)
    stranger = accept_vouched_for(email="jemand@anders.example", at=at)

    assert let_in is not None and not let_in.has_usable_password()
    assert Membership.objects.filter(user=let_in, tenant=company.tenant, active=True).exists()
    assert stranger is None


def test_somebody_who_works_elsewhere_keeps_the_password_when_their_admin_wants_a_new_one(
    company: Company, ada: Client
) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    shared = invite(tenant_id=company.tenant.pk, email=other.nina.user.email, name="Nina", role=Role.AGENT)

    answer = ada.post(f"{PEOPLE}{shared.pk}/password/")

    other.nina.user.refresh_from_db()
    assert answer.status_code == 302
    assert other.nina.user.check_password(PASSWORD)
