"""Tags: how often each is used and what it means; renaming, making one of two, and the way back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.conversations.operations.tags import (
    LONGEST,
    describe_tag,
    retire_tag,
    undo_tag_change,
    unite_tags,
    use_tag_again,
)
from golddraht.conversations.queries.tags import Changed, TagLine, Union, tag_changes, tag_lines, tag_named, union_of
from golddraht.team.rules import Act, Area

router = Router(tags=["tags"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "name": "Lieferung",
    "uses": 41,
    "description": "Alles rund um die Zustellung",
    "hue": 8,
    "group": "Versand",
    "is_retired": False,
}
CHANGE: dict[str, Any] = {
    "id": 3, "old": "Lieferungen", "new": "Lieferung", "by_name": "Lea Conrad", "at": "2026-11-16T09:00:00Z", "concerns": 7,
}  # fmt: skip
Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class TagOut(Schema):
    """`hue` is one of twelve colours, `group` the reasons under which the figures add it up."""

    name: str
    uses: int
    description: str
    hue: int | None
    group: str
    is_retired: bool
    model_config = example(**SHOWN)

    @staticmethod
    def of(line: TagLine) -> TagOut:
        return TagOut(**{name: getattr(line, name) for name in TagOut.model_fields})


class TagChangeOut(Schema):
    id: int
    old: str
    new: str
    by_name: str
    at: datetime
    concerns: int
    model_config = example(**CHANGE)

    @staticmethod
    def of(change: Changed) -> TagChangeOut:
        return TagChangeOut(**{name: getattr(change, name) for name in TagChangeOut.model_fields})


class Tags(Schema):
    """Every tag, and the changes that can be undone."""

    tags: list[TagOut]
    changes: list[TagChangeOut]
    model_config = example(tags=[SHOWN], changes=[CHANGE])


class TagIn(Schema):
    name: Name
    description: Annotated[str, Field(max_length=300)] = ""
    hue: Annotated[int, Field(ge=0, le=11)] | None = None
    group: Annotated[str, Field(max_length=LONGEST)] = ""
    model_config = example(name="Lieferung", description="Alles rund um die Zustellung", hue=8, group="Versand")


class TagNamed(Schema):
    name: Name
    model_config = example(name="Lieferung")


class UniteIn(Schema):
    old: Name
    new: Name
    model_config = example(old="Lieferungen", new="Lieferung")


class UnionOut(Schema):
    """What would happen: `is_rename` when nothing carries the new name yet."""

    old: str
    new: str
    concerns: int
    both: int
    macros: int
    is_rename: bool
    model_config = example(old="Lieferungen", new="Lieferung", concerns=7, both=2, macros=1, is_rename=False)

    @staticmethod
    def of(union: Union) -> UnionOut:
        return UnionOut(**{name: getattr(union, name) for name in UnionOut.model_fields})


def _all(visitor: Visitor) -> Tags:
    return Tags(
        tags=[TagOut.of(one) for one in tag_lines(viewer=visitor.viewer)],
        changes=[TagChangeOut.of(one) for one in tag_changes(viewer=visitor.viewer)],
    )


def _shaping(request: HttpRequest, do: Any) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, Tags]:
        visitor.must(Act.SHAPE_WORK)
        do(visitor)
        return 200, _all(visitor)

    return writing(request, act)


@router.get("", response=Tags)
def list_tags(request: HttpRequest) -> Tags:
    """Every tag that is used or described."""
    with reading(request) as visitor:
        return _all(visitor)


@router.put("", response=Tags)
def describe(request: HttpRequest, told: TagIn) -> HttpResponse:
    """What a tag means, its colour and its group."""
    return _shaping(request, lambda visitor: describe_tag(at=visitor.at, **told.model_dump()))


@router.post("/unite/preview", response=UnionOut)
def preview(request: HttpRequest, told: UniteIn) -> HttpResponse:
    """What would happen; nothing is changed."""
    return writing(
        request, lambda visitor: (200, UnionOut.of(union_of(viewer=visitor.viewer, old=told.old, new=told.new)))
    )


@router.post("/unite", response=Tags)
def unite(request: HttpRequest, told: UniteIn) -> HttpResponse:
    """Rename a tag, or make one of two. Whoever uses the old name means the new one from then on."""

    def do(visitor: Visitor) -> None:
        tag_named(viewer=visitor.viewer, name=told.old)
        unite_tags(old=told.old, new=told.new, by=visitor.me, at=visitor.at)

    return _shaping(request, do)


@router.post("/changes/{change_id}/undo", response=Tags)
def undo(request: HttpRequest, change_id: IdInPath) -> HttpResponse:
    """Two tags again, or the old name."""
    return _shaping(request, lambda visitor: undo_tag_change(change_id=change_id, at=visitor.at))


@router.put("/retired", response=Tags)
def retire(request: HttpRequest, told: TagNamed) -> HttpResponse:
    """Offered no longer; where it stands it stays."""

    def do(visitor: Visitor) -> None:
        retire_tag(name=tag_named(viewer=visitor.viewer, name=told.name).name, by=visitor.me, at=visitor.at)

    return _shaping(request, do)


@router.put("/in-use", response=Tags)
def use_again(request: HttpRequest, told: TagNamed) -> HttpResponse:
    """Offered again."""
    return _shaping(
        request,
        lambda visitor: use_tag_again(name=tag_named(viewer=visitor.viewer, name=told.name).name, at=visitor.at),
    )
