"""Taking down what customers tell of themselves in the words of a message."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.models import Message
from golddraht.conversations.rules import Channel, Direction
from golddraht.customers.operations import Said, learn, unsay
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.gathering import Found, found_in
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id

OWN_WORDS = frozenset({Channel.EMAIL, Channel.LETTER})
"""What is written on other channels was put into words by a colleague."""


def gather_evidence(*, message_id: int) -> int:
    """Take down what the message tells of its writer; how much of it was new. Doing it twice takes it down once."""
    message = Message.objects.select_related("customer").filter(pk=message_id).first()
    if message is None or message.customer_id is None or not tells_of_its_writer(message):
        return 0
    country = Tenant.objects.values_list("country", flat=True).get(pk=current_tenant_id())
    found = told_in(message, country=country)
    said = [Said(one.attribute, one.value, one.source, one.words, one.certainty) for one in found]
    return learn(customer_id=message.customer_id, said=said, at=message.received_at, message_id=message.pk)


def tells_of_its_writer(message: Message) -> bool:
    """Whether a customer wrote it themselves: not a machine, not a third party, and not a colleague who took it down."""
    is_theirs = message.direction == Direction.IN and not message.machine_kind and message.inquiry_id is None
    return is_theirs and message.author_id is None and message.channel in OWN_WORDS


def told_in(message: Message, *, country: str) -> list[Found]:
    """What the words say of their writer; `country` is ours, for addresses that name none."""
    address, name = message.answer_to[0] if message.answer_to else "", message.customer.name if message.customer else ""
    return found_in(text=message.text, signature=message.signature, name=name, address=address, country=country)


_ARRIVED: Question[Message] = Question(lambda: Message.objects.select_related("customer").filter(pk=Asked("pk")))


def says_something_new(*, message_id: int) -> bool:
    """Whether it is worth a job to look at the message: a pure look at rows that were just written."""
    message = in_hand(Message, message_id) or _ARRIVED.first(pk=message_id)
    if message is None or message.customer is None or not tells_of_its_writer(message):
        return False
    known = message.customer.salutation.lower()
    found = told_in(message, country="DE")
    return any(one.attribute is not Attribute.SALUTATION or one.value != known for one in found)


def doubt_evidence(*, message_id: int, at: datetime) -> int:
    """The message may not come from whom it says: nothing that was read in it holds any more."""
    return unsay(message_id=message_id, why="The sender may not be who they say.", at=at)
