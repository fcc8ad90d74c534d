"""Sending a trial mail, and writing down what the server said."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from golddraht.channels.carriers.smtp.sending import hand_over
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.composing import Dispatch
from golddraht.channels.operations.tokens import fresh_token
from golddraht.channels.operations.trial_mails import note_trial, trial_dispatch
from golddraht.channels.rules import DeliveryState
from golddraht.plumbing import outgoing
from golddraht.plumbing.secrets import UnreadableSecret
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import current_tenant


def send_trial(*, tenant_id: int, trial_id: int, at: datetime, step: float = outgoing.STEP) -> None:
    """Try it once. Call it outside of any transaction; safe to run twice, because a trial that was taken or failed is over."""
    with seeing(tenant_id, read_only=True):
        language = current_tenant().language
    with translation.override(language):
        is_taken, answer = _sent(tenant_id, trial_id, at, step)
    if is_taken is not None:
        with seeing(tenant_id):
            note_trial(trial_id=trial_id, is_taken=is_taken, answer=answer, at=at)


def _sent(tenant_id: int, trial_id: int, at: datetime, step: float) -> tuple[bool | None, str]:
    try:
        with seeing(tenant_id, read_only=True):
            dispatch = trial_dispatch(trial_id=trial_id)
        if dispatch is None:
            return None, ""
        outcome = hand_over(dispatch, token=_token(tenant_id, dispatch, at), before_dot=lambda: True, step=step)
    except (NoToken, UnreadableSecret) as failure:
        return False, str(failure)
    if outcome is None:
        return None, ""
    return outcome.state is DeliveryState.ACCEPTED, outcome.answer


def _token(tenant_id: int, dispatch: Dispatch, at: datetime) -> str:
    mailbox_id = dispatch.server.mailbox_id
    if not dispatch.server.uses_oauth or mailbox_id is None:
        return ""
    return fresh_token(tenant_id=tenant_id, mailbox_id=mailbox_id, at=at)
