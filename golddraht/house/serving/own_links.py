"""Links that are a customer's alone, kept from whoever else reads what we wrote to them: colleagues, clients, programs.

Whoever has such a link is the customer to us. Queries leave them out where words are looked at; this is the net behind all
doors, for those that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from golddraht.conversations.queries.own_links import instead_of_a_link
from golddraht.ground.keys import without_keys

DOORS = ("/t/", "/clients/", "/client/", "/api/")
SPARED = frozenset({"catcher", "message_source"})
"""The mails of the demo, which stand in for the customers' own mail programs: whoever tries the demo is the customer, too. And a
mail byte for byte, whose query gives one with such a link to admins alone."""
WORDS = ("text/", "application/json", "application/problem+json")


def keeping_own_links(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whatever comes out of these doors in words has no link in it that is a customer's alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(DOORS) and isinstance(response, HttpResponse) and _has_words(request, response):
            _leave_out(response)
        return response

    return middleware


def _has_words(request: HttpRequest, response: HttpResponse) -> bool:
    place = request.resolver_match.url_name if request.resolver_match else ""
    return place not in SPARED and response.headers.get("Content-Type", "").startswith(WORDS)


def _leave_out(response: HttpResponse) -> None:
    content = response.content
    if not any(sign in content for sign in (b"/k/", b"/my/", b"%2Fk%2F", b"%2Fmy%2F", b"%2fk%2f", b"%2fmy%2f")):
        return
    told = content.decode(response.charset)
    with translation.override(response.headers.get("Content-Language") or translation.get_language()):
        kept = without_keys(told, instead_of_a_link())
    if kept != told:
        response.content = kept.encode(response.charset)
