"""What was found of signatures and encryption around the mails behind messages, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from golddraht.channels.mail.key_files import known_keys
from golddraht.channels.models import KnownKey, MessageSeal, OwnKey
from golddraht.channels.queries import Seer
from golddraht.channels.queries.authenticity import is_doubted
from golddraht.channels.queries.keys import in_groups, sender_behind
from golddraht.plumbing.asking import Asked, Question

METHODS = {"smime": "S/MIME", "pgp": "PGP"}


class NoSuchSeal(LookupError):
    """There is none that could be remembered, or the viewer may not see it."""


@dataclass(frozen=True)
class Stranger:
    """A key that came along: what it says of itself, and from whom the mail says it is."""

    id: int
    number: int
    sender: str
    name: str
    addresses: tuple[str, ...]
    fingerprint: str
    valid_until: datetime | None
    is_doubted: bool


@dataclass(frozen=True)
class SealShown:
    """One finding: `state` is ok, soon, late or none. `fingerprint` of the signer's key, for reading aloud.

    `is_stranger` where the key came along and nobody knows it yet: it may be remembered.
    """

    id: int
    words: str
    state: str
    fingerprint: str = ""
    is_stranger: bool = False


_SEALS: Question[MessageSeal] = Question(
    lambda: MessageSeal.objects.filter(message__pk__among=Asked("messages")).order_by("message_id", "position")
)


def seals_of(message_ids: Iterable[int]) -> dict[int, list[SealShown]]:
    """By message, from the outside in; messages without any are missing."""
    rows = _SEALS.all(messages=list(message_ids))
    names = _names(rows) if rows else {}
    found: dict[int, list[SealShown]] = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(_shown(row, names))
    return found


def stranger_for(*, viewer: Seer, seal_id: int) -> Stranger:
    """The key that came with a signed mail and that nobody knows yet. Raises NoSuchSeal."""
    rows = MessageSeal.objects.filter(tenant_id=viewer.tenant_id, pk=seal_id, certificate__isnull=False)
    row = rows.select_related("message__conversation").first()
    if row is None or row.state != "untrusted":
        raise NoSuchSeal(seal_id)
    key = known_keys(bytes(row.certificate or b""))[0]
    return Stranger(
        id=row.pk,
        number=row.message.conversation.number,
        sender=sender_behind(row.message_id),
        name=key.name,
        addresses=key.addresses,
        fingerprint=in_groups(key.fingerprint),
        valid_until=key.ends_at,
        is_doubted=is_doubted(row.message_id),
    )


def _names(rows: list[MessageSeal]) -> dict[str, str]:
    """By fingerprint, whose key it is: ours, or of somebody known."""
    wanted = {row.fingerprint for row in rows if row.fingerprint}
    known = KnownKey.objects.filter(fingerprint__in=wanted).exclude(address="").order_by("-pk")
    own = OwnKey.objects.filter(fingerprint__in=wanted)
    return dict([*known.values_list("fingerprint", "address"), *own.values_list("fingerprint", "address")])


def _shown(row: MessageSeal, names: dict[str, str]) -> SealShown:
    if row.kind == "encrypted":
        return _encrypted(row, names)
    who = names.get(row.fingerprint) or row.signer
    blanks = {"who": who, "method": METHODS.get(row.method, row.method)}
    fingerprint = in_groups(row.fingerprint)
    match row.state:
        case "verified" if row.is_strangers:
            words = _("Signed (%(method)s) by %(who)s, who is not the sender of this mail. Mind whom you answer.")
            return SealShown(row.pk, words % blanks, "late", fingerprint)
        case "verified":
            words = _("Signed (%(method)s) by %(who)s, checked, and unchanged since.")
            return SealShown(row.pk, words % blanks, "ok", fingerprint)
        case "broken":
            words = _(
                "The signature (%(method)s) is broken: the mail was changed on its way, or the signature is not of this mail."
                " Do not act on it before you asked the customer on a way you already know."
            )
            return SealShown(row.pk, words % blanks, "late", fingerprint)
        case "untrusted":
            return _untrusted(row, blanks, fingerprint)
    words = _("The mail is signed (%(method)s); nobody has checked by whom.")
    return SealShown(row.pk, words % blanks, "none")


def _encrypted(row: MessageSeal, names: dict[str, str]) -> SealShown:
    blanks = {"method": METHODS.get(row.method, row.method), "address": names.get(row.fingerprint, "")}
    if row.state == "sealed":
        words = _(
            "The mail is encrypted (%(method)s), and none of our keys opens it. It is kept as it came: once its key is added in"
            " the settings under “Keys” it is opened. Or ask the sender to send it unencrypted."
        )
        return SealShown(row.pk, words % blanks, "soon")
    if blanks["address"]:
        words = _("Encrypted (%(method)s) for %(address)s, and opened with our key.")
    else:
        words = _("Encrypted (%(method)s) for us, and opened.")
    return SealShown(row.pk, words % blanks, "ok")


def _untrusted(row: MessageSeal, blanks: dict[str, str], fingerprint: str) -> SealShown:
    if row.certificate is not None:
        words = _("Signed (%(method)s) with a key that nobody here knows yet: %(who)s.")
        return SealShown(row.pk, words % blanks, "none", fingerprint, is_stranger=True)
    if row.method == "pgp":
        words = _(
            "Signed (%(method)s) with a key that we do not have. Ask the sender for the public key; an admin can add it in the"
            " settings under “Keys”."
        )
    else:
        words = _("Signed (%(method)s) by %(who)s, but nobody we trust vouches for it.")
    return SealShown(row.pk, words % blanks, "none", fingerprint)
