"""What stands beside the thread: is it solved, what was granted, who was asked, what else there is with this customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from golddraht.conversations.models import Conversation, Escalation, Goodwill, Inquiry, Link, Move, Solution
from golddraht.conversations.queries.finding import Seer, conversation_for
from golddraht.conversations.rules import LIVE, Status
from golddraht.ground.numbers import spoken
from golddraht.plumbing import asking
from golddraht.plumbing.asking import Question

MOST_OTHERS = 20


class Answer(StrEnum):
    """What became of a proposal that the concern is solved."""

    ASKED = "ASKED"
    ASKED_AGAIN = "ASKED_AGAIN"
    CONFIRMED = "CONFIRMED"
    PRESUMED = "PRESUMED"
    OBJECTED = "OBJECTED"
    RECURRED = "RECURRED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class SolutionState:
    """The latest proposal and what the customer said to it."""

    id: int
    answer: Answer
    proposed_at: datetime
    proposed_by: str
    objection: str


@dataclass(frozen=True)
class Concern:
    """Another concern, in one line. `relation` is a LinkKind, or empty for one of the same customer."""

    id: int
    number: int
    spoken: str
    subject: str
    status: str
    latest_at: datetime
    relation: str = ""
    link_id: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question to a third party."""

    id: int
    asked: str
    subject: str
    due_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class Undoable:
    """A merge or split that can still be taken back; `other` is the number of the other concern."""

    move_id: int
    kind: str
    other: str
    at: datetime


@dataclass(frozen=True)
class EscalationLine:
    """A missed moment that the lead was told of."""

    id: int
    conversation_id: int
    number: int
    spoken: str
    subject: str
    customer_name: str
    owner_name: str
    lead_id: int
    lead_name: str
    missed_at: datetime
    at: datetime
    taken_at: datetime | None


@dataclass(frozen=True)
class Case:
    """Everything beside the thread of one concern."""

    solution: SolutionState | None
    goodwill_cents: int
    escalations: tuple[EscalationLine, ...]
    inquiries: tuple[Asked, ...]
    linked: tuple[Concern, ...]
    others: tuple[Concern, ...]
    undoable: tuple[Undoable, ...]
    merged_into: str


_HERE = asking.Asked("conversation")
_GRANTED: Question[int] = Question(
    lambda: Goodwill.objects.filter(conversation_id=_HERE).values_list("cents", flat=True)
)
_SOLUTIONS: Question[Solution] = Question(
    lambda: (
        Solution.objects.filter(conversation_id=_HERE).select_related("proposed_by").order_by("-proposed_at", "-pk")[:1]
    )
)
_MISSED: Question[Escalation] = Question(lambda: _with_people(Escalation.objects.filter(conversation_id=_HERE)))
_INQUIRIES: Question[Inquiry] = Question(lambda: Inquiry.objects.filter(conversation_id=_HERE).order_by("due_at", "pk"))
_LINKS: Question[Link] = Question(
    lambda: (
        Link.objects.filter(Q(earlier_id=_HERE) | Q(later_id=_HERE)).select_related("earlier", "later").order_by("pk")
    )
)
_OTHERS: Question[Conversation] = Question(
    lambda: (
        Conversation.objects.filter(customer_id=asking.Asked("customer"))
        .exclude(pk=_HERE)
        .exclude(status__in=[Status.MERGED, Status.SPAM])
        .order_by("-latest_at")[:MOST_OTHERS]
    )
)
_MOVES: Question[Move] = Question(
    lambda: (
        Move.objects.filter(Q(source_id=_HERE) | Q(target_id=_HERE), undone_at=None)
        .select_related("source", "target")
        .order_by("-at", "-pk")
    )
)


def case_of(*, viewer: Seer, number: int) -> Case:
    """Raises NoSuchConversation."""
    conversation = conversation_for(viewer=viewer, number=number)
    into = conversation.merged_into
    return Case(
        solution=latest_solution_of(conversation_id=conversation.pk),
        goodwill_cents=sum(_GRANTED.all(conversation=conversation.pk)),
        escalations=tuple(map(_escalation, _MISSED.all(conversation=conversation.pk))),
        inquiries=_inquiries(conversation.pk),
        linked=_linked(conversation.pk),
        others=_others(conversation),
        undoable=_undoable(conversation.pk),
        merged_into=spoken(into.number) if into else "",
    )


