"""Messages that close a matter: thanks, “it works again”, praise, good wishes, and nothing besides.

A message closes when each of its pieces is understood as one of these and none of them asks, wishes
or names trouble. A piece that is not understood keeps the whole message open: silence towards a
customer is the worse mistake. Words may be unknown only where their place says what they are, such
as what somebody thanks for or what works again.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from golddraht.ground.closing_phrases import (
    ADDRESSING,
    ADDS_NOTHING,
    AGREED,
    AGREEING,
    COURTESY,
    ERRAND,
    FAREWELL,
    FESTIVE,
    FRIENDLY_SIGNS,
    GLAD,
    GOOD,
    HAD_GOOD,
    KIND_SUBJECT,
    KNOWN,
    MOOT,
    NAMED,
    NOTED,
    OPENING_SIGNS,
    PIECE,
    PRAISED,
    PRAISED_BY_CUSTOM,
    PRAISED_THING,
    PROPOSAL,
    RECEIVED,
    SATISFACTION,
    SEES_TO_IT,
    SETTLED,
    SIGNATURE_LINE,
    SIGNED,
    STRENGTHENING,
    SUCCESS,
    THANKED_FOR,
    THANKING,
    WELL_WISHING,
    WISHED,
    YES,
)
from golddraht.ground.text import folded, squeezed, words
from golddraht.ground.understanding import (
    LONGEST_THANKS,
    SALUTED,
    SENT_FROM,
    asks_something,
    is_nod,
    is_reply_subject,
    names_trouble,
    without_closing,
    without_greeting,
)


class Closing(StrEnum):
    """What a piece of a message says."""

    THANKS = "thanks"
    WORKS = "works"
    PRAISE = "praise"
    WISHES = "wishes"
    NOTED = "noted"
    RECEIVED = "received"
    MOOT = "moot"
    SEES_TO_IT = "sees_to_it"
    COURTESY = "courtesy"
    FAREWELL = "farewell"
    AGREES = "agrees"
    SAYS_YES = "says_yes"
    FILLS = "fills"


# The first that was said names the reason; the others never close a message by themselves.
TELLING = (Closing.THANKS, Closing.WORKS, Closing.PRAISE, Closing.WISHES, Closing.COURTESY, Closing.NOTED, Closing.MOOT)

UNDECIDED = frozenset({Closing.THANKS, Closing.RECEIVED, Closing.SEES_TO_IT, Closing.FILLS, Closing.WISHES})
LONGEST_FILLING = 3
LONGEST_PIECE = 40
BY_THEMSELVES = (Closing.THANKS, Closing.PRAISE, Closing.WISHES)


def closing_of(text: str, subject: str = "") -> Closing | None:
    """What the message closes with, or None when anything in it is open or not understood.

    Under a subject of its own it is no reply: there only thanks, praise and wishes close.
    """
    said = said_kinds(text)
    may_tell = TELLING if is_reply_subject(subject) else BY_THEMSELVES
    telling = next((kind for kind in may_tell if kind in said), None)
    if telling is None and not {Closing.AGREES, Closing.FAREWELL} <= said:
        return None
    return None if may_decide(said, folded(subject)) else telling or Closing.FAREWELL


def is_kind_subject(subject: str) -> bool:
    """A subject like “Danke” or “Großes Lob”, with nothing asked in it."""
    bare = " ".join(words(subject))
    return (KIND_SUBJECT.fullmatch(bare) is not None or is_wish(bare)) and not names_trouble(bare)


def may_decide(said: frozenset[Closing], subject: str) -> bool:
    """Whether it may be a yes to something of ours, or call off an errand: then somebody must act."""
    if Closing.SAYS_YES in said and Closing.WORKS not in said and not SATISFACTION.search(subject):
        return True
    if PROPOSAL.search(subject) and not said <= UNDECIDED:
        return True
    return Closing.MOOT in said and ERRAND.search(subject) is not None


def said_kinds(text: str) -> frozenset[Closing]:
    """What the pieces say; empty when one of them is open or not understood."""
    if len(text) > LONGEST_THANKS or not OPENING_SIGNS.isdisjoint(text):
        return frozenset()
    letter = spoken(text)
    bare = ADDS_NOTHING.sub(" so ", SETTLED.sub(" geklaert ", plain(letter)))
    if "?" in text or asks_something(bare) or names_trouble(bare):
        return frozenset()
    found = [kinds_of(" ".join(words(piece))) for piece in PIECE.split(bare) if words(piece)]
    if not found:
        return frozenset({Closing.THANKS, Closing.AGREES}) if is_nod(text) else frozenset()
    return frozenset().union(*found) if all(found) else frozenset()


def plain(text: str) -> str:
    """Folded, without smileys, long drawn letters shortened: "Dankeee" as "danke"."""
    bare = FRIENDLY_SIGNS.sub(" . ", folded(squeezed(text))).replace("'", " ").replace("’", " ")
    return re.sub(r"(\w)\1{2,}", r"\1", bare)


def spoken(text: str) -> str:
    """The words between salutation and signature."""
    letter = SALUTED.sub(" ", without_greeting(SENT_FROM.sub("", text)))
    letter = without_closing(without_signature(letter).strip()).strip()
    return NAMED.sub("", SIGNED.sub("", letter).strip()).strip()


def without_signature(letter: str) -> str:
    """The letter without the lines below its closing formula, if they are name, role and numbers."""
    lines = letter.splitlines()
    for at, line in enumerate(lines):
        if is_formula(line) and all(SIGNATURE_LINE.fullmatch(below.strip()) for below in lines[at + 1 :]):
            return "\n".join(lines[:at])
    return letter


def is_formula(line: str) -> bool:
    said = folded(line).strip(" ,.!")
    return (
        re.fullmatch(r"(?:mit )?(?:\w+ )?(?:gruessen|gruss|gruesse)|mfg|lg|vg|(?:\w+ )?(?:regards|wishes)", said)
        is not None
    )


# Remembered, because a piece is tried in several partings, which share their ends.
@lru_cache(maxsize=512)
def kinds_of(piece: str) -> frozenset[Closing]:
    """What one piece says, empty if it is not understood."""
    said = piece.split()
    if len(said) > LONGEST_PIECE:
        return frozenset()
    if YES.issuperset(said):
        return frozenset({Closing.SAYS_YES})
    if framed := framed_kinds(piece):
        return framed
    if KNOWN.issuperset(said):
        return known_kinds(said)
    for begun in (YES, AGREEING, THANKING):
        if len(said) > 1 and said[0] in begun and (rest := kinds_of(" ".join(said[1:]))):
            return rest | kinds_of(said[0])
    if is_praise(said, piece):
        return frozenset({Closing.PRAISE})
    return parted_kinds(said)


def parted_kinds(said: list[str]) -> frozenset[Closing]:
    """What is said without a comma before the thanks: “läuft wieder danke”."""
    at = next((at for at, word in enumerate(said) if at and word in THANKING), 0)
    before, behind = " ".join(said[:at]), " ".join(said[at:])
    if not at or not (kinds := kinds_of(before)):
        return frozenset()
    return kinds | rest if (rest := kinds_of(behind)) else frozenset()


def known_kinds(said: list[str]) -> frozenset[Closing]:
    """What known words say. Many of them that tell nothing may tell anything: “dann war's das”."""
    kinds = {Closing.FILLS}
    if not THANKING.isdisjoint(said):
        kinds.add(Closing.THANKS)
    elif "geklaert" in said:
        kinds.add(Closing.WORKS)
    elif not GLAD.isdisjoint(said) or (not GOOD.isdisjoint(said) and not (AGREEING | STRENGTHENING).issuperset(said)):
        kinds.add(Closing.PRAISE)
    if not AGREEING.isdisjoint(said):
        kinds.add(Closing.AGREES)
    if "erledigt" in said:
        kinds.add(Closing.MOOT)
    tells_nothing = kinds == {Closing.FILLS} and len(said) > LONGEST_FILLING
    return frozenset() if tells_nothing else frozenset(kinds)


