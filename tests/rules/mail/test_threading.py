"""Which conversation a mail belongs to; strangers are never merged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.threading import (
    Arrival,
    Concern,
    mentioned_message_ids,
    normal_subject,
    number_in,
    reply_token,
    same_concern,
    tokens_in,
)

TUESDAY = datetime(2026, 3, 3, 10, 15, tzinfo=UTC)
CONCERN = Concern(frozenset({"petra@kunde.example"}), "Wärmepumpe tropft im Keller", TUESDAY)


def _arrival(
    sender: str = "petra@kunde.example", subject: str = "AW: Wärmepumpe tropft im Keller", days: int = 1
) -> Arrival:
    return Arrival(sender, subject, TUESDAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("subject", "normal"),
    [
        ("Re: AW: WG: Fwd: Antw: Pumpe", "pumpe"),
        ("AW: [K-1001] Re: [extern] Pumpe", "pumpe"),
        ("Re[2]: RE(3): Pumpe", "pumpe"),
        ("[K-1001]", "[k-1001]"),
        ("Re:", ""),
        ("Rechnung: Pumpe", "rechnung: pumpe"),
        (None, ""),
    ],
)
def test_a_subject_is_compared_without_its_reply_marks(subject: str | None, normal: str) -> None:
    assert normal_subject(subject) == normal


def test_a_reply_token_is_found_among_the_recipients() -> None:
    assert reply_token("care+Kx81aaQ2@example.org") == "Kx81aaQ2"
    assert reply_token("care@example.org") is None
    assert tokens_in(["x@y.example", "care+Kx81aaQ2@example.org", "care+Kx81aaQ2@example.org"]) == ("Kx81aaQ2",)


def test_the_number_of_a_concern_is_found_in_the_subject() -> None:
    assert number_in("AW: [k-1001] Pumpe") == "K-1001"
    assert number_in("Pumpe K-1001 Ersatzteil") is None


def test_earlier_mails_are_named_from_the_newest_back() -> None:
    mail = Mail(message_id="4@k", in_reply_to="3@k", references=("1@k", "2@k", "3@k", "4@k"))
    assert mentioned_message_ids(mail) == ("3@k", "2@k", "1@k")


def test_an_answer_of_a_participant_with_the_same_subject_continues_the_concern() -> None:
    assert same_concern(_arrival(), CONCERN)
    assert same_concern(_arrival(sender="Petra@Kunde.example", subject="Re: wärmepumpe  tropft im Keller"), CONCERN)


@pytest.mark.parametrize(
    "arrival",
    [
        _arrival(sender="otto@fremd.example"),
        _arrival(subject="Wärmepumpe tropft im Keller"),
        _arrival(subject="WG: Wärmepumpe tropft im Keller"),
        _arrival(subject="AW: Wärmepumpe tropft"),
        _arrival(days=15),
    ],
)
def test_a_stranger_a_new_mail_another_subject_or_a_late_one_does_not(arrival: Arrival) -> None:
    assert not same_concern(arrival, CONCERN)


@pytest.mark.parametrize("subject", ["Frage", "Ihre Rechnung", "Anfrage", "Frage zur Lieferung", "Re:", ""])
def test_a_subject_that_everybody_uses_joins_nothing(subject: str) -> None:
    concern = Concern(CONCERN.participants, subject, TUESDAY)
    assert not same_concern(_arrival(subject=f"AW: {subject}"), concern)
