"""Concerns in which somebody else speaks as well: they are passed on to that person and not destroyed."""

from __future__ import annotations

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.recounting import recount
from golddraht.privacy.queries.persons import Person
from golddraht.privacy.queries.sharing import shared_concerns


def pass_shared_on(person: Person) -> set[int]:
    """From now on they are that other customer's; what the person wrote in them loses its words later. Gives their ids."""
    shared = shared_concerns(person)
    for conversation_id, customer_id in shared.items():
        Conversation.objects.filter(pk=conversation_id).update(customer_id=customer_id, subject="", preview="")
    return set(shared)


def concerns_of(message_ids: set[int]) -> set[int]:
    return set(Message.objects.filter(pk__in=message_ids).values_list("conversation_id", flat=True))


def recount_emptied(message_ids: set[int]) -> None:
    """The first words in a list may have been those that are gone."""
    for conversation in Conversation.objects.filter(pk__in=concerns_of(message_ids)):
        recount(conversation)
        conversation.save()
