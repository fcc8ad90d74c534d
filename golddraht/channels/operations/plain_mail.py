"""A mail that belongs to no concern and wants no answer, such as a code: from the company's own mailbox to one address."""

from __future__ import annotations

from datetime import datetime

from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.writing import Letter, ascii_address, new_message_id, write
from golddraht.channels.operations.addressing import loop_key
from golddraht.channels.operations.composing import Dispatch, server_of
from golddraht.channels.operations.sealing import seal_keys
from golddraht.channels.queries.sending import mailbox_that_answers
from golddraht.consent.queries import Wanted, may_leave
from golddraht.consent.rules import MessageClass, State
from golddraht.customers.queries import greeted_as_proven
from golddraht.ground.addresses import folded_address
from golddraht.team.queries import current_tenant, default_team


def plain_dispatch(
    *, customer_id: int, recipient: str, subject: str, text: str, language: str, at: datetime
) -> Dispatch | None:
    """The mail and where it goes; None before a mailbox is set up. It is service, asked for by whoever gets it, and passes the gate
    as such. Raises AddressNotUsable."""
    wanted = Wanted(customer_id, MessageClass.SERVICE, address=folded_address(recipient))
    mailbox, tenant = mailbox_that_answers((), default_team().pk), current_tenant()
    if mailbox is None or may_leave(wanted, at=at).state is State.REFUSED:
        return None
    letter = Letter(
        sender=Address(mailbox.sender_name or tenant.name, mailbox.address),
        to=(Address(None, recipient),),
        subject=subject,
        text=greeted_as_proven(text, customer_id=customer_id, language=language).strip() + "\n",
        message_id=new_message_id(mailbox.address.rpartition("@")[2]),
        date=at,
        automatic=True,
        loop_key=loop_key(),
        language=language,
    )
    sender = ascii_address(mailbox.address)
    return Dispatch(server_of(mailbox, tenant), sender, ascii_address(recipient), write(letter), seal_keys(sender))
