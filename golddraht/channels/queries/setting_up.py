"""Setting up a mailbox: what is proposed, in words, and how its trial mail fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from golddraht.channels.mail.mail_servers import Proposal
from golddraht.channels.models import MailRecord, TrialMail
from golddraht.channels.queries import Seer

NAMES = {
    "microsoft": "Microsoft 365",
    "google": "Google",
    "gmx": "GMX",
    "webde": "WEB.DE",
    "tonline": "Telekom (T-Online)",
    "ionos": "IONOS",
    "strato": "Strato",
    "mailboxorg": "mailbox.org",
    "posteo": "Posteo",
    "allinkl": "ALL-INKL",
    "hetzner": "Hetzner",
    "hosteurope": "Host Europe",
    "freenet": "freenet",
    "icloud": "iCloud",
    "yahoo": "Yahoo",
    "hostpoint": "Hostpoint",
    "a1": "A1",
}
PATIENCE = 600
"""Seconds after which a trial mail that is not back is worth asking about."""


def name_of(proposal: Proposal) -> str:
    """How people call the provider; "" where we do not know it."""
    return NAMES.get(proposal.provider, "")


def found_words(proposal: Proposal) -> str:
    """How we came to the proposal."""
    names = {"provider": name_of(proposal), "domain": proposal.user.rpartition("@")[2]}
    if proposal.found_by in {"domain", "mx"}:
        return _("This mailbox is at %(provider)s; its servers are entered already.") % names
    if proposal.found_by == "srv":
        return _("%(domain)s says itself where its mailboxes are; the servers are entered already.") % names
    return (
        _("We do not know the provider of %(domain)s. The servers below are a guess: your provider tells them.") % names
    )


def advice_of(proposal: Proposal) -> str:
    """What has to be done at the provider before it can work; "" where nothing is known to be needed."""
    advice = {
        "gmx": _(
            "Switch on access by other programs first: GMX → Settings → POP3/IMAP. With two-factor sign-in make a password for"
            " this program there."
        ),
        "webde": _(
            "Switch on access by other programs first: WEB.DE → Settings → POP3/IMAP. With two-factor sign-in make a password"
            " for this program there."
        ),
        "tonline": _(
            "The Telekom wants a password of its own for e-mail programs: Customer centre → E-mail → Settings → E-mail password."
        ),
        "ionos": _("The password is that of the mailbox, not that of your IONOS account."),
        "strato": _("The password is that of the mailbox, not that of your Strato account."),
        "mailboxorg": _("With two-factor sign-in make an app password: Settings → Security → Application passwords."),
        "posteo": _(
            "With encrypted storage of mail and two-factor sign-in the ordinary password still holds for programs."
        ),
        "allinkl": _(
            "The user name may be the short name of the mailbox (like m0123456) that stands in the KAS beside the address."
        ),
        "hetzner": _("The password is that of the mailbox in konsoleH, not that of your account."),
        "icloud": _("Apple wants an app-specific password: account.apple.com → Sign-in and security."),
        "yahoo": _("Yahoo wants an app password: Account → Security."),
    }
    return advice.get(proposal.provider, "")


@dataclass(frozen=True)
class TrialShown:
    """How the trial mail fares; `state` is none, waiting, travelling, late, back or failed."""

    state: str
    words: str


def trial_shown(*, viewer: Seer, mailbox_id: int, at: datetime) -> TrialShown:
    """The latest trial of that mailbox, in words."""
    trial = TrialMail.objects.filter(tenant_id=viewer.tenant_id, mailbox_id=mailbox_id).first()
    if trial is None:
        return TrialShown("none", "")
    if trial.failed_at is not None:
        return TrialShown("failed", _("It did not go out: %(answer)s") % {"answer": trial.answer})
    came_at = _came_back_at(trial)
    if came_at is not None:
        seconds = max(int((came_at - trial.asked_at).total_seconds()), 1)
        return TrialShown("back", _("It went out and came back after %(seconds)d seconds.") % {"seconds": seconds})
    if trial.taken_at is None:
        return TrialShown("waiting", _("It is being sent …"))
    if (at - trial.asked_at).total_seconds() > PATIENCE:
        return TrialShown(
            "late",
            _(
                "It went out and is not back yet. Look whether it lies among spam or in another folder, and whether mail to this"
                " address is sent on elsewhere."
            ),
        )
    return TrialShown("travelling", _("It went out; we wait for it to come back. That may take a minute or two."))


def _came_back_at(trial: TrialMail) -> datetime | None:
    row = MailRecord.objects.filter(mail_id=trial.mail_id).select_related("message").order_by("pk").first()
    return row.message.received_at if row is not None else None
