"""Keys for sealed mail: added from a file, remembered from a mail, taken out of service, forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from golddraht.channels.events import SealsWanted
from golddraht.channels.mail.key_files import FoundKey, Problem, known_keys, own_key
from golddraht.channels.models import KnownKey, MailRecord, MessageSeal, OwnKey
from golddraht.channels.queries import own_addresses
from golddraht.channels.queries.authenticity import is_doubted
from golddraht.channels.queries.keys import sender_behind
from golddraht.channels.rules import without_tag
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus

MOST_OWN, MOST_KNOWN = 40, 5_000


class KeyRefused(ValueError):
    """That cannot be done with the key; the message says why and what to do."""


# Ours


@transaction.atomic
def add_own_key(*, written: bytes, password: str, by: int | None, at: datetime) -> OwnKey:
    """A private key for one of our addresses, from a PKCS#12, PEM or OpenPGP file. Raises KeyRefused.

    One that has ended is kept out of service. Mails that could not be opened are looked at again.
    """
    if OwnKey.objects.count() >= MOST_OWN:
        raise KeyRefused(_("There are many keys already. Remove one that nobody needs any more."))
    found = _good(own_key(written, password))
    if OwnKey.objects.filter(method=found.method, fingerprint=found.fingerprint).exists():
        raise KeyRefused(_("This key is here already."))
    ended = found.ends_at is not None and found.ends_at <= at
    if ended and found.method == "pgp":
        raise KeyRefused(
            _("This key ended on %(day)s. Prolong it in your PGP program, then export it again.") % _day(found)
        )
    row: OwnKey = OwnKey.objects.create(
        address=_our_address(found),
        secret=found.secret,
        passphrase=password if found.method == "pgp" else "",
        ids=list(found.ids),
        retired_at=at if ended else None,
        **_shared(found, by, at),
    )
    sealed = MessageSeal.objects.filter(method=row.method, state="sealed")
    _want(sealed, at)
    return row


def _our_address(found: FoundKey) -> str:
    """The address of ours that the key is for: a mailbox, else an alias in one of our domains."""
    own = own_addresses()
    domains = {one.rpartition("@")[2] for one in own}
    named = [folded_address(one) for one in found.addresses]
    for one in (*(each for each in named if without_tag(each) in own), *named):
        if one.rpartition("@")[2] in domains:
            return one[:254]
    if not named:
        raise KeyRefused(_("This key names no e-mail address, so nobody can encrypt to it. Ask for one that does."))
    raise KeyRefused(
        _("This key is for %(addresses)s, and none of your mailboxes has such an address. Set up the mailbox first.")
        % {"addresses": ", ".join(named[:5])}
    )


@transaction.atomic
def retire_own_key(*, key_id: int, at: datetime) -> None:
    """Nobody is told of its end any more; it still opens what was encrypted to it."""
    OwnKey.objects.filter(pk=key_id, retired_at=None).update(retired_at=at)


@transaction.atomic
def restore_own_key(*, key_id: int) -> None:
    OwnKey.objects.filter(pk=key_id).update(retired_at=None)


@transaction.atomic
def remove_own_key(*, key_id: int) -> None:
    """Forget it for good. What was opened stays readable; what comes for it later stays sealed."""
    OwnKey.objects.filter(pk=key_id).delete()


# Those of others


@transaction.atomic
def add_known_keys(*, written: bytes, address: str, by: int | None, at: datetime) -> list[KnownKey]:
    """Certificates and public keys of people who write to us, or authorities (then `address` is empty). Raises KeyRefused.

    With an address they count for that one alone; without, each person's for the addresses it names.
    """
    found = [_good(one) for one in known_keys(written)]
    whose = folded_address(address.strip())
    if whose and not is_plausible_address(whose):
        raise KeyRefused(_("Enter an e-mail address such as petra@example.org."))
    rows = [row for one in found for row in _rows(one, whose, by, at)]
    if KnownKey.objects.count() + len(rows) > MOST_KNOWN:
        raise KeyRefused(_("There are too many keys already."))
    return [_keep(row, at) for row in rows]


def _rows(found: FoundKey, whose: str, by: int | None, at: datetime) -> list[KnownKey]:
    if found.ends_at is not None and found.ends_at <= at:
        raise KeyRefused(_("This key ended on %(day)s; ask for the new one.") % _day(found))
    shared = _shared(found, by, at)
    if found.is_authority and not whose:
        return [KnownKey(address="", is_authority=True, **shared)]
    named = [whose] if whose else [folded_address(one)[:254] for one in found.addresses[:10]]
    if not named:
        raise KeyRefused(_("This key names no e-mail address. Enter whose it is."))
    return [KnownKey(address=one, **shared) for one in named]


@transaction.atomic
def remember_signer(*, seal_id: int, by: int | None, at: datetime) -> KnownKey:
    """The key that came with a signed mail counts for its sender from now on. Raises KeyRefused."""
    seal: MessageSeal = MessageSeal.objects.get(pk=seal_id)
    sender = sender_behind(seal.message_id)
    if seal.certificate is None or seal.state != "untrusted" or not sender:
        raise KeyRefused(_("No key came with this mail that could be remembered."))
    if is_doubted(seal.message_id):
        raise KeyRefused(_("This mail may not come from whom it says: ask the sender for the key on another way."))
    found = known_keys(bytes(seal.certificate))[0]
    row = KnownKey(address=sender[:254], **_shared(_good(found), by, at))
    return _keep(row, at)


def _keep(row: KnownKey, at: datetime) -> KnownKey:
    """The row, new or brought back; mails whose signer nobody knew are looked at again."""
    known = KnownKey.objects.filter(method=row.method, fingerprint=row.fingerprint, address=row.address).first()
    if known is None:
        row.save(force_insert=True)
    elif known.retired_at is not None:
        KnownKey.objects.filter(pk=known.pk).update(retired_at=None)
    strangers = MessageSeal.objects.filter(method=row.method, state__in=["untrusted", "unchecked"])
    if not row.is_authority:
        said = MailRecord.objects.filter(from_address=row.address).values("message_id")
        strangers = strangers.filter(message_id__in=said)
    _want(strangers, at)
    return known or row


@transaction.atomic
def retire_known_key(*, key_id: int, at: datetime) -> None:
    """Its word counts no more for what comes; what was found earlier stays as it was found."""
    KnownKey.objects.filter(pk=key_id, retired_at=None).update(retired_at=at)


@transaction.atomic
def restore_known_key(*, key_id: int, at: datetime) -> None:
    row = KnownKey.objects.filter(pk=key_id).first()
    if row is not None:
        _keep(row, at)


@transaction.atomic
def remove_known_key(*, key_id: int) -> None:
    KnownKey.objects.filter(pk=key_id).delete()


# Looking again


@transaction.atomic
def want_all_again(*, at: datetime) -> int:
    """Have everything looked at again that could not be opened or whose signer nobody knew. Gives how many seals."""
    return _want(MessageSeal.objects.filter(state__in=["sealed", "untrusted"]), at)


def _want(rows: object, at: datetime) -> int:
    count: int = rows.update(wanted_at=at)  # type: ignore[attr-defined]  # A queryset; its stubs are not subscriptable here.
    if count:
        bus.publish(SealsWanted(at))
    return count


# Words


def _shared(found: FoundKey, by: int | None, at: datetime) -> dict[str, object]:
    return {
        "method": found.method,
        "name": one_line(found.name, 200),
        "fingerprint": found.fingerprint,
        "certificate": found.certificate,
        "valid_until": found.ends_at,
        "added_at": at,
        "added_by_id": by,
    }


def _day(found: FoundKey) -> dict[str, str]:
    return {"day": date_format(localtime(found.ends_at), "DATE_FORMAT")}


def _good(found: FoundKey) -> FoundKey:
    if found.problem:
        raise KeyRefused(_words_of(Problem(found.problem)))
    return found


def _words_of(problem: Problem) -> str:
    return {
        Problem.UNREADABLE: _(
            "Nothing that we know is in this file. We take .p12 or .pfx, .pem with key and certificate, and .asc of PGP;"
            " perhaps it was damaged on its way."
        ),
        Problem.TOO_LARGE: _("This file is too large to be a key."),
        Problem.NEEDS_PASSWORD: _("The file is locked. Enter the password it was exported with."),
        Problem.WRONG_PASSWORD: _("The password does not open the file. It is the one it was exported with."),
        Problem.NO_PRIVATE_KEY: _(
            "The file holds no private key, so it can open nothing. Export it together with the private key."
        ),
        Problem.NO_CERTIFICATE: _("The file holds a private key without its certificate. Export both into one file."),
        Problem.MISMATCH: _("Private key and certificate in this file do not belong together."),
        Problem.NOT_RSA: _("This certificate has a kind of key we cannot open mail with yet. Ask for one with RSA."),
        Problem.NOT_FOR_MAIL: _("This certificate was not given out for e-mail, for instance for a web server."),
        Problem.CANNOT_OPEN: _("Nobody can encrypt to this key: it has ended, was revoked, or can only sign."),
        Problem.PRIVATE: _(
            "This file holds a private key. Of others only the public part is needed, and they should give nobody more."
        ),
    }[problem]
