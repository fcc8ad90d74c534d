"""What went wrong, as a machine reads it: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from golddraht.api.refusals import REFUSALS, refusal_of

MEDIA_TYPE = "application/problem+json"
UNTOLD = (404, 503)
"""What is not there, and what only an operator is to read, is not told in words."""
NAMES = {400: "not-understood", 404: "not-found", 405: "no-such-method", 413: "too-large"}


class Problem(Exception):
    """An answer that is an error; `name` and `title` are the same for every occurrence of its kind."""

    def __init__(self, status: int, name: str, title: str, detail: str = "", **headers: str) -> None:
        super().__init__(title)
        self.status, self.name, self.title, self.detail, self.headers = status, name, title, detail, headers


def problem(status: int, name: str, title: str, detail: str = "", **more: Any) -> HttpResponse:
    body = {"type": f"urn:golddraht:problem:{name}", "title": title, "status": status}
    body |= ({"detail": detail} if detail else {}) | more
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Every error of the interface has this one form."""
    api.add_exception_handler(Problem, _told)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(DataError, _beyond)
    for kind in REFUSALS:
        api.add_exception_handler(kind, _refused)


def _other(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, NAMES.get(error.status_code, "refused"), str(error))


def _too_big(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(413, NAMES[413], "The request is larger than 30 MB.")


def _beyond(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, "out-of-range", "A value is larger than can be kept.")


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(error.status, error.name, error.title, error.detail)
    for header, value in error.headers.items():
        response[header.replace("_", "-")] = value
    return response


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    refusal, more = refusal_of(error)
    return problem(refusal.status, refusal.name, refusal.title, "" if refusal.status in UNTOLD else str(error), **more)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"pointer": "/" + "/".join(str(part) for part in one["loc"][1:]), "detail": one["msg"]} for one in error.errors
    ]
    return problem(422, "not-as-described", "The request does not have the form that is described.", errors=errors)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(
        401, "no-token", "Show a valid token.", "Authorization: Bearer gd_…; tokens are made in the settings."
    )
    response["WWW-Authenticate"] = 'Bearer realm="Golddraht"'
    return response


def _throttled(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(429, "too-many-requests", "Too many requests.", "Please wait as Retry-After says.")
    response["Retry-After"] = str(int(error.wait or 60))
    return response