FRAMES = (
    (COURTESY, Closing.COURTESY),
    (FAREWELL, Closing.FAREWELL),
    (AGREED, Closing.AGREES),
    (THANKED_FOR, Closing.THANKS),
    (MOOT, Closing.MOOT),
    (SUCCESS, Closing.WORKS),
    (NOTED, Closing.NOTED),
    (RECEIVED, Closing.RECEIVED),
    (SEES_TO_IT, Closing.SEES_TO_IT),
)


def framed_kinds(piece: str) -> frozenset[Closing]:
    found = next((kind for frame, kind in FRAMES if frame.fullmatch(piece)), None)
    if found is None and is_wish(piece):
        found = Closing.WISHES
    return frozenset({found}) if found else frozenset()


def is_wish(piece: str) -> bool:
    """“Frohe Weihnachten”, “Ihnen auch ein schönes Wochenende”, in known words alone."""
    bare = re.sub(r"\b\d+\b", " ", FESTIVE.sub(" ", WELL_WISHING.sub(" ", piece)))
    return bool(FESTIVE.search(piece) and WELL_WISHING.search(piece)) and (KNOWN | WISHED).issuperset(bare.split())


def is_praise(said: list[str], piece: str) -> bool:
    """“Der Monteur war sehr freundlich”, “Toller Laden”, “Weiter so”."""
    if PRAISED_BY_CUSTOM.fullmatch(piece):
        return True
    tail = said
    if (praised := PRAISED_THING.match(piece)) is not None:
        tail = piece[praised.end() :].split()
    elif (had := HAD_GOOD.fullmatch(piece)) is not None:
        tail = had["what"].split()
    is_known = (STRENGTHENING | GOOD | ADDRESSING | PRAISED).issuperset(tail)
    return is_known and not GOOD.isdisjoint(tail) and not (AGREEING | STRENGTHENING).issuperset(said)
