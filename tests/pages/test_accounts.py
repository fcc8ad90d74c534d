"""Signing in, and everything around one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client

from golddraht.team.models import Membership
from golddraht.team.operations import invite
from golddraht.team.rules import Role
from tests.cast import PASSWORD, Company, a_company

Page = Callable[[Any], str]
PLACES = ["password/change/", "2fa/", "sessions/", "logout/", "reauthenticate/"]
FACTORS = ["2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"]


@pytest.fixture(autouse=True)
def _forget_attempts(company: Company) -> None:
    cache.clear()


def sign_in(browser: Client, email: str = "nina@heizwerk.example", password: str = PASSWORD) -> Any:
    return browser.post("/konto/login/", {"login": email, "password": password})


@pytest.fixture
def browser() -> Client:
    """Signed in, with the password given once more, as every change of the account wants it."""
    browser = Client()
    sign_in(browser)
    browser.post("/konto/reauthenticate/", {"password": PASSWORD})
    return browser


def test_signing_in_leads_to_the_inbox(company: Company) -> None:
    browser = Client()

    response = sign_in(browser)

    assert response.status_code == 302
    assert browser.get("/", follow=True).redirect_chain[-1][0] == "/t/heizwerk/inbox/"


def test_the_sixth_wrong_password_is_refused_kindly_even_if_the_seventh_were_right(
    company: Company, page: Page
) -> None:
    browser = Client()
    for _ in range(5):
        sign_in(browser, password="falsch")

    refused = sign_in(browser, password="falsch")
    right = sign_in(browser)

    assert refused.status_code in {200, 429}
    assert right.status_code in {200, 429}
    assert browser.get("/t/heizwerk/inbox/").status_code == 302


def test_too_many_tries_from_one_address_get_a_page_in_our_look(company: Company, page: Page) -> None:
    browser = Client()

    answers = [sign_in(browser, email=f"niemand{n}@example.org", password="falsch") for n in range(40)]

    last = answers[-1]
    assert last.status_code in {200, 429}
    assert 'class="auth' in page(last)


def test_nobody_signs_themselves_up_and_nothing_leads_there(company: Company, page: Page) -> None:
    said = page(Client().get("/konto/login/"))

    assert "signup" not in said
    assert Client().post("/konto/signup/", {"email": "x@example.org", "password1": PASSWORD}).status_code == 405


@pytest.mark.parametrize("place", PLACES + FACTORS)
def test_the_pages_of_the_account_stand_in_our_look(company: Company, browser: Client, place: str) -> None:
    response = browser.get(f"/konto/{place}", follow=True)

    assert response.status_code == 200
    assert 'class="auth' in response.content.decode()


@pytest.mark.parametrize("place", ["login/", *PLACES, *FACTORS])
def test_no_script_and_no_style_stands_in_the_page(company: Company, browser: Client, place: str) -> None:
    visitor = Client() if place == "login/" else browser
    response = visitor.get(f"/konto/{place}", follow=True)
    said = response.content.decode()

    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", said)
    assert scripts == []
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", said)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def the_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enrol(browser: Client) -> str:
    secret = browser.get("/konto/2fa/totp/activate/").context["form"].secret
    browser.post("/konto/2fa/totp/activate/", {"code": the_code(secret)})
    return str(secret)


def test_a_second_factor_is_stored_sealed(company: Company, browser: Client) -> None:
    secret = enrol(browser)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator WHERE type = 'totp'")
        [(stored,)] = cursor.fetchall()
    assert secret not in stored
    assert "g1:" in stored


def test_with_a_second_factor_the_password_alone_opens_nothing(company: Company, browser: Client) -> None:
    secret = enrol(browser)
    assert Authenticator.objects.filter(type="totp").count() == 1
    elsewhere = Client()

    sign_in(elsewhere)
    before = elsewhere.get("/t/heizwerk/inbox/").status_code
    cache.clear()
    elsewhere.post("/konto/2fa/authenticate/", {"code": the_code(secret)})

    assert before == 302
    assert elsewhere.get("/t/heizwerk/inbox/").status_code == 200


def test_recovery_codes_are_made_with_the_second_factor(company: Company, browser: Client) -> None:
    enrol(browser)

    assert browser.get("/konto/2fa/recovery-codes/").status_code == 200


def test_the_password_can_be_changed(company: Company, browser: Client) -> None:
    new = "noch ein langes Kennwort 815"

    browser.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    company.nina.user.refresh_from_db()
    assert company.nina.user.check_password(new)


def test_other_devices_can_be_signed_out(company: Company, browser: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    elsewhere.get("/t/heizwerk/inbox/")

    browser.post("/konto/sessions/")

    assert elsewhere.get("/t/heizwerk/inbox/").status_code == 302
    assert browser.get("/t/heizwerk/inbox/").status_code == 200


def test_signing_out_ends_it(company: Company, browser: Client) -> None:
    browser.post("/konto/logout/")

    assert browser.get("/t/heizwerk/inbox/").status_code == 302


def test_who_no_longer_works_here_finds_nothing(company: Company, browser: Client) -> None:
    Membership.objects.filter(pk=company.nina.pk).update(active=False)

    assert browser.get("/t/heizwerk/inbox/").status_code == 404


def test_who_works_for_two_companies_comes_to_the_list_of_both(company: Company, browser: Client, page: Page) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    invite(tenant_id=other.tenant.pk, email="nina@heizwerk.example", name="Nina Aigner", role=Role.AGENT)

    response = browser.get("/")

    assert (response.status_code, response["Location"]) == (302, "/clients/")
    said = page(browser.get("/clients/"))
    assert "Heizwerk" in said and "Möbelhaus" in said


@pytest.mark.parametrize("place", ["password/reset/", "email/", "signup/"])
def test_what_an_account_cannot_do_itself_says_who_can(company: Company, place: str) -> None:
    assert Client().get(f"/konto/{place}").status_code == 200
