"""What one mail says, as plain values."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Address:
    """A mailbox of RFC 5322 §3.4: a name people read and an address machines use; either may be missing."""

    name: str | None
    address: str | None


@dataclass(frozen=True)
class Part:
    """A leaf of the MIME tree: transfer encoding undone, charset untouched."""

    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Attachment:
    """A file that came along. `name` is decoded and safe, or None where the sender gave none."""

    name: str | None
    content_type: str
    size: int
    sha256: str
    inline: bool
    content_id: str | None
    content: bytes

    @property
    def shown_name(self) -> str:
        """A name for display and download that is never empty."""
        if self.name:
            return self.name
        return "attachment" + (mimetypes.guess_extension(self.content_type) or ".bin")


@dataclass(frozen=True)
class Failure:
    """What a report says of one recipient (RFC 3464 §2.3). `action` is one of its five words or None."""

    address: str | None
    status: str | None
    action: str | None
    reason: str | None


@dataclass(frozen=True)
class Bounce:
    """A delivery report about a mail we sent: per recipient, and which mail it was."""

    recipients: tuple[Failure, ...]
    original_message_id: str | None
    # What looks like a sealed token of ours in what came back; whether it is one the caller looks up.
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Complaint:
    """Somebody told their provider that a mail of ours is unwanted (RFC 5965). `kind` is abuse, fraud, not-spam …"""

    kind: str
    recipients: tuple[str, ...]
    reporter: str
    original_message_id: str | None
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Invitation:
    """A meeting that a mail invites to, calls off or answers (RFC 5546). Moments are aware where the zone is known;
    days stand for whole-day meetings. `answer` is what a REPLY says: accepted, declined, tentative, delegated."""

    method: str
    summary: str | None
    begins: datetime | date | None
    ends: datetime | date | None
    zone: str | None
    place: str | None
    organiser: Address | None
    answer: str | None
    repeats: bool
    uid: str | None
    note: str | None


@dataclass(frozen=True)
class Seal:
    """What is known of the signature or the encryption around a mail or a part of it.

    `method` is smime or pgp, `kind` signed or encrypted. `state`: sealed (no key fits), opened (decrypted), unchecked
    (signed; nobody gave us anything to check it with), verified, broken (it does not fit the content) or untrusted
    (it fits, but nobody we trust vouches for the signer). `signer` is who signed, as the certificate names them.
    `fingerprint` (hex) is that of the key that signed, as far as it is known, or of ours that opened. `certificate` is
    the signer's, where it came along, fits, and nobody vouches for it: a person may decide to remember it.
    """

    method: str
    kind: str
    state: str
    signer: str | None = None
    fingerprint: str | None = None
    certificate: bytes | None = None


@dataclass(frozen=True)
class Mail:
    """One mail, understood as far as it can be; what could not be understood is told in `problems`."""

    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    date: datetime | None = None
    from_: Address | None = None
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    reply_text: str | None = None
    quoted_text: str | None = None
    signature: str | None = None
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[Part, ...] = ()
    is_automatic: bool = False
    automatic_kind: str | None = None
    bounce: Bounce | None = None
    complaint: Complaint | None = None
    problems: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authentication_results: tuple[str, ...] = ()
    auto_submitted: str | None = None
    return_path: str | None = None
    language: str | None = None
    loop_keys: tuple[str, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    seals: tuple[Seal, ...] = ()
