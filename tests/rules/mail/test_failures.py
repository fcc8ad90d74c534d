"""What it means that a mail came back: the address is gone, or not just now, or this mail is unwanted."""

from __future__ import annotations

import pytest

from golddraht.channels.mail.failures import Meaning, is_worth_another_try, meaning
from golddraht.channels.mail.reading import read

from .corpus import source

GONE, PASSING, UNWANTED, UNCLEAR = Meaning.GONE, Meaning.PASSING, Meaning.UNWANTED, Meaning.UNCLEAR

STORIES = {
    "bounce-gmail-address-not-found": GONE,
    "bounce-gmail-inbox-full-in-german": PASSING,
    "bounce-gmail-will-try-again-is-a-delivery-report": PASSING,
    "bounce-office365-recipient-not-found": GONE,
    "bounce-office365-knows-its-people-at-the-edge": GONE,
    "bounce-exchange-2010-in-german": GONE,
    "bounce-outlook-com-blocks-our-network": UNWANTED,
    "bounce-gmx-mailbox-unavailable": GONE,
    "bounce-web-de-quota-in-german": PASSING,
    "bounce-t-online-unknown-user": GONE,
    "bounce-yahoo-no-such-account": GONE,
    "bounce-yahoo-mailbox-disabled": GONE,
    "bounce-qmail-sorry-no-mailbox": GONE,
    "bounce-sendmail-transcript-of-session": GONE,
    "bounce-exim-unrouteable": GONE,
    "bounce-postfix-host-not-found": GONE,
    "bounce-postfix-tried-for-days": PASSING,
    "bounce-domino-not-listed": GONE,
    "bounce-groupwise-user-not-found": GONE,
    "bounce-mailenable-domain-does-not-exist": GONE,
    "bounce-mdaemon-permanent-failure": GONE,
    "bounce-domain-factory-in-german": GONE,
    "bounce-spam-filter-says-policy": UNWANTED,
    "bounce-message-too-big": UNWANTED,
    "bounce-of-an-internationalised-address": GONE,
    "bounce-without-our-id-but-with-our-token": GONE,
}


@pytest.mark.parametrize("story", STORIES)
def test_hard_and_soft_are_told_apart(story: str) -> None:
    bounce = read(source(story)).bounce

    assert bounce is not None
    failure = bounce.recipients[0]
    assert meaning(failure.status, failure.reason) is STORIES[story]


@pytest.mark.parametrize(
    ("status", "words", "expected"),
    [
        (None, "550 5.1.1 User unknown", GONE),
        ("5.0.0", "550 Unbekannter Empfänger", GONE),
        ("5.7.1", "550 5.7.1 <x@y.example>: Recipient address rejected: User unknown in relay recipient table", GONE),
        ("5.7.1", "550 5.7.1 rejected by local policy", UNWANTED),
        ("5.7.26", "unauthenticated mail is prohibited: DMARC policy of the domain", UNWANTED),
        ("5.2.1", "The email account that you tried to reach is disabled", GONE),
        ("5.2.1", "The user you are trying to contact is receiving mail too quickly, try again later", PASSING),
        ("4.2.1", "greylisted, please come back", PASSING),
        ("5.1.10", "Recipient address has null MX", GONE),
        ("5.4.6", "Routing loop detected", UNWANTED),
        ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", GONE),
        ("5.0.0", "undefined error", UNCLEAR),
        (None, None, UNCLEAR),
        ("nonsense", "Postfach des Empfängers ist voll", PASSING),
        ("5.1.1", "550 5.1.1 no such user; try again later", GONE),
    ],
)
def test_what_servers_say(status: str | None, words: str | None, expected: Meaning) -> None:
    assert meaning(status, words) is expected


def test_a_full_mailbox_is_worth_another_try_and_a_server_that_tried_for_days_is_not() -> None:
    assert is_worth_another_try("5.2.2", "mailbox full")
    assert not is_worth_another_try(None, "mailbox is full: retry timeout exceeded")
    assert not is_worth_another_try("4.4.7", "message expired after 5 days")
    assert not is_worth_another_try("5.1.1", "user unknown")


def test_a_report_brings_our_tokens_back() -> None:
    bounce = read(source("bounce-without-our-id-but-with-our-token")).bounce
    returned = read(source("bounce-postfix-host-not-found")).bounce

    assert bounce is not None and bounce.tokens == ("c1f-0123456789abcdef",)
    assert returned is not None and returned.tokens[0] == "d2a-fedcba9876543210"


def test_a_complaint_names_kind_and_mail_even_where_the_recipient_is_blacked_out() -> None:
    named = read(source("report-abuse-of-a-big-provider")).complaint
    blacked = read(source("report-abuse-with-the-recipient-blacked-out")).complaint

    assert named is not None and (named.kind, named.recipients) == ("abuse", ("otto@weg.example",))
    assert blacked is not None and blacked.recipients == ()
    assert blacked.original_message_id == "c1f-0123456789abcdef.aa11@heizwerk.example"
    assert "d2a-fedcba9876543210" in blacked.tokens


def test_an_ordinary_mail_is_no_complaint() -> None:
    assert read(source("gmail-german-reply")).complaint is None


def test_long_words_are_understood_at_once() -> None:
    assert meaning(None, "user " * 50_000) is UNCLEAR
