"""The number of a conversation, as people say it on the phone: `10427-1`.

The digit behind the hyphen is a check digit after H. Michael Damm ("Total anti-symmetrische
Quasigruppen", 2004): it finds every single wrong digit and every swap of two neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from functools import reduce

LONGEST = 12
# The quasigroup of order 10 from Damm's thesis; row is the digit so far, column the next digit.
QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
SPOKEN = re.compile(r"(?:#|n[ro]\.?|nummer|number)?\s*([0-9][0-9 ./-]*)", re.IGNORECASE)
MARKED = re.compile(
    r"(?:\#|\b(?:n[ro]\b\.?|nummer|number|anliegen|vorgang|ticket|case)\s*:?\s*\#?)"
    r"\s*([0-9]{1,12}\s?-\s?[0-9])(?![0-9-])",
    re.IGNORECASE,
)


def check_digit(digits: str) -> int:
    return reduce(lambda state, digit: QUASIGROUP[state][int(digit)], digits, 0)


def spoken(number: int) -> str:
    """The number with its check digit, as shown and said to people."""
    if number < 1:
        raise ValueError(f"Conversation numbers start at 1, not {number}.")
    return f"{number}-{check_digit(str(number))}"


def read_number(typed: str) -> int | None:
    """The number somebody typed or dictated ("10427-1", "#10 427 1", "104271").

    None when it is not one, or when the check digit says that something was misheard.
    """
    match = SPOKEN.fullmatch(plain(typed).strip(" []()"))
    digits = re.sub(r"[^0-9]", "", match[1]) if match else ""
    if not 2 <= len(digits) <= LONGEST + 1 or check_digit(digits):
        return None
    return int(digits[:-1]) or None


def number_in(text: str) -> int | None:
    """The first valid number that is marked as one in running text: `[#10427-1]`, `Nr. 10427-1`.

    Unmarked digits are left alone: order numbers look just like them.
    """
    candidates = (read_number(match[1]) for match in MARKED.finditer(plain(text)))
    return next((number for number in candidates if number), None)


def plain(text: str) -> str:
    return re.sub(f"[{HYPHENS}]", "-", unicodedata.normalize("NFKC", text))
