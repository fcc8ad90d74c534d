"""What a colleague's note tells of a customer's wishes about advertising.

A note is somebody else's words: only where it says what the customer wants is it as plain as the customer's own; all else is asked
about. What we did ourselves ("no advertising was sent yet") and what holds for some days only is no objection.
"""

from __future__ import annotations

import re
from dataclasses import replace

from golddraht.consent.rules.objecting import Objection, objection_in
from golddraht.ground.text import folded

WISHED = re.compile(
    r"\b(mochte\w*|moechte\w*|will|wollte|wunscht\w*|wuenscht\w*|mag|bittet|bat|gebeten|verbittet|verbeten|widerspr\w+|widerruf\w+|untersagt\w*"
    r"|sagt|gesagt|meint|gemeint|verlangt|doesn.?t want|does not want|wants?|asks?|asked|object\w*|refuses?|said|demands?)\b"
)
OURS = re.compile(
    r"\b(verschickt|versandt|versendet|gesendet|rausgeschickt|geschickt|rausgegangen|zugeschickt|we sent|was sent|were sent|sent yet|none sent|no \w+ sent)\b"
)
FOR_A_WHILE = re.compile(
    r"\bbis (zum |zur |ende |anfang |mitte )?(\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|nachste\w*|naechste\w*|januar"
    r"|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|wochenende)|\b(until|before) (\d|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|tomorrow|next)\b|\bdiese woche\b|\bthis week\b"
)


def objection_noted(note: str) -> Objection | None:
    """What the note says the customer objects to; doubtful unless it tells of their will. None where it tells of no objection."""
    found = objection_in(note)
    if found is None:
        return None
    said = folded(found.words)
    is_wished = WISHED.search(said) is not None
    if FOR_A_WHILE.search(said) or (OURS.search(said) and not is_wished):
        return None
    return replace(found, is_doubtful=found.is_doubtful or not is_wished)
