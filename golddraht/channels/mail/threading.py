"""Which conversation a mail belongs to: the decisions, without any table. Strangers are never merged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .mail import Mail

MAX_MENTIONED = 100
TOKEN = re.compile(r"^[^@+]{1,64}\+([A-Za-z0-9_-]{3,64})@[^@\s]+$")
REPLY_MARKS = r"(?:re|aw|antw|antwort|wg|wtr|fw|fwd|tr|sv|vs|rif|odp)"
PREFIX = re.compile(
    rf"^\s*(?:{REPLY_MARKS}\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\^\d{{1,3}}|\d{{1,2}})?\s*[::])", re.IGNORECASE
)
ANSWER = re.compile(
    r"^\s*(?:\[[^\]]{0,60}\]\s*)*(?:re|aw|antw|antwort|sv|vs)\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}|\d{1,2})?\s*[::]",
    re.IGNORECASE,
)
TAG = re.compile(r"^\s*\[[^\]]{1,60}\]")
NUMBER = re.compile(r"\[([A-Z]{1,5}-\d{1,12})\]|\(([A-Z]{1,5}-\d{1,12})\)", re.IGNORECASE)
SAME_SUBJECT_FOR = timedelta(days=14)
# Subjects that many strangers use, and one person for many matters.
EMPTY_SUBJECTS = frozenset(
    re.findall(
        r"\w+",
        "frage fragen anfrage rechnung bestellung lieferung reklamation problem hilfe hallo hi info kontakt kontaktformular termin angebot"
        " kündigung mahnung support service question request invoice order delivery help hello contact complaint retoure rücksendung"
        " widerruf storno garantie kundenservice kundenanfrage nachricht dringend wichtig danke test bewerbung auftrag urgent"
        " meine ihre ihr mein eine zur zu zum der die das an von für my your the a re about auftragsbestätigung bestellbestätigung",
    )
)


def reply_token(address: str) -> str | None:
    """The token in an address of ours such as `care+TOKEN@example.org` (RFC 5233), or None.

    Some servers change capitals in addresses: compare it without regard to them.
    """
    found = TOKEN.match(address.strip())
    return found.group(1) if found else None


def tokens_in(recipients: Iterable[str]) -> tuple[str, ...]:
    """Every reply token among the addresses, in order, once each. Whether it is one of ours the caller looks up."""
    tokens = (reply_token(one) for one in recipients)
    return tuple(dict.fromkeys(one for one in tokens if one))


def normal_subject(subject: str | None) -> str:
    """The subject without reply marks (Re: AW: WG: Fwd: Antw:) and leading [tags], in small letters, single-spaced."""
    rest = " ".join((subject or "")[:1_000].split())
    while (found := PREFIX.match(rest) or TAG.match(rest)) and rest[found.end() :].strip():
        rest = rest[found.end() :].strip()
    return "" if PREFIX.match(rest) else rest.casefold()


def number_in(subject: str | None) -> str | None:
    """The number of a concern in a subject, such as `[K-1001]`, in capitals; None when there is none."""
    found = NUMBER.search((subject or "")[:1_000])
    return (found.group(1) or found.group(2)).upper() if found else None


def mentioned_message_ids(mail: Mail) -> tuple[str, ...]:
    """The ids of earlier mails this one names: In-Reply-To, then References from the newest back; at most 100."""
    named = (*([mail.in_reply_to] if mail.in_reply_to else []), *reversed(mail.references))
    others = (one for one in named if one != mail.message_id)
    return tuple(dict.fromkeys(others))[:MAX_MENTIONED]


@dataclass(frozen=True)
class Arrival:
    """What is asked of a new mail: who sent it, how it is headed, when it came (aware)."""

    sender: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Concern:
    """What is known of a conversation: the addresses of its customer side, its subject, its last message (aware)."""

    participants: frozenset[str]
    subject: str
    last_message_at: datetime


def same_concern(arrival: Arrival, concern: Concern) -> bool:
    """Whether subject and sender alone are enough to say that a mail continues a concern.

    All must hold: the sender already takes part, the mail says that it is an answer, both have the same subject
    and it is one that means something, and no more than 14 days lie between. Otherwise it is a new concern.
    """
    takes_part = _folded(arrival.sender) in {_folded(one) for one in concern.participants}
    subject = normal_subject(arrival.subject)
    return (
        takes_part
        and bool(ANSWER.match(arrival.subject))
        and has_substance(subject)
        and subject == normal_subject(concern.subject)
        and abs(arrival.at - concern.last_message_at) <= SAME_SUBJECT_FOR
    )


def has_substance(subject: str) -> bool:
    """Whether a normal subject tells one matter from another: not just “Frage” or “Ihre Rechnung”."""
    words = [word for word in re.findall(r"\w+", subject) if word not in EMPTY_SUBJECTS]
    return sum(map(len, words)) >= 5


def _folded(address: str) -> str:
    return address.strip().casefold()
