"""What went wrong, as a machine reads it: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from golddraht.conversations.operations import NextTouchRefused, NothingToSay, NotLive, RecipientRefused, StaleAnswer
from golddraht.conversations.queries import NoSuchConversation
from golddraht.conversations.queries.wording import NoSuchModule
from golddraht.customers.queries import NoSuchCustomer

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NoSuchConversation: (404, "There is no such conversation."),
    NoSuchModule: (404, "There is no such text module."),
    NoSuchCustomer: (404, "There is no such customer."),
    StaleAnswer: (409, "The customer wrote again meanwhile."),
    NotLive: (409, "The conversation rests."),
    RecipientRefused: (422, "The answer cannot go to these recipients."),
    NothingToSay: (422, "There is nothing to say."),
    NextTouchRefused: (422, "The next touch cannot be then."),
}


class Problem(Exception):
    """An answer that is an error; `title` is the same for every occurrence of its kind."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {}) | more
    response = HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Every error of the interface has this one form."""
    api.add_exception_handler(Problem, _told)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(HttpError, _other)
    for kind in REFUSALS:
        api.add_exception_handler(kind, _refused)


def _other(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, error.title, error.detail)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    status, title = REFUSALS[type(error)]
    return problem(status, title, "" if status == 404 else str(error))


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"pointer": "/" + "/".join(str(part) for part in one["loc"][1:]), "detail": one["msg"]} for one in error.errors
    ]
    return problem(422, "The request does not have the form that is described.", errors=errors)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(401, "Show a valid token.", "Authorization: Bearer gd_…; tokens are made in the settings.")
    response["WWW-Authenticate"] = 'Bearer realm="Golddraht"'
    return response


def _throttled(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(429, "Too many requests.", "Please wait a minute.")
    response["Retry-After"] = str(error.wait or 60)
    return response
