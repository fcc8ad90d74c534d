"""Deliver what waits: the steps in the database and the steps on the network, in the order that never sends twice."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.carriers.smtp.sending import hand_over
from golddraht.channels.mail.writing import AddressNotUsable
from golddraht.channels.models import Delivery
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.composing import Dispatch, dispatch_of
from golddraht.channels.operations.delivering import Outcome, begin_handing_over, claim, later, note_outcome
from golddraht.channels.operations.tokens import fresh_token, mistrust_token
from golddraht.channels.queries import due_delivery_ids
from golddraht.channels.rules import DeliveryState
from golddraht.plumbing import outgoing
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import current_tenant

NOTED_AGAIN_AFTER = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds; a database that restarts is back by then, and all of it ends long before anybody takes us for dead."""

GONE = (OperationalError, InterfaceError)
"""How a database says that it went away."""

log = logging.getLogger(__name__)


def deliver(*, tenant_id: int, delivery_id: int, at: datetime, step: float = outgoing.STEP) -> None:
    """One attempt at a delivery that is due; nothing happens to one that is not. Call it outside of any transaction.

    SENDING is committed before we connect, HANDING_OVER before the final dot.
    """
    with seeing(tenant_id):
        language = current_tenant().language
        delivery = claim(delivery_id=delivery_id, at=at)
    if delivery is None:
        return
    with translation.override(language):
        outcome = _attempt(tenant_id, delivery, at, step)
        if outcome is not None:
            _note(tenant_id, delivery_id, outcome, at)


def _note(tenant_id: int, delivery_id: int, outcome: Outcome, at: datetime) -> None:
    """Write down what came of it. When the database is gone at that moment we still know it, so we wait for its return."""
    for pause in NOTED_AGAIN_AFTER:
        try:
            with seeing(tenant_id):
                note_outcome(delivery_id=delivery_id, outcome=outcome, at=at)
            return
        except GONE:
            if connection.in_atomic_block:
                raise
            log.warning("What became of a delivery could not be written down yet.", extra={"delivery": delivery_id})
            connection.close()
            time.sleep(pause)
    with seeing(tenant_id):
        note_outcome(delivery_id=delivery_id, outcome=outcome, at=at)


def _attempt(tenant_id: int, delivery: Delivery, at: datetime, step: float) -> Outcome | None:
    def before_dot() -> bool:
        with seeing(tenant_id):
            return begin_handing_over(delivery_id=delivery.pk, at=at)

    def mistrusted() -> None:
        mistrust_token(tenant_id=tenant_id, mailbox_id=delivery.mailbox_id or 0, at=at)

    try:
        with seeing(tenant_id, read_only=True):
            dispatch = dispatch_of(delivery)
        token = _token(tenant_id, dispatch, at)
        return hand_over(dispatch, token=token, before_dot=before_dot, mistrusted=mistrusted, step=step)
    except AddressNotUsable as failure:
        return Outcome(DeliveryState.REFUSED, str(failure), is_gone=True)
    except NoToken as failure:
        return later(str(failure), is_ours=True)
    except GONE:
        # Raised before the dot or not at all, so nothing was handed over.
        log.warning("The database was lost before a delivery was handed over.", extra={"delivery": delivery.pk})
        return later(_("The database was lost before the mail was handed over."))
    except FileNotFoundError as failure:
        log.exception("A file of a message is missing.", extra={"delivery": delivery.pk})
        return later(str(failure))


def _token(tenant_id: int, dispatch: Dispatch, at: datetime) -> str:
    server = dispatch.server
    if not server.uses_oauth or server.mailbox_id is None:
        return ""
    return fresh_token(tenant_id=tenant_id, mailbox_id=server.mailbox_id, at=at)


def drain_deliveries(*, tenant_id: int, at: datetime, step: float = outgoing.STEP) -> int:
    """Attempt everything that is due, so that a lost job does no harm. Gives how many were due."""
    with seeing(tenant_id, read_only=True):
        due = due_delivery_ids(at=at)
    for delivery_id in due:
        deliver(tenant_id=tenant_id, delivery_id=delivery_id, at=at, step=step)
    return len(due)
