"""By what a company is known at a glance: its name, initials, colour and logo.

Colours come as a stylesheet, because an inline style would be against our own content policy. An address names its
colours and says nothing about whose they are, so everybody may read it and keep it for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from golddraht.pages.keys import clients
from golddraht.plumbing.files import file_answer
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import Viewer, current_tenant, initials_of, tenant_by_slug
from golddraht.team.queries.dressing import NoSuchLogo, logo_here, logo_with
from golddraht.team.rules import BLACK, DARK, LIGHT, WHITE, colour_of, ink_on, mixed, readable_on

MOST = 100
PANEL = "171a20"
"""What lies behind the words of a page in dark."""
KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Sign:
    """A company and the way to it."""

    name: str
    initials: str
    colour: str
    url: str = ""
    keys: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Speaking:
    """For whom somebody speaks who serves several companies: `viewers` are they in each of them."""

    viewers: list[Viewer]
    signs: list[Sign]
    mark_url: str
    colours_url: str


@dataclass(frozen=True)
class Logo:
    """A company's picture; where it does not say the name, the name stands beside it."""

    url: str
    width: int
    height: int
    says_name: bool


@dataclass(frozen=True)
class Dress:
    """How a company's pages for customers look: its name, sign and logo, and the address of its colours."""

    name: str
    colour: str
    colours_url: str
    mark_url: str
    logo: Logo | None = None


def dress_of_company() -> Dress:
    """Of the company being seen."""
    tenant = current_tenant()
    return dress_in(tenant.name, colour_of(tenant.brand_colour, tenant.pk))


def dress_in(name: str, colour: str) -> Dress:
    """Of the company being seen, tried on with a name and a colour, `1d5fbf`."""
    return Dress(name, colour, url_of_colours([colour]), _url_of_mark(colour, initials_of(name)), logo_of_company())


def logo_of_company() -> Logo | None:
    """Of the company being seen."""
    found = logo_here()
    if found is None:
        return None
    url = reverse("brand_logo", args=[current_tenant().slug, found.digest])
    return Logo(url, found.width, found.height, found.says_name)


def speaking_of(viewer: Viewer, viewers: Sequence[Viewer]) -> Speaking | None:
    """None for somebody who serves one company and cannot mix it up."""
    if len(viewers) < 2:
        return None
    keys = clients(viewers)[1:]
    return Speaking(
        viewers=list(viewers),
        signs=[
            sign_of(one, url=key.url, keys=key.keys, is_here=one.tenant_id == viewer.tenant_id)
            for one, key in zip(viewers, keys, strict=True)
        ],
        mark_url=url_of_mark(viewer),
        colours_url=url_of_colours(one.tenant_colour for one in viewers),
    )


def sign_of(viewer: Viewer, *, url: str = "", keys: str = "", is_here: bool = False) -> Sign:
    return Sign(viewer.tenant_name, viewer.tenant_initials, viewer.tenant_colour, url, keys, is_here)


class Initials:
    """One or two letters or digits in an address."""

    regex = r"\w{1,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Colours:
    """Up to a hundred colours in an address, `1d5fbf-b3261e`; anything else is no page of ours."""

    regex = f"[0-9a-f]{{6}}(?:-[0-9a-f]{{6}}){{0,{MOST - 1}}}"

    def to_python(self, value: str) -> list[str]:
        return value.split("-")

    def to_url(self, value: Iterable[str]) -> str:
        return "-".join(value)


def url_of_colours(colours: Iterable[str]) -> str:
    """Where the classes `brand-…` of these colours are; the same address for the same colours."""
    return reverse("brand", args=[sorted(set(colours))[:MOST]])


@require_safe
def brand(request: HttpRequest, colours: list[str]) -> HttpResponse:
    """`.brand-1d5fbf` gives what stands in it `--brand`, and `--on-brand` that can be read on it."""
    response = HttpResponse("".join(_rules(one) for one in colours), content_type="text/css")
    response.headers["Cache-Control"] = KEPT
    return response


def _rules(colour: str) -> str:
    """A page that is `dressed` in it has links and buttons of that colour, as near to it as they can be read."""
    light, dark = readable_on(LIGHT, colour), readable_on(DARK, colour)
    worn = {
        "accent": (light, dark),
        "accent-strong": (mixed(light, BLACK, 0.15), mixed(dark, WHITE, 0.2)),
        "on-accent": (WHITE, BLACK),
        "chosen": (mixed(WHITE, light, 0.06), mixed(PANEL, dark, 0.08)),
        "accent-edge": (mixed(light, WHITE, 0.7), mixed(dark, BLACK, 0.5)),
    }
    said = " ".join(f"--{name}: light-dark(#{day}, #{night});" for name, (day, night) in worn.items())
    return (
        f".brand-{colour} {{ --brand: #{colour}; --on-brand: #{ink_on(colour)}; }}\n"
        f".dressed.brand-{colour} {{ {said} }}\n"
    )


def url_of_mark(viewer: Viewer) -> str:
    """The icon of a browser's tab, with the colour and the initials of the company."""
    return _url_of_mark(viewer.tenant_colour, viewer.tenant_initials)


def _url_of_mark(colour: str, initials: str) -> str:
    letters = re.sub(r"\W", "", initials)[:2] or "G"
    return reverse("brand_mark", args=[[colour], letters])


@require_safe
def mark(request: HttpRequest, colours: list[str], initials: str) -> HttpResponse:
    """A picture of two letters on the first of the colours."""
    drawn = {"colour": colours[0], "ink": ink_on(colours[0]), "initials": initials}
    response = render(request, "clients/mark.svg", drawn, content_type="image/svg+xml")
    response.headers["Cache-Control"] = KEPT
    return response


@require_safe
def logo(request: HttpRequest, tenant_slug: str, digest: str) -> HttpResponse:
    """A company's picture, for everybody: it is on pages without a door."""
    tenant = tenant_by_slug(tenant_slug)
    if tenant is None:
        raise Http404
    with seeing(tenant.pk, read_only=True):
        try:
            found = logo_with(digest)
        except NoSuchLogo:
            raise Http404 from None
        answer = file_answer(str(found.file.name), filename="logo", content_type=found.content_type, inline=True)
    answer.headers["Cache-Control"] = KEPT
    return answer
