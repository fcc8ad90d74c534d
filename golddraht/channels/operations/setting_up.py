"""Setting up a mailbox: its row, its doorplate, and the team that answers what arrives there."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from golddraht.channels.models import Doorplate, Mailbox
from golddraht.channels.operations.domains import DomainRefused, refuse_foreign_domain
from golddraht.channels.rules import without_tag
from golddraht.ground.addresses import is_plausible_address
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ArrivalRule


class MailboxRefused(ValueError):
    """The mailbox cannot be set up like that; the message says why."""


@transaction.atomic
def add_mailbox(
    *, address: str, sender_name: str, team_id: int | None = None, is_default: bool = False, **settings: object
) -> Mailbox:
    """A mailbox of the tenant, reachable by the listener at once. `settings` may set its IMAP and SMTP fields.

    With a team, what arrives there is that team's. Raises MailboxRefused for no address, or one that is taken.
    """
    if not is_plausible_address(address):
        raise MailboxRefused("Enter an e-mail address such as service@example.org.")
    if is_default:
        Mailbox.objects.filter(is_default=True).update(is_default=False)
    try:
        with transaction.atomic():
            mailbox: Mailbox = Mailbox.objects.create(
                address=address, sender_name=sender_name, team_id=team_id, is_default=is_default, **settings
            )
            hang_doorplate(address=address, mailbox_id=mailbox.pk)
    except IntegrityError:
        raise MailboxRefused("This address is a mailbox already.") from None
    if team_id is not None:
        bring_to_team(address=address, team_id=team_id)
    return mailbox


def hang_doorplate(*, address: str, mailbox_id: int) -> None:
    """From now on the listener takes what is sent to this address.

    Raises MailboxRefused where somebody else has proven that the domain is theirs, IntegrityError where it is taken.
    """
    try:
        refuse_foreign_domain(address)
    except DomainRefused as refusal:
        raise MailboxRefused(str(refusal)) from None
    Doorplate.objects.create(address=without_tag(address), tenant_id=current_tenant_id(), mailbox_id=mailbox_id)


def bring_to_team(*, address: str, team_id: int) -> None:
    """The rule, behind all others, that what arrives at this address is that team's."""
    ArrivalRule.objects.get_or_create(recipient=address, words="", defaults={"team_id": team_id, "position": 1_000})
