"""Consents in words: ways, purposes, how something was said, how it stands, and why something did not leave."""

from __future__ import annotations

from django.utils.translation import gettext

from golddraht.consent.queries import Stand
from golddraht.consent.rules import Basis, Kind, MessageClass, Proof, Purpose, Reason, Way


def way_name(way: Way) -> str:
    names = {
        Way.EMAIL: gettext("e-mail"),
        Way.CALL: gettext("call from a person"),
        Way.ROBOT: gettext("call from a computer voice"),
        Way.SMS: gettext("text message or messenger"),
        Way.LETTER: gettext("letter"),
        Way.PUSH: gettext("notice on their device"),
    }
    return names[way]


def purpose_name(purpose: Purpose) -> str:
    names = {
        Purpose.SERVICE: gettext("Their concerns"),
        Purpose.ADVICE: gettext("Advice"),
        Purpose.BUY: gettext("Orders and deliveries"),
        Purpose.NEWS: gettext("Offers and news"),
        Purpose.SURVEY: gettext("Questions how it was"),
        Purpose.SURPRISE: gettext("Surprises"),
    }
    return names[purpose]


def class_name(message_class: MessageClass) -> str:
    names = {
        MessageClass.SERVICE: gettext("service"),
        MessageClass.SURVEY: gettext("a question how it was"),
        MessageClass.ADVERTISING: gettext("advertising"),
        MessageClass.SURPRISE: gettext("a surprise"),
    }
    return names[message_class]


def proof_name(proof: Proof) -> str:
    names = {
        Proof.SIGNED: gettext("on paper, with their signature"),
        Proof.RECORDED: gettext("spoken, and recorded with their leave"),
        Proof.SPOKEN: gettext("spoken, and written down in the same conversation"),
        Proof.NUMBER: gettext("a code sent to that number was given back"),
        Proof.MAIL: gettext("by e-mail, in their own words"),
        Proof.CONFIRMED: gettext("confirmed by the link in an e-mail (double opt-in)"),
        Proof.OWN_PAGE: gettext("on their own page"),
        Proof.FORM: gettext("typed on a page, not confirmed"),
    }
    return names[proof]


def kind_name(kind: Kind) -> str:
    names = {
        Kind.ASKED: gettext("asked for confirmation"),
        Kind.GIVEN: gettext("allowed"),
        Kind.CONFIRMED: gettext("confirmed"),
        Kind.WITHDRAWN: gettext("taken back"),
        Kind.OBJECTED: gettext("objected"),
        Kind.DOUBTED: gettext("may have objected: a colleague is asked"),
        Kind.MISREAD: gettext("no objection: the words were misread"),
        Kind.UPHELD: gettext("it is an objection"),
        Kind.UNSAID: gettext("taken back: it stands as it was read"),
        Kind.SALE: gettext("address from a purchase, free objection pointed out"),
        Kind.PRESUMED: gettext("reason to call a business"),
        Kind.LISTED_NOT: gettext("looked up: not on the list of objectors"),
    }
    return names[kind]


def stand_name(stand: Stand) -> str:
    names = {
        Stand.ALLOWED: gettext("allowed"),
        Stand.ASKED: gettext("not confirmed yet"),
        Stand.LAPSED: gettext("unused for two years, ask again"),
        Stand.WITHDRAWN: gettext("taken back"),
        Stand.OBJECTED: gettext("objected"),
        Stand.DOUBTED: gettext("held: maybe they objected"),
        Stand.NOT_CHOSEN: gettext("other ways chosen"),
        Stand.FORBIDDEN: gettext("forbidden there"),
        Stand.NEVER_GIVEN: gettext("not allowed"),
    }
    return names[stand]


def basis_name(basis: Basis) -> str:
    names = {
        Basis.SERVICE: gettext("service needs no consent"),
        Basis.CONSENT: gettext("they allowed it"),
        Basis.EXISTING: gettext("existing customer, own similar goods"),
        Basis.PRESUMED: gettext("reason to call a business"),
        Basis.UNOPPOSED: gettext("letters may come until they object"),
    }
    return names[basis]


def reason_words(reason: Reason) -> str:
    """Why something did not leave, as a whole sentence."""
    words = {
        Reason.OBJECTED: gettext("They want no advertising."),
        Reason.WITHDRAWN: gettext("They took back what they had allowed."),
        Reason.DOUBTED: gettext("They may have objected, and nobody has judged their words yet."),
        Reason.NOT_CHOSEN: gettext("They chose other ways for this."),
        Reason.FORBIDDEN: gettext("The law of their country does not allow it, not even with consent."),
        Reason.UNCONFIRMED: gettext("They were asked and have not confirmed it."),
        Reason.LAPSED: gettext("What they allowed was not used for two years; they should be asked again."),
        Reason.NOT_POINTED_OUT: gettext("It does not say how they can object."),
        Reason.LIST_UNCHECKED: gettext("Nobody looked within a month whether they are on the list of objectors."),
        Reason.NO_CONSENT: gettext("They have not allowed it."),
    }
    return words[reason]
