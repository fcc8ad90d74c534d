"""Asking customers how it was, and hearing what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from golddraht.consent.operations import object_to
from golddraht.consent.operations.gate import note_refusal
from golddraht.consent.queries import Wanted, may_leave
from golddraht.consent.rules import Purpose, Reason, State
from golddraht.consent.rules.objecting import objection_in
from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Solution
from golddraht.conversations.operations import receive_message
from golddraht.conversations.operations.linking import link
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.receiving import Words
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import CLASS_OF, Automatic, Channel, Happening, LinkKind, Status
from golddraht.customers.models import Customer
from golddraht.customers.queries import greeting_for
from golddraht.ground.moments import spoken_language
from golddraht.improvement.models import AskingPolicy, Satisfaction
from golddraht.improvement.queries.satisfaction import (
    NoSuchQuestion,
    last_asked_at,
    policy,
    stop_path,
    survey_path,
)
from golddraht.improvement.rules.asking import (
    ASKED_AFTER,
    ASKED_UNTIL,
    LONGEST_WORDS,
    SCORES,
    NotAsked,
    is_low,
    reason_not_to_ask,
)
from golddraht.plumbing import bus
from golddraht.plumbing.links import absolute
from golddraht.team.queries import current_tenant

AT_ONCE = 50


class AnswerRefused(ValueError):
    """There is no such answer to choose."""


@dataclass(frozen=True)
class Swept:
    asked: int
    is_done: bool


@transaction.atomic
def ask_customers_from_now_on(*, by: int, rest_days: int, at: datetime) -> None:
    """Somebody of the company answers for it that this is allowed. What was solved before is not asked about."""
    found, _ = AskingPolicy.objects.get_or_create()
    found.since, found.by_id, found.rest_days = found.since or at, by, rest_days
    found.save(update_fields=["since", "by", "rest_days"])


@transaction.atomic
def ask_customers_no_more() -> None:
    AskingPolicy.objects.update(since=None, by=None)


def sweep(*, at: datetime) -> Swept:
    """Ask after what was confirmed a day ago and has not come back, each solution once."""
    found = policy()
    if found is None or found.since is None:
        return Swept(0, is_done=True)
    earliest = max(found.since, at - ASKED_UNTIL)
    due = Solution.objects.filter(
        ~Exists(Satisfaction.objects.filter(solution_id=OuterRef("pk"))),
        over_at__gte=earliest,
        over_at__lte=at - ASKED_AFTER,
        confirmed_at__isnull=False,
        recurred_at=None,
        objected_at=None,
    )
    solutions = list(due.select_related("conversation__customer", "conversation__owner").order_by("over_at")[:AT_ONCE])
    for solution in solutions:
        look_after(solution, rest=timedelta(days=found.rest_days), at=at)
    return Swept(len(solutions), is_done=len(solutions) < AT_ONCE)


@transaction.atomic
def look_after(solution: Solution, *, rest: timedelta, at: datetime) -> Satisfaction:
    """Ask whoever may be asked; of everybody else it is noted why not."""
    conversation = solution.conversation
    verdict = may_leave(_wanted(conversation), at=at)
    reason = reason_not_to_ask(
        opted_out=verdict.reason in {Reason.OBJECTED, Reason.WITHDRAWN},
        is_allowed=verdict.state is not State.REFUSED,
        last_asked_at=last_asked_at(customer_id=conversation.customer_id),
        rest=rest,
        at=at,
    )
    asked: Satisfaction = Satisfaction.objects.create(
        conversation=conversation,
        solution=solution,
        customer_id=conversation.customer_id,
        owner_id=conversation.owner_id,
        looked_at=at,
        asked_at=None if reason else at,
        not_asked=reason or "",
    )
    if reason is NotAsked.NOT_ALLOWED:
        note_refusal(_wanted(conversation), verdict, at=at)
    if reason is None and not _is_sent(asked, conversation, at=at):
        asked.asked_at, asked.not_asked = None, NotAsked.NOT_NOW
        asked.save(update_fields=["asked_at", "not_asked"])
    return asked


def _wanted(conversation: Conversation) -> Wanted:
    """Below every question stands how to end them, so that existing customers are told each time."""
    return Wanted(
        customer_id=conversation.customer_id,
        message_class=CLASS_OF[Automatic.SATISFACTION],
        points_out=True,
        conversation_id=conversation.pk,
    )


def _is_sent(asked: Satisfaction, conversation: Conversation, *, at: datetime) -> bool:
    if conversation.status != Status.SOLVED:
        return False
    text = _letter(asked, conversation)
    kind, subject = Automatic.SATISFACTION, conversation.subject
    sent = write_automatic(conversation_id=conversation.pk, kind=kind, subject=subject, text=text, at=at)
    return sent is not None


def _letter(asked: Satisfaction, conversation: Conversation) -> str:
    language = spoken_language(conversation.language)
    with translation.override(language):
        context = {
            "greeting": greeting_for(conversation.customer, language=language),
            "owner": conversation.owner.name if conversation.owner else current_tenant().name,
            "subject": conversation.subject,
            "company": current_tenant().name,
            "link": absolute(survey_path(asked.pk)),
            "stop_link": absolute(stop_path(asked.pk)),
        }
        text = render_to_string("improvement/mail/satisfaction.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@transaction.atomic
def answer_satisfaction(*, satisfaction_id: int, score: int, words: str = "", at: datetime) -> Satisfaction:
    """What the customer chose, and what they add; choosing anew replaces it. A low one is a concern for the owner,
    and so is one whose words object to being asked or to advertising, because words that arrive are read for that.

    Raises NoSuchQuestion, AnswerRefused.
    """
    if score not in SCORES:
        raise AnswerRefused("Choose one of the answers.")
    asked = _locked(satisfaction_id)
    said = words.strip()[:LONGEST_WORDS]
    if (asked.score, asked.words) == (score, said or asked.words):
        return asked
    asked.score, asked.words, asked.answered_at = score, said or asked.words, at
    asked.save(update_fields=["score", "words", "answered_at"])
    mark(asked.conversation_id, Happening.RATED, at=at, words=f"{score} {said}".strip())
    if is_low(score) or (said and objection_in(said, subject="") is not None):
        _follow_up(asked, said, at=at)
    bus.publish(ConversationChanged(asked.conversation_id, at))
    return asked


def _locked(satisfaction_id: int) -> Satisfaction:
    rows = Satisfaction.objects.select_for_update(of=("self",)).select_related("conversation__customer")
    found: Satisfaction | None = rows.filter(pk=satisfaction_id, asked_at__isnull=False).first()
    if found is None:
        raise NoSuchQuestion(satisfaction_id)
    return found


def _follow_up(asked: Satisfaction, said: str, *, at: datetime) -> None:
    """A concern of its own, with owner, next touch and promise: what was solved stays solved, and did not come back."""
    before = asked.conversation
    if asked.follow_up_id is not None and not said:
        return
    with translation.override(spoken_language(before.language)):
        text = said or gettext("I am not satisfied with the way my concern was cared for.")
        subject = gettext("Not satisfied: %(subject)s") % {"subject": before.subject}
    message = receive_message(
        customer=asked.customer,
        words=Words(channel=Channel.EMAIL, text=text, subject=subject[:250], language=before.language),
        conversation=asked.follow_up,
        owner_id=_owner_of(before),
        team_id=before.team_id,
        at=at,
    )
    if asked.follow_up_id is None:
        asked.follow_up = message.conversation
        asked.save(update_fields=["follow_up"])
        link(earlier_id=before.pk, later_id=message.conversation_id, kind=LinkKind.RELATED, by=None, at=at)


def _owner_of(conversation: Conversation) -> int | None:
    """Whoever cared, as long as they work here."""
    return conversation.owner_id if conversation.owner is not None and conversation.owner.active else None


@transaction.atomic
def ask_no_more(*, satisfaction_id: int, at: datetime) -> None:
    """This customer is never asked again. Saying so twice is as good as once. Raises NoSuchQuestion."""
    asked = _locked(satisfaction_id)
    object_to(customer_id=asked.customer_id, purpose=Purpose.SURVEY, at=at)


@transaction.atomic
def ask_customer_no_more(*, customer_id: int, at: datetime) -> None:
    """The same, said from the mail program. Raises NoSuchQuestion where there is no such customer."""
    if not Customer.objects.filter(pk=customer_id).exists():
        raise NoSuchQuestion(customer_id)
    object_to(customer_id=customer_id, purpose=Purpose.SURVEY, at=at)
