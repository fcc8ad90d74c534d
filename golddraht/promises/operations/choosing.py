"""The customer takes one of the ways out. Once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.promising import pull_next_touch
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import Automatic
from golddraht.plumbing import bus
from golddraht.promises.events import OptionChosen
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations.changing import renewed, replace
from golddraht.promises.operations.endangering import place_of
from golddraht.promises.operations.letters import in_words_of, letter
from golddraht.promises.operations.making import note
from golddraht.promises.queries.cards import card, option_card, title_of
from golddraht.promises.queries.finding import calendar_for, locked_promise, zone_of
from golddraht.promises.rules import Kind, OptionKind, State, due_of_choice
from golddraht.team.queries import lead_on_duty


class NoLongerOffered(ValueError):
    """The option has passed, was taken back, or the promise has been kept or changed meanwhile."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen, first and for good; `made_id` is the promise that came of it. `is_new` is False for a later click."""

    promise_id: int
    option_id: int
    made_id: int | None
    is_new: bool


@transaction.atomic
def choose_option(*, promise_id: int, option_id: int, at: datetime) -> Chosen:
    """Take one option for good: the first choice stands, a second click gets the first.

    It makes the new agreed promise, writes a confirmation outside the nuisance budget and publishes OptionChosen.
    A promise that broke meanwhile stays broken, and the customer can still choose how we go on.
    Raises NoLongerOffered, NoSuchPromise.
    """
    promise = locked_promise(promise_id)
    options = list(Option.objects.filter(promise=promise))
    if (first := next((option for option in options if option.chosen_at is not None), None)) is not None:
        return Chosen(promise_id, first.pk, first.made_id, is_new=False)
    option = next((option for option in options if option.pk == option_id), None)
    if option is None or not is_offered(promise, option, at=at):
        raise NoLongerOffered("This is no longer on offer.")
    return _take(promise, option, at=at)


def is_offered(promise: Promise, option: Option, *, at: datetime) -> bool:
    if option.due_at is not None and option.due_at <= at and option.kind != OptionKind.COLLECT:
        return False
    if option.kind == OptionKind.KEEP:
        return promise.state == State.OPEN
    return promise.state in {State.OPEN, State.BROKEN}


def _take(promise: Promise, option: Option, *, at: datetime) -> Chosen:
    conversation = place_of([promise], at=at)
    with in_words_of(conversation):
        made = _agreed(promise, option, conversation, at=at)
        option.chosen_at, option.made = at, made
        option.save(update_fields=["chosen_at", "made"])
        chosen = option_card(option, zone=zone_of(promise), at=at)
        note(promise, "CHOSEN", by=None, at=at, words=f"{title_of(promise)}: {chosen.title} {chosen.when_text}".strip())
        text = letter(
            "confirmation",
            conversation=conversation,
            at=at,
            promise=card(promise, at=at),
            option=chosen,
            made=card(made, at=at) if made is not None else None,
        )
    write_automatic(conversation_id=conversation.pk, kind=Automatic.CONFIRMATION, subject="", text=text, at=at)
    bus.publish(OptionChosen(promise.pk, option.pk, made.pk if made else None, conversation.pk, at))
    return Chosen(promise.pk, option.pk, made.pk if made else None, is_new=True)


def _agreed(promise: Promise, option: Option, conversation: Conversation, *, at: datetime) -> Promise | None:
    """The promise that comes of the choice, if any; in the words of the customer."""
    kind = OptionKind(option.kind)
    if kind == OptionKind.KEEP:
        return None
    made = renewed(
        promise,
        kind=_kind_of_choice(promise, kind),
        what=_words_of_choice(promise, kind),
        starts_at=option.starts_at if kind == OptionKind.OTHER_DATE else None,
        due_at=due_of_choice(kind, option.due_at, calendar=calendar_for(promise), at=at),
        owner_id=_owner_of_choice(promise, conversation, at=at),
        by=None,
        at=at,
    )
    # A call is no agreement yet: the old promise stays open until one is found.
    if kind == OptionKind.CALL_ME:
        pull_next_touch(conversation_id=conversation.pk, latest_at=made.due_at, at=at, is_ours=True)
    else:
        replace(promise, made, agreed=True, by=None, at=at)
    return made


def _kind_of_choice(promise: Promise, kind: OptionKind) -> Kind:
    if kind == OptionKind.OTHER_DATE:
        return Kind(promise.kind)
    return Kind.CALLBACK if kind == OptionKind.CALL_ME else Kind.OTHER


def _words_of_choice(promise: Promise, kind: OptionKind) -> str:
    words = {
        OptionKind.COLLECT: gettext("Ready to be collected: %(what)s"),
        OptionKind.SEND_BACK: gettext("Take back and refund: %(what)s"),
        OptionKind.CALL_ME: gettext("Call back about: %(what)s"),
    }
    return words.get(kind, "%(what)s") % {"what": promise.what}


def _owner_of_choice(promise: Promise, conversation: Conversation, *, at: datetime) -> int:
    """Who promised it, if they are still here, else who cares for the concern."""
    if promise.owner.active:
        return int(promise.owner_id)
    owner_id: int = conversation.owner_id or lead_on_duty(team=conversation.team, at=at)
    return owner_id
