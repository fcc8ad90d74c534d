"""Signing in at the operator's own service, against a real one on loopback: who comes in, and which lies are not believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from golddraht.team.models import Membership, User
from golddraht.team.operations import open_invitation
from golddraht.team.rules import Role
from tests.cast import Company, a_company
from tests.journeys.oidc_service import CLIENT, SECRET, SignInService, a_sign_in_service

BEGIN, BACK = "/konto/oidc/oidc/login/", "/konto/oidc/oidc/login/callback/"


@pytest.fixture
def service(company: Company) -> Iterator[SignInService]:
    cache.clear()
    with a_sign_in_service() as service:
        app = {"provider_id": "oidc", "name": "Heizwerk-Anmeldung", "client_id": CLIENT, "secret": SECRET}
        known = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        provider = known | {"APPS": [app | {"settings": {"server_url": service.url}}]}
        with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": provider}):
            yield service


def goes_there(browser: Client) -> str:
    """The way to the service and what it answers: the address that the browser is sent back to."""
    begun = browser.post(BEGIN)
    assert begun.status_code == 302, begun.content
    answer = requests.get(begun.headers["Location"], allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://testserver")


def comes_back(browser: Client | None = None) -> tuple[Client, Any]:
    browser = browser or Client()
    return browser, browser.get(goes_there(browser))


def is_in(browser: Client) -> bool:
    return browser.get("/t/heizwerk/inbox/").status_code == 200


def invited(email: str = "uli@heizwerk.example") -> None:
    told: dict[str, Any] = {"languages": ("de",), "skills": (), "goodwill_cents": 0}
    open_invitation(email=email, name="Uli Ersatz", role=Role.AGENT, at=datetime.now(UTC), **told)


def test_a_member_signs_in_and_is_linked_by_the_verified_address(company: Company, service: SignInService) -> None:
    browser, answer = comes_back()

    assert answer.status_code == 302 and is_in(browser)
    assert SocialAccount.objects.get().user == company.nina.user
    assert {"nonce", "state", "code_challenge"} <= service.asked[0].keys()


def test_whoever_is_linked_signs_in_under_another_address_too(company: Company, service: SignInService) -> None:
    comes_back()
    service.person |= {"email": "nina.married@heizwerk.example"}

    browser, _ = comes_back()

    assert is_in(browser)
    assert User.objects.filter(email__startswith="nina.married").count() == 0


def test_an_invited_person_comes_in_without_a_password(company: Company, service: SignInService) -> None:
    invited()
    service.person |= {"sub": "7", "email": "uli@heizwerk.example"}

    browser, _ = comes_back()

    member = Membership.objects.get(tenant=company.tenant, user__email="uli@heizwerk.example")
    assert is_in(browser) and member.active and not member.user.has_usable_password()


@pytest.mark.parametrize("verified", [False, "false", None, 0])
def test_an_address_that_is_not_verified_links_nobody(company: Company, service: SignInService, verified: Any) -> None:
    invited()
    for email in ("nina@heizwerk.example", "uli@heizwerk.example"):
        service.person |= {"email": email, "email_verified": verified}

        browser, answer = comes_back()

        assert not is_in(browser)
        assert "nicht eingeladen" in answer.content.decode()
    assert SocialAccount.objects.count() == 0
    assert not User.objects.filter(email="uli@heizwerk.example").exists()


def test_nobody_is_let_in_whom_nobody_invited(company: Company, service: SignInService) -> None:
    service.person |= {"email": "fremd@anderswo.example"}

    browser, answer = comes_back()

    assert not is_in(browser)
    assert "nicht eingeladen" in answer.content.decode()
    assert not User.objects.filter(email="fremd@anderswo.example").exists()


def test_whoever_has_left_everywhere_is_linked_no_more(company: Company, service: SignInService) -> None:
    Membership.objects.filter(pk=company.nina.pk).update(active=False)

    browser, _ = comes_back()

    assert not is_in(browser)
    assert SocialAccount.objects.count() == 0


def test_an_invitation_to_a_second_company_is_accepted_by_signing_in(company: Company, service: SignInService) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen(other.ada):
        invited("nina@heizwerk.example")

    browser, _ = comes_back()

    assert browser.get("/t/moebelhaus/inbox/").status_code == 200


def another(**claims: Any) -> Any:
    return lambda told: told | claims


def without(name: str) -> Any:
    return lambda told: {key: value for key, value in told.items() if key != name}


LIES = {
    "another nonce": another(nonce="of an earlier sign-in"),
    "no nonce": without("nonce"),
    "another audience": another(aud="another-program"),
    "several audiences": another(aud=[CLIENT, "another-program"]),
    "made for another party": another(azp="another-program"),
    "another issuer": another(iss="https://evil.example"),
    "long over": another(exp=1),
    "without an end": without("exp"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_token_that_was_not_made_for_this_sign_in_is_refused(
    company: Company, service: SignInService, lie: Any
) -> None:
    service.claims = lie

    browser, answer = comes_back()

    assert answer.status_code == 401 and not is_in(browser)
    assert SocialAccount.objects.count() == 0


def test_a_token_signed_with_another_key_is_refused(company: Company, service: SignInService) -> None:
    service.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    browser, answer = comes_back()

    assert answer.status_code == 401 and not is_in(browser)


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", SECRET.ljust(32, "."))])
def test_a_token_without_a_signature_by_a_private_key_is_refused(
    company: Company, service: SignInService, algorithm: str, key: Any
) -> None:
    service.algorithm, service.signs_with = algorithm, key

    browser, answer = comes_back()

    assert answer.status_code == 401 and not is_in(browser)


def test_what_is_said_of_somebody_else_is_refused(company: Company, service: SignInService) -> None:
    service.user_info = another(sub="somebody else")

    browser, answer = comes_back()

    assert answer.status_code == 401 and not is_in(browser)


def test_the_answer_to_another_browser_is_refused(company: Company, service: SignInService) -> None:
    stolen, elsewhere = goes_there(Client()), Client()
    elsewhere.post(BEGIN)

    answer = elsewhere.get(stolen)

    assert answer.status_code == 401 and not is_in(elsewhere)


def test_an_answer_counts_once(company: Company, service: SignInService) -> None:
    browser = Client()
    way = goes_there(browser)
    browser.get(way)
    browser.post("/konto/logout/")

    again = browser.get(way)

    assert again.status_code == 401 and not is_in(browser)


def test_a_changed_state_is_refused(company: Company, service: SignInService) -> None:
    browser = Client()
    code = parse_qs(urlsplit(goes_there(browser)).query)["code"][0]

    answer = browser.get(f"{BACK}?code={code}&state=somethingelse")

    assert answer.status_code == 401 and not is_in(browser)


def test_an_address_cannot_ask_for_more_than_the_settings(company: Company, service: SignInService) -> None:
    browser = Client()

    begun = browser.post(f"{BEGIN}?scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example%26nonce%3Dmine")

    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"] and asked["nonce"] != ["mine"]


def test_a_service_that_does_not_answer_is_said_kindly(company: Company, service: SignInService) -> None:
    service.server.shutdown()
    service.server.server_close()

    answer = Client().post(BEGIN)

    assert answer.status_code == 401
    assert 'class="auth' in answer.content.decode()


def test_a_look_at_the_button_alone_sends_nobody_away(company: Company, service: SignInService) -> None:
    said = Client().get("/konto/login/").content.decode()

    assert "Heizwerk-Anmeldung" in said
    assert Client().get(BEGIN).status_code == 200, "A link from elsewhere must not begin a sign-in."


def test_the_stand_in_speaks_as_the_standard_wants(service: SignInService) -> None:
    """Or the tests above would prove nothing."""
    told = requests.get(f"{service.url}/.well-known/openid-configuration", timeout=10).json()
    key = jwt.PyJWKSet.from_dict(requests.get(told["jwks_uri"], timeout=10).json()).keys[0]

    assert told["issuer"] == service.url and key.algorithm_name == "RS256"
    assert requests.get(told["userinfo_endpoint"], timeout=10).status_code == 404
