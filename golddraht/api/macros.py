"""Macros: several acts under one name and one key."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.errands import ErrandOut, Numbers, errand_shown, fresh_token, ids_of
from golddraht.api.shapes.fields import Id, IdInPath, example
from golddraht.conversations.operations.macros import bring_back_macro, keep_macro, retire_macro, run_macro
from golddraht.conversations.queries.errands import NoSuchErrand, macro_for, macros
from golddraht.conversations.queries.wording import text_module_for
from golddraht.team.queries import members, team_named
from golddraht.team.rules import Act, Area, Priority

router = Router(tags=["macros"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "id": 2,
    "name": "Lieferung verspätet",
    "key": "1",
    "module_id": 3,
    "asks_whether_solved": False,
    "tags": ["Lieferung"],
    "priority": "HIGH",
    "touch_in_days": 2,
    "team_id": None,
    "to_id": None,
    "note": "",
    "puts_aside": False,
    "is_retired": False,
}


class MacroOut(Schema):
    """What it does; what is empty it does not do. `module_id` is the text module with which it answers."""

    id: int
    name: str
    key: str
    module_id: int | None
    asks_whether_solved: bool
    tags: list[str]
    priority: str
    touch_in_days: int | None
    team_id: int | None
    to_id: int | None
    note: str
    puts_aside: bool
    is_retired: bool
    model_config = example(**SHOWN)

    @staticmethod
    def of(macro: Any) -> MacroOut:
        told = {name: getattr(macro, name) for name in MacroOut.model_fields if name != "is_retired"}
        return MacroOut(is_retired=macro.retired_at is not None, **told)


class Macros(Schema):
    macros: list[MacroOut]
    retired: list[MacroOut]
    model_config = example(macros=[SHOWN], retired=[])


class MacroIn(Schema):
    """A macro; what is left out it does not do."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    key: Literal["", "1", "2", "3", "4", "5", "6", "7", "8", "9"] = ""
    module_id: Id | None = None
    asks_whether_solved: bool = False
    tags: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=12)] = []
    priority: Priority | None = None
    touch_in_days: Annotated[int, Field(ge=1, le=90)] | None = None
    team_id: Id | None = None
    to_id: Id | None = None
    note: Annotated[str, Field(max_length=4000)] = ""
    puts_aside: bool = False
    model_config = example(name="Lieferung verspätet", key="1", module_id=3, tags=["Lieferung"], touch_in_days=2)


class RunIn(Schema):
    """The conversations, by their numbers."""

    conversations: Numbers
    model_config = example(conversations=["10427-1"])


def _kept(visitor: Visitor, told: MacroIn, macro_id: int | None = None) -> MacroOut:
    visitor.must(Act.SHAPE_WORK)
    if told.module_id is not None:
        text_module_for(viewer=visitor.viewer, module_id=told.module_id)
    if told.team_id is not None:
        team_named(told.team_id)
    values = told.model_dump()
    values["to_id"] = told.to_id if told.to_id in {one.pk for one in members()} else None
    return MacroOut.of(keep_macro(macro_id=macro_id, by=visitor.me, at=visitor.at, **values))


def _one(visitor: Visitor, macro_id: int, *, in_use: bool = False) -> Any:
    macro = macro_for(viewer=visitor.viewer, macro_id=macro_id)
    if in_use and macro.retired_at is not None:
        raise NoSuchErrand(macro_id)
    return macro


@router.get("", response=Macros)
def list_macros(request: HttpRequest) -> Macros:
    """Those in use, the ones with a key first, and those that are not."""
    with reading(request) as visitor:
        return Macros(
            macros=[MacroOut.of(one) for one in macros(viewer=visitor.viewer)],
            retired=[MacroOut.of(one) for one in macros(viewer=visitor.viewer, retired=True)],
        )


@router.post("", response={201: MacroOut})
def make_macro(request: HttpRequest, told: MacroIn) -> HttpResponse:
    """A new macro."""
    return writing(request, lambda visitor: (201, _kept(visitor, told)))


@router.put("/{macro_id}", response=MacroOut)
def change_macro(request: HttpRequest, macro_id: IdInPath, told: MacroIn) -> HttpResponse:
    """What it does from now on."""

    def act(visitor: Visitor) -> tuple[int, MacroOut]:
        return 200, _kept(visitor, told, _one(visitor, macro_id, in_use=True).pk)

    return writing(request, act)


@router.delete("/{macro_id}", response=MacroOut)
def retire(request: HttpRequest, macro_id: IdInPath) -> HttpResponse:
    """Out of use; it can be brought back."""

    def act(visitor: Visitor) -> tuple[int, MacroOut]:
        visitor.must(Act.SHAPE_WORK)
        retire_macro(macro_id=_one(visitor, macro_id).pk, at=visitor.at)
        return 200, MacroOut.of(_one(visitor, macro_id))

    return writing(request, act)


@router.post("/{macro_id}/bring-back", response=MacroOut)
def bring_back(request: HttpRequest, macro_id: IdInPath) -> HttpResponse:
    """In use again, unless another one has its name or key by now."""

    def act(visitor: Visitor) -> tuple[int, MacroOut]:
        visitor.must(Act.SHAPE_WORK)
        bring_back_macro(macro_id=_one(visitor, macro_id).pk)
        return 200, MacroOut.of(_one(visitor, macro_id))

    return writing(request, act)


@router.post("/{macro_id}/run", response={201: ErrandOut})
def run(request: HttpRequest, macro_id: IdInPath, told: RunIn) -> HttpResponse:
    """Do what it says to each of these conversations, as one errand. To answer several at once is the leads' to do."""

    def act(visitor: Visitor) -> tuple[int, ErrandOut]:
        macro, ids = _one(visitor, macro_id, in_use=True), ids_of(visitor, told.conversations)
        errand = run_macro(macro_id=macro.pk, conversation_ids=ids, by=visitor.me, token=fresh_token(), at=visitor.at)
        return 201, errand_shown(visitor, errand.pk)

    return writing(request, act)
