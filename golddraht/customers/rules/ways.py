"""Ways of contact of every kind, each in the one form by which it is recognised.

A messenger or a fax is a way that we know, not one on which we can write: what is sent goes by a carrier, and says so itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.addresses import folded_address, folded_domain, folded_phone, is_plausible_address
from golddraht.ground.text import folded, one_line

LONGEST = 254


class WayKind(StrEnum):
    """What kind of address it is."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    FAX = "FAX"
    MESSENGER = "MESSENGER"
    WEB = "WEB"


class NoSuchWay(ValueError):
    """This is no address of that kind."""


class NoMessengerNamed(NoSuchWay):
    """Of a handle nobody can tell which messenger it is of."""


@dataclass(frozen=True)
class Reached:
    """A way of contact, folded for comparison and as it was given."""

    channel: str
    address: str
    shown: str

    @property
    def messenger(self) -> str:
        return messenger_of(self.channel, self.address)


def way_of(kind: WayKind, said: str, *, messenger: str = "", country: str = "DE") -> Reached:
    """The way in its kept form. Raises NoSuchWay. `country` is where a number without country code belongs.

    The messenger is named in `messenger`, or in front of the handle: "Signal: +49 151 23456789", "telegram:@vera".
    """
    typed = one_line(said, LONGEST)
    if kind is WayKind.MESSENGER:
        return _messenger(typed, messenger, country)
    address = FORMS[kind](typed, country)
    if not address or len(address) > LONGEST:
        raise NoSuchWay(said)
    return Reached(str(kind), address, typed)


def _mail(said: str, country: str) -> str:
    return folded_address(said) if is_plausible_address(said) else ""


def _number(said: str, country: str) -> str:
    return folded_phone(re.sub(r"^(?:tele)?fax\s*[.:]*\s*", "", said, flags=re.I), country) or ""


LABEL = r"[^\s/?#@:.\[\]]"
HOST = re.compile(rf"{LABEL}+(?:\.{LABEL}+)*\.{LABEL}{{2,}}")
PAGE = re.compile(r"(?:https?://)?(?P<host>[^\s/?#@:\[\]]+)(?::\d{1,5})?(?P<rest>[/?#]\S*)?", re.I)


def _page(said: str, country: str) -> str:
    """Host and path, without what does not tell pages apart: scheme, "www.", the last slash, a mark inside the page."""
    found = PAGE.fullmatch(said)
    host = re.sub(r"^(?:www\.)+", "", folded_domain(found["host"])) if found else ""
    if found is None or not HOST.fullmatch(host):
        return ""
    path, _, asked = (found["rest"] or "").partition("#")[0].partition("?")
    return f"{host}{path.rstrip('/')}{f'?{asked}' if asked else ''}"


FORMS: dict[WayKind, Callable[[str, str], str]] = {
    WayKind.EMAIL: _mail,
    WayKind.PHONE: _number,
    WayKind.FAX: _number,
    WayKind.WEB: _page,
}


def page_url(shown: str) -> str:
    """Where a page lies: as it was typed, or with the scheme that was left out."""
    return shown if re.match(r"https?://", shown, re.I) else f"https://{shown}"


