"""The words of the search field, explained: one table for the page, its examples as they are typed in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from golddraht.search.rules import Misunderstood


@dataclass(frozen=True)
class Way:
    """Something that can be typed, and what it finds."""

    typed: str
    finds: str


def ways() -> list[Way]:
    return [
        Way(gettext("invoice correction"), gettext("every word, in any form; also within longer words")),
        Way(gettext("“does not drain”"), gettext("exactly these words in this order")),
        Way(gettext("dishwasher -pump"), gettext("without this word")),
        Way(gettext("from:moser"), gettext("written by somebody of this name")),
        Way(gettext("to:nina"), gettext("sent to this name or address")),
        Way(gettext("status:open"), gettext("open, waiting, asked, solved, quiet or spam")),
        Way(gettext("owner:me"), gettext("cared for by you, or by whoever is named")),
        Way(gettext("team:service"), gettext("of this team")),
        Way(gettext("priority:urgent"), gettext("urgent, important or usual")),
        Way(gettext("tag:complaint"), gettext("with this tag")),
        Way(gettext("after:yesterday before:2026-11-30"), gettext("by day; also 3.11. or 30days")),
        Way(gettext("has:attachment"), gettext("with files; their names are searched, too")),
        Way(gettext("kind:note"), gettext("only messages, notes, articles or customers")),
    ]


def complaint(one: Misunderstood) -> str:
    """What to tell somebody whose filter means nothing here."""
    said = {
        "status": gettext("“%(value)s” is no status. There are: open, waiting, asked, solved, quiet, spam."),
        "kind": gettext("“%(value)s” cannot be searched for. There are: message, note, article, customer."),
        "priority": gettext("“%(value)s” is no priority. There are: urgent, important, usual."),
        "until": gettext("“%(value)s” is no day. Write 2026-11-30, 30.11., yesterday or 30days."),
        "since": gettext("“%(value)s” is no day. Write 2026-11-30, 30.11., yesterday or 30days."),
        "has": gettext("“%(value)s” is nothing a message can have. There is: attachment."),
    }
    return said[one.key] % {"value": one.value}
