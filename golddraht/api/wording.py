"""Text modules: reading them, and what one says in a concern."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from golddraht.api.concerns import found
from golddraht.api.door import Token, reading
from golddraht.api.shapes.fields import IdInPath, NumberInPath, example
from golddraht.conversations.queries.wording import Module, rendered, text_modules
from golddraht.team.rules import Area

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

    @staticmethod
    def of(module: Module) -> ModuleOut:
        return ModuleOut(**{name: getattr(module, name) for name in ModuleOut.model_fields})


class Modules(Schema):
    modules: list[ModuleOut]
    model_config = example(modules=[SHOWN])


class RenderedOut(Schema):
    """The words with everything filled in that is known; `missing` names what stands in braces still."""

    text: str
    missing: list[str]
    model_config = example(text="Guten Tag Gerda Klein, …", missing=[])


@router.get("", response=Modules)
def list_modules(request: HttpRequest) -> Modules:
    """Every text module in use."""
    with reading(request) as visitor:
        return Modules(modules=[ModuleOut.of(one) for one in text_modules(viewer=visitor.viewer)])


@router.get("/{module_id}/in/{number}", response=RenderedOut)
def render_module(request: HttpRequest, module_id: IdInPath, number: NumberInPath) -> RenderedOut:
    """What the module says in that conversation, in the customer's language."""
    with reading(request) as visitor:
        concern = found(visitor, number)
        said = rendered(viewer=visitor.viewer, number=concern.number, module_id=module_id, at=visitor.at)
        return RenderedOut(text=said.text, missing=list(said.missing))
