"""A promise that will probably not hold: said before it breaks, with ways out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from golddraht.conversations.models import Conversation, Milestone
from golddraht.conversations.operations.promising import open_for_promise, pull_next_touch
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import Automatic
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.promises.events import PromiseEndangered
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations.keeping import AlreadySettled
from golddraht.promises.operations.letters import choice_link, in_words_of, letter
from golddraht.promises.operations.making import note
from golddraht.promises.queries.cards import card, option_cards, title_of
from golddraht.promises.queries.finding import conversation_to_speak_in, locked_promise, usual_options
from golddraht.promises.rules import Kind, OptionDraft, State, refusal_of_options

TOLD_BY_A_PERSON_WITHIN = timedelta(minutes=30)
"""Whoever cannot be written to is called instead: the owner's next touch is at most that far away."""


class DangerRefused(ValueError):
    """It cannot be announced like that. `reason`: KIND, WORDS, ALREADY, CHOSEN, NONE, NO_DATE or PAST."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


REFUSALS = {
    "NONE": "Offer at least one way out.",
    "NO_DATE": "Another date needs its date.",
    "PAST": "What you offer must lie in the future.",
}


@transaction.atomic
def endanger(
    *, promise_id: int, why: str, by: int | None, at: datetime, options: Sequence[OptionDraft] | None = None
) -> Promise:
    """Tell the customer in one automatic message, outside the nuisance budget, what they can choose instead.

    Without `options` the usual ones are offered: the same hours on the next two working days, collecting, a call.
    Somebody who cannot be written to is told by a person: the conversation becomes due at once. A promise without a
    live conversation gets one. Raises DangerRefused, AlreadySettled, NoSuchPromise.
    """
    promise = locked_promise(promise_id)
    if options is None:
        options = usual_options(promise_id=promise_id, at=at)
    _check(promise, why, options, at=at)
    mark_endangered(promise, why=why, at=at)
    lay_out(promise, options)
    announce([promise], at=at)
    return promise


def _check(promise: Promise, why: str, options: Sequence[OptionDraft], *, at: datetime) -> None:
    if promise.kind == Kind.FIRST_ANSWER:
        raise DangerRefused("KIND", "A late answer is announced by itself, with its new time.")
    if promise.state != State.OPEN:
        raise AlreadySettled("This promise is settled already.")
    if promise.endangered_at is not None and not _has_choice(promise):
        raise DangerRefused("ALREADY", "The customer has been told already and has not chosen yet.")
    if not why.strip():
        raise DangerRefused("WORDS", "Say in a few words why it will probably not hold.")
    if reason := refusal_of_options(options, at=at):
        raise DangerRefused(reason, REFUSALS[reason])


def _has_choice(promise: Promise) -> bool:
    return bool(Option.objects.filter(promise=promise, chosen_at__isnull=False).exists())


def mark_endangered(promise: Promise, *, why: str, at: datetime) -> None:
    promise.endangered_at, promise.announced_at = at, None
    promise.danger = one_line(why, 300)
    promise.save(update_fields=["endangered_at", "announced_at", "danger"])
    bus.publish(PromiseEndangered(promise.pk, promise.conversation_id, at, promise.customer_id))


def lay_out(promise: Promise, options: Sequence[OptionDraft]) -> None:
    """Offer these options and no others."""
    Option.objects.filter(promise=promise).delete()
    Option.objects.bulk_create(
        Option(
            promise=promise,
            position=position,
            kind=draft.kind,
            title=one_line(draft.title, 120),
            condition=one_line(draft.condition, 300),
            cents=draft.cents,
            starts_at=draft.starts_at,
            due_at=draft.due_at,
        )
        for position, draft in enumerate(options)
    )


@transaction.atomic
def announce(promises: Sequence[Promise], *, at: datetime) -> bool:
    """One message to one customer about all of these promises; whether it could be written.

    If not, a person has to tell them, soon, and the thread says so once.
    """
    conversation = place_of(promises, at=at)
    with in_words_of(conversation):
        text = letter("danger", conversation=conversation, at=at, dangers=[_danger(one, at=at) for one in promises])
        subject = gettext("Please choose: %(what)s") % {"what": title_of(promises[0])}
    message = write_automatic(
        conversation_id=conversation.pk, kind=Automatic.DANGER, subject=one_line(subject, 250), text=text, at=at
    )
    if message is None:
        _let_a_person_tell(conversation, promises, at=at)
        return False
    Promise.objects.filter(pk__in=[promise.pk for promise in promises]).update(announced_at=at)
    for promise in promises:
        promise.announced_at = at
        note(promise, "DANGER", by=None, at=at, words=f"{title_of(promise)}: {promise.danger}")
    pull_next_touch(conversation_id=conversation.pk, latest_at=min(one.due_at for one in promises), at=at)
    return True


def _danger(promise: Promise, *, at: datetime) -> dict[str, object]:
    return {"card": card(promise, at=at), "options": option_cards(promise, at=at), "link": choice_link(promise)}


def _let_a_person_tell(conversation: Conversation, promises: Sequence[Promise], *, at: datetime) -> None:
    words = one_line(", ".join(title_of(promise) for promise in promises), 400)
    Milestone.objects.get_or_create(
        conversation=conversation, kind="DANGER_UNTOLD", words=words, defaults={"at": at, "by": None}
    )
    pull_next_touch(conversation_id=conversation.pk, latest_at=at + TOLD_BY_A_PERSON_WITHIN, at=at, is_ours=True)


def place_of(promises: Sequence[Promise], *, at: datetime) -> Conversation:
    """The live conversation in which the customer hears of these promises; a new one if there is none.

    Promises that have no live conversation are put there.
    """
    live = {promise.pk: conversation_to_speak_in(promise) for promise in promises}
    place = next((found for found in live.values() if found is not None), None) or _open_for(promises[0], at=at)
    for promise in promises:
        if live[promise.pk] is None:
            promise.conversation = place
            promise.save(update_fields=["conversation"])
    return place


def _open_for(promise: Promise, *, at: datetime) -> Conversation:
    return open_for_promise(
        customer=promise.customer,
        owner=promise.owner,
        subject=title_of(promise),
        next_touch_at=promise.due_at,
        at=at,
        earlier=promise.conversation,
    )


@transaction.atomic
def withdraw_danger(*, promise_id: int, by: int | None, at: datetime) -> Promise:
    """It will hold after all. Whoever was told of the danger is told of that too; the options are gone.

    Twice changes nothing. Raises DangerRefused when the customer has chosen already, AlreadySettled, NoSuchPromise.
    """
    promise = locked_promise(promise_id)
    if promise.state != State.OPEN:
        raise AlreadySettled("This promise is settled already.")
    if promise.endangered_at is None:
        return promise
    if _has_choice(promise):
        raise DangerRefused("CHOSEN", "The customer has chosen already; that agreement holds.")
    was_told = promise.announced_at is not None
    promise.endangered_at = promise.announced_at = promise.disturbance = None
    promise.danger = ""
    promise.save(update_fields=["endangered_at", "announced_at", "disturbance", "danger"])
    Option.objects.filter(promise=promise).delete()
    note(promise, "DANGER_OVER", by=by, at=at)
    if was_told:
        _give_all_clear(promise, at=at)
    return promise


def _give_all_clear(promise: Promise, *, at: datetime) -> None:
    conversation = place_of([promise], at=at)
    with in_words_of(conversation):
        text = letter("all_clear", conversation=conversation, at=at, promise=card(promise, at=at))
    write_automatic(conversation_id=conversation.pk, kind=Automatic.DANGER, subject="", text=text, at=at)
