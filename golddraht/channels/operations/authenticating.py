"""Whether mails come from whom they say: what is still to be looked at, and writing down what was found.

The look-ups themselves are made in between, outside of any transaction, by `carriers.dns`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.events import SenderDoubted, SendersUnjudged
from golddraht.channels.mail.headers import Headers
from golddraht.channels.mail.judging import shown_sender
from golddraht.channels.mail.lookalikes import likeness
from golddraht.channels.mail.proving import Client
from golddraht.channels.mail.trusted_results import header_block
from golddraht.channels.mail.verdict import Result, Verdict
from golddraht.channels.models import Authenticity, Delivery, Mailbox, RawMail
from golddraht.channels.queries import own_addresses
from golddraht.channels.rules import DeliveryState, Source
from golddraht.conversations.rules import Direction
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.transactions import joined
from golddraht.team.queries import current_tenant

JUDGED_WITHIN = timedelta(days=1)
"""Later the names of the world may say something else than when the mail was sent."""

NOBODY_KNOWN = Client()
PORTION = 8
"""Mails whose bytes are held at once."""


@dataclass(frozen=True)
class Unjudged:
    """A mail that nobody has looked at, with what is known of its way."""

    raw_mail_id: int
    message_id: int
    conversation_id: int
    content: bytes = field(repr=False)
    server: str = ""
    client: Client = NOBODY_KNOWN


def unjudged(*, at: datetime, limit: int = PORTION) -> list[Unjudged]:
    """Arrived mails whose sender is still to be looked at, the oldest first; never those of a demo, whose people are made up."""
    if current_tenant().is_demo:
        return []
    rows = _waiting(at).select_related("mailbox", "message").order_by("received_at", "pk")
    return [_unjudged(row) for row in rows[:limit]]


def _waiting(at: datetime):  # type: ignore[no-untyped-def]  # A queryset of mails.
    since = at - JUDGED_WITHIN
    rows = RawMail.objects.filter(judged_at=None, received_at__gte=since, message__direction=Direction.IN)
    return rows.exclude(source=Source.IMPORT)


def _unjudged(row: RawMail) -> Unjudged:
    # Behind LMTP stands a server of one's own; whom it spoke to, it has noted in the mail.
    is_direct = row.source == Source.SMTP
    return Unjudged(
        raw_mail_id=row.pk,
        message_id=row.message.pk,
        conversation_id=row.message.conversation_id,
        content=bytes(row.content),
        server=row.mailbox.trusted_server if row.mailbox else "",
        client=Client(
            row.client_address if is_direct else "",
            row.client_greeting if is_direct else "",
            row.envelope_from.strip("<>"),
        ),
    )


@transaction.atomic
def note_verdict(*, mail: Unjudged, verdict: Verdict, at: datetime) -> None:
    """Write down what was found. A second time, or for the same mail by another way, the first finding stays."""
    RawMail.objects.filter(pk=mail.raw_mail_id).update(judged_at=at)
    sender = shown_sender(Headers(header_block(mail.content)))
    like = likeness(sender, own=own_addresses(), names=_our_names())
    Authenticity.objects.bulk_create(
        [
            Authenticity(
                message_id=mail.message_id,
                result=verdict.result,
                reason=verdict.reason,
                domain=one_line(verdict.domain, 253),
                dkim=verdict.dkim[:12],
                spf=verdict.spf[:12],
                dmarc=verdict.dmarc[:12],
                told_by=one_line(verdict.told_by, 253),
                likeness=like[0] if like else "",
                likeness_words=one_line(like[1], 254) if like else "",
                judged_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    if verdict.result is Result.FAIL:
        hold_automatic_answers(message_id=mail.message_id, conversation_id=mail.conversation_id, at=at)
    if verdict.result is Result.FAIL or like:
        bus.publish(SenderDoubted(mail.message_id, mail.conversation_id, at))


@transaction.atomic
def pass_over(*, raw_mail_id: int, at: datetime) -> None:
    """Nobody looks at this mail again."""
    RawMail.objects.filter(pk=raw_mail_id).update(judged_at=at)


def _our_names() -> list[str]:
    return [current_tenant().name, *Mailbox.objects.values_list("sender_name", flat=True)]


@joined
def hold_automatic_answers(*, message_id: int, conversation_id: int, at: datetime) -> None:
    """What a machine of ours wrote on such a mail, and has not left yet, stays here: its sender's address may be a stranger's."""
    rows = Delivery.objects.filter(message__conversation_id=conversation_id, message__pk__gt=message_id)
    waiting = rows.filter(state=DeliveryState.WAITING).exclude(message__automatic="")
    reason = _("The mail it answers may not come from whom it says.")
    waiting.update(state=DeliveryState.HELD, answer=reason, changed_at=at, next_attempt_at=None)


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Have somebody look when mails wait for it; arriving mail itself waits for nobody's answer."""
    if not current_tenant().is_demo and _waiting(at).exists():
        bus.publish(SendersUnjudged(at))