MESSENGERS = {
    "whatsapp": "WhatsApp",
    "signal": "Signal",
    "telegram": "Telegram",
    "threema": "Threema",
    "matrix": "Matrix",
    "xmpp": "XMPP",
    "teams": "Microsoft Teams",
    "viber": "Viber",
    "wire": "Wire",
}
"""Those that are offered. The list is open: another one is kept under its own name."""
CALLED = {"wa": "whatsapp", "tg": "telegram", "jabber": "xmpp", "msteams": "teams", "microsoftteams": "teams"}
NAMED = re.compile(r"(?P<name>[^\W\d_][\w. -]{0,29}?)\s*:\s*(?P<handle>\S.*)")
LINKS = re.compile(
    r"(?:https?://)?(?:(?P<whatsapp>wa\.me)/|(?P<telegram>t\.me)/|(?P<signal>signal\.me)/#p/|(?P<threema>threema\.id)/"
    r"|(?P<matrix>matrix\.to)/#/)(?P<handle>\S+)",
    re.I,
)
NUMBERED = frozenset({"whatsapp", "signal", "viber"})
"""Messengers in which a telephone number is the handle (Signal has names besides)."""
HANDLES = {
    "telegram": r"[a-z][a-z0-9_]{3,31}",
    "threema": r"[a-z0-9*][a-z0-9]{7}",
    "matrix": r"@[a-z0-9._=/+-]+:[a-z0-9.-]+(?::\d{1,5})?",
    "xmpp": r"[^\s@/]+@[a-z0-9.-]+",
    "signal": r"[a-z_][a-z0-9_]{2,31}\.\d{2,9}",
}


def _messenger(said: str, named: str, country: str) -> Reached:
    name, handle = _linked(said) or ((messenger_key(named), said) if named.strip() else _split(said))
    address = _handle(name, handle, country)
    if not address or len(name) + len(address) >= LONGEST:
        raise NoSuchWay(said)
    return Reached(str(WayKind.MESSENGER), f"{name}:{address}", handle)


def _split(said: str) -> tuple[str, str]:
    """Which messenger, by the name in front of the handle, and the handle there."""
    found = NAMED.fullmatch(said)
    if found is None:
        raise NoMessengerNamed(said)
    handle = found["handle"].strip()
    return _linked(handle) or (messenger_key(found["name"]), handle)


def _linked(said: str) -> tuple[str, str] | None:
    """The same out of a link that opens the messenger: "https://t.me/vera_moser"."""
    link = LINKS.fullmatch(said)
    if link is None:
        return None
    name = next(one for one in MESSENGERS if link.groupdict().get(one))
    return name, f"+{link['handle'].lstrip('+')}" if name == "whatsapp" else link["handle"]


def messenger_key(name: str) -> str:
    """By which a messenger is kept: "Whats App" is "whatsapp". Raises NoMessengerNamed."""
    key = re.sub(r"[^a-z0-9]", "", folded(name))[:20]
    if not key or not key[0].isalpha():
        raise NoMessengerNamed(name)
    return CALLED.get(key, key)


def _handle(name: str, said: str, country: str) -> str:
    """The handle as it is compared: a number, else lower case, its "@" left out where everybody has one."""
    number = folded_phone(said, country) if name in NUMBERED or said.startswith("+") else None
    if number:
        return number
    handle = folded(said).strip()
    if name in ("telegram", *NUMBERED):
        handle = handle.lstrip("@")
    if name in HANDLES:
        return handle if re.fullmatch(HANDLES[name], handle) else ""
    return "" if name in NUMBERED or re.search(r"\s", handle) else handle


def messenger_of(channel: str, address: str) -> str:
    """Which messenger a kept way is of, in its own spelling; "" for all other kinds."""
    if channel != WayKind.MESSENGER:
        return ""
    key = address.partition(":")[0]
    return MESSENGERS.get(key, key.capitalize())


def number_in(channel: str, address: str) -> str:
    """The telephone number in a kept way, whatever it is used with; "" where there is none."""
    bare = address.partition(":")[2] if channel == WayKind.MESSENGER else address
    return bare if channel in NUMBERS and re.fullmatch(r"\+\d{7,15}", bare) else ""


NUMBERS = (WayKind.PHONE, WayKind.MESSENGER, WayKind.FAX)
"""Kinds in which a number may stand, what tells people apart best first: a fax may be a whole office's."""


def numbers_among(ways: Iterable[tuple[str, str]]) -> list[str]:
    """The numbers in these pairs of channel and kept address, each once, telephones first."""
    found = [
        (NUMBERS.index(WayKind(channel)), number)
        for channel, address in ways
        if (number := number_in(channel, address))
    ]
    return list(dict.fromkeys(number for _, number in sorted(found, key=lambda one: one[0])))
