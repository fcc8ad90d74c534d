"""What is known of a customer, said to themselves: plain, and in the second person."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

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


OWN_TERMS = {
    Attribute.NAME: gettext_lazy("Your name"),
    Attribute.SALUTATION: gettext_lazy("How we address you"),
    Attribute.LANGUAGE: gettext_lazy("Your language"),
    Attribute.BORN_ON: gettext_lazy("Your birthday"),
    Attribute.POSTAL: gettext_lazy("Your postal address"),
    Attribute.NUMBER: gettext_lazy("Your customer number"),
    Attribute.QUIET_HOURS: gettext_lazy("When you want to be left in peace"),
    Attribute.WISH: gettext_lazy("Your wishes"),
    Attribute.MATTERS: gettext_lazy("What else matters to you"),
}


def own_term(attribute: Attribute) -> str:
    return str(OWN_TERMS[attribute])


OWN_WISHES = {
    Wish.CALL_ME: gettext_lazy("Please call me rather than write"),
    Wish.DO_NOT_CALL: gettext_lazy("Please do not call me"),
    Wish.REPAIR_FIRST: gettext_lazy("Repair comes before replacement"),
    Wish.LARGE_PRINT: gettext_lazy("I need large print"),
    Wish.PLAIN_WORDS: gettext_lazy("I need plain language"),
    Wish.STEP_FREE: gettext_lazy("I need step-free access"),
    Wish.HUMAN_VOICE: gettext_lazy("I want to speak with people, not machines"),
    Wish.LESS_PAPER: gettext_lazy("No paper where it can be avoided"),
}


def own_wish(wish: Wish) -> str:
    return str(OWN_WISHES[wish])


OWN_PURPOSES = {
    Purpose.SERVICE: gettext_lazy("About my concerns"),
    Purpose.ADVICE: gettext_lazy("Advice that I asked for"),
    Purpose.BUY: gettext_lazy("About my orders and deliveries"),
    Purpose.NEWS: gettext_lazy("Offers and news"),
    Purpose.SURVEY: gettext_lazy("Questions how it was"),
    Purpose.SURPRISE: gettext_lazy("Surprises"),
}


def own_purpose(purpose: Purpose) -> str:
    return str(OWN_PURPOSES[purpose])


OWN_WAYS = {
    Way.EMAIL: gettext_lazy("by e-mail"),
    Way.CALL: gettext_lazy("by a call from a person"),
    Way.ROBOT: gettext_lazy("by a call from a computer voice"),
    Way.SMS: gettext_lazy("by text message or messenger"),
    Way.LETTER: gettext_lazy("by letter"),
    Way.PUSH: gettext_lazy("by a notice on my device"),
}


def own_way(way: Way) -> str:
    return str(OWN_WAYS[way])


OWN_STANDS = {
    Stand.ALLOWED: gettext_lazy("you allow it"),
    Stand.ASKED: gettext_lazy("not confirmed yet"),
    Stand.LAPSED: gettext_lazy("over, because it was not used for two years"),
    Stand.WITHDRAWN: gettext_lazy("you took it back"),
    Stand.OBJECTED: gettext_lazy("you objected"),
    Stand.DOUBTED: gettext_lazy("held for now"),
    Stand.NOT_CHOSEN: gettext_lazy("you chose other ways"),
    Stand.FORBIDDEN: gettext_lazy("we may not do it"),
    Stand.NEVER_GIVEN: gettext_lazy("you have not allowed it"),
}


def own_stand(stand: Stand) -> str:
    return str(OWN_STANDS[stand])
