"""Changing a mailbox that is set up already. Secrets are written, never shown."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from golddraht.channels.models import Doorplate, FolderPosition, Mailbox
from golddraht.channels.operations.connecting import disconnect
from golddraht.channels.operations.setting_up import MailboxRefused, bring_to_team, hang_doorplate
from golddraht.ground.addresses import is_plausible_address
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ArrivalRule

SERVERS = ("imap", "smtp")


@transaction.atomic
def change_mailbox(
    *, mailbox_id: int, address: str, sender_name: str, team_id: int | None, is_default: bool, **settings: Any
) -> Mailbox:
    """The mailbox as it is to be. An empty password in `settings` keeps the one that is stored.

    A stored password goes only to the server and user it was entered for. Raises MailboxRefused.
    """
    mailbox: Mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    if not is_plausible_address(address):
        raise MailboxRefused(_("Enter an e-mail address such as service@example.org."))
    _refuse_losing_default(mailbox, is_default)
    wanted = {**settings, "address": address, "sender_name": sender_name, "team_id": team_id, "is_default": is_default}
    for kind in SERVERS:
        _keep_password(mailbox, wanted, kind)
    _forget_tokens(mailbox, wanted)
    try:
        with transaction.atomic():
            _put_doorplate(mailbox, address)
            _put_rule(mailbox, address, team_id)
            _put(mailbox, wanted)
    except IntegrityError:
        raise MailboxRefused(_("This address is a mailbox already.")) from None
    return mailbox


def _refuse_losing_default(mailbox: Mailbox, is_default: bool) -> None:
    if is_default:
        Mailbox.objects.filter(is_default=True).exclude(pk=mailbox.pk).update(is_default=False)
    elif mailbox.is_default:
        raise MailboxRefused(_("One mailbox is the usual one to write from. Choose another one there first."))


def _keep_password(mailbox: Mailbox, wanted: dict[str, Any], kind: str) -> None:
    if wanted.get(f"{kind}_password"):
        return
    wanted.pop(f"{kind}_password", None)
    if _is_moved(mailbox, wanted, kind) and wanted.get(f"{kind}_host") and getattr(mailbox, f"{kind}_password"):
        raise MailboxRefused(_("The server has changed: enter its password again, so that it goes to nobody else."))


def _is_moved(mailbox: Mailbox, wanted: dict[str, Any], kind: str) -> bool:
    names = (f"{kind}_host", f"{kind}_port", f"{kind}_security", f"{kind}_user")
    return any(name in wanted and wanted[name] != getattr(mailbox, name) for name in names)


def _forget_tokens(mailbox: Mailbox, wanted: dict[str, Any]) -> None:
    """A token goes only to the servers it was given for; another one is opened by its password."""
    if mailbox.uses_oauth and any(_is_moved(mailbox, wanted, kind) for kind in SERVERS):
        disconnect(mailbox_id=mailbox.pk)
        wanted["uses_oauth"] = False


def _put_doorplate(mailbox: Mailbox, address: str) -> None:
    Doorplate.objects.filter(tenant_id=current_tenant_id(), mailbox_id=mailbox.pk).delete()
    hang_doorplate(address=address, mailbox_id=mailbox.pk)


def _put_rule(mailbox: Mailbox, address: str, team_id: int | None) -> None:
    """What arrives there goes to its team; without one the other rules decide."""
    if (mailbox.address, mailbox.team_id) == (address, team_id):
        return
    rows = ArrivalRule.objects.filter(recipient=mailbox.address, words="")
    if team_id is None:
        rows.delete()
    elif not rows.update(recipient=address, team_id=team_id):
        bring_to_team(address=address, team_id=team_id)


def _put(mailbox: Mailbox, wanted: dict[str, Any]) -> None:
    if any(name in wanted and wanted[name] != getattr(mailbox, name) for name in ("imap_host", "imap_user")):
        # Another account counts its mails anew.
        FolderPosition.objects.filter(mailbox=mailbox).delete()
    for name, value in wanted.items():
        setattr(mailbox, name, value)
    mailbox.save(update_fields=[*wanted])
    mailbox.refresh_from_db()


@transaction.atomic
def close_mailbox(*, mailbox_id: int) -> None:
    """Nothing is fetched for it or sent from it any more; what came stays. Raises MailboxRefused for the last one."""
    if not Mailbox.objects.filter(active=True).exclude(pk=mailbox_id).exists():
        raise MailboxRefused(_("This is the only mailbox. Set up another one first."))
    mailbox: Mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    if mailbox.is_default:
        raise MailboxRefused(_("One mailbox is the usual one to write from. Choose another one there first."))
    Mailbox.objects.filter(pk=mailbox_id).update(active=False)
    Doorplate.objects.filter(tenant_id=current_tenant_id(), mailbox_id=mailbox_id).delete()


@transaction.atomic
def reopen_mailbox(*, mailbox_id: int) -> None:
    """A closed mailbox is used again. Raises MailboxRefused when its address was taken meanwhile."""
    mailbox: Mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        with transaction.atomic():
            _put_doorplate(mailbox, mailbox.address)
    except IntegrityError:
        raise MailboxRefused(_("This address is a mailbox already.")) from None
    Mailbox.objects.filter(pk=mailbox_id).update(active=True)
