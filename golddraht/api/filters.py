"""Places with their counts, and saved filters: lists of conversations under a name."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.conversations import ConversationOut, Conversations
from golddraht.api.shapes.fields import Cursor, Id, IdInPath, example
from golddraht.conversations.queries import COUNTED_TO, Place, counts, inbox
from golddraht.search.operations import (
    bring_back_filter,
    inherit_filter,
    keep_filter,
    order_filters,
    pin_filter,
    remove_filter,
    unpin_filter,
)
from golddraht.search.queries import (
    FilterLine,
    NoSuchFilter,
    counts_of_filters,
    filter_for,
    narrowing_by,
    offered_filters,
    pinned_filters,
    removed_filters,
)
from golddraht.search.rules.asking import LONGEST
from golddraht.search.rules.filters import LONGEST_NAME, MOST_PINNED, Sharing
from golddraht.team.rules import Area

router = Router(tags=["filters"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "id": 4,
    "name": "Beschwerden",
    "place": "all",
    "words": "tag:beschwerde status:offen",
    "owner_id": 2,
    "owner_name": "Nina Aigner",
    "audience": "TEAM",
    "team_id": 1,
    "is_pinned": True,
}


class FilterOut(Schema):
    """A saved filter. `is_pinned` when it stands in the rail of the token's member."""

    id: int
    name: str
    place: Place
    words: str
    owner_id: int
    owner_name: str
    audience: Sharing
    team_id: int | None
    is_pinned: bool
    model_config = example(**SHOWN)

    @staticmethod
    def of(line: FilterLine) -> FilterOut:
        return FilterOut(**{name: getattr(line, name) for name in FilterOut.model_fields})


class Filters(Schema):
    """`pinned` in the order of the rail; `offered` are those that may be pinned, too."""

    pinned: list[FilterOut]
    offered: list[FilterOut]
    removed: list[FilterOut]
    model_config = example(pinned=[SHOWN], offered=[], removed=[])


class FilterIn(Schema):
    """A place and words of the search field. Without words the place must be another one than `all`."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    place: Place = Place.ALL
    words: Annotated[str, Field(max_length=LONGEST)] = ""
    audience: Sharing = Sharing.NOBODY
    team_id: Id | None = None
    model_config = example(name="Beschwerden", words="tag:beschwerde status:offen", audience="EVERYBODY")


class OrderIn(Schema):
    """Ids of pinned filters in the wanted order."""

    filter_ids: Annotated[list[Id], Field(max_length=MOST_PINNED)]
    model_config = example(filter_ids=[4, 2])


class ListCount(Schema):
    """How many conversations a list holds; with `is_more` it is that many or more."""

    name: str
    filter_id: int | None = None
    count: int
    is_more: bool

    @staticmethod
    def of(name: str, count: int, filter_id: int | None = None) -> ListCount:
        return ListCount(name=name, filter_id=filter_id, count=count, is_more=count >= COUNTED_TO)


class ListCounts(Schema):
    places: list[ListCount]
    filters: list[ListCount]
    model_config = example(
        places=[{"name": "mine", "filter_id": None, "count": 14, "is_more": False}],
        filters=[{"name": "Beschwerden", "filter_id": 4, "count": 1000, "is_more": True}],
    )


def _zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())


def _all(visitor: Visitor) -> Filters:
    viewer = visitor.viewer
    return Filters(
        pinned=[FilterOut.of(one) for one in pinned_filters(viewer=viewer)],
        offered=[FilterOut.of(one) for one in offered_filters(viewer=viewer)],
        removed=[FilterOut.of(one) for one in removed_filters(viewer=viewer)],
    )


def _one(visitor: Visitor, filter_id: int, *, is_own: bool = False) -> FilterLine:
    found = filter_for(viewer=visitor.viewer, filter_id=filter_id)
    if is_own and not found.may_change:
        raise NoSuchFilter(filter_id)
    return found


@router.get("", response=Filters)
def list_filters(request: HttpRequest) -> Filters:
    """Those in the member's rail, those that are shared with them, and their own that were removed."""
    with reading(request) as visitor:
        return _all(visitor)


@router.get("/counts", response=ListCounts)
def count_lists(request: HttpRequest) -> ListCounts:
    """How many conversations stand in each place and in each pinned filter, counted to a thousand."""
    with reading(request) as visitor:
        own = pinned_filters(viewer=visitor.viewer)
        numbers = counts_of_filters(viewer=visitor.viewer, filters=own, zone=_zone(), at=visitor.at)
        places = counts(viewer=visitor.viewer, at=visitor.at)
        return ListCounts(
            places=[ListCount.of(place.value, count) for place, count in places.items()],
            filters=[ListCount.of(one.name, numbers[one.id], one.id) for one in own],
        )


