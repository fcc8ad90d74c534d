"""Which customers are one person, by the merges that stand: pure, the same in whatever order they were made or undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def heads(merges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each customer that stands behind another one the head of all of them. `merges` are pairs (customer, head)."""
    above = dict(merges)
    return {customer: head_of(customer, above) for customer in above}


def head_of(customer: int, above: Mapping[int, int]) -> int:
    """Whoever stands in front of everybody that this customer is merged with; themselves when nobody does."""
    while customer in above:
        customer = above[customer]
    return customer


def behind(head: int, merges: Iterable[tuple[int, int]]) -> set[int]:
    """Everybody who stands behind `head` by these merges, directly or behind somebody who does."""
    above = dict(merges)
    return {customer for customer in above if _leads_to(customer, head, above)}


def _leads_to(customer: int, head: int, above: Mapping[int, int]) -> bool:
    while customer in above:
        customer = above[customer]
        if customer == head:
            return True
    return False
