"""The way of an admin to Microsoft's or Google's page and back, as a browser goes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from golddraht.channels.models import Mailbox, SignIn, Token
from golddraht.channels.operations.lasting import sweep
from golddraht.pages.settings import sign_in
from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Tenant, Trace
from golddraht.team.models import Membership
from tests.cast import Company, a_company
from tests.journeys.token_service import CLIENT_ID, CLIENT_SECRET, DIRECTORY, TokenService, token_service
from tests.mails import CARE, a_mailbox

Page = Callable[[Any], str]
HERE = "/t/heizwerk/settings/mailboxes/"


@pytest.fixture
def service() -> Iterator[TokenService]:
    with token_service() as service:
        yield service


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox(imap_password="alt")


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


def told(provider: str = "MICROSOFT", **changes: Any) -> dict[str, Any]:
    said = {"provider": provider, "directory": DIRECTORY, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    return said | {"account": "", "secret_ends_on": ""} | changes


def goes_there(ada: Client, mailbox: Mailbox) -> str:
    """Where the click on “Connect” leads."""
    return str(ada.get(f"{HERE}{mailbox.pk}/connect/")["Location"])


def comes_back(url: str, service: TokenService) -> str:
    """Where the service sends the browser after somebody signed in there."""
    client = HTTPConnection("127.0.0.1", service.port, timeout=20)
    client.request("GET", url.removeprefix(service.url))
    back = client.getresponse().headers["Location"]
    client.close()
    parts = urlsplit(back)
    assert parts.path == f"{HERE}connected/"
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("provider", ["MICROSOFT", "GOOGLE"])
def test_an_admin_connects_a_mailbox_and_sees_as_whom(
    ada: Client, mailbox: Mailbox, service: TokenService, page: Page, provider: str
) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told(provider))

    response = ada.get(comes_back(goes_there(ada, mailbox), service), follow=True)

    mailbox.refresh_from_db()
    assert CARE in page(response) and response.redirect_chain[-1][0] == f"{HERE}{mailbox.pk}/"
    assert mailbox.uses_oauth and not mailbox.imap_password
    assert Token.objects.get().refresh.reveal() == "refresh-1"
    assert SignIn.objects.get().connected_as == CARE


def test_the_secret_is_never_shown_and_neither_is_a_token(
    ada: Client, mailbox: Mailbox, service: TokenService, page: Page
) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    ada.get(comes_back(goes_there(ada, mailbox), service))

    shown = "".join(page(ada.get(f"{HERE}{mailbox.pk}/{place}")) for place in ("", "sign-in/"))

    assert CLIENT_ID in shown and CLIENT_SECRET not in shown
    assert "access-1" not in shown and "refresh-1" not in shown
    assert f"http://localhost:8000{HERE}connected/" in shown
    row = Token.objects.values_list("refresh", flat=True).get()
    assert "refresh-1" not in row.sealed_text


def test_a_way_back_that_was_not_begun_here_leads_nowhere(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    goes_there(ada, mailbox)

    ada.get(f"{HERE}connected/?code=code-1&state=made-up")
    ada.get(f"{HERE}connected/?code=code-1")

    assert service.asked == [] and not Token.objects.exists()


def test_a_way_back_is_good_once_and_in_the_same_browser_alone(
    company: Company, ada: Client, mailbox: Mailbox, service: TokenService, signed_in: Callable[[Membership], Client]
) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    back = comes_back(goes_there(ada, mailbox), service)

    signed_in(company.ada).get(back)
    assert service.asked == []
    ada.get(back)
    ada.get(back)

    assert len(service.asked) == 1


def test_a_way_back_to_another_company_leads_nowhere(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    moebelhaus = a_company("moebelhaus", "Moebelhaus")
    Membership.objects.filter(pk=moebelhaus.ada.pk).update(user=ada.session["_auth_user_id"])
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    back = comes_back(goes_there(ada, mailbox), service)

    ada.get(back.replace("/t/heizwerk/", "/t/moebelhaus/"))

    assert service.asked == []


def test_a_way_back_after_a_quarter_of_an_hour_is_too_late(
    ada: Client, mailbox: Mailbox, service: TokenService, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    back = comes_back(goes_there(ada, mailbox), service)
    monkeypatch.setattr(sign_in, "PATIENCE", timedelta(0))

    ada.get(back)

    assert service.asked == []


def test_whoever_breaks_off_is_told_that_nothing_changed(
    ada: Client, mailbox: Mailbox, service: TokenService, page: Page
) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    state = parse_qs(urlsplit(goes_there(ada, mailbox)).query)["state"][0]

    response = ada.get(f"{HERE}connected/?error=access_denied&state={state}", follow=True)

    assert response.redirect_chain[-1][0] == f"{HERE}{mailbox.pk}/sign-in/"
    assert service.asked == [] and not Token.objects.exists()


def test_the_verifier_stays_with_us(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())

    url = goes_there(ada, mailbox)

    begun = next(iter(ada.session[sign_in.WAITING].values()))
    assert begun["verifier"] not in url and Session.objects.exists()
    assert all(begun["verifier"] not in cookie.value for cookie in ada.cookies.values())


def test_the_program_connects_without_a_person(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told(by_app="on"))

    ada.post(f"{HERE}{mailbox.pk}/connect-program/")

    mailbox.refresh_from_db()
    assert mailbox.uses_oauth and service.asked[0]["grant_type"] == "client_credentials"


def test_disconnecting_forgets_what_opened_it(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    ada.get(comes_back(goes_there(ada, mailbox), service))

    ada.post(f"{HERE}{mailbox.pk}/disconnect/")

    mailbox.refresh_from_db()
    assert not mailbox.uses_oauth and not Token.objects.exists()


def test_an_end_that_is_near_is_said_where_admins_look(
    ada: Client, mailbox: Mailbox, service: TokenService, page: Page
) -> None:
    near = (now() + timedelta(days=3)).date()
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told(secret_ends_on=near.isoformat()))
    ada.get(comes_back(goes_there(ada, mailbox), service))
    sweep(at=now())

    places = [f"{HERE}{mailbox.pk}/", f"{HERE}{mailbox.pk}/sign-in/", HERE, "/t/heizwerk/health/"]
    shown = [page(ada.get(place)) for place in places]

    assert all(str(near.year) in each and "Microsoft 365" in each for each in shown)


@pytest.mark.parametrize("place", ["sign-in/", "connect/", "connect-program/", "disconnect/"])
def test_only_admins_connect_mailboxes(
    company: Company, mailbox: Mailbox, signed_in: Callable[[Membership], Client], place: str
) -> None:
    nina = signed_in(company.nina)

    answers = {
        nina.get(f"{HERE}{mailbox.pk}/{place}").status_code,
        nina.post(f"{HERE}{mailbox.pk}/{place}").status_code,
    }

    assert answers <= {403, 405}


def test_a_demo_goes_nowhere(company: Company, ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)

    response = ada.get(f"{HERE}{mailbox.pk}/connect/")

    assert response["Location"] == f"{HERE}{mailbox.pk}/sign-in/"


def test_connecting_stands_in_the_audit_trail(ada: Client, mailbox: Mailbox, service: TokenService) -> None:
    ada.post(f"{HERE}{mailbox.pk}/sign-in/", told())
    ada.get(comes_back(goes_there(ada, mailbox), service))

    fields = [name for one in Trace.objects.filter(subject="channels_signin") for name in one.fields]
    assert "connected_at" in fields
