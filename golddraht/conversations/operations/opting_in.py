"""The mail that asks somebody to confirm a consent: what they would agree to, the link, and not a word of advertising."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from golddraht.consent.queries.opting_in import AskedFor, asked_for, confirm_path
from golddraht.conversations.events import MessageWritten
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.receiving import next_number
from golddraht.conversations.operations.writing import say
from golddraht.conversations.rules import Automatic, Direction, Status
from golddraht.customers.models import Customer
from golddraht.customers.queries import greeting_for
from golddraht.plumbing import bus
from golddraht.plumbing.links import absolute
from golddraht.team.queries import current_tenant, default_team


@transaction.atomic
def write_question(*, act_id: int, at: datetime) -> Message:
    """It rests in a thread of its own: nobody waits for an answer, and what they write there is a concern like any other."""
    asked = asked_for(act_id)
    with translation.override(asked.language):
        subject, text = gettext("Please confirm your consent"), _text(asked, act_id)
    message = say(
        _thread(asked, subject, at=at),
        text=text,
        automatic=Automatic.CONSENT_QUESTION,
        subject=subject,
        recipients=[asked.address],
        at=at,
    )
    bus.publish(MessageWritten(message.conversation_id, message.pk, is_automatic=True, at=at))
    return message


def _thread(asked: AskedFor, subject: str, *, at: datetime) -> Conversation:
    thread: Conversation = Conversation.objects.create(
        number=next_number(),
        customer_id=asked.customer_id,
        subject=subject,
        status=Status.QUIET,
        language=asked.language,
        team=default_team(),
        touched_at=at,
        latest_at=at,
        latest_direction=Direction.OUT,
        quiet_reviewed_at=at,
        created_at=at,
    )
    return thread


def _text(asked: AskedFor, act_id: int) -> str:
    customer = Customer.objects.get(pk=asked.customer_id)
    parts = [
        greeting_for(customer, language=asked.language),
        gettext("somebody has asked with your address that we may do this:"),
        f"„{asked.text}“" if asked.language == "de" else f"“{asked.text}”",
        gettext("Was it you, and do you want it? Then please confirm it here:") + "\n" + absolute(confirm_path(act_id)),
        gettext("If not, do nothing: then nothing happens, and we do not ask again."),
        gettext("This message was written automatically."),
        current_tenant().name,
    ]
    return "\n\n".join(parts) + "\n"
