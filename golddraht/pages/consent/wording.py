"""Consents in words: ways, purposes, how something was said, how it stands, and why something did not leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from golddraht.consent.queries import Stand
from golddraht.consent.rules import Basis, Kind, MessageClass, Proof, Purpose, Reason, Way

WAY_NAMES = {
    Way.EMAIL: gettext_lazy("e-mail"),
    Way.CALL: gettext_lazy("call from a person"),
    Way.ROBOT: gettext_lazy("call from a computer voice"),
    Way.SMS: gettext_lazy("text message or messenger"),
    Way.LETTER: gettext_lazy("letter"),
    Way.PUSH: gettext_lazy("notice on their device"),
}


def way_name(way: Way) -> str:
    return str(WAY_NAMES[way])


PURPOSE_NAMES = {
    Purpose.SERVICE: gettext_lazy("Their concerns"),
    Purpose.ADVICE: gettext_lazy("Advice"),
    Purpose.BUY: gettext_lazy("Orders and deliveries"),
    Purpose.NEWS: gettext_lazy("Offers and news"),
    Purpose.SURVEY: gettext_lazy("Questions how it was"),
    Purpose.SURPRISE: gettext_lazy("Surprises"),
}


def purpose_name(purpose: Purpose) -> str:
    return str(PURPOSE_NAMES[purpose])


CLASS_NAMES = {
    MessageClass.SERVICE: gettext_lazy("service"),
    MessageClass.SURVEY: gettext_lazy("a question how it was"),
    MessageClass.ADVERTISING: gettext_lazy("advertising"),
    MessageClass.SURPRISE: gettext_lazy("a surprise"),
}


def class_name(message_class: MessageClass) -> str:
    return str(CLASS_NAMES[message_class])


PROOF_NAMES = {
    Proof.SIGNED: gettext_lazy("on paper, with their signature"),
    Proof.RECORDED: gettext_lazy("spoken, and recorded with their leave"),
    Proof.SPOKEN: gettext_lazy("spoken, and written down in the same conversation"),
    Proof.NUMBER: gettext_lazy("a code sent to that number was given back"),
    Proof.MAIL: gettext_lazy("by e-mail, in their own words"),
    Proof.CONFIRMED: gettext_lazy("confirmed by the link in an e-mail (double opt-in)"),
    Proof.OWN_PAGE: gettext_lazy("on their own page"),
    Proof.FORM: gettext_lazy("typed on a page, not confirmed"),
}


def proof_name(proof: Proof) -> str:
    return str(PROOF_NAMES[proof])


KIND_NAMES = {
    Kind.ASKED: gettext_lazy("asked for confirmation"),
    Kind.GIVEN: gettext_lazy("allowed"),
    Kind.CONFIRMED: gettext_lazy("confirmed"),
    Kind.WITHDRAWN: gettext_lazy("taken back"),
    Kind.OBJECTED: gettext_lazy("objected"),
    Kind.DOUBTED: gettext_lazy("may have objected: a colleague is asked"),
    Kind.MISREAD: gettext_lazy("no objection: the words were misread"),
    Kind.UPHELD: gettext_lazy("it is an objection"),
    Kind.UNSAID: gettext_lazy("taken back: it stands as it was read"),
    Kind.SALE: gettext_lazy("address from a purchase, free objection pointed out"),
    Kind.PRESUMED: gettext_lazy("reason to call a business"),
    Kind.LISTED_NOT: gettext_lazy("looked up: not on the list of objectors"),
}


def kind_name(kind: Kind) -> str:
    return str(KIND_NAMES[kind])


STAND_NAMES = {
    Stand.ALLOWED: gettext_lazy("allowed"),
    Stand.ASKED: gettext_lazy("not confirmed yet"),
    Stand.LAPSED: gettext_lazy("unused for two years, ask again"),
    Stand.WITHDRAWN: gettext_lazy("taken back"),
    Stand.OBJECTED: gettext_lazy("objected"),
    Stand.DOUBTED: gettext_lazy("held: maybe they objected"),
    Stand.NOT_CHOSEN: gettext_lazy("other ways chosen"),
    Stand.FORBIDDEN: gettext_lazy("forbidden there"),
    Stand.NEVER_GIVEN: gettext_lazy("not allowed"),
}


def stand_name(stand: Stand) -> str:
    return str(STAND_NAMES[stand])


BASIS_NAMES = {
    Basis.SERVICE: gettext_lazy("service needs no consent"),
    Basis.CONSENT: gettext_lazy("they allowed it"),
    Basis.EXISTING: gettext_lazy("existing customer, own similar goods"),
    Basis.PRESUMED: gettext_lazy("reason to call a business"),
    Basis.UNOPPOSED: gettext_lazy("letters may come until they object"),
}


def basis_name(basis: Basis) -> str:
    return str(BASIS_NAMES[basis])


REASON_WORDS = {
    Reason.OBJECTED: gettext_lazy("They want no advertising."),
    Reason.WITHDRAWN: gettext_lazy("They took back what they had allowed."),
    Reason.DOUBTED: gettext_lazy("They may have objected, and nobody has judged their words yet."),
    Reason.NOT_CHOSEN: gettext_lazy("They chose other ways for this."),
    Reason.FORBIDDEN: gettext_lazy("The law of their country does not allow it, not even with consent."),
    Reason.UNCONFIRMED: gettext_lazy("They were asked and have not confirmed it."),
    Reason.LAPSED: gettext_lazy("What they allowed was not used for two years; they should be asked again."),
    Reason.NOT_POINTED_OUT: gettext_lazy("It does not say how they can object."),
    Reason.LIST_UNCHECKED: gettext_lazy("Nobody looked within a month whether they are on the list of objectors."),
    Reason.NO_CONSENT: gettext_lazy("They have not allowed it."),
}


def reason_words(reason: Reason) -> str:
    """Why something did not leave, as a whole sentence."""
    return str(REASON_WORDS[reason])