def latest_solution_of(*, conversation_id: int) -> SolutionState | None:
    """The latest proposal, if there ever was one."""
    found = _SOLUTIONS.first(conversation=conversation_id)
    return _state(found) if found else None


@dataclass(frozen=True)
class AskedOfCustomer:
    """What the customer's page about a proposed solution shows."""

    solution_id: int
    conversation_id: int
    number: str
    subject: str
    language: str
    owner_name: str
    answer: Answer
    proposed_at: datetime
    is_solved: bool


def solution_for_customer(*, solution_id: int) -> AskedOfCustomer | None:
    """The proposal behind a signed link, in the conversation it belongs to now; None when there is none."""
    found = Solution.objects.filter(pk=solution_id).select_related("conversation__owner", "proposed_by").first()
    if found is None:
        return None
    conversation = found.conversation
    while conversation.merged_into_id is not None:
        conversation = Conversation.objects.select_related("owner").get(pk=conversation.merged_into_id)
    return AskedOfCustomer(
        solution_id=found.pk,
        conversation_id=conversation.pk,
        number=spoken(conversation.number),
        subject=conversation.subject,
        language=conversation.language,
        owner_name=conversation.owner.name if conversation.owner else found.proposed_by.name,
        answer=_answer(found),
        proposed_at=found.proposed_at,
        is_solved=conversation.status == Status.SOLVED,
    )


def escalations_for(*, viewer: Seer) -> list[EscalationLine]:
    """What the viewer was told of as lead and nobody has taken yet, the longest missed first."""
    rows = Escalation.objects.filter(
        tenant_id=viewer.tenant_id,
        lead_id=viewer.membership_id,
        taken_at=None,
        conversation__status__in=sorted(LIVE),
    )
    return [_escalation(row) for row in _with_people(rows)]


def _with_people(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return rows.select_related("conversation__customer", "conversation__owner", "lead").order_by("missed_at", "pk")


def _escalation(row: Escalation) -> EscalationLine:
    conversation = row.conversation
    return EscalationLine(
        id=row.pk,
        conversation_id=conversation.pk,
        number=conversation.number,
        spoken=spoken(conversation.number),
        subject=conversation.subject,
        customer_name=conversation.customer.name,
        owner_name=conversation.owner.name if conversation.owner else "",
        lead_id=row.lead_id,
        lead_name=row.lead.name,
        missed_at=row.missed_at,
        at=row.at,
        taken_at=row.taken_at,
    )


def _state(row: Solution) -> SolutionState:
    return SolutionState(row.pk, _answer(row), row.proposed_at, row.proposed_by.name, row.objection)


def _answer(row: Solution) -> Answer:
    told = (
        (row.recurred_at, Answer.RECURRED),
        (row.objected_at, Answer.OBJECTED),
        (row.confirmed_at, Answer.CONFIRMED),
        (row.presumed_at, Answer.PRESUMED),
        (row.withdrawn_at, Answer.WITHDRAWN),
        (row.asked_again_at, Answer.ASKED_AGAIN),
    )
    return next((answer for moment, answer in told if moment is not None), Answer.ASKED)


def _inquiries(conversation_id: int) -> tuple[Asked, ...]:
    rows = _INQUIRIES.all(conversation=conversation_id)
    return tuple(Asked(row.pk, row.asked, row.subject, row.due_at, row.answered_at) for row in rows)


def _linked(conversation_id: int) -> tuple[Concern, ...]:
    rows = _LINKS.all(conversation=conversation_id)
    return tuple(
        _concern(row.later if row.earlier_id == conversation_id else row.earlier, row.kind, row.pk) for row in rows
    )


def _others(conversation: Conversation) -> tuple[Concern, ...]:
    rows = _OTHERS.all(customer=conversation.customer_id, conversation=conversation.pk)
    return tuple(_concern(row) for row in rows)


def _concern(row: Conversation, relation: str = "", link_id: int | None = None) -> Concern:
    return Concern(row.pk, row.number, spoken(row.number), row.subject, row.status, row.latest_at, relation, link_id)


def _undoable(conversation_id: int) -> tuple[Undoable, ...]:
    rows = _MOVES.all(conversation=conversation_id)
    return tuple(
        Undoable(
            row.pk, row.kind, spoken((row.source if row.target_id == conversation_id else row.target).number), row.at
        )
        for row in rows
    )
