"""The states of a delivery, how long to wait before the next try, and the tokens by which answers find their way back."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from golddraht.channels.mail.mail import Mail
from golddraht.ground.addresses import folded_address

LOCAL_LENGTH = 64
READING = "reading"
"""The channel on which PostgreSQL tells a reader, as a transaction commits, for which tenant mail has come."""

ASKED_NO_MORE = "asked-no-more"
"""What the signed link is for that ends questions to a customer with one click."""


class DeliveryState(StrEnum):
    WAITING = "WAITING"
    SENDING = "SENDING"  # Committed before connecting.
    HANDING_OVER = "HANDING_OVER"  # Committed before the final dot; from here on a crash means UNKNOWN.
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"  # The one gap SMTP leaves (RFC 5321 §4.5.3.2.6, RFC 1047): shown, never resent by itself.
    HELD = "HELD"  # Not to be sent: paused, suppressed address, or the brake.


GIVE_UP_AFTER = 12

STUCK_AFTER = timedelta(minutes=15)
"""Longer than any attempt may last: whatever still stands in between by then was left behind by a dead process."""

DOUBTED_FOR = timedelta(days=1)
"""So long an answer may be unknown, or held by a person, before it no longer counts as given."""

UNREAD_FOR = timedelta(seconds=60)
TRIES_TO_READ = 3
REST_AFTER_FAILURE = timedelta(seconds=10)
"""A mail that could not be read rests so long for each try that failed."""

FAILING_FOR = timedelta(minutes=3)
"""A mailbox that fails for longer raises the alarm; a server that restarts does not."""


def pause_before(attempt: int) -> timedelta:
    """30 s, doubling with each try up to four hours; twelve tries reach over a day (RFC 5321 §4.5.4.1 asks for growing pauses)."""
    doublings = min(max(attempt - 1, 0), 20)
    return min(timedelta(seconds=30 << doublings), timedelta(hours=4))


class Source(StrEnum):
    """How a mail came into the house."""

    IMAP = "IMAP"
    SMTP = "SMTP"
    LMTP = "LMTP"
    IMPORT = "IMPORT"


# Reply tokens


class Thread(StrEnum):
    """What a reply token leads to."""

    CONVERSATION = "c"
    INQUIRY = "q"
    DELIVERY = "d"  # In the headers of one delivery: a report that brings it back is about that one.


@dataclass(frozen=True)
class Opened:
    """What a valid token stands for."""

    thread: Thread
    id: int


def reply_token(key: bytes, *, tenant_id: int, thread: Thread, id_: int) -> str:
    """A token for an address such as `care+TOKEN@…`: in small letters, because some servers fold the local part."""
    named = f"{thread}{id_:x}"
    return f"{named}-{_seal(key, tenant_id, named)}"


def opened_token(key: bytes, token: str, *, tenant_id: int) -> Opened | None:
    """What the token stands for, or None when it is not one of this tenant's."""
    named, _, seal = token.lower().partition("-")
    if not named[1:] or not hmac.compare_digest(seal, _seal(key, tenant_id, named)):
        return None
    return Opened(Thread(named[0]), int(named[1:], 16))


def _seal(key: bytes, tenant_id: int, named: str) -> str:
    return hmac.new(key, f"{tenant_id}:{named}".encode(), "sha256").hexdigest()[:16]


def loop_key(key: bytes, *, tenant_id: int) -> str:
    """What our automatic mails carry, so that they are known when they come back."""
    return hmac.new(key, f"loop:{tenant_id}".encode(), "sha256").hexdigest()[:24]


def with_token(address: str, token: str) -> str:
    """`care@…` with the token in it (RFC 5233); as it is where a local part would grow past its 64 octets."""
    local, _, domain = address.rpartition("@")
    tagged = f"{local}+{token}"
    return f"{tagged}@{domain}" if len(tagged) <= LOCAL_LENGTH else address


