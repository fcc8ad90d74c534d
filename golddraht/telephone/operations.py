"""Taking note of calls: whoever is called sees who calls, a call leaves a note, and a missed one becomes a concern."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import Words, add_note, receive_message
from golddraht.conversations.queries import live_of_customer
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.operations import recognise
from golddraht.customers.queries import customer_at
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_phone
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.queries import absences, current_tenant, default_team
from golddraht.telephone.events import CallChanged
from golddraht.telephone.models import Call, Extension, Ring
from golddraht.telephone.queries import member_called
from golddraht.telephone.rules import Signal


class ExtensionRefused(ValueError):
    """Somebody else has this extension, or there is no such person; the message says which."""


@transaction.atomic
def report_call(*, call_id: str, signal: Signal, number: str = "", agent: str = "", at: datetime) -> Call:
    """What the telephone system says of a call. Said twice it is done once; a call may be told of from its middle on.

    An answered call leaves a note in the customer's newest live concern. One that nobody answered becomes a concern with
    owner and next touch, unless the number was withheld: then nobody can be called back.
    """
    call = _known(call_id, number, at)
    member_id = member_called(agent, tenant_id=current_tenant_id()) if agent else None
    act = {Signal.RINGING: _rings, Signal.ANSWERED: _answered, Signal.ENDED: _ended}[signal]
    act(call, member_id, at)
    bus.publish(CallChanged(call.pk, _everybody_at(call), at))
    return call


def _known(call_id: str, number: str, at: datetime) -> Call:
    """The call, locked; new when it was not told of yet."""
    folded = folded_phone(number, _country()) or "" if number else ""
    Call.objects.bulk_create([Call(call_id=call_id, number=folded, rang_at=at)], ignore_conflicts=True)
    call: Call = Call.objects.select_for_update().get(call_id=call_id)
    if folded and not call.number:
        call.number = folded
    if call.customer_id is None and call.number:
        call.customer = customer_at(channel=Channel.PHONE, address=call.number)
    call.save(update_fields=["number", "customer"])
    return call


def _country() -> str:
    """Whose numbering plan a number without a country code follows."""
    country = current_tenant().country
    return country if country in {"DE", "AT", "CH", "LI"} else "DE"


def _rings(call: Call, member_id: int | None, at: datetime) -> None:
    if member_id is not None:
        Ring.objects.get_or_create(call=call, member_id=member_id)


def _answered(call: Call, member_id: int | None, at: datetime) -> None:
    _rings(call, member_id, at)
    if call.answered_at is None and call.ended_at is None:
        call.answered_at, call.answered_by_id = at, member_id
        call.save(update_fields=["answered_at", "answered_by"])


def _ended(call: Call, member_id: int | None, at: datetime) -> None:
    _rings(call, member_id, at)
    if call.ended_at is not None:
        return
    call.ended_at = at
    if call.answered_at is not None:
        call.conversation = _noted(call)
    elif call.number:
        call.conversation = _missed(call, at)
    call.save(update_fields=["ended_at", "customer", "conversation"])


def _noted(call: Call) -> Conversation | None:
    """A line in the customer's newest live concern; without one, whoever answered is asked to enter it."""
    if call.customer_id is None or call.answered_by_id is None:
        return None
    concern = next(iter(live_of_customer(customer_id=call.customer_id)), None)
    if concern is not None:
        assert call.ended_at is not None
        add_note(conversation_id=concern.pk, by=call.answered_by_id, text=_words_of_note(call), at=call.ended_at)
    return concern


def _words_of_note(call: Call) -> str:
    assert call.answered_at is not None and call.ended_at is not None
    minutes = max(round((call.ended_at - call.answered_at).total_seconds() / 60), 1)
    with translation.override(current_tenant().language):
        return ngettext(
            "Telephone call with %(number)s at %(time)s, one minute.",
            "Telephone call with %(number)s at %(time)s, %(minutes)d minutes.",
            minutes,
        ) % {"number": call.number, "time": _clock(call.answered_at), "minutes": minutes}


def _missed(call: Call, at: datetime) -> Conversation:
    """Somebody wanted something and reached nobody: that is a concern like any other."""
    caller = call.customer or _met(call, at)
    call.customer = caller
    known = next(iter(live_of_customer(customer_id=caller.pk)), None)
    with translation.override(current_tenant().language):
        text = _("Called at %(time)s from %(number)s and reached nobody.") % {
            "time": _clock(call.rang_at),
            "number": call.number,
        }
        words = Words(channel=Channel.PHONE, text=text, subject=_("Missed call"), language=_language(caller))
    message = receive_message(
        customer=caller, words=words, conversation=known, owner_id=None if known else _first_called(call), at=at
    )
    conversation: Conversation = message.conversation
    return conversation


def _language(caller: Customer) -> str:
    return str(caller.language or current_tenant().language)


def _met(call: Call, at: datetime) -> Customer:
    return recognise(channel=Channel.PHONE, address=call.number, shown=call.number, name="", source=Source.CALL, at=at)


def _first_called(call: Call) -> int | None:
    """Whom they wanted to speak to, if it was one person who is there."""
    rang_at = list(Ring.objects.filter(call=call, member__active=True).values_list("member_id", flat=True)[:2])
    return rang_at[0] if len(rang_at) == 1 and rang_at[0] not in absences(at=call.rang_at) else None


def _everybody_at(call: Call) -> tuple[int, ...]:
    called = set(Ring.objects.filter(call=call).values_list("member_id", flat=True))
    return tuple(sorted(called | ({call.answered_by_id} if call.answered_by_id else set())))


def _clock(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(default_team().zone)).strftime("%H:%M")


@transaction.atomic
def set_extension(*, member_id: int, number: str) -> None:
    """At which extension somebody is called; empty for none. Raises ExtensionRefused."""
    if not Membership.objects.filter(pk=member_id, tenant_id=current_tenant_id(), active=True).exists():
        raise ExtensionRefused(_("Choose people who work here."))
    wanted = number.strip()[:40]
    if not wanted:
        Extension.objects.filter(member_id=member_id).delete()
        return
    try:
        with transaction.atomic():
            Extension.objects.update_or_create(member_id=member_id, defaults={"number": wanted})
    except IntegrityError:
        raise ExtensionRefused(_("Somebody else has the extension %(number)s.") % {"number": wanted}) from None
