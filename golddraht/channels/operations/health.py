"""How mailboxes fare: facts that are noted at every look, and the alarm when one fails for minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.models import Mailbox
from golddraht.channels.rules import FAILING_FOR
from golddraht.ground.text import one_line
from golddraht.plumbing.asking import Asked, Question
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

RECEIVING, SENDING = "mailbox", "mailbox-sending"
NOTED_EVERY = timedelta(minutes=1)
"""That sending works is written down so often: at each mail, all deliveries would wait for the mailbox's row."""


@transaction.atomic
def note_fetched(*, mailbox_id: int, at: datetime) -> None:
    """The mailbox was looked at and answered."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    Mailbox.objects.filter(pk=mailbox_id).update(fetched_at=at, failing_since=None, failure="")
    if mailbox.failing_since is not None:
        clear_alarm(kind=RECEIVING, subject=mailbox.address, at=at)


@transaction.atomic
def note_fetching_failed(*, mailbox_id: int, failure: str, at: datetime) -> None:
    """The mailbox could not be looked at; `failure` says why in plain words."""
    Mailbox.objects.filter(pk=mailbox_id, failing_since=None).update(failing_since=at)
    Mailbox.objects.filter(pk=mailbox_id).update(failure=one_line(failure, 400))
    _alarm_when_lasting(Mailbox.objects.get(pk=mailbox_id), at)


_MAILBOX: Question[Mailbox] = Question(lambda: Mailbox.objects.filter(pk=Asked("pk")))


@transaction.atomic
def note_sent(*, mailbox_id: int, at: datetime) -> None:
    mailbox = _MAILBOX.one(pk=mailbox_id)
    is_known = mailbox.sent_at is not None and mailbox.sent_at > at - NOTED_EVERY
    if is_known and mailbox.sending_failing_since is None and not mailbox.sending_failure:
        return
    Mailbox.objects.filter(pk=mailbox_id).update(sent_at=at, sending_failing_since=None, sending_failure="")
    if mailbox.sending_failing_since is not None:
        clear_alarm(kind=SENDING, subject=mailbox.address, at=at)


@transaction.atomic
def note_sending_failed(*, mailbox_id: int, failure: str, at: datetime) -> None:
    """Nothing could be sent from the mailbox; `failure` says why in plain words."""
    Mailbox.objects.filter(pk=mailbox_id, sending_failing_since=None).update(sending_failing_since=at)
    Mailbox.objects.filter(pk=mailbox_id).update(sending_failure=one_line(failure, 400))
    _alarm_when_lasting(Mailbox.objects.get(pk=mailbox_id), at)


@transaction.atomic
def note_access_mended(*, mailbox_id: int, at: datetime) -> None:
    """The sign-in works again; what fails for another reason will say so at its next try."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    Mailbox.objects.filter(pk=mailbox_id).update(
        failing_since=None, failure="", sending_failing_since=None, sending_failure=""
    )
    for kind in (RECEIVING, SENDING):
        clear_alarm(kind=kind, subject=mailbox.address, at=at)


@transaction.atomic
def alarm_failing_mailboxes(*, at: datetime) -> None:
    """Raise the alarm for every mailbox that has failed for minutes; once for each trouble."""
    for mailbox in Mailbox.objects.filter(active=True):
        _alarm_when_lasting(mailbox, at)


def _alarm_when_lasting(mailbox: Mailbox, at: datetime) -> None:
    with translation.override(current_tenant().language):
        if mailbox.failing_since and at - mailbox.failing_since >= FAILING_FOR:
            words = _("No mail has been fetched from %(address)s for some minutes: %(failure)s")
            _raise(RECEIVING, mailbox, words, mailbox.failure, at)
        if mailbox.sending_failing_since and at - mailbox.sending_failing_since >= FAILING_FOR:
            words = _("Nothing can be sent from %(address)s: %(failure)s")
            _raise(SENDING, mailbox, words, mailbox.sending_failure, at)


def _raise(kind: str, mailbox: Mailbox, words: str, failure: str, at: datetime) -> None:
    said = words % {"address": mailbox.address, "failure": failure}
    raise_alarm(kind=kind, subject=mailbox.address, words=said, at=at)
