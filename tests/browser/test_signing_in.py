"""Coming in, in a real browser, in German: a link and a password of one's own, six digits, a passkey, the company's own service."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import ROOT, House, a_running_house, environment_of, scratch_folder
from tests.journeys.oidc_service import CLIENT, SECRET, SignInService, a_sign_in_service

CHOSEN = "Birnbaum trifft Leuchtturm"
ADDED = "Ihr Schlüssel"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def service() -> Iterator[SignInService]:
    with a_sign_in_service() as service:
        yield service


@pytest.fixture(scope="module")
def house(service: SignInService) -> Iterator[House]:
    """A house with one company and a sign-in service, named by the settings alone."""
    told = {
        "GOLDDRAHT_OIDC_SERVER": service.url,
        "GOLDDRAHT_OIDC_CLIENT_ID": CLIENT,
        "GOLDDRAHT_OIDC_SECRET": SECRET,
        "GOLDDRAHT_OIDC_NAME": "Anmeldung der Probe GmbH",
    }
    with scratch_folder() as data, a_running_house(data, "--no-demo", **told) as house:
        command(house, "tenant", "add", "probe", "Probe GmbH", "--admin", "ada@probe.example", "--admin-name", "Ada")
        yield house


def command(house: House, *words: str) -> dict[str, Any]:
    """What a command answers to a program."""
    done = subprocess.run(
        [sys.executable, "-m", "golddraht", *words, "--json"],
        cwd=ROOT,
        env=environment_of(house.data, house.port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def somebody_new(house: House, name: str) -> tuple[str, str]:
    """Address and link of a person who was added by the command line."""
    email = f"{name.lower()}@probe.example"
    words = ["user", "add", email, "--name", f"{name} Muster", "--tenant", "probe", "--role", "admin"]
    return email, command(house, *words)["link"]


def chooses_a_password(one: Desk, link: str) -> None:
    one.go(link)
    assert one.page.locator("html").get_attribute("lang") == "de"
    assert one.barriers() == []
    one.page.get_by_label("Passwort", exact=True).fill(CHOSEN)
    one.page.get_by_label("Noch einmal dasselbe").fill(CHOSEN)
    one.page.get_by_role("button", name="Passwort behalten").click()
    one.page.wait_for_url("**/konto/login/")
    assert one.page.get_by_text("Ihr Passwort ist gespeichert.").first.is_visible()


def signs_in(one: Desk, email: str, then: str = "**/t/probe/**") -> None:
    one.go("/konto/login/")
    one.page.fill("[name=login]", email)
    one.page.fill("[name=password]", CHOSEN)
    one.page.press("[name=password]", "Enter")
    one.page.wait_for_url(then)


def signs_out(one: Desk) -> None:
    one.go("/konto/logout/")
    one.page.get_by_role("button", name="Abmelden").click()
    one.page.wait_for_url("**/konto/login/**")


def gives_the_password_once_more(one: Desk) -> None:
    if "reauthenticate" in one.page.url:
        one.page.fill("[name=password]", CHOSEN)
        with one.page.expect_navigation():
            one.page.press("[name=password]", "Enter")


def is_in(one: Desk) -> bool:
    return bool(one.go("/t/probe/inbox/").status == 200 and urlsplit(one.page.url).path == "/t/probe/inbox/")


def code_of(secret: str) -> str:
    """What an app shows now (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_an_invited_person_chooses_a_password_and_signs_in(desk: Any, house: House) -> None:
    one = desk()
    email, link = somebody_new(house, "Paula")

    chooses_a_password(one, link)
    signs_in(one, email)

    assert is_in(one)
    assert desk().go(link).status == 410


def test_six_digits_are_set_up_and_asked_for(desk: Any, house: House) -> None:
    one = desk()
    email, link = somebody_new(house, "Toni")
    chooses_a_password(one, link)
    signs_in(one, email)

    one.go("/konto/2fa/totp/activate/")
    gives_the_password_once_more(one)
    secret = one.page.locator("#authenticator_secret").input_value()
    assert one.page.locator("img[src^='data:image/svg']").is_visible()
    assert one.barriers() == []
    one.page.fill("[name=code]", code_of(secret))
    one.page.press("[name=code]", "Enter")
    one.page.wait_for_url("**/konto/2fa/recovery-codes/**")
    assert one.barriers() == []
    signs_out(one)
    signs_in(one, email, then="**/konto/2fa/authenticate/")
    assert one.barriers() == []
    with_password_alone = is_in(one)
    one.go("/konto/2fa/authenticate/")
    # The code that set it up counts no second time.
    one.page.wait_for_timeout(seconds_left() * 1000)
    one.page.fill("[name=code]", code_of(secret))
    one.page.press("[name=code]", "Enter")
    one.page.wait_for_url("**/t/probe/**")

    assert not with_password_alone and is_in(one)


def seconds_left() -> int:
    """Until an app shows the next code, and a moment more."""
    return 31 - int(time.time()) % 30


def test_a_passkey_is_made_and_opens_the_door_without_a_password(desk: Any, house: House) -> None:
    one = desk()
    email, link = somebody_new(house, "Resi")
    chooses_a_password(one, link)
    signs_in(one, email)
    one.go("/konto/2fa/webauthn/add/")
    gives_the_password_once_more(one)
    assert urlsplit(one.page.url).path == "/konto/2fa/webauthn/add/"
    assert one.barriers() == []
    # From here on nothing else looks at the page: with a second one that leaves, the authenticator would go.
    tools = one.context.new_cdp_session(one.page)
    tools.send("WebAuthn.enable")
    authenticator = tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    one.page.fill("[name=name]", ADDED)
    one.page.check("[name=passwordless]")
    one.page.locator("#mfa_webauthn_add").click()
    one.page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    [credential] = tools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    one.go("/konto/2fa/webauthn/")
    assert one.page.get_by_text(ADDED).first.is_visible()
    signs_out(one)
    was_out = not is_in(one)
    one.go("/konto/login/")
    one.page.get_by_role("button", name="Mit Passkey anmelden").click()
    one.page.wait_for_url("**/t/probe/**", timeout=PATIENCE)

    assert credential["rpId"] == "localhost" and credential["isResidentCredential"]
    assert was_out and is_in(one)
    one.go("/konto/2fa/webauthn/")
    assert one.barriers() == []


def test_the_companys_own_service_lets_in_whom_the_company_invited(
    desk: Any, house: House, service: SignInService
) -> None:
    email, _link = somebody_new(house, "Oskar")
    service.person |= {"sub": "oskar", "email": email}
    one = desk()

    one.go("/konto/login/")
    assert one.barriers() == []
    one.page.get_by_role("button", name="Anmeldung der Probe GmbH").click()
    one.page.wait_for_url("**/t/probe/**")

    assert is_in(one)


def test_the_companys_own_service_says_kindly_that_somebody_is_not_invited(
    desk: Any, house: House, service: SignInService
) -> None:
    service.person |= {"sub": "fremd", "email": "fremd@anderswo.example"}
    one = desk()

    one.go("/konto/login/")
    one.page.get_by_role("button", name="Anmeldung der Probe GmbH").click()

    one.page.get_by_role("heading", name="Sie sind noch nicht eingeladen").wait_for()
    assert one.barriers() == []
    assert not is_in(one)
