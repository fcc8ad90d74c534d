"""Requests and previews in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from golddraht.ground.numbers import spoken
from golddraht.ground.retention_law import Keeping
from golddraht.pages.conversation.place import url_of
from golddraht.privacy.queries import KeptConcern, Preview, Request
from golddraht.privacy.rules import Asker, Sign, Stage
from golddraht.privacy.rules.asking import is_near
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class KeptShown:
    number: int
    spoken: str
    url: str
    subject: str
    why: str
    what: str
    law: str
    until: date


@dataclass(frozen=True)
class PreviewShown:
    """Counts as lines, what is kept, and the concerns that somebody has to look at."""

    lines: list[tuple[str, int]]
    kept: list[KeptShown]
    numbers: list[int]
    open_concerns: list[tuple[str, str]]
    shared: list[tuple[str, str]]
    mentioned: list[tuple[str, str]]
    customers: int


def preview_shown(preview: Preview, viewer: Viewer) -> PreviewShown:
    return PreviewShown(
        lines=[(counted_name(kind), count) for kind, count in preview.goes.items()],
        kept=[_kept(one, viewer) for one in preview.kept],
        numbers=sorted({one.number for one in preview.kept if one.number}),
        open_concerns=list(_linked(preview.open_concerns, viewer)),
        shared=list(_linked(preview.shared, viewer)),
        mentioned=list(_linked(preview.mentioned, viewer)),
        customers=preview.customers,
    )


def counted_name(kind: str) -> str:
    """What one of the counts of a preview counts."""
    return {
        "concerns": gettext("Concerns"),
        "messages": gettext("Messages"),
        "files": gettext("Files"),
        "notes": gettext("Notes and marks"),
        "promises": gettext("Promises and options"),
        "mails": gettext("Mails as they came, and deliveries"),
        "calls": gettext("Calls"),
        "record": gettext("What is known of them, and ways of contact"),
        "identity": gettext("Records of the person, merges and likenesses"),
        "journey": gettext("Events of the journey"),
        "search": gettext("Entries of the search"),
        "answers": gettext("Answers about satisfaction, letters about problems"),
        "others": gettext("Everything else that hangs on it"),
    }[kind]


def kept_what(one: KeptConcern) -> str:
    """How much of what kind is kept."""
    what = {
        Keeping.LETTER: ngettext("%(count)d letter", "%(count)d letters", one.letters),
        Keeping.VOUCHER: ngettext("%(count)d voucher", "%(count)d vouchers", one.letters),
        Keeping.CONSENT: ngettext("%(count)d proof of consent", "%(count)d proofs of consent", one.letters),
    }[one.keeping]
    return what % {"count": one.letters}


def _kept(one: KeptConcern, viewer: Viewer) -> KeptShown:
    return KeptShown(
        number=one.number,
        spoken=spoken(one.number) if one.number else "",
        url=url_of(viewer.tenant_slug, one.number) if one.number else "",
        subject=one.subject if one.number else gettext("Consents"),
        why=kept_why(one),
        what=kept_what(one),
        law=one.law,
        until=one.until,
    )


def kept_why(one: KeptConcern) -> str:
    """By what it was recognised as something that the law keeps."""
    return {
        Sign.GOODWILL: gettext("goodwill was granted"),
        Sign.CONSENT: gettext("a consent was given, and its proof has to be kept"),
        Sign.PROMISED: gettext("a delivery, a visit or an order was promised"),
        Sign.WORDS: gettext("it speaks of an order, an invoice, a contract or its end"),
    }[one.sign]


def _linked(numbers: Iterable[int], viewer: Viewer) -> Iterator[tuple[str, str]]:
    for number in numbers:
        yield spoken(number), url_of(viewer.tenant_slug, number)


@dataclass(frozen=True)
class RequestShown:
    request: Request
    stage: str
    asker: str
    is_near: bool
    is_late: bool
    days_left: int

    def url(self, slug: str) -> str:
        return reverse("privacy_request", args=[slug, self.request.id])


def request_lines(found: Iterable[Request], *, on: date) -> list[RequestShown]:
    return [request_shown_as(one, on=on) for one in found]


def request_shown_as(one: Request, *, on: date) -> RequestShown:
    stages = {
        Stage.ASKED: gettext("to be decided"),
        Stage.WORKING: gettext("being erased"),
        Stage.DONE: gettext("erased"),
        Stage.REFUSED: gettext("refused"),
        Stage.WITHDRAWN: gettext("withdrawn"),
    }
    askers = {
        Asker.CUSTOMER: gettext("asked by themselves"),
        Asker.COLLEAGUE: gettext("entered by a colleague"),
        Asker.RETENTION: gettext("its time was over"),
        Asker.LEDGER: gettext("erased before, and brought back by a backup or an import"),
    }
    return RequestShown(
        request=one,
        stage=stages[one.stage],
        asker=askers[one.asker],
        is_near=one.is_open and is_near(one.due_on, on=on),
        is_late=one.is_open and one.due_on < on,
        days_left=one.days_left(on),
    )
