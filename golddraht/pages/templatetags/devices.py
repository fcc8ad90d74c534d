"""Devices in words: what browser it is, and from about where."""

from __future__ import annotations

import ipaddress

from django import template
from django.utils.translation import gettext

from golddraht.pages.devices import named

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    return named(user_agent)


@register.filter
def about_where(address: str) -> str:
    """The network and no more of an address: "203.0.…"; within the house no network is told."""
    ip = ipaddress.ip_address(address)
    if ip.is_private or ip.is_loopback:
        return gettext("the house's own network")
    parts = ip.exploded.split("." if ip.version == 4 else ":")[:2]
    return ".".join(parts) + ".…" if ip.version == 4 else ":".join(parts) + ":…"
