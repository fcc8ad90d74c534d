"""Ending sessions of others, and asking everybody for a second factor."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.operations.members import MemberRefused, working_member
from golddraht.team.queries.signing_in import works_elsewhere
from golddraht.team.rules import LONGEST_GRACE


class GraceRefused(ValueError):
    """Not so many days."""


@transaction.atomic
def end_sessions_of_member(*, member_id: int, at: datetime, session_id: int | None = None) -> int:
    """Sign a member out on one device, or on all; gives on how many. Raises MemberRefused as for their password."""
    member = working_member(member_id)
    if works_elsewhere(member.user_id):
        raise MemberRefused(
            _("%(name)s works for another company as well. Only they themselves can end their sessions.")
            % {"name": member.name}
        )
    note_changed("team_membership", member.pk, ["sessions"], at=at)
    return end_sessions(user_id=member.user_id, session_id=session_id)


@transaction.atomic
def end_sessions(*, user_id: int, session_id: int | None = None) -> int:
    """One's own, on one device or on all."""
    rows = UserSession.objects.filter(user_id=user_id)
    ended = list(rows.filter(pk=session_id) if session_id is not None else rows)
    for row in ended:
        SessionStore(row.session_key).delete()
        row.delete()
    return len(ended)


def note_seen_today(*, session_key: str, at: datetime) -> None:
    """Somebody was here with that session; of the time of the day nothing is kept but that of the first visit."""
    begin_of_day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    UserSession.objects.filter(session_key=session_key, last_seen_at__lt=begin_of_day).update(last_seen_at=at)


@transaction.atomic
def ask_for_second_factor(*, grace_days: int | None, at: datetime) -> datetime | None:
    """From the end of the grace on nobody works here without one; None asks for none any more. Raises GraceRefused."""
    if grace_days is not None and not 0 <= grace_days <= LONGEST_GRACE:
        raise GraceRefused(f"At most {LONGEST_GRACE} days.")
    tenant_id = current_tenant_id()
    since = None if grace_days is None else at + timedelta(days=grace_days)
    Tenant.objects.filter(pk=tenant_id).update(second_factor_from=since)
    note_changed("plumbing_tenant", tenant_id, ["second_factor_from"], at=at)
    return since
