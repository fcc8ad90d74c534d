"""vCards 2.1 (Versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350) as rows: one card, one row, always the same columns.

Read leniently: what telephones and address books write is seldom quite what the norms say, and nothing that a person reads may be lost.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from golddraht.ground.sheets import encoding_of

BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", re.I)
BEGIN_UTF16 = (b"B\0E\0G\0I\0N\0:\0V", b"\0B\0E\0G\0I\0N\0:\0V")
COLUMNS = (
    "Name",
    "Vorname",
    "Nachname",
    "Titel",
    "Namenszusatz",
    "Firma",
    "Funktion",
    "E-Mail",
    "Telefon",
    "Mobil",
    "Fax",
    "Messenger",
    "Webseite",
    "Straße",
    "Adresszusatz",
    "PLZ",
    "Ort",
    "Land",
    "Geburtsdatum",
    "Sprache",
    "Notiz",
    "Kundennummer",
)
SKIPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
PROPERTY = re.compile(r"^(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:\"[^\"]*\"|[^:\";])*)*):(?P<value>.*)$", re.S)


@dataclass
class Property:
    name: str
    params: dict[str, list[str]]
    value: str

    def is_a(self, kind: str) -> bool:
        return kind in {one.upper() for one in self.params.get("TYPE", [])}

    def parts(self) -> list[str]:
        """What stands between semicolons that are no part of the text."""
        return [unescaped(part) for part in re.split(r"(?<!\\);", self.value)]


@dataclass
class Card:
    line: int
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def parts(self, name: str) -> list[str]:
        found = self.all(name)
        return found[0].parts() if found else []

    def text(self, name: str) -> str:
        return next((unescaped(one.value) for one in self.all(name) if one.value.strip()), "")


def is_vcards(start: bytes) -> bool:
    return BEGIN.match(start) is not None or any(mark in start[:60] for mark in BEGIN_UTF16)


def columns_and_rows(path: Path) -> tuple[tuple[str, ...], Iterator[tuple[int, list[str]]]]:
    """The columns, and for each card the number of its first line and its cells."""
    return COLUMNS, ((card.line, _row(card)) for card in cards_in(path))


def cards_in(path: Path) -> Iterator[Card]:
    """The cards of a file in their order; one that never ends is read as far as it goes."""
    card: Card | None = None
    for number, line in _unfolded(path):
        read = _property(line)
        if read is None:
            continue
        if read.name == "BEGIN":
            if card is not None:
                yield card
            card = Card(number)
        elif read.name == "END" and card is not None:
            yield card
            card = None
        elif card is not None and read.name not in SKIPPED:
            card.properties.append(read)
    if card is not None:
        yield card


def _unfolded(path: Path) -> Iterator[tuple[int, str]]:
    """Whole lines: a blank in front goes on with the last one; so does, in quoted-printable, a "=" at the end."""
    whole, begun = "", 0
    with path.open(encoding=encoding_of(path), errors="replace", newline=None) as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            is_soft = whole.endswith("=") and "QUOTED-PRINTABLE" in whole.upper().partition(":")[0]
            if is_soft:
                whole = whole[:-1] + line
            elif line[:1] in (" ", "\t") and whole:
                whole += line[1:]
            else:
                if whole:
                    yield begun, whole
                whole, begun = line, number
    if whole:
        yield begun, whole


def _property(line: str) -> Property | None:
    found = PROPERTY.match(line.strip("\ufeff"))
    if found is None:
        return None
    params: dict[str, list[str]] = {}
    for one in re.findall(r";((?:\"[^\"]*\"|[^;\"])*)", found["params"]):
        name, sign, value = one.partition("=")
        key, told = (name.upper(), value) if sign else ("TYPE", name)
        params.setdefault(key, []).extend(word.strip('" ') for word in told.split(","))
    value = found["value"]
    encodings = {one.upper() for one in [*params.get("ENCODING", []), *params.get("TYPE", [])]}
    if "QUOTED-PRINTABLE" in encodings:
        value = _unquoted(value, (params.get("CHARSET") or ["utf-8"])[0])
    return Property(found["name"].upper(), params, value)


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _row(card: Card) -> list[str]:
    family, given, more, prefix, suffix = [*card.parts("N"), "", "", "", "", ""][:5]
    given = " ".join(part for part in (given.replace(",", " "), more.replace(",", " ")) if part)
    organisation = ", ".join(part for part in card.parts("ORG") if part)
    is_company = card.text("X-ABSHOWAS").upper() == "COMPANY" or card.text("KIND").lower() == "org"
    home = _address(card)
    cells = {
        "Name": "" if given or family or (is_company and organisation) else card.text("FN"),
        "Vorname": given,
        "Nachname": family,
        "Titel": prefix,
        "Namenszusatz": suffix,
        "Firma": organisation or (card.text("FN") if is_company else ""),
        "Funktion": card.text("ROLE") or card.text("TITLE"),
        "E-Mail": _joined(card.all("EMAIL")),
        "Telefon": _joined([one for one in card.all("TEL") if not _is_mobile(one) and not one.is_a("FAX")]),
        "Mobil": _joined([one for one in card.all("TEL") if _is_mobile(one) and not one.is_a("FAX")]),
        "Fax": _joined([one for one in card.all("TEL") if one.is_a("FAX")]),
        "Messenger": "; ".join(dict.fromkeys(filter(None, map(_messenger, _chats(card))))),
        "Webseite": card.text("URL"),
        **home,
        "Geburtsdatum": _day(card.text("BDAY")),
        "Sprache": card.text("LANG"),
        "Notiz": card.text("NOTE"),
        "Kundennummer": card.text("X-CUSTOMER-NUMBER"),
    }
    return [cells.get(column, "") for column in COLUMNS]


def _is_mobile(one: Property) -> bool:
    return one.is_a("CELL") or one.is_a("IPHONE")


def _chats(card: Card) -> list[Property]:
    """IMPP (RFC 4770), and what programs wrote before it: X-SKYPE, X-JABBER; social profiles are read where they are a chat."""
    chats = [one for one in card.properties if one.name == "IMPP" or one.name in CHATS]
    profiles = [
        one for one in card.all("X-SOCIALPROFILE") if set(map(str.lower, one.params.get("TYPE", []))) & PROFILES
    ]
    return [*chats, *profiles]


CHATS = {
    "X-JABBER": "XMPP",
    "X-SKYPE": "Skype",
    "X-MATRIX": "Matrix",
    "X-TELEGRAM": "Telegram",
    "X-WHATSAPP": "WhatsApp",
}
PROFILES = frozenset({"whatsapp", "signal", "telegram", "threema", "matrix"})


def _messenger(one: Property) -> str:
    """Which messenger, and the handle behind it: "xmpp:vera@jabber.example"."""
    scheme, colon, rest = unescaped(one.value).partition(":")
    bare = (
        rest.removeprefix("//")
        if colon and re.fullmatch(r"[A-Za-z][A-Za-z-]*", scheme) and scheme.lower() not in ("http", "https")
        else ""
    )
    named = (one.params.get("X-SERVICE-TYPE") or one.params.get("SERVICE-TYPE") or [CHATS.get(one.name, "")])[0]
    kinds = [kind for kind in one.params.get("TYPE", []) if kind.lower() in PROFILES]
    name = named or next(iter(kinds), "") or (scheme if bare else "")
    handle = bare or unescaped(one.value)
    return f"{name}: {handle}" if name and handle else handle


def _joined(found: list[Property]) -> str:
    return "; ".join(dict.fromkeys(re.sub(r"^(?:tel|mailto):", "", unescaped(one.value)) for one in found))


def _address(card: Card) -> dict[str, str]:
    """The one that is preferred, else the one at home, else the first."""
    found = sorted(card.all("ADR"), key=lambda one: (not _is_preferred(one), not one.is_a("HOME")))
    if not found:
        return {}
    box, more, street, place, _, postcode, country = [*found[0].parts(), "", "", "", "", "", "", ""][:7]
    return {
        "Straße": street.replace("\n", ", ") or box,
        "Adresszusatz": more,
        "PLZ": postcode,
        "Ort": place,
        "Land": country,
    }


def _is_preferred(one: Property) -> bool:
    return one.is_a("PREF") or "1" in one.params.get("PREF", [])


def _day(said: str) -> str:
    """ "19800517" and "1980-05-17T00:00:00Z" as 1980-05-17; a birthday without its year tells nobody apart and is left out."""
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", said)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else "" if said.startswith("--") else said
