"""The logo of the company, as its customers see it. For admins."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Self

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Schema
from pydantic import Field, field_validator

from golddraht.api.door import Visitor, reading, writing
from golddraht.api.shapes.fields import example
from golddraht.api.shaping import company
from golddraht.team.operations import put_back_logo, put_up_logo, take_down_logo
from golddraht.team.queries import current_tenant
from golddraht.team.queries.dressing import NoSuchLogo, logo_here
from golddraht.team.rules import Act

__all__ = ["company"]
SQUARE = "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAAEklEQVR42mP4/5+hgZFY9P8/AAyoCwsNFi9HAAAAAElFTkSuQmCC"
LOGO: dict[str, Any] = {"url": "/logo/heizwerk/5f0b8f6b2d6e4c6f9a1d2c3b4a596877/", "width": 720, "height": 180}


class LogoIn(Schema):
    """A PNG, JPEG or WebP file. `says_name`: the company's name can be read in it, so that it need not stand beside it."""

    content: Annotated[str, Field(max_length=700_000, description="The file in base64 (RFC 4648).")]
    says_name: bool = False
    model_config = example(content=SQUARE, says_name=True)

    @field_validator("content")
    @classmethod
    def _is_base64(cls, content: str) -> str:
        try:
            base64.b64decode(content, validate=True)
        except ValueError:
            raise ValueError("This is no base64.") from None
        return content


class LogoOut(Schema):
    """What customers see. `url` is where everybody finds the picture; another one has another address."""

    url: str
    width: int
    height: int
    says_name: bool
    model_config = example(**LOGO, says_name=True)


class LogoHere(Schema):
    """Null while name and initials stand in its place."""

    logo: LogoOut | None
    model_config = example(logo=LOGO | {"says_name": True})

    @classmethod
    def now(cls) -> Self:
        found = logo_here()
        if found is None:
            return cls(logo=None)
        url = reverse("brand_logo", args=[current_tenant().slug, found.digest])
        return cls(logo=LogoOut(url=url, width=found.width, height=found.height, says_name=found.says_name))


@company.get("/logo", response=LogoHere)
def read_logo(request: HttpRequest) -> LogoHere:
    """By which picture customers know the company."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return LogoHere.now()


@company.put("/logo", response=LogoHere)
def change_logo(request: HttpRequest, told: LogoIn) -> HttpResponse:
    """Shown from now on, without anything in the file but the picture; the one before can be put back."""

    def act(visitor: Visitor) -> tuple[int, LogoHere]:
        visitor.must(Act.CONFIGURE)
        put_up_logo(content=base64.b64decode(told.content), says_name=told.says_name, by=visitor.me, at=visitor.at)
        return 200, LogoHere.now()

    return writing(request, act)


@company.delete("/logo", response=LogoHere)
def remove_logo(request: HttpRequest) -> HttpResponse:
    """Name and initials stand in its place again; it can be put back."""

    def act(visitor: Visitor) -> tuple[int, LogoHere]:
        visitor.must(Act.CONFIGURE)
        take_down_logo(at=visitor.at)
        return 200, LogoHere.now()

    return writing(request, act)


@company.post("/logo/put-back", response=LogoHere)
def restore_logo(request: HttpRequest) -> HttpResponse:
    """The one before is shown again, and this one is kept instead."""

    def act(visitor: Visitor) -> tuple[int, LogoHere]:
        visitor.must(Act.CONFIGURE)
        if put_back_logo(at=visitor.at) is None:
            raise NoSuchLogo("before")
        return 200, LogoHere.now()

    return writing(request, act)
