"""Asking for a copy of everything: by the person themselves, or by a colleague to whom they have said so."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.access.events import CopyAsked
from golddraht.access.models import Copy
from golddraht.access.rules.copying import CopyState
from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import set_tags
from golddraht.conversations.operations.entering import enter_concern
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.queries import ids_of_person
from golddraht.ground.moments import spoken_language
from golddraht.ground.retention_law import answer_clock
from golddraht.plumbing.bus import publish
from golddraht.promises.operations.making import make_promise
from golddraht.promises.rules import Kind
from golddraht.team.queries import current_tenant, default_team

UNDER_WAY = [CopyState.WAITING, CopyState.MAKING]
AGAIN_AFTER = timedelta(hours=1)
"""One that was made within the hour is given once more, instead of making another."""


@transaction.atomic
def ask_for_copy(*, customer_id: int, language: str, at: datetime, by: int | None = None) -> Copy:
    """The copy that is under way or was just made, else a new one, which a job makes."""
    Customer.objects.select_for_update().get(pk=customer_id)
    rows = Copy.objects.filter(customer_id__in=ids_of_person(customer_id=customer_id)).order_by("-pk")
    standing = rows.filter(state__in=UNDER_WAY) | rows.filter(state=CopyState.READY, made_at__gt=at - AGAIN_AFTER)
    found: Copy | None = standing.first()
    if found is not None:
        return found
    copy: Copy = Copy.objects.create(customer_id=customer_id, member_id=by, language=language, asked_at=at)
    publish(CopyAsked(copy.pk, at))
    return copy


@transaction.atomic
def take_request(*, customer_id: int, words: str, by: int, at: datetime) -> Copy:
    """The person asked a colleague for it: a concern with the clock of the law as a promise, and the copy for them."""
    customer: Customer = Customer.objects.get(pk=customer_id)
    language = spoken_language(customer.language or current_tenant().language)
    with translation.override(current_tenant().language):
        subject, tag, what = (
            _("Wants a copy of their data"),
            _("Right of access"),
            _("Give them the copy of their data"),
        )
    said = words.strip() or subject
    message = enter_concern(customer=customer, channel=Channel.LETTER, text=said, subject=subject, by=by, at=at)
    conversation: Conversation = Conversation.objects.select_related("team").get(pk=message.conversation_id)
    set_tags(conversation_id=conversation.pk, tags=[*conversation.tags, tag], by=by, at=at)
    make_promise(
        customer_id=customer_id,
        conversation_id=conversation.pk,
        owner_id=conversation.owner_id or by,
        kind=Kind.OTHER,
        what=what,
        due_at=due_at(at),
        by=by,
        at=at,
    )
    copy = ask_for_copy(customer_id=customer_id, language=language, at=at, by=by)
    Copy.objects.filter(pk=copy.pk, conversation=None).update(conversation=conversation)
    copy.refresh_from_db()
    return copy


def due_at(at: datetime) -> datetime:
    """The end of the last day on which the law lets us answer."""
    zone = ZoneInfo(default_team().zone)
    last = answer_clock(current_tenant().country).due_on(at.astimezone(zone).date())
    return datetime.combine(last, time(17, 0), zone)


@transaction.atomic
def note_fetched(*, copy_id: int, at: datetime) -> None:
    Copy.objects.filter(pk=copy_id, fetched_at=None).update(fetched_at=at)
