"""A trial mail of a mailbox to itself: asked for by whoever sets it up, sent by a job, and known when it comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.events import TrialAsked
from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.writing import Letter, ascii_address, new_message_id, write
from golddraht.channels.models import Mailbox, TrialMail
from golddraht.channels.operations.addressing import loop_key
from golddraht.channels.operations.composing import Dispatch, server_of
from golddraht.channels.operations.sealing import seal_keys
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.team.queries import current_tenant


@transaction.atomic
def ask_trial(*, mailbox_id: int, at: datetime) -> TrialMail:
    """A new trial in the place of an earlier one; a job sends it."""
    mailbox: Mailbox = Mailbox.objects.get(pk=mailbox_id)
    TrialMail.objects.filter(mailbox=mailbox).delete()
    trial: TrialMail = TrialMail.objects.create(
        mailbox=mailbox, mail_id=new_message_id(mailbox.address.rpartition("@")[2], "trial"), asked_at=at
    )
    bus.publish(TrialAsked(trial.pk, at))
    return trial


def trial_dispatch(*, trial_id: int) -> Dispatch | None:
    """The mail and where it goes; None when it is gone or was sent already."""
    trial = TrialMail.objects.select_related("mailbox").filter(pk=trial_id, taken_at=None, failed_at=None).first()
    if trial is None:
        return None
    mailbox, tenant = trial.mailbox, current_tenant()
    address = ascii_address(mailbox.address)
    return Dispatch(server_of(mailbox, tenant), address, address, _written(trial), seal_keys(mailbox.address))


def _written(trial: TrialMail) -> bytes:
    mailbox, tenant = trial.mailbox, current_tenant()
    with translation.override(tenant.language):
        subject = _("Golddraht is trying out this mailbox")
        text = _(
            "This mail was sent by Golddraht to see whether mail goes out and comes back. Nobody needs to answer; it is put"
            " aside by itself, and you can delete it."
        )
    return write(
        Letter(
            sender=Address(mailbox.sender_name or tenant.name, mailbox.address),
            to=(Address(None, mailbox.address),),
            subject=subject,
            text=text + "\n",
            message_id=trial.mail_id,
            date=trial.asked_at,
            automatic=True,
            loop_key=loop_key(),
            language=tenant.language,
        )
    )


@transaction.atomic
def note_trial(*, trial_id: int, is_taken: bool, answer: str, at: datetime) -> None:
    """What became of it on its way out."""
    moment = "taken_at" if is_taken else "failed_at"
    TrialMail.objects.filter(pk=trial_id).update(**{moment: at, "answer": one_line(answer, 400)})
