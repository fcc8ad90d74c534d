"""To whom an answer to an arrived mail goes, with what is known of the people in it."""

from __future__ import annotations

from collections.abc import Collection

from golddraht.channels.mail.answering import answer_to
from golddraht.channels.mail.mail import Address, Mail
from golddraht.customers.models import ContactPoint
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line


def answered_to(mail: Mail, *, author: Address, own: Collection[str]) -> tuple[str, ...]:
    """The addresses for `Words.answer_to`; a Reply-To elsewhere is honest where it is known to be the same customer's."""

    def is_known(wanted: str) -> bool:
        wrote = folded_address(author.address or "")
        points = ContactPoint.objects.filter(channel="EMAIL", address__in=[wanted, wrote])
        owners = list(points.values_list("customer_id", flat=True))
        return len(owners) == 2 and len(set(owners)) == 1

    found = answer_to(mail, author=author, own=own, is_known=is_known)
    return tuple(dict.fromkeys(one_line(one, 254) for one in found))
