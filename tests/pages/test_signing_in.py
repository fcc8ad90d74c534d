"""Who is signed in where, who has a second factor, and a company that asks everybody for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from golddraht.house import last_seen
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant, Trace
from golddraht.team.models import Membership
from golddraht.team.operations import invite
from golddraht.team.operations.signing_in import GraceRefused, ask_for_second_factor, note_seen_today
from golddraht.team.rules import Role
from tests.cast import Company, a_company

PAGE = "/t/heizwerk/settings/signing-in/"
INBOX = "/t/heizwerk/inbox/"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
Browser = Callable[[Membership], Client]
Page = Callable[[Any], str]


@pytest.fixture
def ada(company: Company, signed_in: Browser) -> Client:
    return signed_in(company.ada)


def noted(client: Client, *, user_agent: str = PHONE, ip: str = "84.112.9.7") -> UserSession:
    """The library's row for a session, as it makes it when somebody signs in by the page."""
    user_id = int(client.session["_auth_user_id"])
    key = client.session.session_key
    session: UserSession = UserSession.objects.update_or_create(
        session_key=key, defaults={"user_id": user_id, "ip": ip, "user_agent": user_agent}
    )[0]
    return session


def with_an_app(member: Membership) -> None:
    Authenticator.objects.create(user=member.user, type="totp", data={})


def sessions_of(member: Membership) -> str:
    return f"/t/heizwerk/settings/people/{member.pk}/sessions/"


# Devices


def test_an_admin_sees_a_colleagues_devices_coarsely_and_ends_one(
    company: Company, ada: Client, signed_in: Browser, page: Page
) -> None:
    phone, desk = signed_in(company.nina), signed_in(company.nina)
    lost = noted(phone)
    noted(desk, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537", ip="10.0.0.4")

    said = page(ada.get(sessions_of(company.nina)))
    assert "Firefox, Android" in said and "Chrome, Windows" in said
    assert "84.112.…" in said and "84.112.9.7" not in said

    ada.post(f"{sessions_of(company.nina)}end/", {"session": lost.pk})
    assert phone.get(INBOX).status_code == 302
    assert desk.get(INBOX).status_code == 200
    assert Trace.objects.filter(subject_id=company.nina.pk, fields=["sessions"]).exists()

    ada.post(f"{sessions_of(company.nina)}end/")
    assert desk.get(INBOX).status_code == 302


def test_sessions_of_somebody_elses_people_are_not_ended(company: Company, ada: Client, signed_in: Browser) -> None:
    tom = signed_in(company.tom)
    theirs = noted(tom)
    ada.post(f"{sessions_of(company.nina)}end/", {"session": theirs.pk})
    assert tom.get(INBOX).status_code == 200


def test_who_works_for_another_company_too_is_left_alone(
    company: Company, ada: Client, signed_in: Browser, page: Page
) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    invite(tenant_id=other.tenant.pk, email=company.nina.user.email, name="Nina Aigner", role=Role.AGENT)
    nina = signed_in(company.nina)
    noted(nina)
    said = page(ada.get(sessions_of(company.nina)))
    assert "Firefox" not in said and "auch für ein anderes Unternehmen" in said
    ada.post(f"{sessions_of(company.nina)}end/")
    assert nina.get(INBOX).status_code == 200


def test_own_devices_are_ended_one_by_one_and_nobody_elses(company: Company, signed_in: Browser, page: Page) -> None:
    here, there, tom = signed_in(company.nina), signed_in(company.nina), signed_in(company.tom)
    noted(here)
    assert "Firefox, Android" in page(here.get("/konto/sessions/"))
    here.post(f"/konto/sessions/{noted(there).pk}/end/")
    here.post(f"/konto/sessions/{noted(tom).pk}/end/")
    assert there.get(INBOX).status_code == 302
    assert tom.get(INBOX).status_code == 200


def test_a_session_is_seen_once_a_day(company: Company, signed_in: Browser) -> None:
    nina = signed_in(company.nina)
    session = noted(nina)
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=clock.now() - timedelta(days=3))
    last_seen._seen.clear()
    nina.get(INBOX)
    session.refresh_from_db()
    first = session.last_seen_at
    assert first.date() == clock.now().date()
    note_seen_today(session_key=session.session_key, at=clock.now().replace(hour=23, minute=59))
    session.refresh_from_db()
    assert session.last_seen_at == first, "of the rest of the day nothing is kept"


def test_sessions_that_are_over_are_not_shown(company: Company, ada: Client, signed_in: Browser, page: Page) -> None:
    noted(signed_in(company.nina))
    Session.objects.exclude(session_key=ada.session.session_key).delete()
    assert "Firefox" not in page(ada.get(sessions_of(company.nina)))


# A second factor for everybody


def test_the_list_says_who_has_what(company: Company, ada: Client, page: Page) -> None:
    with_an_app(company.nina)
    said = page(ada.get(PAGE))
    assert said.count("App mit sechs Ziffern") == 1
    assert said.count("nur Kennwort") == 3
    assert "3 Personen haben" in said


def test_in_the_grace_people_are_reminded_and_afterwards_led_to_it(
    company: Company, ada: Client, nina: Client, page: Page
) -> None:
    with_an_app(company.ada)
    assert ada.post(PAGE, {"is_needed": "on", "grace_days": "14"}).status_code == 302
    assert nina.get(INBOX).status_code == 200
    assert "zweiten Faktor" in page(nina.get("/t/heizwerk/today/"))
    assert "/konto/2fa/" not in page(ada.get("/t/heizwerk/today/"))

    Tenant.objects.filter(pk=company.tenant.pk).update(second_factor_from=clock.now() - timedelta(minutes=1))
    answer = nina.get(INBOX)
    assert answer.status_code == 302 and answer["Location"] == "/konto/second-factor/heizwerk/"
    assert nina.get(answer["Location"]).status_code == 200
    assert nina.post("/t/heizwerk/settings/writing/", {}).status_code == 302
    assert nina.get(INBOX, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert ada.get(INBOX).status_code == 200

    with_an_app(company.nina)
    assert nina.get(INBOX).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(company: Company, nina: Client) -> None:
    ask_for_second_factor(grace_days=0, at=clock.now() - timedelta(minutes=1))
    Authenticator.objects.create(user=company.nina.user, type="recovery_codes", data={})
    assert nina.get(INBOX).status_code == 302


def test_whom_the_sign_in_service_vouches_for_is_not_asked_here(company: Company, nina: Client) -> None:
    ask_for_second_factor(grace_days=0, at=clock.now() - timedelta(minutes=1))
    session = nina.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 1.0}]
    session.save()
    assert nina.get(INBOX).status_code == 200


def test_it_can_be_lifted_again_and_grace_has_an_end(company: Company, ada: Client) -> None:
    ask_for_second_factor(grace_days=14, at=clock.now())
    ada.post(PAGE, {"grace_days": "14"})
    assert Tenant.objects.get(pk=company.tenant.pk).second_factor_from is None
    with pytest.raises(GraceRefused):
        ask_for_second_factor(grace_days=91, at=clock.now())
    assert ada.post(PAGE, {"is_needed": "on", "grace_days": "91"}).status_code == 422


def test_agents_and_leads_see_nothing_of_it(company: Company, nina: Client, signed_in: Browser) -> None:
    for one in (nina, signed_in(company.lea)):
        assert one.get(PAGE).status_code == 403
        assert one.get(sessions_of(company.tom)).status_code == 403
