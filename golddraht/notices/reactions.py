"""What a member is told of on their devices. Where nobody has one this costs nothing."""

from __future__ import annotations

from golddraht.conversations.events import HandedOver, MentionsChanged, MessageReceived
from golddraht.conversations.queries import conversation_by_id
from golddraht.conversations.queries.reading import newly_mentioned_in
from golddraht.notices import jobs
from golddraht.notices.events import NoticeWaits
from golddraht.notices.operations import note
from golddraht.notices.queries import has_devices
from golddraht.notices.rules import Kind
from golddraht.plumbing.tenancy import current_sight
from golddraht.promises.events import PromiseEndangered
from golddraht.promises.queries import promise_by_id


def tell_of_words(event: MessageReceived) -> None:
    if event.is_machine or not event.needs_answer:
        return
    owner_id = conversation_by_id(event.conversation_id).owner_id
    if owner_id is not None and has_devices(owner_id):
        note(kind=Kind.CUSTOMER_WROTE, member_id=owner_id, conversation_id=event.conversation_id, at=event.at)


def tell_of_hand_over(event: HandedOver) -> None:
    if event.to_id != current_sight().actor and has_devices(event.to_id):
        note(kind=Kind.HANDED_OVER, member_id=event.to_id, conversation_id=event.conversation_id, at=event.at)


def tell_of_danger(event: PromiseEndangered) -> None:
    owner_id = promise_by_id(event.promise_id).owner_id
    if owner_id != current_sight().actor and has_devices(owner_id):
        note(kind=Kind.PROMISE_IN_DANGER, member_id=owner_id, conversation_id=event.conversation_id, at=event.at)


def tell_of_mention(event: MentionsChanged) -> None:
    if has_devices(event.member_id):
        for conversation_id in newly_mentioned_in(member_id=event.member_id, at=event.at):
            note(kind=Kind.MENTIONED, member_id=event.member_id, conversation_id=conversation_id, at=event.at)


def push_soon(event: NoticeWaits) -> None:
    jobs.nudge(event.device_id, at=event.due_at)
