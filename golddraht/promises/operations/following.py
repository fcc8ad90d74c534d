"""Following what is known from outside: a promised date becomes a promise, and is never moved over the customer's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import LIVE
from golddraht.customers.models import Customer
from golddraht.customers.queries import ids_of_person
from golddraht.ground.moments import spoken_language, window
from golddraht.ground.text import one_line
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations.changing import change_promise, renewed
from golddraht.promises.operations.endangering import announce, lay_out, mark_endangered, withdraw_danger
from golddraht.promises.operations.keeping import keep_promise, settle
from golddraht.promises.operations.making import make_promise
from golddraht.promises.queries.finding import calendar_for, locked_promise, zone_of
from golddraht.promises.rules import (
    Follow,
    Kind,
    OptionDraft,
    OptionKind,
    Standing,
    State,
    Word,
    default_options,
    follow,
    is_broken,
)
from golddraht.team.queries import current_tenant, default_team, lead_on_duty


@dataclass(frozen=True)
class Thing:
    """What is promised: `mark` names it for good, such as "delivery:shop:L-1"; `why` says why its date is another one."""

    mark: str
    kind: Kind
    customer_id: int
    what: str
    reference: str
    tour: str = ""
    why: str = ""
    conversation_id: int | None = None


@transaction.atomic
def follow_word(*, thing: Thing, word: Word, at: datetime) -> Follow:
    """Let the promise of this thing follow what is said of it. Said again it changes nothing.

    Whoever calls holds the thing locked, so that two words of it come one after the other.
    """
    promise = _latest(thing)
    if promise is not None and promise.customer_id not in ids_of_person(customer_id=thing.customer_id):
        _leave_to_others(promise, at=at)
        promise = None
    if promise is not None:
        _call_it_so(promise, thing)
    found = follow(word, _standing(promise), at=at)
    _do(found, thing, word, promise, at=at)
    return found


def _latest(thing: Thing) -> Promise | None:
    newest = Promise.objects.filter(outside=thing.mark).order_by("-pk").values_list("pk", flat=True).first()
    return locked_promise(newest) if newest is not None else _promised_by_hand(thing)


def _promised_by_hand(thing: Thing) -> Promise | None:
    """What a colleague promised already under this very number: it is one promise, and follows from now on."""
    theirs = ids_of_person(customer_id=thing.customer_id)
    rows = Promise.objects.filter(
        customer_id__in=theirs, kind=thing.kind, reference=thing.reference, state=State.OPEN, outside=""
    )
    found = rows.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        return None
    promise = locked_promise(found)
    promise.outside, promise.dated_at = thing.mark, promise.made_at
    promise.save(update_fields=["outside", "dated_at"])
    return promise


def _leave_to_others(promise: Promise, *, at: datetime) -> None:
    """Its source has named the wrong customer: it was never theirs."""
    if promise.state == State.OPEN:
        settle(promise, State.WAIVED, by=None, at=at)
    Promise.objects.filter(outside=promise.outside).update(outside="")


def _call_it_so(promise: Promise, thing: Thing) -> None:
    told = {
        # What a colleague said stays in their words.
        "what": one_line(thing.what, 300) if promise.made_by_id is None else promise.what,
        "reference": one_line(thing.reference, 80),
        "tour": one_line(thing.tour, 80) if promise.replaced_by_id is None else promise.tour,
    }
    changed = [name for name, value in told.items() if getattr(promise, name) != value]
    if promise.state == State.OPEN and changed:
        for name in changed:
            setattr(promise, name, told[name])
        promise.save(update_fields=changed)


def _standing(promise: Promise | None) -> Standing | None:
    if promise is None:
        return None
    return Standing(
        state=State(promise.state),
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        dated_at=promise.dated_at,
        moved_from=promise.moved_from,
        moved_to=promise.moved_to,
        ran_out=promise.state == State.BROKEN and promise.settled_by_id is None,
    )


def _do(found: Follow, thing: Thing, word: Word, promise: Promise | None, *, at: datetime) -> None:
    if found is Follow.MAKE:
        _make(thing, word, at=at)
    elif found is Follow.RECORD:
        _record(thing, word, at=at)
    elif promise is not None:
        _change(found, thing, word, promise, at=at)


def _change(found: Follow, thing: Thing, word: Word, promise: Promise, *, at: datetime) -> None:
    if found is Follow.KEEP and word.done_at is not None:
        _keep(promise, word.done_at, at=at)
    elif found is Follow.WAIVE:
        late = is_broken(due_at=promise.due_at, at=at)
        settle(promise, State.BROKEN if late else State.WAIVED, by=None, at=at)
    elif found is Follow.ALL_CLEAR:
        _clear(promise, at=at)
    elif found is Follow.WARN:
        _warn(promise, thing, word, at=at)
    elif found in (Follow.AGREE, Follow.RENEW):
        _move(promise, word, agreed=found is Follow.AGREE, at=at)


def _make(thing: Thing, word: Word, *, at: datetime) -> Promise:
    assert word.due_at is not None
    concern = _concern(thing)
    return make_promise(
        customer_id=concern.customer_id if concern is not None else thing.customer_id,
        conversation_id=concern.pk if concern is not None else None,
        owner_id=_owner(thing, concern, at=at),
        kind=thing.kind,
        what=thing.what,
        reference=thing.reference,
        tour=thing.tour,
        starts_at=word.starts_at,
        due_at=word.due_at,
        outside=thing.mark,
        dated_at=word.said_at,
        by=None,
        at=at,
    )


def _concern(thing: Thing) -> Conversation | None:
    if thing.conversation_id is None:
        return None
    found: Conversation | None = Conversation.objects.filter(pk=thing.conversation_id, status__in=sorted(LIVE)).first()
    return found


def _owner(thing: Thing, concern: Conversation | None, *, at: datetime) -> int:
    """Who cares for the concern it is spoken of in, else for whatever else the customer asks, else whoever leads."""
    if concern is not None and concern.owner_id is not None:
        return int(concern.owner_id)
    theirs = Conversation.objects.filter(customer_id__in=ids_of_person(customer_id=thing.customer_id))
    live = theirs.filter(owner__active=True, status__in=sorted(LIVE)).order_by("-latest_at", "-pk")
    owner_id = live.values_list("owner_id", flat=True).first()
    return int(owner_id) if owner_id is not None else lead_on_duty(team=default_team(), at=at)


def _record(thing: Thing, word: Word, *, at: datetime) -> None:
    """A promise whose end is known together with its beginning."""
    assert word.due_at is not None and word.done_at is not None and word.said_at is not None
    is_late = is_broken(due_at=word.due_at, at=word.done_at)
    Promise.objects.create(
        customer_id=thing.customer_id,
        owner_id=_owner(thing, None, at=at),
        kind=thing.kind,
        what=one_line(thing.what, 300),
        reference=one_line(thing.reference, 80),
        tour=one_line(thing.tour, 80),
        starts_at=word.starts_at,
        due_at=word.due_at,
        state=State.BROKEN if is_late else State.KEPT,
        made_at=word.said_at,
        settled_at=word.done_at,
        outside=thing.mark,
        dated_at=word.said_at,
    )


def _keep(promise: Promise, done_at: datetime, *, at: datetime) -> None:
    """Done in time it is kept, also where it had run out unrecorded; done late it is broken as it was."""
    if promise.state == State.BROKEN and is_broken(due_at=promise.due_at, at=done_at):
        return
    keep_promise(promise_id=promise.pk, by=None, at=at, kept_at=min(done_at, at))


def _clear(promise: Promise, *, at: datetime) -> None:
    """Its source keeps to the promised date after all."""
    _note_move(promise, None, None)
    if promise.endangered_at is not None and not _has_choice(promise):
        withdraw_danger(promise_id=promise.pk, by=None, at=at)


def _has_choice(promise: Promise) -> bool:
    return bool(Option.objects.filter(promise=promise, chosen_at__isnull=False).exists())


def _note_move(promise: Promise, starts_at: datetime | None, due_at: datetime | None) -> None:
    promise.moved_from, promise.moved_to = starts_at, due_at
    promise.save(update_fields=["moved_from", "moved_to"])


def _warn(promise: Promise, thing: Thing, word: Word, *, at: datetime) -> None:
    """The customer hears of the other date before the promised one passes, and chooses; told of another one, they choose anew."""
    assert word.due_at is not None
    _note_move(promise, word.starts_at, word.due_at)
    mark_endangered(promise, why=_why(promise, thing, word, at=at), at=at)
    lay_out(promise, _ways_out(promise, word, at=at))
    announce([promise], at=at)


def _why(promise: Promise, thing: Thing, word: Word, *, at: datetime) -> str:
    """The source's own words, or that another date was named."""
    if thing.why:
        return thing.why
    assert word.due_at is not None
    customer = Customer.objects.get(pk=promise.customer_id)
    language = spoken_language(customer.language or current_tenant().language)
    with translation.override(language):
        when = window(word.starts_at, word.due_at, zone_of(promise), language, at)
        return gettext("The date has moved: %(when)s.") % {"when": when}


