"""Looking at the senders of arrived mails: rows out, questions to the DNS, rows in; no transaction is open while we ask."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import DataError, IntegrityError

from golddraht.channels.carriers.dns.resolving import look_within
from golddraht.channels.mail.asking import Look
from golddraht.channels.mail.judging import verdict_on
from golddraht.channels.mail.verdict import Reason, Result, Verdict
from golddraht.channels.operations.authenticating import PORTION, Unjudged, note_verdict, pass_over, unjudged
from golddraht.plumbing.tenancy import seeing

PATIENCE = 3.0
"""Seconds for all questions about one mail."""

ONE_JOB = 60.0
log = logging.getLogger(__name__)

Within = Callable[[float], Look]


def judge_senders(*, tenant_id: int, at: datetime, within: Within = look_within) -> int:
    """Look at everything that waits, for a minute at most; gives how many mails it were. Call it outside of any transaction."""
    count, until = 0, time.monotonic() + ONE_JOB
    with ThreadPoolExecutor(PORTION, thread_name_prefix="looking") as threads:
        while time.monotonic() < until:
            with seeing(tenant_id, read_only=True):
                waiting = unjudged(at=at)
            if not waiting:
                break
            for mail, verdict in zip(waiting, threads.map(lambda one: _verdict(one, within), waiting), strict=True):
                _note(tenant_id, mail, verdict, at)
            count += len(waiting)
    return count


def _note(tenant_id: int, mail: Unjudged, verdict: Verdict, at: datetime) -> None:
    try:
        with seeing(tenant_id):
            note_verdict(mail=mail, verdict=verdict, at=at)
    except (DataError, IntegrityError):
        # What a stranger wrote does not fit into our rows; then this mail stays without a verdict, and the next ones get theirs.
        log.exception("A verdict could not be kept.", extra={"count": mail.raw_mail_id})
        with seeing(tenant_id):
            pass_over(raw_mail_id=mail.raw_mail_id, at=at)


def _verdict(mail: Unjudged, within: Within) -> Verdict:
    try:
        return verdict_on(mail.content, server=mail.server, client=mail.client, look=within(PATIENCE))
    except Exception:
        # One mail that trips us up must not keep all behind it from being looked at.
        log.exception("The sender of a mail could not be judged.", extra={"count": mail.raw_mail_id})
        return Verdict(Result.UNKNOWN, Reason.NO_ANSWER)
