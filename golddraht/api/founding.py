"""Companies that this one serves: founding them, taking an empty one back, opening it again. For admins.

The first admin besides the token's member is invited on the pages: the link of an invitation is for one person's eyes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import example
from golddraht.api.shaping import Hours, spans_in
from golddraht.privacy.operations import take_back_empty_company
from golddraht.team.operations import ClientWish, found_client, open_client_again
from golddraht.team.queries.companies import FoundedCompany, founded_companies, founded_company_named
from golddraht.team.rules import LONGEST_SLUG, Act, Area

router = Router(tags=["team"], auth=Token(Area.TEAM))
Slug = Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$")]
SHOWN: dict[str, Any] = {
    "slug": "heizwerk-graz",
    "name": "Heizwerk Graz",
    "founded_by": "Ada Dorn",
    "founded_at": "2026-11-16T09:00:00Z",
    "taken_back_at": None,
}


class CompanyFounded(Schema):
    """A company that was founded from here. `slug` stands in its addresses; a token for it is made in its own settings."""

    slug: str
    name: str
    founded_by: str
    founded_at: datetime
    taken_back_at: datetime | None
    model_config = example(**SHOWN)

    @staticmethod
    def of(one: FoundedCompany) -> CompanyFounded:
        return CompanyFounded(
            slug=one.slug,
            name=one.name,
            founded_by=one.by_name,
            founded_at=one.founded_at,
            taken_back_at=one.taken_back_at,
        )


class CompaniesFounded(Schema):
    companies: list[CompanyFounded]
    model_config = example(companies=[SHOWN])


class CompanyWish(Schema):
    """Without `slug` it is made of the name. The token's member is its first admin and leads its first team."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    slug: Annotated[str, Field(max_length=LONGEST_SLUG)] = ""
    language: Literal["de", "en"] = "de"
    country: Literal["DE", "AT", "CH"] = "DE"
    state: Annotated[str, Field(max_length=20)] = ""
    brand_colour: Annotated[str, Field(max_length=7)] = ""
    team: Annotated[str, Field(min_length=1, max_length=80)] = "Service"
    hours: Hours
    model_config = example(
        name="Heizwerk Graz", country="AT", state="6", brand_colour="#1b7f4b", hours=["MO 08:00-17:00"]
    )

    @property
    def wish(self) -> ClientWish:
        same = ("name", "slug", "language", "country", "state", "brand_colour", "team")
        return ClientWish(**{one: getattr(self, one) for one in same}, hours=spans_in(self.hours))


@router.get("", response=CompaniesFounded)
def list_companies(request: HttpRequest) -> CompaniesFounded:
    """The newest first; those that were taken back as well."""
    with reading(request) as visitor:
        visitor.must(Act.FOUND)
        return CompaniesFounded(companies=[CompanyFounded.of(one) for one in founded_companies(viewer=visitor.viewer)])


@router.post("", response={201: CompanyFounded})
def found_company(request: HttpRequest, told: CompanyWish) -> HttpResponse:
    """From this moment on it can be worked in; mail arrives once it has a mailbox."""

    def act(visitor: Visitor) -> tuple[int, CompanyFounded]:
        visitor.must(Act.FOUND)
        founded = found_client(wish=told.wish, by=visitor.me, at=visitor.at)
        return 201, _shown(visitor, founded.tenant.slug)

    return writing(request, act)


@router.post("/{company_slug}/take-back", response=CompanyFounded)
def take_company_back(request: HttpRequest, company_slug: Slug) -> HttpResponse:
    """Shuts all its doors while it is empty: refused with `company-in-use` where something of anybody is in it."""

    def act(visitor: Visitor) -> tuple[int, CompanyFounded]:
        visitor.must(Act.FOUND)
        company = founded_company_named(company_slug, viewer=visitor.viewer)
        take_back_empty_company(founding_id=company.founding_id, at=visitor.at)
        return 200, _shown(visitor, company_slug)

    return writing(request, act)


@router.post("/{company_slug}/open-again", response=CompanyFounded)
def open_company_again(request: HttpRequest, company_slug: Slug) -> HttpResponse:
    """It is as it was when it was taken back."""

    def act(visitor: Visitor) -> tuple[int, CompanyFounded]:
        visitor.must(Act.FOUND)
        company = founded_company_named(company_slug, viewer=visitor.viewer)
        open_client_again(founding_id=company.founding_id, at=visitor.at)
        return 200, _shown(visitor, company_slug)

    return writing(request, act)


def _shown(visitor: Visitor, slug: str) -> CompanyFounded:
    return CompanyFounded.of(founded_company_named(slug, viewer=visitor.viewer))
