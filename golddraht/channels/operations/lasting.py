"""Tokens that need renewing soon, and the warning a week and a day before the ground ends that they stand on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from golddraht.channels.events import TokenEnding
from golddraht.channels.models import Mailbox, Token
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.health import note_sending_failed
from golddraht.channels.operations.tokens import fresh_token
from golddraht.channels.queries.sign_ins import Ending, Ground, endings_of, held_tokens
from golddraht.channels.rules import RENEWED_BEFORE
from golddraht.plumbing import bus
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Alarm
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

KINDS = [f"{ground}-{due}" for ground in Ground for due in ("week", "day")]


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """What is due for the tokens of the tenant being seen; safe to run at any time, any number of times."""
    _nudge_renewals(at)
    with translation.override(current_tenant().language):
        _warn(at)


def _nudge_renewals(at: datetime) -> None:
    rows = Token.objects.filter(sign_in__mailbox__active=True, expires_at__lte=at + RENEWED_BEFORE)
    due = rows.filter(Q(ask_again_at=None) | Q(ask_again_at__lte=at)).values_list("sign_in__mailbox_id", flat=True)
    for mailbox_id in due:
        bus.publish(TokenEnding(mailbox_id, at))


def _warn(at: datetime) -> None:
    """Each warning is an alarm of its own, so that it is told once; it ends when the ground was renewed."""
    wanted = {
        (_kind(ending), token.sign_in.mailbox.address): ending.words
        for token in held_tokens()
        for ending in endings_of(token, at=at)
        if ending.due
    }
    known = set(Alarm.objects.filter(kind__in=KINDS, cleared_at=None).values_list("kind", "subject"))
    for kind, subject in known - wanted.keys():
        clear_alarm(kind=kind, subject=subject, at=at)
    for kind, subject in wanted.keys() - known:
        raise_alarm(kind=kind, subject=subject, words=wanted[kind, subject], at=at)


def _kind(ending: Ending) -> str:
    return f"{ending.ground}-{ending.due}"


def renew_ahead(*, tenant_id: int, mailbox_id: int, at: datetime) -> None:
    """Renew the token before anybody waits for it. A failure is noted for sending; whoever watches the mailbox notes it for
    receiving. Call it outside of any transaction.
    """
    if is_paused():
        # A copy of the installation must not take the tokens from the one that works.
        return
    with seeing(tenant_id, read_only=True):
        language = current_tenant().language
    with translation.override(language):
        try:
            fresh_token(tenant_id=tenant_id, mailbox_id=mailbox_id, at=at)
        except NoToken as failure:
            _note(tenant_id, mailbox_id, str(failure), at)


def _note(tenant_id: int, mailbox_id: int, failure: str, at: datetime) -> None:
    with seeing(tenant_id):
        if Mailbox.objects.filter(pk=mailbox_id, uses_oauth=True).exclude(smtp_host="").exists():
            note_sending_failed(mailbox_id=mailbox_id, failure=failure, at=at)
