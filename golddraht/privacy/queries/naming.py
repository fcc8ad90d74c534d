"""Where a person is named in what belongs to others."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from golddraht.channels.models import MailRecord
from golddraht.conversations.models import Conversation, Message, Note
from golddraht.privacy.queries.persons import Person
from golddraht.privacy.rules.redacting import pattern_of

WRITTEN = ("subject", "text", "html", "quoted_text", "signature", "author_name")
LISTED = ("recipients", "answer_to")


def where_named(person: Person, took_part: set[int]) -> tuple[set[int], set[int]]:
    """Concerns of others in which an address of the person stands or they took part, and the messages that name them."""
    found: set[int] = set()
    addresses = person.sought.addresses
    if addresses:
        found |= _ids(_naming(pattern_of(addresses)) | _listing(addresses))
        found |= _recorded(addresses)
    concerns = took_part | set(Message.objects.filter(pk__in=found).values_list("conversation_id", flat=True))
    if person.sought.names and concerns:
        found |= _ids(_naming(pattern_of(person.sought.names)).filter(conversation_id__in=concerns))
    return concerns, found


def mentions_by_name(person: Person, *, limit: int = 20) -> list[int]:
    """Numbers of concerns of others in whose words the full name stands: whether it is this person, a colleague has to look."""
    if not person.sought.names:
        return []
    pattern = pattern_of(person.sought.names)
    named = set(_naming(pattern).values_list("conversation_id", flat=True))
    named |= set(Note.objects.filter(text__iregex=pattern).values_list("conversation_id", flat=True))
    others = Conversation.objects.filter(pk__in=named).exclude(customer_id__in=person.customer_ids)
    return list(others.order_by("-latest_at").values_list("number", flat=True)[:limit])


def _naming(pattern: str) -> QuerySet[Message]:
    condition = Q()
    for name in WRITTEN:
        condition |= Q(**{f"{name}__iregex": pattern})
    return Message.objects.filter(condition)


def _listing(addresses: tuple[str, ...]) -> QuerySet[Message]:
    known = list(addresses)
    condition = Q()
    for name in LISTED:
        condition |= Q(**{f"{name}__overlap": known})
    return Message.objects.filter(condition)


def _recorded(addresses: tuple[str, ...]) -> set[int]:
    """Messages whose mail went between the person and others."""
    known = list(addresses)
    rows = MailRecord.objects.filter(
        Q(from_address__in=known)
        | Q(reply_to__in=known)
        | Q(to_addresses__overlap=known)
        | Q(cc_addresses__overlap=known)
    )
    return set(rows.values_list("message_id", flat=True))


def _ids(rows: QuerySet[Message]) -> set[int]:
    return set(rows.values_list("pk", flat=True))
