"""Two machines that answer each other stop after one exchange, even where the other one says nothing of being one.

A new concern of somebody to whom we wrote automatically a moment ago, or that sounds like a machine's answer to it, gets
nothing automatic from us. It keeps its owner, its promise and its next touch: should it be a person after all, a person answers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.rules import Direction, Happening, is_machine_like
from golddraht.ground.machines import same_but_for_numbers, sounds_automatic
from golddraht.ground.numbers import spoken
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.rows import changed
from golddraht.plumbing.transactions import joined
from golddraht.team.models import Alarm
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

LOOP = "loop"
LOOKED_BACK = timedelta(days=1)
MANY, WITHIN = 3, timedelta(hours=1)
"""More suspicious concerns of one sender than this within an hour are a loop, and somebody is told."""
QUIET_AFTER = timedelta(hours=6)


@joined
def suspect_machine(*, message: Message, at: datetime) -> bool:
    """Whether a machine may have opened this concern by answering one of ours; then nothing automatic is said in it."""
    conversation = message.conversation
    if conversation.customer.known_since >= at or not _answers_ours(message, at=at):
        return False
    conversation.machine_like_at = at
    changed(conversation, "machine_like_at")
    mark(conversation.pk, Happening.MACHINE_LIKE, at=at)
    _alarm_about_many(conversation, at=at)
    return True


def _answers_ours(message: Message, *, at: datetime) -> bool:
    ours = _automatic_to(message.conversation.customer_id, at=at)
    if not ours:
        return False
    said = f"{message.subject}\n{message.text}\n{message.quoted_text}"
    return is_machine_like(
        since_ours=at - ours[0][0],
        sounds_so=sounds_automatic(message.text, message.subject),
        echoes_us=any(f"#{spoken(number)}" in said for _, number in ours),
        said_before=any(same_but_for_numbers(message.text, text) for text in _said_before(message, at=at)),
    )


def _automatic_to(customer_id: int, *, at: datetime) -> list[tuple[datetime, int]]:
    """When we wrote to them automatically within a day, and in which concern (its number), the latest first."""
    return _SAID_TO_THEM.all(customer=customer_id, since=at - LOOKED_BACK)


_SAID_TO_THEM: Question[tuple[datetime, int]] = Question(
    lambda: (
        Message.objects.filter(
            conversation__customer=Asked("customer"), direction=Direction.OUT, received_at__gt=Asked("since")
        )
        .exclude(automatic="")
        .order_by("-received_at")
        .values_list("received_at", "conversation__number")[:20]
    )
)


def _said_before(message: Message, *, at: datetime) -> list[str]:
    rows = Message.objects.filter(
        conversation__customer_id=message.conversation.customer_id,
        direction=Direction.IN,
        received_at__gt=at - LOOKED_BACK,
    ).exclude(pk=message.pk)
    return list(rows.order_by("-received_at").values_list("text", flat=True)[:5])


def _alarm_about_many(conversation: Conversation, *, at: datetime) -> None:
    rows = Conversation.objects.filter(customer_id=conversation.customer_id, machine_like_at__gt=at - WITHIN)
    if rows.count() <= MANY:
        return
    name = conversation.customer.name or str(conversation.customer_id)
    with translation.override(current_tenant().language):
        words = _(
            "%(name)s writes as a machine does, again and again, perhaps in answer to us. Nothing automatic is sent any more:"
            " look at the latest concern, %(number)s."
        ) % {"name": name, "number": spoken(conversation.number)}
        raise_alarm(kind=LOOP, subject=name[:254], words=words, at=at)


def forget_loops(*, at: datetime) -> None:
    """An alarm about a loop is over after some hours; should it go on, it is raised again."""
    for subject in Alarm.objects.filter(kind=LOOP, cleared_at=None, raised_at__lt=at - QUIET_AFTER).values_list(
        "subject", flat=True
    ):
        clear_alarm(kind=LOOP, subject=subject, at=at)
