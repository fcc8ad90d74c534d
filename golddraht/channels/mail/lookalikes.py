"""Senders that look like somebody else: an address in the name, our own name, a domain that reads like ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from golddraht.ground.addresses import folded_address, folded_domain

from .home_domain import home_domain
from .mail import Address

WITHIN = re.compile(r"[^\s<>()\[\]:;,\"'\\@]{1,64}@[^\s<>()\[\]:;,\"'\\@]{1,250}\.[^\s<>()\[\]:;,\"'\\@.]{2,63}")
# What is read as the same letter; from the confusables of Unicode TS 39, those that occur in names of domains.
TWINS = str.maketrans("0135аеорсухіјѕԁɡαονρτυı", "olesaeopcyxijsdgaovptui")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("-", ""))


class Likeness(StrEnum):
    """In what a sender is like somebody else."""

    OTHER_ADDRESS = "other-address"
    OUR_NAME = "our-name"
    OUR_DOMAIN = "our-domain"


def likeness(sender: Address | None, *, own: Iterable[str], names: Iterable[str] = ()) -> tuple[Likeness, str] | None:
    """What the sender pretends to be, and the words by which; None for an honest look.

    `own` are our addresses, `names` the names under which we write.
    """
    address = folded_address((sender and sender.address) or "")
    domain, ours = address.rpartition("@")[2], {folded_address(one).rpartition("@")[2] for one in own}
    if sender is None or not domain or domain in ours:
        return None
    name = sender.name or ""
    shown = next((one for one in WITHIN.findall(name) if _is_elsewhere(one, domain)), "")
    if shown:
        return Likeness.OTHER_ADDRESS, shown
    twin = next((one for one in sorted(ours) if _reads_like(domain, one)), "")
    if twin:
        return Likeness.OUR_DOMAIN, twin
    mine = next((one for one in names if one and _folded(one) == _folded(name)), "")
    return (Likeness.OUR_NAME, mine) if mine else None


def _is_elsewhere(shown: str, domain: str) -> bool:
    return home_domain(folded_address(shown).rpartition("@")[2]) != home_domain(domain)


def _reads_like(domain: str, own: str) -> bool:
    here, there = home_domain(domain), home_domain(own)
    return here != there and skeleton(here) == skeleton(there)


def skeleton(domain: str) -> str:
    """The same for domains that people read as the same one: without accents, with the twins of letters made one."""
    shown = ".".join(_unpunycoded(label) for label in folded_domain(domain).split("."))
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", shown) if not unicodedata.combining(sign))
    told = plain.translate(TWINS)
    for pair, single in PAIRS:
        told = told.replace(pair, single)
    return told


def _unpunycoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
