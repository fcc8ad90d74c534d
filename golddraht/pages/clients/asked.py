"""What the address of the list over all companies asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from golddraht.conversations.queries import Place
from golddraht.conversations.queries.across import PLACES, Order

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Wish:
    """A place, an order, one company or all (""), and the row behind which the page begins."""

    place: Place = Place.MINE
    order: Order = Order.NEXT_TOUCH
    client: str = ""
    after: str = ""

    def url(
        self, *, place: Place | None = None, order: Order | None = None, client: str | None = None, after: str = ""
    ) -> str:
        """The same list with something else; it begins at its beginning unless `after` says otherwise."""
        said = {
            "place": place or self.place,
            "order": order or self.order,
            "client": self.client if client is None else client,
            "after": after,
        }
        usual = {"order": Order.NEXT_TOUCH}
        query = {name: str(value) for name, value in said.items() if value and usual.get(name) != value}
        return reverse("clients") + "?" + urlencode(query)


def wish_of(query: QueryDict) -> Wish:
    """What cannot be read is the usual: one's own, the next touch first, all companies."""
    place = _read(query.get("place", ""), Place, Place.MINE)
    return Wish(
        place=place if place in PLACES else Place.MINE,
        order=_read(query.get("order", ""), Order, Order.NEXT_TOUCH),
        client=query.get("client", "")[:40],
        after=query.get("after", "")[:80],
    )


def _read(word: str, words: type[Word], usual: Word) -> Word:
    try:
        return words(word)
    except ValueError:
        return usual