def without_tag(address: str) -> str:
    """The folded address without what stands behind a plus: the mailbox it is delivered to."""
    local, _, domain = folded_address(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


# The same mail twice


def fingerprint(mail: Mail, content: bytes) -> str:
    """The same for a mail that arrives twice by different ways; another one when a Message-ID is used for other words.

    Without a Message-ID only the very same bytes are the same mail.
    """
    if not mail.message_id:
        return sha256(content).hexdigest()
    files = sorted(one.sha256 for one in mail.attachments)
    sender = mail.from_.address if mail.from_ else ""
    said = [
        mail.message_id,
        folded_address(sender or ""),
        mail.date.isoformat() if mail.date else "",
        " ".join((mail.subject or "").split()),
        " ".join((mail.text or "").split()),
        *files,
    ]
    return sha256("\x00".join(said).encode("utf-8", "replace")).hexdigest()


# When a mail came back for a passing reason

PAUSES_AFTER_RETURN = (timedelta(hours=4), timedelta(hours=24))
"""A full mailbox is tried twice more; a report proves that the mail did not arrive, so nobody gets it twice."""


# Mailboxes that a token opens instead of a password (OAuth 2.0, RFC 6749)


class Provider(StrEnum):
    """Whose mailbox it is."""

    MICROSOFT = "MICROSOFT"
    GOOGLE = "GOOGLE"


class Mechanism(StrEnum):
    """How a token is shown to a mail server. XOAUTH2 is Google's and Microsoft's own, OAUTHBEARER the standard (RFC 7628)."""

    XOAUTH2 = "XOAUTH2"
    OAUTHBEARER = "OAUTHBEARER"

    def shows(self, *, user: str, token: str, host: str, port: int) -> str:
        """What is said with the token, before it is put into base64."""
        if self is Mechanism.XOAUTH2:
            return f"user={user}\x01auth=Bearer {token}\x01\x01"
        named = user.replace("=", "=3D").replace(",", "=2C")
        return f"n,a={named},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01"

    @property
    def gives_in(self) -> str:
        """What is said when the server explains why it refuses: it waits for that before it ends the sign-in."""
        return "" if self is Mechanism.XOAUTH2 else "\x01"


def mechanism_for(offered: frozenset[str]) -> Mechanism:
    """XOAUTH2 unless a server offers the standard alone."""
    only_standard = Mechanism.OAUTHBEARER in offered and Mechanism.XOAUTH2 not in offered
    return Mechanism.OAUTHBEARER if only_standard else Mechanism.XOAUTH2


RENEWED_BEFORE = timedelta(minutes=10)
"""A token is renewed so long before it expires; longer than the pause between two looks at a mailbox."""

ASKED_AGAIN_AFTER = timedelta(minutes=1)
REFUSED_FOR = timedelta(minutes=10)
"""After a refusal that only a person can mend, the service is left alone for so long."""

TESTING_LASTS = timedelta(days=7)
"""Google ends what was granted to a project that is still being tested."""

UNUSED_LASTS = {Provider.MICROSOFT: timedelta(days=90), Provider.GOOGLE: timedelta(days=180)}
"""For how long a grant survives without being used; each renewal begins it anew."""

DAY_AHEAD, WEEK_AHEAD = timedelta(days=1), timedelta(days=7)


def grant_ends_at(
    provider: Provider, *, connected_at: datetime, at: datetime, told_seconds: int | None, is_testing: bool
) -> datetime:
    """When the grant ends that was just used, by what the service told or what is known of it."""
    if told_seconds is not None:
        return at + timedelta(seconds=told_seconds)
    if provider is Provider.GOOGLE and is_testing:
        return connected_at + TESTING_LASTS
    return at + UNUSED_LASTS[provider]


def warned_ahead(ends_at: datetime, at: datetime) -> str:
    """Which warning is due: "day", "week", or none yet."""
    if ends_at - at <= DAY_AHEAD:
        return "day"
    return "week" if ends_at - at <= WEEK_AHEAD else ""
