"""What is said of a customer, in words: attributes, values, sources, and how sure they are."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute, Statement, Wish
from golddraht.customers.rules.evidence import Mode
from golddraht.customers.rules.postal import COUNTRIES, read_postal
from golddraht.customers.rules.ways import WayKind, messenger_of
from golddraht.pages.customers.likeness_words import SAID_BY_THE_MODEL


def source_words(source: str) -> str:
    """Where a value was read, as half a sentence."""
    words: dict[str, str] = {
        Source.MAIL_HEADER: gettext("from the sender line"),
        Source.CALL: gettext("from a call"),
        Source.IMPORT: gettext("from an import"),
        Source.CONTRACT: gettext("from a contract"),
        Source.LIST: gettext("from a list"),
        Source.SIGNATURE: gettext("from their own signature"),
        Source.NAMESAKE: gettext("signed so, without a first name"),
        Source.MEMBER: gettext("entered by a colleague"),
        Source.CUSTOMER: gettext("told by the customer"),
        Source.OWN_WORDS: gettext("from their own words"),
    }
    kind, _, system = source.partition(":")
    if source not in words and kind in (Source.IMPORT, Source.CONTRACT, Source.LIST):
        return gettext("from %(system)s") % {"system": system}
    return words.get(source, source)


ATTRIBUTE_NAMES = {
    Attribute.NAME: gettext_lazy("Name"),
    Attribute.SALUTATION: gettext_lazy("Salutation"),
    Attribute.LANGUAGE: gettext_lazy("Language"),
    Attribute.BORN_ON: gettext_lazy("Born on"),
    Attribute.POSTAL: gettext_lazy("Postal address"),
    Attribute.NUMBER: gettext_lazy("Customer number"),
    Attribute.QUIET_HOURS: gettext_lazy("Quiet hours"),
    Attribute.WISH: gettext_lazy("Wish"),
    Attribute.MATTERS: gettext_lazy("What matters to them"),
    Attribute.NOTE: gettext_lazy("Remark"),
}


def attribute_name(attribute: Attribute) -> str:
    return str(ATTRIBUTE_NAMES[attribute])


def wish_words(wish: str) -> str:
    words: dict[str, str] = {
        Wish.CALL_ME: gettext("please call me"),
        Wish.DO_NOT_CALL: gettext("please do not call"),
        Wish.REPAIR_FIRST: gettext("repair before replacement"),
        Wish.LARGE_PRINT: gettext("large print"),
        Wish.PLAIN_WORDS: gettext("plain language"),
        Wish.STEP_FREE: gettext("step-free access"),
        Wish.HUMAN_VOICE: gettext("a human voice, no machine"),
        Wish.LESS_PAPER: gettext("no paper where it can be avoided"),
    }
    return words.get(wish, wish)


def mode_words(mode: str) -> str:
    words: dict[str, str] = {
        Mode.FRAU: gettext("Ms"),
        Mode.HERR: gettext("Mr"),
        Mode.NEUTRAL: gettext("neutral, by full name"),
        Mode.FIRMA: gettext("as a company"),
        Mode.FAMILIE: gettext("as a family"),
    }
    return words.get(mode, mode)


def language_name(language: str) -> str:
    return {"de": gettext("German"), "en": gettext("English")}.get(language, language)


def value_words(statement: Statement) -> str:
    """The value as a person reads it."""
    said = statement.value
    if statement.attribute is Attribute.POSTAL:
        return postal_words(said)
    if statement.attribute is Attribute.BORN_ON:
        return date_format(date.fromisoformat(said), "SHORT_DATE_FORMAT")
    spoken = {Attribute.WISH: wish_words, Attribute.SALUTATION: mode_words, Attribute.LANGUAGE: language_name}
    return spoken.get(statement.attribute, str)(said)


def postal_words(said: str) -> str:
    """An address on one line, with its country where it is known."""
    address = read_postal(said, country="")
    if address is None:
        return said
    country = COUNTRIES[address.country][0].capitalize() if address.country in COUNTRIES else ""
    place = address.written().splitlines()[len(address.lines) : -1 if address.country else None]
    return ", ".join(part for part in (*address.lines, *place, country) if part)


def kind_of_way(channel: str) -> str:
    """A kind of way of contact by its name."""
    words: dict[str, str] = {
        WayKind.EMAIL: gettext("E-mail"),
        WayKind.PHONE: gettext("Telephone"),
        WayKind.FAX: gettext("Fax"),
        WayKind.MESSENGER: gettext("Messenger"),
        WayKind.WEB: gettext("Web page"),
    }
    return words.get(channel, channel)


def way_name(channel: str, address: str) -> str:
    """The same of one way: a messenger by its own name."""
    return messenger_of(channel, address) or kind_of_way(channel)


def way_not_written_to(channel: str) -> str:
    """What is to be said of a way that we know and on which nothing can be sent; "" for all others."""
    words: dict[str, str] = {
        WayKind.FAX: gettext("known to us; nothing is sent by fax from here"),
        WayKind.MESSENGER: gettext("known to us; nothing is sent there from here"),
        WayKind.WEB: gettext("known to us, no way to write to them"),
    }
    return words.get(channel, "")


REASONS = {
    "has this way of contact too": lambda: gettext("has the same way of contact"),
    "same customer number": lambda: gettext("same customer number"),
    "born on the same day": lambda: gettext("born on the same day"),
    "same postal address": lambda: gettext("same postal address"),
    "same name": lambda: gettext("same name"),
    "names that fit each other": lambda: gettext("names that fit each other"),
    "born on different days": lambda: gettext("born on different days"),
    "addressed differently": lambda: gettext("addressed differently"),
    "reads the mailboxes of both": lambda: gettext("reads the mailboxes of both"),
}


def reason_words(reason: str) -> str:
    """A reason in the reader's language, where it is one of ours; other words stay as they are."""
    if reason in SAID_BY_THE_MODEL:
        return gettext(reason)
    kind, colon, value = reason.partition(": ")
    return f"{REASONS[kind]()}{colon}{value}" if kind in REASONS else reason


def share_words(certainty: float) -> str:
    """ "97 %", and never a rounded-up 100."""
    return f"{int(certainty * 100 + 1e-9)} %"
