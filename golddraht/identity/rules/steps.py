"""How texts are made comparable, written once as steps that PostgreSQL's neighbours (DuckDB) and Python both follow."""

from __future__ import annotations

import re
from functools import lru_cache

from golddraht.ground.text import folded

Steps = tuple[tuple[str, str], ...]
"""Patterns and what replaces them, one after the other; only what RE2 and Python's re understand alike."""

LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
SIGNS: Steps = ((r"[^a-z0-9]+", " "), (r"^ +| +$", ""))
NOTHING = r"^(?:|nan|none|null|na|n a|unbekannt|unknown|keine|kein|leer|test|x+)$"
"""What programs and people write where nothing is known."""
TITLES = (
    "prof|professor|dr|doktor|doctor|dipl|ing|mag|med|phil|jur|rer|nat|habil|herrn|herr|hr|frau|fr|mr|mrs|ms|miss|fam|familie|"
    "family|eheleute|mba|msc|bsc|jun|jr|junior|sen|sr|senior"
)
PARTICLES = (
    "von|vom|van|zu|zum|zur|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|und|freiherr|freifrau|graf|grafin|baron|"
    "baronin|ritter|edler|prinz|prinzessin"
)
NAME: Steps = ((r"\(.*\)", " "), (r"\b(?:geb|nee|geborene)\b\.? .*$", ""), *SIGNS, (r"([aou])e", r"\1"))
WITHOUT_TITLES: Steps = ((rf"\b(?:{TITLES})\b", ""), *SIGNS)
WITHOUT_PARTICLES: Steps = ((rf"\b(?:{PARTICLES})\b", ""), *SIGNS)
GENERATION = r"\b(jun|jr|junior|sen|sr|senior)\b"
STREET: Steps = (
    *SIGNS,
    (r"([aou])e", r"\1"),
    (r"(?:strasse|str|street)(?: |$)", " "),
    (r" +", ""),
)
NUMBER: Steps = ((r"[^a-z0-9]+", ""), (r"^0+", ""))
CITY: Steps = (
    (r"\b(?:am|an der|a d|bei|im|in|ob der|i) .*$", ""),
    (r"[/(,].*$", ""),
    *SIGNS,
    (r"([aou])e", r"\1"),
    (r" +", ""),
)
POSTCODE: Steps = ((r"^[a-z]{1,2}-", ""), (r"\.0$", ""), (r"[^a-z0-9]+", ""), (r"^0+", ""))
MAIL: Steps = ((r"\s+|^mailto:", ""), (r"\+[^@]*@", "@"), (r"@googlemail\.", "@gmail."), (r"^[^@]*$", ""))
MAILBOX: Steps = ((r"([aou])e", r"\1"), (r"[^a-z0-9]+|familie", ""))
"""What stands before the at sign, as letters and digits that can be held against a name."""
PHONE: Steps = (
    (r"\.0$", ""),
    (r"\(0\)", ""),
    (r"[^0-9+]+", ""),
    (r"^(?:\+|00)(?:49|43|41)0?", ""),
    (r"[^0-9]+", ""),
    (r"^0+", ""),
    (r"^.{0,4}$", ""),
)
IDENTIFIER: Steps = ((r"\.0$", ""), (r"[^a-z0-9]+", ""), (r"^0+", ""))
ORGANISATION: Steps = (
    *SIGNS,
    (r"([aou])e", r"\1"),
    (r"\b(?:gmbh|mbh|co|kg|kgaa|ag|ug|ohg|gbr|se|ev|e v|ek|ltd|limited|inc|llc|plc|pty|und|and)\b", ""),
    *SIGNS,
)
STREET_AND_NUMBER = r"^(.*[^0-9 ,].*?)[ ,]+(\d+ ?[a-z]?(?: ?[-/+] ?\d+ ?[a-z]?)?)$"
"""A folded street with its number behind it."""
NUMBER_AND_STREET = r"^(\d+[a-z]?)[ ,]+(.*[a-z].*)$"
POSTCODE_AND_CITY = r"\b(\d{4,5}) +([a-z][^,;]*)$"
POSTCODE_AT_END = r"\b(\d{4,5})\b[ ,]*$"
FULL_NAME = rf"^(.*?) ((?:(?:{PARTICLES}) )*[^ ]+)$"
"""A whole name: given names, then the family name with its particles."""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def taken(text: str, steps: Steps) -> str:
    """The text after the steps."""
    for pattern, replacement in steps:
        text = _compiled(pattern).sub(replacement, text)
    return text


def bare(text: str) -> str:
    """A name as it is compared: Müller, Mueller and Muller are all "muller"."""
    return taken(folded(text), NAME)


def in_sql(column: str, steps: Steps) -> str:
    """An expression of DuckDB that does the same as `taken`."""
    for pattern, replacement in steps:
        column = f"regexp_replace({column}, {quoted(pattern)}, {quoted(replacement)}, 'g')"
    return column


def folded_in_sql(column: str) -> str:
    """An expression of DuckDB for `folded`, as far as letters of Europe go."""
    folding = f"lower(nfc_normalize({column}))"
    for letter, written in LETTERS.items():
        folding = f"replace({folding}, '{letter}', '{written}')"
    return f"strip_accents({folding})"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
