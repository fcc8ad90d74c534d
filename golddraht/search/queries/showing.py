"""What was found, as the viewer may see it: read through the walls, in one question for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from golddraht.conversations.models import Attachment, Message, Note
from golddraht.conversations.queries.own_links import for_others
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries import customer_lines
from golddraht.search.queries.people import Seer
from golddraht.search.rules.kinds import Found


def messages_shown(viewer: Seer, ids: Collection[int]) -> list[Found]:
    files: dict[int, list[str]] = defaultdict(list)
    named = Attachment.objects.filter(tenant_id=viewer.tenant_id, message_id__in=ids, inline=False)
    for message_id, name in named.order_by("pk").values_list("message_id", "name"):
        files[message_id].append(name)
    rows = Message.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids).select_related("conversation")
    return [
        Found(
            kind="message",
            source_id=row.pk,
            at=row.received_at,
            title=row.subject or row.conversation.subject,
            text=for_others(row.text),
            who=row.author_name,
            conversation_number=row.conversation.number,
            conversation_status=row.conversation.status,
            customer_id=row.conversation.customer_id,
            file_names=tuple(files[row.pk]),
            signature=for_others(row.signature),
            recipients=tuple(row.recipients),
        )
        for row in rows
    ]


def notes_shown(viewer: Seer, ids: Collection[int]) -> list[Found]:
    rows = Note.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids).select_related("conversation", "author")
    return [
        Found(
            kind="note",
            source_id=row.pk,
            at=row.at,
            title=row.conversation.subject,
            text=for_others(row.text),
            who=row.author.name,
            conversation_number=row.conversation.number,
            conversation_status=row.conversation.status,
            customer_id=row.conversation.customer_id,
        )
        for row in rows
    ]


def customers_shown(viewer: Seer, ids: Collection[int]) -> list[Found]:
    known = _known_of(viewer, ids)
    return [
        Found(
            kind="customer",
            source_id=line.id,
            at=line.known_since,
            title=line.name or line.address,
            text=" · ".join(dict.fromkeys([line.address, *known[line.id]])),
            customer_id=line.id,
        )
        for line in customer_lines(viewer=viewer, ids=list(ids))
    ]


def _known_of(viewer: Seer, ids: Collection[int]) -> dict[int, list[str]]:
    """Company, ways to reach them and what matters to them: all that they can be found by besides their name."""
    known: dict[int, list[str]] = defaultdict(list)
    rows = Customer.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids)
    for pk, company, matters in rows.order_by().values_list("pk", "organisation__name", "matters"):
        known[pk] += [one for one in (company, matters) if one]
    ways = ContactPoint.objects.filter(tenant_id=viewer.tenant_id, customer_id__in=ids)
    for customer_id, shown in ways.order_by("pk").values_list("customer_id", "shown"):
        known[customer_id].append(shown)
    return known
