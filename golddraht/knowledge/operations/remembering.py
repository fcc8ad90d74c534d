"""Keeping solved concerns ready for the next one like them."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from golddraht.conversations.models import Conversation
from golddraht.ground.text import one_line
from golddraht.knowledge.models import SolvedConcern
from golddraht.knowledge.queries.proposing import proposal_of
from golddraht.knowledge.rules.searching import CONFIG, spelt

LONGEST_ANSWER = 8_000
SET = """
UPDATE knowledge_solvedconcern SET words = setweight(to_tsvector(%s::regconfig, %s), 'A')
    || setweight(to_tsvector(%s::regconfig, %s), 'B') || setweight(to_tsvector(%s::regconfig, %s), 'D') WHERE id = %s
"""


@transaction.atomic
def remember_solved(*, conversation_id: int, is_confirmed: bool, at: datetime) -> SolvedConcern | None:
    """What was asked and what solved it; None where we said nothing that could be said again."""
    conversation = Conversation.objects.get(pk=conversation_id)
    told = proposal_of(conversation)
    if not told.question or not told.solution:
        return None
    kept, _ = SolvedConcern.objects.update_or_create(
        conversation=conversation,
        defaults={
            "language": told.language,
            "question": one_line(told.question, 600),
            "answer": told.solution[:LONGEST_ANSWER],
            "is_confirmed": is_confirmed,
            "solved_at": at,
        },
    )
    config = CONFIG[told.language]
    parts = [spelt(conversation.subject), spelt(told.question[:4000]), spelt(told.solution[:4000])]
    with connection.cursor() as cursor:
        cursor.execute(SET, [*(value for part in parts for value in (config, part)), kept.pk])
    remembered: SolvedConcern = kept
    return remembered


@transaction.atomic
def forget_solved(*, conversation_id: int) -> None:
    """It came back: what seemed to solve it did not."""
    SolvedConcern.objects.filter(conversation_id=conversation_id).delete()
