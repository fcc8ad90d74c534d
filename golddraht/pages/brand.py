"""The colours of companies, as a stylesheet: an inline style would be against our own content policy.

An address names its colours and says nothing about whose they are, so everybody may read it and keep it for ever.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from golddraht.team.rules import ink_on

MOST = 100


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
    rules = (f".brand-{one} {{ --brand: #{one}; --on-brand: #{ink_on(one)}; }}\n" for one in colours)
    response = HttpResponse("".join(rules), content_type="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
