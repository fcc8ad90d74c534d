"""Where a mailbox is: known from the address, from its MX, from what the domain publishes, or guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.channels.mail.asking import Answer, NotKnown
from golddraht.channels.mail.mail_servers import PROVIDERS, Place, proposal_for

World = dict[tuple[str, str], list[str]]


def asked(records: World) -> tuple[list[tuple[str, str]], object]:
    seen: list[tuple[str, str]] = []

    def look(name: str, kind: str) -> tuple[Answer, ...]:
        seen.append((name, kind))
        return tuple(Answer(text) for text in records.get((name, kind), []))

    return seen, look


@pytest.mark.parametrize(
    ("address", "provider", "imap", "oauth"),
    [
        ("anna@gmx.at", "gmx", "imap.gmx.net", ""),
        ("Anna@WEB.de", "webde", "imap.web.de", ""),
        ("anna@t-online.de", "tonline", "secureimap.t-online.de", ""),
        ("anna@posteo.de", "posteo", "posteo.de", ""),
        ("anna@mailbox.org", "mailboxorg", "imap.mailbox.org", ""),
        ("anna@outlook.de", "microsoft", "outlook.office365.com", "MICROSOFT"),
        ("anna@gmail.com", "google", "imap.gmail.com", "GOOGLE"),
    ],
)
def test_a_provider_is_known_by_its_own_addresses_and_nobody_is_asked(
    address: str, provider: str, imap: str, oauth: str
) -> None:
    seen, look = asked({})
    found = proposal_for(address, look)  # type: ignore[arg-type]

    assert (found.provider, found.imap.host, found.oauth, found.found_by) == (provider, imap, oauth, "domain")
    assert seen == []


@pytest.mark.parametrize(
    ("exchange", "provider", "imap"),
    [
        ("muster-de.mail.protection.outlook.com", "microsoft", "outlook.office365.com"),
        ("aspmx.l.google.com", "google", "imap.gmail.com"),
        ("mx00.kundenserver.de", "ionos", "imap.ionos.de"),
        ("smtpin.rzone.de", "strato", "imap.strato.de"),
        ("mxext1.mailbox.org", "mailboxorg", "imap.mailbox.org"),
        ("w0123456.kasserver.com", "allinkl", "w0123456.kasserver.com"),
        ("www123.your-server.de", "hetzner", "www123.your-server.de"),
    ],
)
def test_a_provider_is_known_by_who_takes_the_mail(exchange: str, provider: str, imap: str) -> None:
    _seen, look = asked({("muster.example", "MX"): [exchange]})
    found = proposal_for("service@muster.example", look)  # type: ignore[arg-type]

    assert (found.provider, found.imap.host, found.found_by, found.user) == (
        provider,
        imap,
        "mx",
        "service@muster.example",
    )


def test_nobody_is_taken_for_a_provider_whose_name_merely_stands_in_theirs() -> None:
    _seen, look = asked({("muster.example", "MX"): ["mx.notgmx.net.evil.example"]})
    assert proposal_for("service@muster.example", look).found_by == "guess"  # type: ignore[arg-type]


def test_what_a_domain_publishes_is_followed_by_priority_and_weight() -> None:
    _seen, look = asked(
        {
            ("_imaps._tcp.muster.example", "SRV"): ["20 0 993 zweiter.example.", "10 1 993 leicht.example.", "10 9 9933 imap.example."],
            ("_submission._tcp.muster.example", "SRV"): ["0 1 587 smtp.example."],
        }
    )  # fmt: skip
    found = proposal_for("service@muster.example", look)  # type: ignore[arg-type]

    assert found.imap == Place("imap.example", 9933, "TLS")
    assert found.smtp == Place("smtp.example", 587, "STARTTLS") and found.found_by == "srv"


def test_a_lone_dot_says_that_there_is_none() -> None:
    _seen, look = asked({("_imaps._tcp.muster.example", "SRV"): ["0 0 0 ."]})
    assert proposal_for("service@muster.example", look).found_by == "guess"  # type: ignore[arg-type]


def test_a_name_server_that_is_silent_leaves_a_guess() -> None:
    def look(name: str, kind: str) -> tuple[Answer, ...]:
        raise NotKnown(name)

    found = proposal_for("service@muster.example", look)
    assert (found.imap.host, found.smtp.host, found.found_by) == ("imap.muster.example", "smtp.muster.example", "guess")


@given(st.text(max_size=80))
def test_whatever_is_published_never_breaks_the_proposal(record: str) -> None:
    _seen, look = asked({("_imaps._tcp.muster.example", "SRV"): [record], ("muster.example", "MX"): [record]})
    assert proposal_for("service@muster.example", look).imap.port > 0  # type: ignore[arg-type]


def test_every_provider_speaks_tls() -> None:
    assert all({one.imap.security, one.smtp.security} <= {"TLS", "STARTTLS"} for one in PROVIDERS.values())
