"""What we wrote to a customer, for somebody else to read: that a link was in it, and not the link."""

from __future__ import annotations

from django.utils.translation import gettext

from golddraht.ground.keys import has_keys, without_keys, without_keys_in_html


def instead_of_a_link() -> str:
    return gettext("[a link that is the customer's alone]")


def for_others(text: str) -> str:
    return without_keys(text, instead_of_a_link())


def html_for_others(html: str) -> str:
    return without_keys_in_html(html, instead_of_a_link())


def holds_own_links(*parts: str) -> bool:
    """Whether one of them opens something for whoever reads it."""
    return any(has_keys(part) for part in parts)
