"""To whom an answer to a mail goes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from golddraht.ground.addresses import folded_address, is_plausible_address, is_shared_domain, leads_to_nobody

from .mail import Address, Mail

MOST = 20
"""More people than this in copy are an audience, and an answer to them all would be a mailing."""


def answer_to(
    mail: Mail, *, author: Address, own: Collection[str], is_known: Callable[[str], bool] = lambda _: False
) -> tuple[str, ...]:
    """The writer first, at the Reply-To they named if that is honest, then everybody else who was written to.

    Never an address of ours (`own`, folded, without tags), of a list, or one that leads to nobody. `is_known` tells whether
    a folded address is known to belong to the same person.
    """
    first = reply_address(mail, author=author, own=own, is_known=is_known)
    if mail.automatic_kind == "list":
        return (first,) if first else ()
    copies = [one.address for one in (*mail.to, *mail.cc) if one.address]
    others = {folded_address(one): one for one in copies if may_be_answered(one, own)}
    others.pop(folded_address(first), None)
    others.pop(folded_address(author.address or ""), None)
    found = (first, *others.values()) if len(others) <= MOST else (first,)
    return tuple(one.strip()[:254] for one in found if one)


def reply_address(mail: Mail, *, author: Address, own: Collection[str], is_known: Callable[[str], bool]) -> str:
    """Where the writer wants answers, if it is theirs; else where they wrote from; empty if that is nobody."""
    wrote = author.address or ""
    wanted = [one.address for one in mail.reply_to if one.address and may_be_answered(one.address, own)]
    if mail.automatic_kind != "list":
        honest = next((one for one in wanted if is_honest(one, wrote) or is_known(folded_address(one))), None)
        wrote = honest or wrote
    return wrote if may_be_answered(wrote, own) else ""


def is_honest(wanted: str, wrote: str) -> bool:
    """Whether a Reply-To belongs to whoever wrote: the same address, or the same house where that is no provider's."""
    one, other = without_tag(wanted), without_tag(wrote)
    if one == other:
        return True
    domains = sorted((one.rpartition("@")[2], other.rpartition("@")[2]), key=len)
    is_same_house = domains[0] == domains[1] or domains[1].endswith("." + domains[0])
    return "." in domains[0] and is_same_house and not is_shared_domain(domains[0])


def may_be_answered(address: str, own: Collection[str]) -> bool:
    return is_plausible_address(address) and without_tag(address) not in own and not leads_to_nobody(address)


def without_tag(address: str) -> str:
    """The folded address without what stands behind a plus (RFC 5233)."""
    local, _, domain = folded_address(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
