"""Sealed mails, looked at again when there is a new key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from golddraht.channels.events import SealsLookedAt
from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.reading import read
from golddraht.channels.models import MailRecord, MessageSeal, RawMail
from golddraht.channels.operations.judging import Judgement
from golddraht.channels.operations.reading import as_delivered
from golddraht.channels.operations.receiving import Envelope, author_of, words_of
from golddraht.channels.operations.seals import keep_seals
from golddraht.channels.queries import mailbox_by_id, own_addresses
from golddraht.channels.queries.keys import keyring_for
from golddraht.channels.rules import fingerprint
from golddraht.conversations.models import Message
from golddraht.conversations.operations.rewording import reword
from golddraht.plumbing import bus
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Looked:
    """What one look did: whether a mail was waiting, and stored files that nothing names any more once it is committed."""

    found: bool
    litter: tuple[str, ...] = ()


@transaction.atomic
def look_again(*, at: datetime) -> Looked:
    """Read one mail again whose seals are wanted, the longest waiting first, with the keys of today."""
    wanted = MessageSeal.objects.select_for_update(skip_locked=True).filter(wanted_at__isnull=False)
    seal = wanted.order_by("wanted_at", "pk").first()
    if seal is None:
        return Looked(found=False)
    with translation.override(current_tenant().language):
        return Looked(found=True, litter=_look(seal.message_id, at))


def _look(message_id: int, at: datetime) -> tuple[str, ...]:
    before = MessageSeal.objects.filter(message_id=message_id)
    raw = RawMail.objects.filter(message_id=message_id).order_by("pk").first()
    if raw is None:
        before.update(wanted_at=None)
        return ()
    content = as_delivered(raw)
    mail = read(content, language=current_tenant().language, keyring=keyring_for(content), at=raw.received_at)
    was_closed = before.filter(state="sealed").exists()
    before.delete()
    keep_seals(message_id=message_id, mail=mail)
    is_open = was_closed and any(one.state == "opened" for one in mail.seals)
    litter = _reworded(message_id, mail, raw, at) if is_open else ()
    conversation_id = Message.objects.values_list("conversation_id", flat=True).get(pk=message_id)
    bus.publish(SealsLookedAt(message_id, conversation_id, at))
    return litter


def _reworded(message_id: int, mail: Mail, raw: RawMail, at: datetime) -> tuple[str, ...]:
    """The words that were closed until now, in their place; the same mail once more is still known as the same."""
    own = own_addresses()
    envelope = Envelope(mailbox_by_id(raw.mailbox_id) if raw.mailbox_id else None, raw.envelope_from)
    author = author_of(mail, envelope, own)
    words = words_of(mail, author=author, verdict=Judgement(), envelope=envelope, own=own)
    MailRecord.objects.filter(message_id=message_id).update(fingerprint=fingerprint(mail, bytes(raw.content)))
    return reword(message_id=message_id, words=words, at=at)