@router.put("/order", response=Filters)
def order(request: HttpRequest, wanted: OrderIn) -> HttpResponse:
    """The member's pinned filters in this order; those that are not named follow."""

    def act(visitor: Visitor) -> tuple[int, Filters]:
        order_filters(filter_ids=wanted.filter_ids, by=visitor.me, at=visitor.at)
        return 200, _all(visitor)

    return writing(request, act)


@router.post("", response={201: FilterOut})
def keep(request: HttpRequest, told: FilterIn) -> HttpResponse:
    """A new filter of the token's member, pinned to their rail."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        kept = keep_filter(by=visitor.me, at=visitor.at, **told.model_dump())
        return 201, FilterOut.of(_one(visitor, kept.pk))

    return writing(request, act)


@router.get("/{filter_id}", response=FilterOut)
def read_filter(request: HttpRequest, filter_id: IdInPath) -> FilterOut:
    """One that the member may see."""
    with reading(request) as visitor:
        return FilterOut.of(_one(visitor, filter_id))


@router.get("/{filter_id}/conversations", response=Conversations)
def conversations_in(
    request: HttpRequest,
    filter_id: IdInPath,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Conversations:
    """A page of what the filter holds, in the order of its place. `cursor` is the `next` of the page before."""
    with reading(request) as visitor:
        one = _one(visitor, filter_id)
        narrowing = narrowing_by(one, viewer=visitor.viewer, zone=_zone(), at=visitor.at)
        page = inbox(
            viewer=visitor.viewer, place=one.place, at=visitor.at, limit=limit, before=cursor, narrowing=narrowing
        )
        return Conversations(conversations=[ConversationOut.of(row) for row in page.rows], next=page.next_before)


@router.put("/{filter_id}", response=FilterOut)
def change(request: HttpRequest, filter_id: IdInPath, told: FilterIn) -> HttpResponse:
    """Its owner renames it, changes what it holds, shares it."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        _one(visitor, filter_id, is_own=True)
        keep_filter(by=visitor.me, at=visitor.at, filter_id=filter_id, **told.model_dump())
        return 200, FilterOut.of(_one(visitor, filter_id))

    return writing(request, act)


@router.delete("/{filter_id}", response=Filters)
def remove(request: HttpRequest, filter_id: IdInPath) -> HttpResponse:
    """Its owner removes it for everybody; it can be brought back."""

    def act(visitor: Visitor) -> tuple[int, Filters]:
        _one(visitor, filter_id, is_own=True)
        remove_filter(filter_id=filter_id, by=visitor.me, at=visitor.at)
        return 200, _all(visitor)

    return writing(request, act)


@router.post("/{filter_id}/bring-back", response=FilterOut)
def bring_back(request: HttpRequest, filter_id: IdInPath) -> HttpResponse:
    """As it was, in every rail in which it stood."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        if filter_id not in {one.id for one in removed_filters(viewer=visitor.viewer)}:
            raise NoSuchFilter(filter_id)
        bring_back_filter(filter_id=filter_id, by=visitor.me, at=visitor.at)
        return 200, FilterOut.of(_one(visitor, filter_id))

    return writing(request, act)


@router.put("/{filter_id}/pin", response=FilterOut)
def pin(request: HttpRequest, filter_id: IdInPath) -> HttpResponse:
    """It stands in the member's rail; once is enough."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        pin_filter(filter_id=_one(visitor, filter_id).id, by=visitor.me, at=visitor.at)
        return 200, FilterOut.of(_one(visitor, filter_id))

    return writing(request, act)


@router.delete("/{filter_id}/pin", response=FilterOut)
def unpin(request: HttpRequest, filter_id: IdInPath) -> HttpResponse:
    """Out of the member's rail; the filter stays."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        unpin_filter(filter_id=_one(visitor, filter_id).id, by=visitor.me, at=visitor.at)
        return 200, FilterOut.of(_one(visitor, filter_id))

    return writing(request, act)


@router.post("/{filter_id}/inherit", response=FilterOut)
def inherit(request: HttpRequest, filter_id: IdInPath) -> HttpResponse:
    """Its owner has left: it belongs to the token's member from now on. While they are here there is no such filter."""

    def act(visitor: Visitor) -> tuple[int, FilterOut]:
        if not _one(visitor, filter_id).may_inherit:
            raise NoSuchFilter(filter_id)
        inherit_filter(filter_id=filter_id, by=visitor.me, at=visitor.at)
        return 200, FilterOut.of(_one(visitor, filter_id))

    return writing(request, act)
