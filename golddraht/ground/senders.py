"""Whom somebody means who blocks a sender: one address, or everybody at a domain."""

from __future__ import annotations

from golddraht.ground.addresses import LABEL, folded_address, folded_domain, is_plausible_address

LONGEST = 254


def sender_pattern(written: str) -> str:
    """The address folded, or `@domain` for a domain however it was written; empty for what is neither."""
    bare = written.strip().removeprefix("*")
    if "@" in bare and not bare.startswith("@"):
        address = folded_address(bare)
        return address if is_plausible_address(address) and len(address) <= LONGEST else ""
    domain = folded_domain(bare.removeprefix("@"))
    labels = domain.split(".")
    is_domain = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels) and len(domain) < LONGEST
    return f"@{domain}" if is_domain else ""


def patterns_fitting(address: str) -> tuple[str, ...]:
    """Every pattern that means this folded address: itself, its domain, and the domains above that."""
    labels = address.rpartition("@")[2].split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return (address, *(f"@{domain}" for domain in domains))
