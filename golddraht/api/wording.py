"""Text modules: reading, making and changing them, and what one says in a concern."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import Id, IdInPath, NumberInPath, example
from golddraht.conversations.operations.wording import bring_back_text_module, keep_text_module, retire_text_module
from golddraht.conversations.queries.wording import Module, NoSuchModule, rendered, text_module_for, text_modules
from golddraht.team.queries import team_named
from golddraht.team.rules import Act, Area

router = Router(tags=["text modules"], auth=Token(Area.CONVERSATIONS))
SHOWN = {"id": 3, "name": "Melden", "short": "melden", "language": "de", "team_name": "", "text": "{anrede} …"}


class ModuleOut(Schema):
    """Words with placeholders; `language` and `team_name` are empty where it serves in all of them."""

    id: int
    name: str
    short: str
    language: str
    team_name: str
    text: str
    model_config = example(**SHOWN)

    @staticmethod
    def of(module: Module) -> ModuleOut:
        return ModuleOut(**{name: getattr(module, name) for name in ModuleOut.model_fields})


class Modules(Schema):
    modules: list[ModuleOut]
    retired: list[ModuleOut]
    model_config = example(modules=[SHOWN], retired=[])


class ModuleIn(Schema):
    """Empty `language` and no `team_id` serve everywhere; without `short` it is made from the name."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    short: Annotated[str, Field(max_length=30)] = ""
    language: Literal["", "de", "en"] = ""
    team_id: Id | None = None
    model_config = example(name="Melden", text="{anrede}\n\nich melde mich {zusage}.", language="de")


class RenderedOut(Schema):
    """The words with everything filled in that is known; `missing` names what stands in braces still."""

    text: str
    missing: list[str]
    model_config = example(text="Guten Tag Gerda Klein, …", missing=[])


@router.get("", response=Modules)
def list_modules(request: HttpRequest) -> Modules:
    """Every text module in use, and those that are out of use."""
    with reading(request) as visitor:
        return _all(visitor)


def _all(visitor: Visitor) -> Modules:
    return Modules(
        modules=[ModuleOut.of(one) for one in text_modules(viewer=visitor.viewer)],
        retired=[ModuleOut.of(one) for one in text_modules(viewer=visitor.viewer, retired=True)],
    )


@router.post("", response={201: ModuleOut})
def add_module(request: HttpRequest, told: ModuleIn) -> HttpResponse:
    """A new text module. 422 for a placeholder that nobody can fill, or a short name that is taken."""
    return writing(request, lambda visitor: (201, _kept(visitor, told)))


@router.put("/{module_id}", response=ModuleOut)
def change_module(request: HttpRequest, module_id: IdInPath, told: ModuleIn) -> HttpResponse:
    """Another wording of one that is in use."""

    def act(visitor: Visitor) -> tuple[int, ModuleOut]:
        if module_id not in {one.id for one in text_modules(viewer=visitor.viewer)}:
            raise NoSuchModule(module_id)
        return 200, _kept(visitor, told, module_id)

    return writing(request, act)


def _kept(visitor: Visitor, told: ModuleIn, module_id: int | None = None) -> ModuleOut:
    visitor.must(Act.SHAPE_WORK)
    if told.team_id is not None:
        team_named(told.team_id)
    kept = keep_text_module(module_id=module_id, by=visitor.me, at=visitor.at, **told.model_dump())
    return ModuleOut.of(text_module_for(viewer=visitor.viewer, module_id=kept.pk))


@router.delete("/{module_id}", response=Modules)
def retire_module(request: HttpRequest, module_id: IdInPath) -> HttpResponse:
    """Nobody is offered it any more; it can be brought back."""

    def act(visitor: Visitor) -> tuple[int, Modules]:
        known = text_module_for(viewer=visitor.viewer, module_id=module_id)
        visitor.must(Act.SHAPE_WORK)
        retire_text_module(module_id=known.id, at=visitor.at)
        return 200, _all(visitor)

    return writing(request, act)


@router.post("/{module_id}/bring-back", response=Modules)
def bring_module_back(request: HttpRequest, module_id: IdInPath) -> HttpResponse:
    """It is offered again. 422 where another one has its short name by now."""

    def act(visitor: Visitor) -> tuple[int, Modules]:
        known = text_module_for(viewer=visitor.viewer, module_id=module_id)
        visitor.must(Act.SHAPE_WORK)
        bring_back_text_module(module_id=known.id)
        return 200, _all(visitor)

    return writing(request, act)


@router.get("/{module_id}/in/{number}", response=RenderedOut)
def render_module(request: HttpRequest, module_id: IdInPath, number: NumberInPath) -> RenderedOut:
    """What the module says in that conversation, in the customer's language."""
    with reading(request) as visitor:
        concern = found(visitor, number)
        said = rendered(viewer=visitor.viewer, number=concern.number, module_id=module_id, at=visitor.at)
        return RenderedOut(text=said.text, missing=list(said.missing))
