"""From which of a company's addresses an answer leaves."""

from __future__ import annotations

from collections.abc import Iterable

from golddraht.channels.models import Mailbox, MailRecord
from golddraht.channels.queries import mailboxes
from golddraht.conversations.rules import Direction
from golddraht.plumbing.asking import Asked, Question

LOOKED_BACK = 40
"""Mails of a concern, from the newest; whoever wrote to an address before that has written to another one since."""


_WRITTEN_TO: Question[int | None] = Question(
    lambda: (
        MailRecord.objects.filter(
            tenant_id=Asked("tenant"),
            message__conversation_id=Asked("conversation"),
            message__direction=Direction.IN,
        )
        .order_by("-message_id")
        .values_list("mailbox_id", flat=True)[:LOOKED_BACK]
    )
)


def sending_address(*, tenant_id: int, conversation_id: int, team_id: int | None) -> str:
    """The address that customers will read as the sender; empty before a mailbox is set up."""
    ids = _WRITTEN_TO.all(tenant=tenant_id, conversation=conversation_id)
    mailbox = mailbox_that_answers(ids, team_id)
    return mailbox.address if mailbox else ""


def mailbox_that_answers(written_to: Iterable[int | None], team_id: int | None) -> Mailbox | None:
    """The mailbox the customer wrote to (the latest first), else the team's, else the default one."""
    active = {mailbox.pk: mailbox for mailbox in mailboxes()}
    of_team = (pk for pk, mailbox in active.items() if mailbox.team_id == team_id)
    candidates = (*written_to, *of_team, *active)
    return next((active[pk] for pk in candidates if pk in active), None)
