"""The words in which it is told what leaves, on which way, what for, and what somebody has said to that."""

from __future__ import annotations

from enum import StrEnum


class MessageClass(StrEnum):
    """What a message is in the eyes of the law."""

    SERVICE = "SERVICE"  # About a concern, order or promise of theirs, or asked for by them.
    SURVEY = "SURVEY"  # A question how it was: advertising (BGH, 10 July 2018, VI ZR 225/17).
    ADVERTISING = "ADVERTISING"
    SURPRISE = "SURPRISE"  # An unexpected kindness; its message can be advertising, so it is judged as such.


class Way(StrEnum):
    """How it reaches the person, as the law tells ways apart."""

    EMAIL = "EMAIL"
    CALL = "CALL"  # By a person.
    ROBOT = "ROBOT"  # A call by a machine, the computer voice too.
    SMS = "SMS"  # And messengers.
    LETTER = "LETTER"
    PUSH = "PUSH"


WAY_OF = {"EMAIL": Way.EMAIL, "PHONE": Way.CALL, "MESSENGER": Way.SMS}
"""On which way a known address reaches the person. A fax or a page is none: nobody can allow it, and nothing leaves there."""

RINGING = frozenset({Way.CALL, Way.ROBOT, Way.SMS, Way.PUSH})
"""What makes a sound at the person: in their quiet hours nothing of it comes, service neither."""


class Purpose(StrEnum):
    """What somebody wants to hear from us for; they choose the ways for each (M9)."""

    SERVICE = "SERVICE"
    ADVICE = "ADVICE"
    BUY = "BUY"
    NEWS = "NEWS"
    SURVEY = "SURVEY"
    SURPRISE = "SURPRISE"


PURPOSE_OF = {
    MessageClass.SERVICE: Purpose.SERVICE,
    MessageClass.SURVEY: Purpose.SURVEY,
    MessageClass.ADVERTISING: Purpose.NEWS,
    MessageClass.SURPRISE: Purpose.SURPRISE,
}
"""What a message of a class is for, where nothing nearer is said."""

ASKS_LEAVE = frozenset({Purpose.NEWS, Purpose.SURVEY, Purpose.SURPRISE})
"""For these the person is asked first; the others they have asked for themselves."""


class Kind(StrEnum):
    """What was done about a consent; rows of it are only ever added."""

    ASKED = "ASKED"  # We asked for confirmation (double opt-in): no consent yet.
    GIVEN = "GIVEN"
    CONFIRMED = "CONFIRMED"  # The answer to what was asked: from now on it is one.
    WITHDRAWN = "WITHDRAWN"
    OBJECTED = "OBJECTED"
    SALE = "SALE"  # No consent: the address was got in a sale, and free objection was pointed out then (§ 7 (3) UWG).
    PRESUMED = "PRESUMED"  # No consent: a reason why a business may be called (§ 7 (2) no. 1 UWG).
    LISTED_NOT = "LISTED_NOT"  # Looked up: the address is not on the list of those who want no advertising.
    DOUBTED = "DOUBTED"  # Words that may be an objection: nothing leaves until a colleague has said what was meant.
    MISREAD = "MISREAD"  # A colleague says that what was read in a message is none; it names that act.
    UPHELD = "UPHELD"  # And that it is one.
    UNSAID = "UNSAID"  # The colleague takes that back: it stands as it was heard.


NOES = frozenset({Kind.WITHDRAWN, Kind.OBJECTED, Kind.DOUBTED})
READINGS = frozenset({Kind.MISREAD, Kind.UPHELD, Kind.UNSAID})
YESES = frozenset({Kind.GIVEN, Kind.CONFIRMED})


class Proof(StrEnum):
    """How somebody said it, and with that what can be proven."""

    SIGNED = "SIGNED"  # On paper with their signature: a form or a letter.
    RECORDED = "RECORDED"  # Spoken, and recorded with their leave.
    SPOKEN = "SPOKEN"  # Spoken, and written down by a colleague in the same conversation.
    NUMBER = "NUMBER"  # A code sent to that number was given back.
    MAIL = "MAIL"  # In their own words, from that address.
    CONFIRMED = "CONFIRMED"  # Double opt-in: a mail to that address was confirmed.
    OWN_PAGE = "OWN_PAGE"  # On their own page, which a link to their address opened.
    FORM = "FORM"  # Typed on a page by whoever: proves nothing until it is confirmed.


PROVES: dict[Proof, frozenset[Way]] = {
    Proof.SIGNED: frozenset(Way),
    Proof.RECORDED: frozenset({Way.CALL, Way.ROBOT, Way.SMS, Way.LETTER}),
    Proof.SPOKEN: frozenset({Way.CALL, Way.LETTER}),
    Proof.NUMBER: frozenset({Way.CALL, Way.ROBOT, Way.SMS}),
    Proof.MAIL: frozenset({Way.EMAIL, Way.LETTER}),
    Proof.CONFIRMED: frozenset({Way.EMAIL}),
    Proof.OWN_PAGE: frozenset({Way.EMAIL, Way.LETTER, Way.PUSH}),
    Proof.FORM: frozenset(),
}
"""A mail that was confirmed proves nothing for the telephone (BGH, 10 February 2011, I ZR 164/09), and the other way round."""


def may_prove(proof: Proof, way: Way) -> bool:
    return way in PROVES[proof]


class Basis(StrEnum):
    """Why something may leave."""

    SERVICE = "SERVICE"
    CONSENT = "CONSENT"
    EXISTING = "EXISTING"  # § 7 (3) UWG: address from a sale, own similar goods, no objection, pointed out each time.
    PRESUMED = "PRESUMED"
    UNOPPOSED = "UNOPPOSED"  # Letters: allowed until they say no.


NAMES_AN_ACT = frozenset({Basis.CONSENT, Basis.EXISTING, Basis.PRESUMED})


class Reason(StrEnum):
    """Why something may not leave."""

    OBJECTED = "OBJECTED"
    WITHDRAWN = "WITHDRAWN"
    DOUBTED = "DOUBTED"  # They may have objected: a colleague has to say so or not.
    NOT_CHOSEN = "NOT_CHOSEN"  # They chose other ways for this purpose.
    FORBIDDEN = "FORBIDDEN"  # No consent could allow it in that country.
    UNCONFIRMED = "UNCONFIRMED"
    LAPSED = "LAPSED"  # Given, and not used for too long.
    NOT_POINTED_OUT = (
        "NOT_POINTED_OUT"  # The existing customer's way needs the notice of free objection in each message.
    )
    LIST_UNCHECKED = "LIST_UNCHECKED"
    NO_CONSENT = "NO_CONSENT"


class State(StrEnum):
    """What a verdict comes to."""

    ALLOWED = "ALLOWED"
    HELD = "HELD"  # Allowed, but not before the person's quiet hours end.
    REFUSED = "REFUSED"
