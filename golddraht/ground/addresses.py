"""Mail addresses and telephone numbers, folded so that the same one is always written the same way.

Folding is for recognising; what a customer wrote is kept as written elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
PUNCTUATION = re.compile(r"[\s./()\u2010-\u2015\u2212\u00a0-]+")


@lru_cache(maxsize=2_000)
def folded_address(email: str) -> str:
    """The address for comparison: lower case, its domain in punycode (RFC 5891 without mapping ß).

    Plus tags and dots stay: two people may differ in them. What is no address comes back folded
    all the same, see `is_plausible_address`.
    """
    bare = re.sub(r"^mailto:", "", email.strip().strip("<>").strip(), flags=re.IGNORECASE)
    local, at, domain = unicodedata.normalize("NFC", bare).lower().rpartition("@")
    return f"{local}{at}{folded_domain(domain)}"


def folded_domain(domain: str) -> str:
    """The domain in lower-case ASCII, international labels as `xn--…`."""
    dotted = unicodedata.normalize("NFKC", domain).lower().replace("\u3002", ".")
    return ".".join(ascii_label(label) for label in dotted.rstrip(".").split("."))


def ascii_label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", "replace").decode("ascii")


NOBODY = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht[-_.]?antworten|keine?[-_.]?antwort|automailer|mailer[-_.]?daemon|listserv|majordomo)"
    r"(?:[-+._].*|\w*)|(?:notifications?|bounces?)(?:[-+].*)?|.+-(?:request|bounces?|owner|subscribe|unsubscribe)(?:[+=].*)?"
)


def leads_to_nobody(email: str) -> bool:
    """Whether the address says of itself that no person reads what is sent there: no-reply, daemons, list servers (RFC 2142 §6)."""
    return NOBODY.fullmatch(folded_address(email).rpartition("@")[0]) is not None


# Where anybody may have an address, so that the same domain says nothing about the same person.
SHARED_DOMAINS = re.compile(
    r"(?:gmx|web|yahoo|ymail|hotmail|outlook|live|msn|aol|mail|freenet|arcor|t-online|magenta|online|vodafone|o2online|unitybox|kabelmail|email|posteo|mailbox"
    r"|gmail|googlemail|icloud|me|mac|proton|protonmail|pm|tutanota|tuta|bluewin|sunrise|hispeed|aon|a1|chello|inode|utanet|1und1|yandex|zoho|fastmail)"
    r"(?:\.(?:com?|ac))?\.[a-z]{2,4}"
)


def is_shared_domain(domain: str) -> bool:
    """Whether the domain is a mail provider's, where neighbours are strangers."""
    return SHARED_DOMAINS.fullmatch(folded_domain(domain)) is not None


def is_plausible_address(email: str) -> bool:
    """Whether mail could be sent there: one @, a sane local part, a domain with at least one dot."""
    local, _, domain = folded_address(email).rpartition("@")
    labels = domain.split(".")
    return (
        LOCAL.fullmatch(local) is not None
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
        and len(labels) >= 2
        and len(domain) <= 253
        and all(LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a country writes its numbers: dialling code and number of digits behind it."""

    code: str
    fewest: int
    most: int


# Lengths after the numbering plans of BNetzA (DE), RTR (AT) and BAKOM (CH).
NUMBERINGS = {
    "DE": Numbering("49", 5, 13),
    "AT": Numbering("43", 4, 13),
    "CH": Numbering("41", 9, 12),
    "LI": Numbering("423", 7, 9),
}


def folded_phone(number: str, default_country: str = "DE") -> str | None:
    """The number like E.164 (`+4989123456`); one without country code belongs to `default_country`.

    None for anything else: letters, emergency and short numbers, too few or too many digits.
    """
    international = with_country_code(dialled(number), NUMBERINGS[default_country.upper()].code)
    if international is None or not 7 <= len(international) - 1 <= 15:
        return None
    return without_trunk_zero(international)


def dialled(number: str) -> str:
    """Only what is dialled: digits and a leading plus. Other signs stay and make it unreadable."""
    typed = unicodedata.normalize("NFKC", number).strip()
    typed = re.sub(r"^(?:tel|phone|fon|mobil|handy)\s*[.:]+\s*", "", typed, flags=re.IGNORECASE)
    return PUNCTUATION.sub("", re.sub(r"(?<=\d)\s*\(0\)", "", typed))


def with_country_code(digits: str, code: str) -> str | None:
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return None
    if digits.startswith("+"):
        return None if digits.startswith("+0") else digits
    if digits.startswith("00"):
        return None if digits.startswith("000") else "+" + digits[2:]
    return "+" + code + digits[1:] if digits.startswith("0") else None


def without_trunk_zero(international: str) -> str | None:
    """Drops the 0 of "+49 0 89 …" and checks the length, where the country's numbering is known."""
    for numbering in NUMBERINGS.values():
        if international.startswith("+" + numbering.code):
            national = international[1 + len(numbering.code) :].lstrip("0")
            if numbering.fewest <= len(national) <= numbering.most:
                return f"+{numbering.code}{national}"
            return None
    return international
