"""The words of messages, notes and customers, in few questions for many rows. The rows are held until the transaction ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from golddraht.conversations.models import Attachment, Message, Note
from golddraht.customers.models import ContactPoint, Customer
from golddraht.search.rules import Draft


def message_drafts(ids: Sequence[int]) -> list[Draft]:
    """Words from both sides. What the system wrote only repeats what was said, and what is quoted was said before."""
    files = _file_names(ids)
    rows = Message.objects.filter(pk__in=ids, automatic="").select_related("conversation").order_by("pk")
    return [_message(row, files[row.pk]) for row in rows.select_for_update(of=("self",), no_key=True)]


def _file_names(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for message_id, name in Attachment.objects.filter(message_id__in=ids, inline=False).values_list(
        "message_id", "name"
    ):
        found[message_id].append(name)
    return found


def _message(row: Any, names: list[str]) -> Draft:
    return Draft(
        source_id=row.pk,
        at=row.received_at,
        title=row.subject or row.conversation.subject,
        text="\n".join([row.text, row.signature, *names]),
        sender=row.author_name,
        recipients=" ".join(row.recipients),
        conversation_id=row.conversation_id,
        has_file=bool(names),
    )


def note_drafts(ids: Sequence[int]) -> list[Draft]:
    rows = Note.objects.filter(pk__in=ids).select_related("author").order_by("pk")
    return [
        Draft(source_id=row.pk, at=row.at, text=row.text, sender=row.author.name, conversation_id=row.conversation_id)
        for row in rows.select_for_update(of=("self",), no_key=True)
    ]


def customer_drafts(ids: Sequence[int]) -> list[Draft]:
    """A person by name, company, addresses and numbers, and what matters to them."""
    points: dict[int, list[str]] = defaultdict(list)
    for customer_id, shown, address in ContactPoint.objects.filter(customer_id__in=ids).values_list(
        "customer_id", "shown", "address"
    ):
        points[customer_id] += [shown, address]
    rows = Customer.objects.filter(pk__in=ids).select_related("organisation").order_by("pk")
    return [_customer(row, points[row.pk]) for row in rows.select_for_update(of=("self",), no_key=True)]


def _customer(row: Any, points: list[str]) -> Draft:
    company = row.organisation.name if row.organisation else ""
    return Draft(
        source_id=row.pk,
        at=row.known_since,
        title=row.name,
        text="\n".join([company, *points, row.matters]),
        name=f"{row.name} {company}".strip(),
        begins="\n".join([row.name, company, *points]),
    )
