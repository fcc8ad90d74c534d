"""The keys of the tenant: as they are shown, and as a keyring for reading a mail."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from golddraht.channels.mail.headers import Headers
from golddraht.channels.mail.judging import shown_sender
from golddraht.channels.mail.keyring import Keyring, PgpKey, SmimeKey
from golddraht.channels.mail.trusted_results import header_block
from golddraht.channels.models import KnownKey, MessageSeal, OwnKey, RawMail
from golddraht.channels.queries import Seer
from golddraht.channels.rules import warned_ahead
from golddraht.ground.addresses import folded_address
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.secrets import UnreadableSecret

log = logging.getLogger(__name__)
PEM = b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n"


@dataclass(frozen=True)
class KeyLine:
    """A key in a list. `state` is good, week, day, ended or retired; `whose` is empty for an authority."""

    id: int
    method: str
    whose: str
    name: str
    fingerprint: str
    valid_until: datetime | None
    added_at: datetime
    added_by: str
    state: str


def own_keys(*, viewer: Seer, at: datetime) -> list[KeyLine]:
    """Our private keys, those in service first."""
    rows = OwnKey.objects.filter(tenant_id=viewer.tenant_id).select_related("added_by").defer("secret", "passphrase")
    return _lines(rows.order_by("address", "-added_at", "pk"), at)


def known_keys(*, viewer: Seer, at: datetime) -> list[KeyLine]:
    """The keys of others; authorities first."""
    rows = KnownKey.objects.filter(tenant_id=viewer.tenant_id).select_related("added_by")
    return _lines(rows.order_by("-is_authority", "address", "-added_at", "pk"), at)


def _lines(rows: object, at: datetime) -> list[KeyLine]:
    lines = [_line(row, at) for row in rows]  # type: ignore[attr-defined]  # A queryset of either table.
    return sorted(lines, key=lambda line: line.state == "retired")


def _line(row: OwnKey | KnownKey, at: datetime) -> KeyLine:
    return KeyLine(
        id=row.pk,
        method=row.method,
        whose=row.address,
        name=row.name,
        fingerprint=in_groups(row.fingerprint),
        valid_until=row.valid_until,
        added_at=row.added_at,
        added_by=row.added_by.name if row.added_by else "",
        state=_state(row, at),
    )


def _state(row: OwnKey | KnownKey, at: datetime) -> str:
    if row.retired_at is not None:
        return "retired"
    if row.valid_until is None:
        return "good"
    return "ended" if row.valid_until <= at else warned_ahead(row.valid_until, at) or "good"


def in_groups(fingerprint: str) -> str:
    """As people read it to each other: `1C65 E19A …`."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)).upper()


def ending_keys(*, at: datetime) -> list[tuple[OwnKey, str]]:
    """Our keys in service that end within a week, with how soon: "day" (or ended) or "week"."""
    rows = OwnKey.objects.filter(retired_at=None, valid_until__isnull=False).defer(
        "secret", "passphrase", "certificate"
    )
    return [(row, due) for row in rows.order_by("pk") if row.valid_until and (due := warned_ahead(row.valid_until, at))]


@dataclass(frozen=True)
class SealedCount:
    """How many mails are still closed, and how many seals wait to be looked at again."""

    closed: int
    waiting: int


def sealed_count(*, viewer: Seer) -> SealedCount:
    rows = MessageSeal.objects.filter(tenant_id=viewer.tenant_id)
    return SealedCount(
        rows.filter(state="sealed").values("message_id").distinct().count(),
        rows.filter(wanted_at__isnull=False).values("message_id").distinct().count(),
    )


# For reading


def keyring_for(content: bytes) -> Keyring:
    """Our keys, the authorities we trust, and what we know of this mail's sender: a key counts for its own address alone."""
    ring = _own_keyring()
    if not _knows_anybody():
        return ring
    known = KnownKey.objects.filter(Q(address=sender_of(content)) | Q(is_authority=True), retired_at=None)
    people = [row for row in known if not row.is_authority]
    return replace(
        ring,
        trust_anchors=tuple(_pem(bytes(row.certificate)) for row in known if row.is_authority),
        smime_certificates=tuple(bytes(row.certificate) for row in people if row.method == "smime"),
        pgp_certificates=tuple(bytes(row.certificate) for row in people if row.method == "pgp"),
    )


def sender_of(content: bytes) -> str:
    """The folded address that people see as the sender; not where answers were asked to go, which anybody may write."""
    shown = shown_sender(Headers(header_block(content)))
    return folded_address((shown and shown.address) or "")


def sender_behind(message_id: int) -> str:
    """The same of the mail behind a message; "" when there is none."""
    content = RawMail.objects.filter(message_id=message_id).order_by("pk").values_list("content", flat=True).first()
    return sender_of(bytes(content)) if content is not None else ""


@remembered
def _knows_anybody() -> bool:
    return bool(KnownKey.objects.filter(retired_at=None).exists())


@remembered
def _own_keyring() -> Keyring:
    smime: list[SmimeKey] = []
    pgp: list[PgpKey] = []
    for row in OwnKey.objects.order_by("-pk"):
        try:
            secret, passphrase = row.secret.reveal().encode(), row.passphrase.reveal()
        except UnreadableSecret:
            log.warning("A key for sealed mail cannot be opened; such mails stay sealed.", extra={"count": row.pk})
            continue
        if row.method == "smime":
            smime.append(SmimeKey(bytes(row.certificate), secret))
        else:
            pgp.append(PgpKey(secret, passphrase or None, tuple(row.ids), row.fingerprint))
    return Keyring(smime_keys=tuple(smime), pgp_keys=tuple(pgp), is_curious=True)


def _pem(der: bytes) -> bytes:
    import base64

    return PEM % base64.encodebytes(der)
