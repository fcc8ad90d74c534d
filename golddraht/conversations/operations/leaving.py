"""Somebody leaves: first everything they care for gets another owner, then their place is empty."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.owning import CannotCare, hand_over
from golddraht.conversations.rules import LIVE
from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ApiToken, Membership
from golddraht.team.operations import refuse_losing_last_admin


@transaction.atomic
def hand_over_everything(*, from_id: int, by: int | None, at: datetime) -> int:
    """Every live conversation of a member goes to their deputy, else to the lead on duty. Gives how many.

    Raises CannotCare when nobody else is left.
    """
    outlook = Outlook(at)
    rows = Conversation.objects.filter(owner_id=from_id, status__in=sorted(LIVE)).select_related("team")
    mine = list(rows.order_by("pk"))
    for conversation in mine:
        heir = outlook.successor_of(from_id, conversation.team)
        if heir is None:
            raise CannotCare("Nobody else is left who could care.")
        hand_over(conversation_id=conversation.pk, to_id=heir.pk, by=by, at=at)
    return len(mine)


@transaction.atomic
def leave(*, member_id: int, by: int | None, at: datetime) -> int:
    """The member no longer works for this tenant; gives how many conversations were handed over before.

    Raises CannotCare when they are the last one.
    """
    rows = Membership.objects.select_for_update().filter(tenant_id=current_tenant_id())
    member = rows.get(pk=member_id)
    if not rows.filter(active=True).exclude(pk=member_id).exists():
        raise CannotCare("Nobody else is left who could care.")
    count = hand_over_everything(from_id=member_id, by=by, at=at)
    member.active = False
    member.left_at = at
    member.save(update_fields=["active", "left_at"])
    # Should they ever come back, what their programs could do then is asked anew.
    ApiToken.objects.filter(tenant_id=current_tenant_id(), membership=member, revoked_at=None).update(revoked_at=at)
    return count


@transaction.atomic
def let_go(*, member_id: int, by: int | None, at: datetime) -> int:
    """`leave`, as whoever manages people wants it: traced, and never so that nobody could change the settings any more.

    Raises CannotCare, or MemberRefused for the last admin.
    """
    refuse_losing_last_admin(member_id=member_id)
    count = leave(member_id=member_id, by=by, at=at)
    note_changed("team_membership", member_id, ["active"], at=at)
    return count
