"""Keys with which mail is signed (DKIM): made, seen in the DNS, switched on, replaced, taken out of service."""

from __future__ import annotations

import logging
from datetime import datetime
from string import ascii_lowercase

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.events import DomainLookedAt
from golddraht.channels.mail.signing import Algorithm, NewKey, SealKey, new_key
from golddraht.channels.models import DomainKey, MailDomain
from golddraht.channels.operations.domains import DomainRefused, domain_of
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.secrets import UnreadableSecret

MOST_KEYS = 12
log = logging.getLogger(__name__)


@transaction.atomic
def make_key(*, mail_domain_id: int, algorithm: Algorithm, at: datetime) -> DomainKey:
    """A new key under a selector of its own. Nothing is signed with it before it is published and switched on."""
    row: MailDomain = MailDomain.objects.select_for_update().get(pk=mail_domain_id)
    taken = set(DomainKey.objects.filter(domain=row).values_list("selector", flat=True))
    if len(taken) >= MOST_KEYS:
        raise DomainRefused(_("There are many keys already. Remove one that is out of service first."))
    pair: NewKey = new_key(algorithm)
    key: DomainKey = DomainKey.objects.create(
        domain=row,
        selector=_selector(taken, at),
        algorithm=algorithm,
        private_key=pair.private,
        record=pair.record,
        made_at=at,
    )
    return key


def _selector(taken: set[str], at: datetime) -> str:
    """`gd2611a`: ours, of which month, the how-manieth; so that a second one can stand beside the first."""
    names = (f"gd{at:%y%m}{letter}" for letter in ascii_lowercase)
    return next(name for name in names if name not in taken)


@transaction.atomic
def note_published(*, key_id: int, is_published: bool, at: datetime) -> None:
    """Whether the world was seen to find the key."""
    rows = DomainKey.objects.filter(pk=key_id)
    if is_published:
        rows.filter(published_at=None).update(published_at=at)
    else:
        rows.filter(signs_since=None).update(published_at=None)
    for mail_domain_id in rows.values_list("domain_id", flat=True):
        bus.publish(DomainLookedAt(mail_domain_id, at))


@transaction.atomic
def switch_on(*, key_id: int, at: datetime) -> None:
    """Sign with this key from now on; the earlier one of its kind signs no more, but stays published for what is on its way.

    Raises DomainRefused for one that was not seen in the DNS: receivers would call every mail of ours forged.
    """
    key: DomainKey = DomainKey.objects.select_for_update().get(pk=key_id)
    if key.published_at is None:
        raise DomainRefused(_("The record of this key was not found in the DNS yet. Publish it, then look again."))
    signing = DomainKey.objects.filter(domain_id=key.domain_id, algorithm=key.algorithm, signs_since__isnull=False)
    signing.filter(retired_at=None).exclude(pk=key.pk).update(retired_at=at)
    DomainKey.objects.filter(pk=key.pk).update(signs_since=at, retired_at=None)


@transaction.atomic
def switch_off(*, key_id: int, at: datetime) -> None:
    """Sign with this key no more."""
    DomainKey.objects.filter(pk=key_id, signs_since__isnull=False, retired_at=None).update(retired_at=at)


@transaction.atomic
def remove_key(*, key_id: int) -> None:
    """Forget a key. Raises DomainRefused while it signs."""
    if DomainKey.objects.filter(pk=key_id, signs_since__isnull=False, retired_at=None).exists():
        raise DomainRefused(_("Mail is signed with this key. Switch it off first."))
    DomainKey.objects.filter(pk=key_id).delete()


def keys_to_check(*, mail_domain_id: int) -> list[tuple[int, str, str]]:
    """Id, selector and record of the keys that are in use or waiting for it."""
    rows = DomainKey.objects.filter(domain_id=mail_domain_id, retired_at=None).order_by("pk")
    return list(rows.values_list("pk", "selector", "record"))


_SIGNING: Question[DomainKey] = Question(
    lambda: DomainKey.objects.filter(
        domain__domain=Asked("domain"), signs_since__isnull=False, retired_at=None
    ).order_by("pk")
)


def seal_keys(address: str) -> tuple[SealKey, ...]:
    """The keys that sign what is sent from this address; none where we hold none.

    A key that cannot be opened is left out: an unsigned mail is better than none, and doctor tells of the lost secret.
    """
    domain = domain_of(address)
    found = []
    for row in _SIGNING.all(domain=domain):
        try:
            found.append(SealKey(domain, row.selector, Algorithm(row.algorithm), row.private_key.reveal()))
        except UnreadableSecret:
            log.warning("The key %s cannot be opened; mail leaves without its signature.", row.selector)
    return tuple(found)
