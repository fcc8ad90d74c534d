"""What was found, concern by concern, with the hits made visible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from golddraht.ground.numbers import spoken
from golddraht.pages.conversation.place import url_of
from golddraht.pages.shown import status_word
from golddraht.search.queries import Order, Results
from golddraht.search.rules import Asked, excerpt_marked, marked
from golddraht.search.rules.kinds import Found
from golddraht.search.rules.marking import Piece, Wanted, wanted_recipients, wanted_terms
from golddraht.team.queries import Viewer

HITS_SHOWN = 3
"""Of one concern on one page; the others are counted."""


@dataclass(frozen=True)
class HitShown:
    url: str
    icon: str
    who: SafeString
    when: datetime
    text: SafeString
    files: tuple[SafeString, ...]
    recipients: tuple[SafeString, ...]


@dataclass
class GroupShown:
    """A concern, or whatever else was found, with where the words stand in it."""

    url: str
    title: SafeString
    number: str
    status_text: str
    hits: list[HitShown] = field(default_factory=list)
    further: int = 0


def conversation_link(found: Found, viewer: Viewer) -> str:
    return url_of(viewer.tenant_slug, found.conversation_number or 0, anchor=f"{found.kind}-{found.source_id}")


def article_link(found: Found, viewer: Viewer) -> str:
    return reverse("article", args=[viewer.tenant_slug, found.source_id])


def customer_link(found: Found, viewer: Viewer) -> str:
    return reverse("customer", args=[viewer.tenant_slug, found.source_id])


LINKS: dict[str, Callable[[Found, Viewer], str]] = {
    "message": conversation_link,
    "note": conversation_link,
    "article": article_link,
    "customer": customer_link,
}
"""Where each kind of row is looked at. A new kind adds its page here."""
ICONS = {"message": "message", "note": "pencil", "article": "book", "customer": "user"}


def groups(results: Results, viewer: Viewer) -> list[GroupShown]:
    """In the order of the first hit of each. Every hit shows why it was found, where words were asked for."""
    said, sent_to = (wanted(results.asked, widely=results.is_wide) for wanted in (wanted_terms, wanted_recipients))
    found: dict[object, tuple[Found, GroupShown]] = {}
    for one in results.found:
        key = one.conversation_number or (one.kind, one.source_id)
        first, group = found.setdefault(key, (one, _group(one, viewer, said)))
        if len(group.hits) < HITS_SHOWN:
            group.hits.append(_hit(one, viewer, said, sent_to, beneath=first.title))
        else:
            group.further += 1
    return [group for _, group in found.values()]


def _group(one: Found, viewer: Viewer, said: Wanted) -> GroupShown:
    number = one.conversation_number
    return GroupShown(
        url=url_of(viewer.tenant_slug, number) if number else LINKS[one.kind](one, viewer),
        title=_html(marked(one.title, said)),
        number=spoken(number) if number else "",
        status_text=status_word(one.conversation_status) if one.conversation_status else "",
    )


def _hit(one: Found, viewer: Viewer, said: Wanted, sent_to: Wanted, *, beneath: str) -> HitShown:
    return HitShown(
        url=LINKS[one.kind](one, viewer),
        icon=ICONS.get(one.kind, "message"),
        who=_html(marked(one.who, said)),
        when=one.at,
        text=_html(excerpt_marked(_text_of(one, said, beneath), said)),
        files=tuple(_html(marked(name, said)) for name in one.file_names),
        recipients=tuple(_html(marked(to, sent_to)) for to in one.recipients if sent_to.is_in(to)),
    )


def _text_of(one: Found, said: Wanted, beneath: str) -> str:
    """What stands under the title `beneath`: with a title of its own where only that has the words."""
    text = f"{one.text}\n{one.signature}"
    return f"{one.title} · {text}" if one.title != beneath and not said.is_in(text) else text


def _html(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join("", "{}{}{}", (_around(text, is_hit) for text, is_hit in pieces))


def _around(text: str, is_hit: bool) -> tuple[SafeString, str, SafeString]:
    before, after = ("<mark>", "</mark>") if is_hit else ("", "")
    return SafeString(before), text, SafeString(after)


def search_url(viewer: Viewer, words: str, order: Order, before: str = "") -> str:
    told = {"q": words, "order": order.value if order is not Order.NEWEST else "", "before": before}
    return (
        reverse("search", args=[viewer.tenant_slug]) + "?" + urlencode({key: one for key, one in told.items() if one})
    )


def is_for_people(asked: Asked) -> bool:
    """Whether somebody's name may have been typed."""
    return asked.is_words_only and not any(one.is_quoted for one in asked.phrases) and len(asked.plain_words) <= 4
