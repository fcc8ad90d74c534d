"""Mailboxes that a token opens: connected by a person or by the program itself, renewed in time, warned about in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.carriers.smtp import tell_alarm
from golddraht.channels.mail.reading import read
from golddraht.channels.models import Mailbox, SignIn, Token
from golddraht.channels.operations import asking_tokens
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.connecting import (
    SignInRefused,
    begin_connecting,
    connect_app,
    finish_connecting,
    keep_sign_in,
)
from golddraht.channels.operations.health import alarm_failing_mailboxes
from golddraht.channels.operations.lasting import renew_ahead, sweep
from golddraht.channels.operations.tokens import fresh_token, mistrust_token
from golddraht.channels.queries import mailbox_health
from golddraht.channels.rules import Provider
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.outgoing import ForbiddenHost, checked_addresses, may_reach
from golddraht.team.models import Alarm
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.journeys.smtp_peer import smtp_peer
from tests.journeys.token_service import CLIENT_ID, CLIENT_SECRET, DIRECTORY, TokenService, token_service
from tests.mails import CARE, a_mailbox

BACK = "https://care.example.org/back/"
HOUR = timedelta(hours=1)


@pytest.fixture
def service() -> Iterator[TokenService]:
    with token_service() as service:
        yield service


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def entered(mailbox: Mailbox, provider: Provider = Provider.MICROSOFT, **changes: Any) -> SignIn:
    """What an admin enters."""
    told = {"by_app": False, "directory": DIRECTORY, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    told |= {"secret_ends_on": None, "account": "", "is_testing": False}
    return keep_sign_in(mailbox_id=mailbox.pk, provider=provider, **told | changes)


def connected(mailbox: Mailbox, service: TokenService, provider: Provider = Provider.MICROSOFT, **changes: Any) -> str:
    """The way of a person: our page, theirs, and back."""
    at = changes.pop("at", MONDAY_MORNING)
    entered(mailbox, provider, **changes)
    departure = begin_connecting(mailbox_id=mailbox.pk, return_to=BACK)
    code = agreed(departure.url, service)["code"]
    return finish_connecting(mailbox_id=mailbox.pk, code=code, verifier=departure.verifier, return_to=BACK, at=at)


def agreed(url: str, service: TokenService) -> dict[str, str]:
    """What the browser comes back with after somebody signed in at the page."""
    client = HTTPConnection("127.0.0.1", service.port, timeout=20)
    client.request("GET", url.removeprefix(service.url))
    back = client.getresponse().headers["Location"]
    client.close()
    assert back.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def token_at(mailbox: Mailbox, at: datetime) -> str:
    return fresh_token(tenant_id=mailbox.tenant_id, mailbox_id=mailbox.pk, at=at)  # type: ignore[arg-type]  # It has one.


# Connecting


@pytest.mark.parametrize("provider", list(Provider))
def test_a_person_signs_in_and_the_mailbox_is_open(mailbox: Mailbox, service: TokenService, provider: Provider) -> None:
    who = connected(mailbox, service, provider)

    mailbox.refresh_from_db()
    assert who == CARE and mailbox.uses_oauth
    assert token_at(mailbox, MONDAY_MORNING) in service.access_tokens
    assert Token.objects.get().refresh.reveal() in service.refresh_tokens
    assert service.asked[0]["code_verifier"] and service.asked[0]["grant_type"] == "authorization_code"


def test_each_provider_is_asked_for_what_it_needs_for_mail(mailbox: Mailbox, service: TokenService) -> None:
    entered(mailbox)
    microsoft = asked_at(begin_connecting(mailbox_id=mailbox.pk, return_to=BACK).url)
    entered(mailbox, Provider.GOOGLE)
    google = asked_at(begin_connecting(mailbox_id=mailbox.pk, return_to=BACK).url)

    assert "https://outlook.office.com/IMAP.AccessAsUser.All" in microsoft["scope"].split()
    assert {"https://outlook.office.com/SMTP.Send", "offline_access"} <= set(microsoft["scope"].split())
    assert "https://mail.google.com/" in google["scope"].split()
    assert (google["access_type"], google["prompt"]) == ("offline", "consent")
    assert microsoft["code_challenge_method"] == google["code_challenge_method"] == "S256"
    assert microsoft["state"] != google["state"]


def asked_at(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_connecting_enters_the_servers_of_the_provider(mailbox: Mailbox, service: TokenService) -> None:
    service.account = "buero@heizwerk.example"
    connected(mailbox, service, account="buero@heizwerk.example")
    mailbox.refresh_from_db()
    assert (mailbox.imap_host, mailbox.imap_user) == ("outlook.office365.com", CARE)
    assert (mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security) == ("smtp.office365.com", 587, "STARTTLS")

    connected(mailbox, service, Provider.GOOGLE, account="buero@heizwerk.example")
    mailbox.refresh_from_db()
    assert (mailbox.imap_host, mailbox.imap_user) == ("imap.gmail.com", "buero@heizwerk.example")


def test_a_password_goes_to_no_provider_it_was_not_entered_for(mailbox: Mailbox, service: TokenService) -> None:
    Mailbox.objects.update(imap_host="imap.alt.example", imap_user="care")
    mailbox.imap_password = "alt"
    mailbox.save(update_fields=["imap_password"])

    entered(mailbox)
    mailbox.refresh_from_db()
    before = (mailbox.imap_host, mailbox.imap_password.reveal())
    connected(mailbox, service)
    mailbox.refresh_from_db()

    assert before == ("imap.alt.example", "alt")
    assert (mailbox.imap_host, bool(mailbox.imap_password)) == ("outlook.office365.com", False)


def test_servers_that_were_entered_without_a_password_stay(mailbox: Mailbox, service: TokenService) -> None:
    Mailbox.objects.update(imap_host="partner.outlook.cn", imap_user=CARE, smtp_host="smtp.partner.outlook.cn")

    connected(mailbox, service)

    mailbox.refresh_from_db()
    assert (mailbox.imap_host, mailbox.smtp_host) == ("partner.outlook.cn", "smtp.partner.outlook.cn")


def test_somebody_else_who_signs_in_is_refused_with_the_way_out(mailbox: Mailbox, service: TokenService) -> None:
    service.account = "privat@kunde.example"

    with pytest.raises(SignInRefused, match=r"privat@kunde\.example.*care@heizwerk\.example"):
        connected(mailbox, service)

    mailbox.refresh_from_db()
    assert not mailbox.uses_oauth and not Token.objects.exists()


def test_a_shared_mailbox_is_opened_by_whoever_was_entered(mailbox: Mailbox, service: TokenService) -> None:
    service.account = "Buero@Heizwerk.example"

    who = connected(mailbox, service, account="buero@heizwerk.example")

    mailbox.refresh_from_db()
    assert who == "buero@heizwerk.example" and mailbox.imap_user == CARE


def test_a_person_who_does_not_agree_to_mail_is_told(mailbox: Mailbox, service: TokenService) -> None:
    service.fewer = True

    with pytest.raises(SignInRefused, match=r"mail\.google\.com"):
        connected(mailbox, service, Provider.GOOGLE)


def test_without_a_lasting_grant_nothing_is_connected(mailbox: Mailbox, service: TokenService) -> None:
    service.gives_refresh = False

    with pytest.raises(SignInRefused):
        connected(mailbox, service, Provider.GOOGLE)


def test_a_code_is_worth_nothing_without_its_verifier(mailbox: Mailbox, service: TokenService) -> None:
    entered(mailbox)
    departure = begin_connecting(mailbox_id=mailbox.pk, return_to=BACK)
    code = agreed(departure.url, service)["code"]

    with pytest.raises(SignInRefused):
        finish_connecting(mailbox_id=mailbox.pk, code=code, verifier="x" * 43, return_to=BACK, at=MONDAY_MORNING)


def test_the_program_signs_in_for_itself(mailbox: Mailbox, service: TokenService) -> None:
    entered(mailbox, by_app=True)

    connect_app(mailbox_id=mailbox.pk, at=MONDAY_MORNING)

    assert token_at(mailbox, MONDAY_MORNING + HOUR) == "access-2"
    assert {one["grant_type"] for one in service.asked} == {"client_credentials"}
    assert service.asked[0]["scope"] == "https://outlook.office365.com/.default"
    assert Token.objects.get().grant_ends_at is None


def test_a_secret_goes_to_no_other_program(mailbox: Mailbox) -> None:
    entered(mailbox)
    entered(mailbox, client_secret="", secret_ends_on=date(2027, 1, 1))

    with pytest.raises(SignInRefused):
        entered(mailbox, client_secret="", client_id="another")

    assert SignIn.objects.get().client_secret.reveal() == CLIENT_SECRET


@pytest.mark.parametrize("directory", ["", "../evil", "a/b", "a?b", "x@y"])
def test_a_directory_is_a_name_and_no_path(mailbox: Mailbox, directory: str) -> None:
    with pytest.raises(SignInRefused):
        entered(mailbox, directory=directory)


def test_a_demo_connects_to_nobody(company: Company, mailbox: Mailbox) -> None:
    entered(mailbox)
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)

    with pytest.raises(SignInRefused):
        begin_connecting(mailbox_id=mailbox.pk, return_to=BACK)


# Renewing


def test_a_token_is_kept_until_shortly_before_it_expires(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)

    tokens = [token_at(mailbox, MONDAY_MORNING + timedelta(minutes=minute)) for minute in (0, 49, 51, 53)]

    assert tokens == ["access-1", "access-1", "access-2", "access-2"]
    assert service.asked[1]["refresh_token"] == "refresh-1"
    assert Token.objects.get().refresh.reveal() == "refresh-2"


def test_a_refresh_token_that_is_not_replaced_is_kept(mailbox: Mailbox, service: TokenService) -> None:
    service.rotates = False
    connected(mailbox, service, Provider.GOOGLE)

    for hours in (1, 2, 3):
        token_at(mailbox, MONDAY_MORNING + hours * HOUR)

    assert Token.objects.get().refresh.reveal() == "refresh-1"


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("invalid_grant", r"no longer accepts|AADSTS700082"),
        ("invalid_grant_google", r"expired or revoked"),
        ("interaction_required", r"AADSTS50076"),
        ("invalid_client", r"AADSTS7000222"),
    ],
)
def test_what_only_a_person_can_mend_is_said_and_not_asked_again_at_once(
    mailbox: Mailbox, service: TokenService, mood: str, words: str
) -> None:
    connected(mailbox, service)
    service.mood = mood

    for minutes in (55, 56, 60):
        with pytest.raises(NoToken, match=words) as refusal:
            token_at(mailbox, MONDAY_MORNING + timedelta(minutes=minutes))
        assert refusal.value.is_final and "Trace" not in str(refusal.value)

    assert len(service.asked) == 2
    assert Token.objects.get().refresh.reveal() == "refresh-1"


@pytest.mark.parametrize("mood", ["broken", "temporarily_unavailable", "too-many"])
def test_a_service_in_trouble_is_survived_as_long_as_the_token_lives(
    mailbox: Mailbox, service: TokenService, mood: str
) -> None:
    connected(mailbox, service)
    service.mood = mood

    kept = token_at(mailbox, MONDAY_MORNING + timedelta(minutes=51))
    with pytest.raises(NoToken) as refusal:
        token_at(mailbox, MONDAY_MORNING + timedelta(minutes=61))
    service.mood = "well"
    renewed = token_at(mailbox, MONDAY_MORNING + timedelta(minutes=63))

    assert kept == "access-1" and not refusal.value.is_final
    assert renewed in service.access_tokens and renewed != kept


def test_a_service_that_cannot_be_reached_is_said_in_words(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)

    with override_settings(MICROSOFT_URL="http://127.0.0.1:1"), pytest.raises(NoToken, match="Microsoft"):
        token_at(mailbox, MONDAY_MORNING + HOUR)


def test_a_service_inside_a_private_network_is_not_asked(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)

    with override_settings(PRIVATE_HOSTS=[]), pytest.raises(NoToken, match="GOLDDRAHT_PRIVATE_HOSTS"):
        token_at(mailbox, MONDAY_MORNING + HOUR)


def test_a_service_that_drips_is_hung_up_on(
    mailbox: Mailbox, service: TokenService, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(mailbox, service)
    monkeypatch.setattr(asking_tokens, "WHOLE", 0.5)
    service.mood = "dripping"

    with pytest.raises(NoToken):
        token_at(mailbox, MONDAY_MORNING + HOUR)


def test_a_token_that_a_server_refuses_is_replaced(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)
    where = {"tenant_id": mailbox.tenant_id, "mailbox_id": mailbox.pk}

    mistrust_token(**where, at=MONDAY_MORNING + timedelta(minutes=1))  # type: ignore[arg-type]  # They are numbers.
    at_once = token_at(mailbox, MONDAY_MORNING + timedelta(minutes=2))
    mistrust_token(**where, at=MONDAY_MORNING + timedelta(minutes=20))  # type: ignore[arg-type]  # They are numbers.
    later = token_at(mailbox, MONDAY_MORNING + timedelta(minutes=21))

    assert (at_once, later) == ("access-1", "access-2")


def test_many_who_need_a_token_at_once_renew_it_once(committed: None, service: TokenService) -> None:
    company = a_company()
    with company.seen():
        mailbox = a_mailbox()
        connected(mailbox, service)
    service.mood, service.single_use = "slow", True
    found: list[str] = []

    def want() -> None:
        try:
            found.append(token_at(mailbox, MONDAY_MORNING + HOUR))
        finally:
            connection.close()

    threads = [threading.Thread(target=want) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert found == ["access-2"] * 4 and len(service.asked) == 2


def test_a_refusal_outlives_the_transaction_in_which_it_was_noted(committed: None, service: TokenService) -> None:
    company = a_company()
    with company.seen():
        mailbox = a_mailbox()
        connected(mailbox, service)
    service.revoke()

    for _ in range(3):
        with pytest.raises(NoToken):
            token_at(mailbox, MONDAY_MORNING + HOUR)

    with company.seen():
        assert Token.objects.get().needs_person
    assert len(service.asked) == 2


# What admins are told


def test_a_revoked_grant_is_told_to_admins_within_minutes_by_another_way(
    company: Company, mailbox: Mailbox, service: TokenService
) -> None:
    connected(mailbox, service)
    service.revoke()
    due = MONDAY_MORNING + timedelta(minutes=51)
    sweep(at=due)
    assert ProcrastinateJob.objects.filter(task_name="channels.renew_token", args__mailbox_id=mailbox.pk).count() == 1

    renew_ahead(tenant_id=company.tenant.pk, mailbox_id=mailbox.pk, at=due)
    alarm_failing_mailboxes(at=due + timedelta(minutes=3))

    alarm = Alarm.objects.get(kind="mailbox-sending")
    health = mailbox_health(viewer=company.viewer(company.ada), at=due)[0]
    assert not health.is_healthy and "AADSTS700082" in health.access
    with smtp_peer() as peer, override_settings(ALARM_SMTP_URL=f"smtp://127.0.0.1:{peer.port}"):
        assert tell_alarm(tenant_id=company.tenant.pk, alarm_id=alarm.pk, at=due, step=5.0)
    assert "AADSTS700082" in str(read(peer.taken[0]).text)


def test_connecting_again_ends_the_alarm(company: Company, mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)
    service.revoke()
    due = MONDAY_MORNING + HOUR
    renew_ahead(tenant_id=company.tenant.pk, mailbox_id=mailbox.pk, at=due)
    alarm_failing_mailboxes(at=due + timedelta(minutes=3))

    connected(mailbox, service, at=due + timedelta(minutes=9))

    assert not Alarm.objects.filter(cleared_at=None).exists()
    assert mailbox_health(viewer=company.viewer(company.ada), at=due + timedelta(minutes=9))[0].is_healthy


def test_renewing_is_nudged_only_when_it_is_time(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)

    sweep(at=MONDAY_MORNING + timedelta(minutes=30))

    assert not ProcrastinateJob.objects.filter(task_name="channels.renew_token").exists()


def kinds_told() -> list[tuple[str, bool]]:
    return [(one.kind, one.cleared_at is None) for one in Alarm.objects.order_by("pk")]


def test_the_end_of_a_secret_is_told_a_week_and_a_day_ahead_once_each(
    company: Company, mailbox: Mailbox, service: TokenService
) -> None:
    ends_on = (MONDAY_MORNING + timedelta(days=30)).date()
    connected(mailbox, service, secret_ends_on=ends_on)
    told = []
    for days in (0, 22, 24, 26, 29.5, 29.8):
        for _ in range(2):
            sweep(at=MONDAY_MORNING + timedelta(days=days))
        told.append(kinds_told())

    assert told[0] == told[1] == []
    assert told[2] == told[3] == [("secret-week", True)]
    assert told[4] == told[5] == [("secret-week", False), ("secret-day", True)]
    health = mailbox_health(viewer=company.viewer(company.ada), at=MONDAY_MORNING + timedelta(days=29.5))[0]
    assert not health.is_healthy and str(ends_on.year) in health.access


def test_a_new_secret_ends_the_warning(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service, secret_ends_on=(MONDAY_MORNING + timedelta(days=3)).date())
    sweep(at=MONDAY_MORNING)

    entered(mailbox, client_secret="a new one", secret_ends_on=(MONDAY_MORNING + timedelta(days=700)).date())
    sweep(at=MONDAY_MORNING)

    assert kinds_told() == [("secret-week", False)]
    mailbox.refresh_from_db()
    assert mailbox.uses_oauth


def test_google_in_testing_ends_after_seven_days_however_often_it_is_renewed(
    mailbox: Mailbox, service: TokenService
) -> None:
    connected(mailbox, service, Provider.GOOGLE, is_testing=True)
    token_at(mailbox, MONDAY_MORNING + timedelta(days=3))

    sweep(at=MONDAY_MORNING + timedelta(days=3))
    sweep(at=MONDAY_MORNING + timedelta(days=6))

    assert Token.objects.get().grant_ends_at == MONDAY_MORNING + timedelta(days=7)
    assert kinds_told() == [("grant-week", False), ("grant-day", True)]


def test_what_google_says_of_the_end_counts(mailbox: Mailbox, service: TokenService) -> None:
    service.grant_lifetime = 3 * 24 * 3600

    connected(mailbox, service, Provider.GOOGLE)

    assert Token.objects.get().grant_ends_at == MONDAY_MORNING + timedelta(days=3)


def test_microsofts_ninety_days_begin_anew_with_each_renewal(mailbox: Mailbox, service: TokenService) -> None:
    connected(mailbox, service)

    token_at(mailbox, MONDAY_MORNING + timedelta(days=80))
    sweep(at=MONDAY_MORNING + timedelta(days=85))

    assert Token.objects.get().grant_ends_at == MONDAY_MORNING + timedelta(days=170)
    assert kinds_told() == []


# Where connections may go


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0"),
        *("::ffff:127.0.0.1", "64:ff9b::a00:7", "2002:a00:7::1"),
    ],
)
def test_private_addresses_are_out_of_reach(address: str) -> None:
    with override_settings(PRIVATE_HOSTS=["mail.intern.example"]):
        assert not may_reach("mail.elsewhere.example", address)
        assert may_reach("mail.intern.example", address)


def test_public_addresses_are_within_reach() -> None:
    assert may_reach("mail.elsewhere.example", "93.184.215.14")


def test_a_name_for_the_house_itself_is_refused() -> None:
    with override_settings(PRIVATE_HOSTS=[]), pytest.raises(ForbiddenHost):
        checked_addresses("localhost", 25)
