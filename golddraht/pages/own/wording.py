"""What is known of a customer, said to themselves: plain, and in the second person."""

from __future__ import annotations

from django.utils.translation import gettext

from golddraht.access.queries import Visitor
from golddraht.consent.queries import Stand
from golddraht.consent.rules import Purpose, Way
from golddraht.customers.queries import customer_at, greeting_for
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute, Wish
from golddraht.customers.rules.sources import kind_of


def greeting_of(visitor: Visitor, language: str) -> str:
    """With the name only where it is certain whose page this is."""
    customer = customer_at(channel="EMAIL", address=visitor.address)
    return greeting_for(customer, language=language) if customer and visitor.sees_everything else gettext("Hello,")


def origin_words(source: str) -> str:
    """Where we have it from, as half a sentence."""
    words = {
        Source.MAIL_HEADER: gettext("from the sender of your e-mails"),
        Source.CALL: gettext("from the number that your telephone showed"),
        Source.SIGNATURE: gettext("from the signature of your e-mails"),
        Source.NAMESAKE: gettext("from a signature without a first name"),
        Source.MEMBER: gettext("a colleague of ours took it down"),
        Source.CUSTOMER: gettext("you told us"),
        Source.OWN_WORDS: gettext("from what you wrote to us"),
    }
    kind, _, system = source.partition(":")
    if kind == Source.IMPORT:
        return gettext("from another system of ours (%(system)s)") % {"system": system or gettext("import")}
    return words.get(kind_of(source), source)


def own_term(attribute: Attribute) -> str:
    terms = {
        Attribute.NAME: gettext("Your name"),
        Attribute.SALUTATION: gettext("How we address you"),
        Attribute.LANGUAGE: gettext("Your language"),
        Attribute.BORN_ON: gettext("Your birthday"),
        Attribute.POSTAL: gettext("Your postal address"),
        Attribute.NUMBER: gettext("Your customer number"),
        Attribute.QUIET_HOURS: gettext("When you want to be left in peace"),
        Attribute.WISH: gettext("Your wishes"),
        Attribute.MATTERS: gettext("What else matters to you"),
    }
    return terms[attribute]


def own_wish(wish: Wish) -> str:
    words = {
        Wish.CALL_ME: gettext("Please call me rather than write"),
        Wish.DO_NOT_CALL: gettext("Please do not call me"),
        Wish.REPAIR_FIRST: gettext("Repair comes before replacement"),
        Wish.LARGE_PRINT: gettext("I need large print"),
        Wish.PLAIN_WORDS: gettext("I need plain language"),
        Wish.STEP_FREE: gettext("I need step-free access"),
        Wish.HUMAN_VOICE: gettext("I want to speak with people, not machines"),
        Wish.LESS_PAPER: gettext("No paper where it can be avoided"),
    }
    return words[wish]


def own_purpose(purpose: Purpose) -> str:
    words = {
        Purpose.SERVICE: gettext("About my concerns"),
        Purpose.ADVICE: gettext("Advice that I asked for"),
        Purpose.BUY: gettext("About my orders and deliveries"),
        Purpose.NEWS: gettext("Offers and news"),
        Purpose.SURVEY: gettext("Questions how it was"),
        Purpose.SURPRISE: gettext("Surprises"),
    }
    return words[purpose]


def own_way(way: Way) -> str:
    words = {
        Way.EMAIL: gettext("by e-mail"),
        Way.CALL: gettext("by a call from a person"),
        Way.ROBOT: gettext("by a call from a computer voice"),
        Way.SMS: gettext("by text message or messenger"),
        Way.LETTER: gettext("by letter"),
        Way.PUSH: gettext("by a notice on my device"),
    }
    return words[way]


def own_stand(stand: Stand) -> str:
    words = {
        Stand.ALLOWED: gettext("you allow it"),
        Stand.ASKED: gettext("not confirmed yet"),
        Stand.LAPSED: gettext("over, because it was not used for two years"),
        Stand.WITHDRAWN: gettext("you took it back"),
        Stand.OBJECTED: gettext("you objected"),
        Stand.DOUBTED: gettext("held for now"),
        Stand.NOT_CHOSEN: gettext("you chose other ways"),
        Stand.FORBIDDEN: gettext("we may not do it"),
        Stand.NEVER_GIVEN: gettext("you have not allowed it"),
    }
    return words[stand]
