"""Reading requests: what PostgreSQL and mail cannot carry is refused before anybody looks at it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

DEEPEST = 20


class StrictParser(Parser):
    """JSON without signs that are no text: NUL, and halves of a pair of surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = json.loads(request.body, parse_constant=_refuse_constant)
        _refuse_unspeakable(found)
        return found

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        assert isinstance(data, QueryDict | MultiValueDict)
        _refuse_unspeakable(dict(data.lists()))
        return super().parse_querydict(data, list_fields, request)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _refuse_unspeakable(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise HttpError(400, "The request is nested too deeply.")
    if isinstance(value, str):
        _refuse_text(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_text(str(key))
            _refuse_unspeakable(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _refuse_unspeakable(inner, depth + 1)


def _refuse_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise HttpError(400, "A text holds a sign that is none: NUL, or half of a surrogate pair.")
