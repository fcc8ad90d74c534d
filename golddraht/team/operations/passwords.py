"""Passwords that only their owner knows: whoever helps somebody in hands them a link with which they choose one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.team.models import User
from golddraht.team.operations.members import MemberRefused, working_member
from golddraht.team.queries.joining import PasswordRefused, owner_of_link, password_token
from golddraht.team.queries.signing_in import works_elsewhere


@transaction.atomic
def close_password(*, user_id: int) -> str:
    """The old password and every session end now; gives the token of the one link with which a new one is chosen.

    The token holds for PASSWORD_LINK_LASTS, until it is used, or until the next one is made.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return password_token(user)


@transaction.atomic
def close_password_of_member(*, member_id: int, at: datetime) -> str:
    """The same for a member of the tenant being seen.

    Raises MemberRefused for somebody who works for another company, too: the account is not this one's to open.
    """
    member = working_member(member_id)
    if works_elsewhere(member.user_id):
        raise MemberRefused(
            _("%(name)s works for another company as well. Whoever runs this installation can make a link for them.")
            % {"name": member.name}
        )
    note_changed("team_membership", member.pk, ["password"], at=at)
    return close_password(user_id=member.user_id)


@transaction.atomic
def choose_password(*, token: str, password: str) -> None:
    """The person's own choice, once. Raises PasswordRefused, also for a password that is easy to guess."""
    user_id = owner_of_link(token).id
    # Two at the same moment: the second finds the link used.
    User.objects.select_for_update().get(pk=user_id)
    set_password(user_id=owner_of_link(token).id, password=password)


@transaction.atomic
def set_password(*, user_id: int, password: str) -> None:
    """From now on this is the password, and all sessions have ended. Raises PasswordRefused for a weak one."""
    user = User.objects.select_for_update().get(pk=user_id)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise PasswordRefused(" ".join(weak.messages)) from None
    user.set_password(password)
    user.save(update_fields=["password"])
