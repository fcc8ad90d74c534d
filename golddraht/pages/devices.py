"""A browser in words, from what it says of itself: enough to tell one's own devices apart."""

from __future__ import annotations

from django.utils.translation import gettext

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that fits: many browsers say that they are others as well."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """ "Firefox, Android"; what is not known is called a browser or left out."""
    browser = _first(BROWSERS, user_agent) or gettext("a browser")
    system = _first(SYSTEMS, user_agent)
    return f"{browser}, {system}" if system else browser


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in known if mark in said), "")