def _ways_out(promise: Promise, word: Word, *, at: datetime) -> list[OptionDraft]:
    """The date that was named first, then later ones and whatever else can be offered."""
    assert word.due_at is not None
    usual = default_options(
        kind=Kind(promise.kind),
        starts_at=word.starts_at,
        due_at=word.due_at,
        calendar=calendar_for(promise),
        not_before=max(at, word.due_at) + timedelta(minutes=1),
    )
    named = OptionDraft(OptionKind.OTHER_DATE, starts_at=_ahead(word.starts_at, at), due_at=word.due_at)
    return [named, *usual]


def _ahead(starts_at: datetime | None, at: datetime) -> datetime | None:
    return starts_at if starts_at is not None and starts_at > at else None


def _move(promise: Promise, word: Word, *, agreed: bool, at: datetime) -> None:
    assert word.due_at is not None
    fresh = change_promise(
        promise_id=promise.pk, due_at=word.due_at, starts_at=word.starts_at, agreed=agreed, by=None, at=at
    )
    Promise.objects.filter(pk=fresh.pk).update(dated_at=word.said_at)


def promise_the_moved_date(promise: Promise, *, at: datetime) -> Promise | None:
    """After a promise ran out whose source had named another date: that date is promised now. None where there is none.

    The broken one stays broken: nobody agreed to the other date.
    """
    if not promise.outside or promise.moved_to is None or promise.moved_to <= at:
        return None
    if _has_choice(promise):
        return None
    return renewed(
        promise,
        due_at=promise.moved_to,
        starts_at=promise.moved_from,
        owner_id=None if promise.owner.active else lead_on_duty(team=default_team(), at=at),
        by=None,
        at=at,
    )
