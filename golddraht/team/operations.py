"""Setting up who cares, and raising the alarm when somebody is needed."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from golddraht.plumbing import bus
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.events import AlarmCleared, AlarmRaised
from golddraht.team.models import Absence, Alarm, Membership, OpeningSpan, Seat, Team, User
from golddraht.team.rules import Role


class AbsenceRefused(ValueError):
    """The absence cannot stand as given; the message says why."""


@transaction.atomic
def found_tenant(
    *, slug: str, name: str, at: datetime, language: str = "de", country: str = "DE", is_demo: bool = False
) -> Tenant:
    """A new client company. It needs members and a team (in `seeing` it) before mail can arrive."""
    return Tenant.objects.create(
        slug=slug, name=name, language=language, country=country, is_demo=is_demo, created_at=at
    )


@transaction.atomic
def invite(
    *,
    tenant_id: int,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    languages: tuple[str, ...] = ("de",),
    skills: tuple[str, ...] = (),
    goodwill_cents: int = 0,
) -> Membership:
    """A person who works for the tenant; one who is known already keeps their password and may now speak for both."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    membership, _ = Membership.objects.update_or_create(
        tenant_id=tenant_id,
        user=user,
        defaults={
            "name": name,
            "role": role,
            "languages": list(languages),
            "skills": list(skills),
            "goodwill_cents": goodwill_cents,
            "active": True,
            "left_at": None,
        },
    )
    return membership


@transaction.atomic
def form_team(
    *,
    name: str,
    lead: Membership,
    members: list[Membership],
    hours: list[tuple[int, time, time]],
    is_default: bool = False,
    zone: str = "Europe/Berlin",
    country: str = "DE",
    state: str = "",
    **policy: object,
) -> Team:
    """A team with its seats and its weekly hours as (weekday from 0, opens, closes). `policy` may set the team's durations."""
    team: Team = Team.objects.create(
        name=name, lead=lead, is_default=is_default, zone=zone, country=country, state=state, **policy
    )
    Seat.objects.bulk_create(Seat(team=team, member=member) for member in members)
    OpeningSpan.objects.bulk_create(
        OpeningSpan(team=team, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in hours
    )
    return team


@transaction.atomic
def plan_absence(*, member_id: int, deputy_id: int | None, starts_at: datetime, ends_at: datetime) -> Absence:
    """Somebody will be away, and the deputy cares meanwhile. Raises AbsenceRefused."""
    if ends_at <= starts_at:
        raise AbsenceRefused("An absence ends after it starts.")
    if deputy_id == member_id:
        raise AbsenceRefused("Choose somebody else as deputy.")
    absence: Absence = Absence.objects.create(
        member_id=member_id, deputy_id=deputy_id, starts_at=starts_at, ends_at=ends_at
    )
    return absence


@transaction.atomic
def raise_alarm(*, kind: str, subject: str, words: str, at: datetime) -> Alarm | None:
    """Tell somebody about a trouble, once until it is cleared. Gives None when it is known already."""
    alarm, is_new = Alarm.objects.get_or_create(
        kind=kind, subject=subject, cleared_at=None, defaults={"words": words, "raised_at": at}
    )
    if not is_new:
        return None
    bus.publish(AlarmRaised(alarm.pk, at))
    return alarm


@transaction.atomic
def clear_alarm(*, kind: str, subject: str, at: datetime) -> None:
    """The trouble is over."""
    for alarm in Alarm.objects.filter(kind=kind, subject=subject, cleared_at=None):
        alarm.cleared_at = at
        alarm.save(update_fields=["cleared_at"])
        bus.publish(AlarmCleared(alarm.pk, at))


@transaction.atomic
def note_alarm_told(*, alarm_id: int, at: datetime) -> None:
    Alarm.objects.filter(pk=alarm_id, tenant_id=current_tenant_id(), told_at=None).update(told_at=at)
