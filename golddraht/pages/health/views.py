"""Is everything well? Mailboxes, alarms, what could not be read or sent, and whether our own processes live; in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.channels.operations import send_again
from golddraht.channels.queries import MailboxHealth, Undelivered, mailbox_health, raw_unread_since, undelivered
from golddraht.channels.queries import waiting_to_leave as count_waiting
from golddraht.channels.rules import DeliveryState
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.health.protection import protection_lines
from golddraht.pages.shown import moment, size
from golddraht.plumbing import clock
from golddraht.plumbing.database_state import DatabaseState, DatabaseTrouble, database_state
from golddraht.plumbing.pausing import current_pause
from golddraht.plumbing.presences import last_seen
from golddraht.plumbing.room import Errands, Room, errands, room_left
from golddraht.search.queries import Lag, lag
from golddraht.team.queries import open_alarms
from golddraht.team.rules import Act

NAV = "health"
ALIVE_WITHIN = timedelta(seconds=45)
SENT_AGAIN = frozenset({DeliveryState.REFUSED, DeliveryState.HELD, DeliveryState.UNKNOWN})


@require_safe
@workspace()
def health(request: Visit) -> HttpResponse:
    at, viewer = clock.now(), request.viewer
    boxes = [_box(one, at) for one in mailbox_health(viewer=viewer, at=at)]
    processes = _processes(at)
    alarms = [{"words": one.words, "since": moment(one.raised_at, at)} for one in open_alarms(viewer=viewer)]
    stuck = [_delivery(one, viewer.tenant_slug, at) for one in undelivered(viewer=viewer)]
    room, jobs, base = room_left(), errands(at=at), database_state()
    unread, pause, behind = raw_unread_since(at=at), current_pause(), lag(viewer=viewer)
    protection = protection_lines(at)
    troubles = [one for one in (*boxes, *processes, *protection) if not one["is_fine"]]
    values = {
        "boxes": boxes,
        "processes": [
            *processes,
            _words_of_jobs(jobs),
            _words_of_disk(room),
            _words_of_database(room, base),
            *protection,
        ],
        "alarms": alarms,
        "deliveries": stuck,
        "unread_text": _words_of_unread(unread),
        "unread": unread,
        "waiting_text": _words_of_waiting(count_waiting(viewer=viewer)),
        "search_text": _words_of_search(behind, at),
        "is_search_behind": behind.is_lagging(at),
        "pause_text": _words_of_pause(pause, at),
        "is_fine": room.is_enough
        and jobs.is_fine
        and base.trouble is None
        and not (troubles or alarms or stuck or unread or pause or behind.is_lagging(at)),
        "may_configure": viewer.may(Act.CONFIGURE),
    }
    return show(request, "health/show.html", values, nav=NAV)


def _box(one: MailboxHealth, at: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "address": one.address,
        "is_fine": one.is_healthy,
        "receiving": one.receiving,
        "receiving_since": moment(one.failing_since, at) if one.failing_since else "",
        "sending": one.sending,
        "sending_since": moment(one.sending_failing_since, at) if one.sending_failing_since else "",
        "access": one.access,
    }


def _processes(at: datetime) -> list[dict[str, Any]]:
    seen = last_seen()
    names = {
        "worker": gettext("Reading mail and everything in the background"),
        "sweeper": gettext("Watching over promises and silence"),
        "deliverer": gettext("Sending mail"),
        "listener": gettext("Receiving mail"),
    }
    return [_process(name, seen.get(role), at) for role, name in names.items()]


def _process(name: str, seen_at: datetime | None, at: datetime) -> dict[str, Any]:
    if seen_at is not None and at - seen_at <= ALIVE_WITHIN:
        return {"name": name, "is_fine": True, "words": gettext("at work")}
    if seen_at is None:
        words = gettext("has not started yet. Whoever runs this installation should start it.")
    else:
        words = gettext("stands still since %(when)s. Whoever runs this installation should look at it.") % {
            "when": moment(seen_at, at)
        }
    return {"name": name, "is_fine": False, "words": words}


def _words_of_jobs(found: Errands) -> dict[str, Any]:
    name = gettext("Work in the background")
    if found.left_lying:
        words = ngettext(
            "%(count)d task has been waiting for over five minutes.",
            "%(count)d tasks have been waiting for over five minutes.",
            found.left_lying,
        ) % {"count": found.left_lying}
        return {"name": name, "is_fine": False, "words": words}
    if found.given_up:
        words = ngettext(
            "%(count)d task was given up since yesterday. Whoever runs this installation finds the reason in its log.",
            "%(count)d tasks were given up since yesterday. Whoever runs this installation finds the reasons in its log.",
            found.given_up,
        ) % {"count": found.given_up}
        return {"name": name, "is_fine": False, "words": words}
    return {"name": name, "is_fine": True, "words": gettext("nothing is left lying")}


def _words_of_disk(found: Room) -> dict[str, Any]:
    name = gettext("Room on the disk")
    left = {"free": size(found.free), "whole": size(found.whole)}
    if found.is_enough:
        return {"name": name, "is_fine": True, "words": gettext("%(free)s of %(whole)s are free") % left}
    words = gettext(
        "only %(free)s of %(whole)s are free. Before long no mail can be kept: whoever runs this installation should make"
        " room; old backups may be what takes it."
    )
    return {"name": name, "is_fine": False, "words": words % left}


def _words_of_database(found: Room, state: DatabaseState) -> dict[str, Any]:
    name = gettext("Database")
    if state.trouble is None:
        words = gettext("answers, and takes %(size)s") % {"size": size(found.database)}
        return {"name": name, "is_fine": True, "words": words}
    return {"name": name, "is_fine": False, "words": _words_of_trouble(state, state.trouble)}


def _words_of_trouble(state: DatabaseState, trouble: DatabaseTrouble) -> str:
    match trouble:
        case DatabaseTrouble.CONNECTIONS:
            words = gettext(
                "%(used)d of %(most)d connections are in use. Whoever runs this installation should allow more of them"
                " (max_connections), or run fewer processes."
            )
            return words % {"used": state.connections, "most": state.most_connections}
        case DatabaseTrouble.HANGING:
            return gettext(
                "something in it has not come to its end for over an hour, and holds up what tidies up behind us. Whoever"
                " runs this installation should look at it."
            )
        case DatabaseTrouble.COUNTING:
            return gettext(
                "has not tidied up for very long, and will take no more mail before long. Whoever runs this installation"
                " should see why VACUUM does not come through."
            )


def _words_of_unread(count: int) -> str:
    if not count:
        return gettext("Every mail that came has been read.")
    return ngettext(
        "%(count)d mail has been lying unread for over a minute.",
        "%(count)d mails have been lying unread for over a minute.",
        count,
    ) % {"count": count}


def _words_of_waiting(count: int) -> str:
    if not count:
        return gettext("Nothing waits to be sent.")
    return ngettext("%(count)d mail is on its way out.", "%(count)d mails are on their way out.", count) % {
        "count": count
    }


def _words_of_search(behind: Lag, at: datetime) -> str:
    """How far what can be found is behind what was written; after an import it says how much is still to come."""
    if behind.since is None or not behind.is_lagging(at):
        return gettext("Everything that was written can be found.")
    return ngettext(
        "%(count)d text cannot be found yet; it has been waiting since %(when)s.",
        "%(count)d texts cannot be found yet; the first of them has been waiting since %(when)s.",
        behind.waiting,
    ) % {"count": behind.waiting, "when": moment(behind.since, at)}


def _words_of_pause(pause: Any, at: datetime) -> str:
    if pause is None:
        return ""
    return gettext(
        "Since %(when)s nothing is sent or fetched (%(reason)s). Whoever runs this installation ends the pause."
    ) % {"when": moment(pause.since, at), "reason": pause.reason}


def _delivery(one: Undelivered, slug: str, at: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "recipient": one.recipient,
        "subject": one.subject,
        "url": url_of(slug, one.conversation_number),
        "state_text": _state_word(one, at),
        "state": "soon" if one.state is DeliveryState.WAITING else "late",
        "answer": one.answer,
        "when": one.changed_at,
        "can_be_sent_again": one.state in SENT_AGAIN,
        "question": _question(one),
    }


def _state_word(one: Undelivered, at: datetime) -> str:
    if one.state is DeliveryState.WAITING and one.next_attempt_at:
        return gettext("next try %(when)s") % {"when": moment(one.next_attempt_at, at)}
    words = {
        DeliveryState.REFUSED: gettext("refused"),
        DeliveryState.HELD: gettext("held back"),
        DeliveryState.UNKNOWN: gettext("perhaps arrived"),
    }
    return words.get(one.state, gettext("waiting"))


def _question(one: Undelivered) -> str:
    if one.state is DeliveryState.UNKNOWN:
        return gettext("It may have arrived already; then the customer gets it twice. Send it again?")
    return gettext("Send this mail to %(recipient)s once more?") % {"recipient": one.recipient}


@require_POST
@workspace()
def deliver_again(request: Visit, delivery_id: int) -> HttpResponse:
    """A person decided it; only what stands still can be sent again."""
    if delivery_id not in {one.id for one in undelivered(viewer=request.viewer, limit=10_000)}:
        raise Http404
    if send_again(delivery_id=delivery_id, at=clock.now()):
        messages.success(request, gettext("On its way again."))
    else:
        messages.info(request, gettext("It is under way already."))
    return redirect("health", request.viewer.tenant_slug)
