"""What a lead sees, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries import EscalationLine, Row
from golddraht.conversations.queries.desks import Desk
from golddraht.conversations.queries.grouping import Waiting
from golddraht.pages import shown
from golddraht.team.queries import Colleague


@dataclass(frozen=True)
class EscalationShown:
    id: int
    customer_name: str
    subject: str
    number: str
    url: str
    owner_name: str
    missed_at: datetime


@dataclass(frozen=True)
class DeskLine:
    """One colleague's desk."""

    name: str
    initials: str
    hue: int
    live: int
    due: int
    away_text: str


@dataclass(frozen=True)
class TeamLine:
    """How long customers of a team wait, told honestly."""

    name: str
    lead_name: str
    waiting: int
    people: int
    answer_text: str


@dataclass(frozen=True)
class QuietLine:
    id: int
    customer_name: str
    initials: str
    hue: int
    subject: str
    preview: str
    reason_text: str
    url: str
    when: datetime


@dataclass(frozen=True)
class WaitingLine:
    id: int
    customer_name: str
    number: str
    subject: str
    preview: str
    url: str
    owner_name: str
    touch_text: str
    touch_state: str
    seen_message_id: int | None


def escalation(line: EscalationLine, *, slug: str, at: datetime) -> EscalationShown:
    return EscalationShown(
        id=line.id,
        customer_name=shown.person_name(line.customer_name),
        subject=line.subject,
        number=line.spoken,
        url=reverse("conversation", args=[slug, line.number]),
        owner_name=line.owner_name,
        missed_at=line.missed_at,
    )


def desk(person: Colleague, found: Desk) -> DeskLine:
    return DeskLine(
        name=person.name,
        initials=person.initials,
        hue=shown.hue_of(person.id),
        live=found.live,
        due=found.due,
        away_text=_away_text(person),
    )


def _away_text(person: Colleague) -> str:
    if person.is_present:
        return ""
    if person.deputy_name:
        return gettext("away, %(deputy)s stands in") % {"deputy": person.deputy_name}
    return gettext("away, nobody stands in")


def team(found: Any, *, waiting: int, people: float, answer_at: datetime, at: datetime) -> TeamLine:
    return TeamLine(found.name, found.lead.name, waiting, int(people), shown.moment(answer_at, at))


def quiet(row: Row, *, slug: str) -> QuietLine:
    name = shown.person_name(row.customer_name)
    return QuietLine(
        id=row.id,
        customer_name=name,
        initials=shown.person_initials(row.customer_name),
        hue=shown.hue_of(row.customer_id),
        subject=row.subject,
        preview=row.preview,
        reason_text=reason_text(row.quiet_reason),
        url=reverse("conversation", args=[slug, row.number]),
        when=row.latest_at,
    )


def reason_text(reason: str) -> str:
    """Why it was put aside; words of a colleague stand as they are."""
    known = {**_said_by_a_person(), **_sent_by_a_machine()}
    key = reason.upper().replace("-", "_")
    return known.get(key, reason.replace("_", " ").lower() if reason.isupper() else reason)


def _said_by_a_person() -> dict[str, str]:
    return {
        "THANKS": gettext("says thank you"),
        "WORKS": gettext("says that it works"),
        "PRAISE": gettext("praises us"),
        "WISHES": gettext("sends good wishes"),
        "COURTESY": gettext("returns a courtesy"),
        "NOTED": gettext("has taken note"),
        "MOOT": gettext("says that it is settled"),
        "FAREWELL": gettext("agrees and says goodbye"),
    }


def _sent_by_a_machine() -> dict[str, str]:
    return {
        "NEWSLETTER": gettext("a newsletter"),
        "INVOICE": gettext("an invoice"),
        "CONFIRMATION": gettext("a machine's confirmation"),
        "BOUNCE": gettext("mail that came back"),
        "OUT_OF_OFFICE": gettext("an absence notice"),
        "AUTO_REPLY": gettext("an automatic reply"),
        "AUTOMATIC_REPLY": gettext("an automatic reply"),
        "NOTIFICATION": gettext("a notification"),
        "RECEIPT": gettext("a receipt"),
        "READ_RECEIPT": gettext("a note that our mail was read"),
        "DELIVERY_REPORT": gettext("a note that our mail arrived"),
        "FEEDBACK_REPORT": gettext("a report on our mail"),
        "LIST": gettext("mail to many"),
        "CHALLENGE": gettext("a question whether we are human"),
        "LOOP": gettext("our own mail that came back"),
        "OWN_MAIL": gettext("our own mail that came back"),
    }


def waiting(line: Waiting, *, slug: str, at: datetime) -> WaitingLine:
    return WaitingLine(
        id=line.id,
        customer_name=shown.person_name(line.customer_name),
        number=line.spoken,
        subject=line.subject,
        preview=line.preview,
        url=reverse("conversation", args=[slug, line.number]),
        owner_name=line.owner_name,
        touch_text=shown.touch_text("OPEN", line.next_touch_at, at),
        touch_state=shown.touch_state("OPEN", line.next_touch_at, at),
        seen_message_id=line.seen_message_id,
    )
