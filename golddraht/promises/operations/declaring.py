"""A customer cancels a contract or withdraws from it: kept word for word, acknowledged with day and time, with its legal clock.

German law wants it without signing in and in two steps (§§ 312k, 356a BGB); the acknowledgement comes at once on a durable medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import Words, receive_message, set_tags
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.queries.own_matter import same_words_lately
from golddraht.conversations.rules import Automatic, Channel
from golddraht.customers.operations import recognise
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address
from golddraht.ground.contract_law import Act, due_after
from golddraht.ground.moments import day_and_time, full_day, full_moment
from golddraht.ground.text import one_line
from golddraht.promises.operations.letters import in_words_of, letter, tidy
from golddraht.promises.operations.making import make_promise
from golddraht.promises.rules import Kind
from golddraht.team.queries import current_tenant, default_team


@dataclass(frozen=True)
class Declaration:
    """What the customer filled in. `on` is when the contract shall end, None for as soon as possible; `reason` where one is needed."""

    act: Act
    name: str
    email: str
    contract: str
    on: date | None = None
    reason: str = ""
    is_for_cause: bool = False
    goods: str = ""


@transaction.atomic
def declare(*, said: Declaration, language: str, at: datetime) -> Message:
    """The declaration as a message in a new concern, with its receipt and its clock. The same one twice is there once."""
    with translation.override(language):
        text, subject = _in_words(said), _subject_of(said)
    address = folded_address(said.email)
    if (known := same_words_lately(channel="EMAIL", address=address, text=text, at=at)) is not None:
        return known
    customer = recognise(
        channel="EMAIL", address=address, shown=said.email, name=said.name, source=Source.MAIL_HEADER, at=at
    )
    words = Words(
        channel=Channel.EMAIL, text=text, subject=subject, language=language, author_name=said.name, written_at=at
    )
    # The receipt that the law wants is the only one: it is there before any other is thought of.
    message = receive_message(customer=customer, words=words, at=at, on_kept=lambda kept: _acknowledge(kept, at=at))
    _set_clock(message, said, at=at)
    return message


def _in_words(said: Declaration) -> str:
    values = {"said": said, "on": full_day(said.on, translation.get_language() or "de") if said.on else ""}
    return tidy(render_to_string(f"promises/mail/{said.act.lower()}.txt", values | _names())).strip()


def _subject_of(said: Declaration) -> str:
    names = {
        Act.CANCEL: gettext("Cancellation: %(contract)s"),
        Act.WITHDRAW: gettext("Withdrawal: %(contract)s"),
    }
    return one_line(names[said.act] % {"contract": one_line(said.contract, 80)}, 200)


def _names() -> dict[str, object]:
    tenant = current_tenant()
    return {"company": tenant.name, "country": tenant.country}


def _acknowledge(message: Message, *, at: datetime) -> None:
    conversation: Conversation = message.conversation
    with in_words_of(conversation):
        language = translation.get_language() or "de"
        next_touch = conversation.next_touch_at
        text = letter(
            "declared",
            conversation=conversation,
            at=at,
            declaration=message.text,
            arrived=full_moment(at, conversation.team.zone, language),
            answer_by=day_and_time(next_touch, conversation.team.zone, language, at) if next_touch else "",
        )
    write_automatic(
        conversation_id=conversation.pk,
        kind=Automatic.CONFIRMATION,
        subject="",
        text=text,
        at=at,
        conversation=conversation,
    )


def _set_clock(message: Message, said: Declaration, *, at: datetime) -> None:
    """A tag to find it by, and what the law wants of us by when as a promise of the owner's."""
    tenant = current_tenant()
    conversation = Conversation.objects.select_related("team").get(pk=message.conversation_id)
    with translation.override(tenant.language):
        tag, what = _clock_words(said.act)
    set_tags(conversation_id=conversation.pk, tags=[*conversation.tags, tag], by=None, at=at)
    zone = (conversation.team or default_team()).zone
    due_at = due_after(said.act, country=tenant.country, at=at, zone=zone)
    if due_at is None or conversation.owner_id is None:
        return
    make_promise(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        owner_id=conversation.owner_id,
        kind=Kind.OTHER,
        what=what,
        due_at=due_at,
        by=None,
        at=at,
    )


def _clock_words(act: Act) -> tuple[str, str]:
    if act is Act.CANCEL:
        return gettext("Cancellation"), gettext("Confirm when the contract ends")
    return gettext("Withdrawal"), gettext("Pay back what was paid")
