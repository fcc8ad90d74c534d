"""Somebody's program with its token, and what the description says of the interface."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from golddraht.team.operations import create_api_token
from golddraht.team.rules import Scope

URL = "/api/v1"


class Program:
    """Asks like a program does: with a token, in JSON."""

    def __init__(self, token: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{URL}{path}", headers=self.headers | _named(headers))

    def post(self, path: str, body: Any = None, key: str = "", **headers: str) -> Any:
        return self.send("post", path, body, **headers, **({"Idempotency_Key": key} if key else {}))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        content = "" if body is None else json.dumps(body)
        ask = getattr(self.client, method.lower())
        return ask(f"{URL}{path}", content, content_type="application/json", headers=self.headers | _named(headers))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def a_program(member: Membership, *, may_write: bool = True, scopes: Iterable[Scope] | None = None) -> Program:
    _, text = create_api_token(name="Shop", member_id=member.pk, may_write=may_write, scopes=scopes, at=clock.now())
    return Program(text)


def of(conversation: Conversation) -> str:
    return f"/conversations/{spoken(conversation.number)}"


@dataclass(frozen=True)
class Operation:
    """One method at one address, as the description tells it."""

    path: str
    method: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def has_a_row(self) -> bool:
        """Whether it names a row, by its id or number."""
        return "_id}" in self.path or "{number}" in self.path

    def example(self) -> Any:
        """A body as the description shows it; None where there is none."""
        content = self.told.get("requestBody", {}).get("content", {}).get("application/json")
        return examples_of(content["schema"])[0] if content else None

    def filled(self, known: dict[str, Any]) -> str:
        """The path with rows of `known` in it."""
        return self.path.format_map(
            {"signal": "ringing", "whose": "own", "language": "de", "version": 1} | known | _as_programs_say(known)
        )


def _as_programs_say(known: dict[str, Any]) -> dict[str, Any]:
    """What has another name, or is written in another way, on the pages."""
    return {
        "kind": "RECEIPT",
        "purpose": "NEWS",
        "way": "EMAIL",
        "key_id": known.get("own_key_id", known.get("key_id", "")),
    }


@cache
def description() -> dict[str, Any]:
    """What everybody may read of the interface."""
    described: dict[str, Any] = Client().get(f"{URL}/openapi.json", headers={"Host": "localhost"}).json()
    return described


def operations() -> Iterator[Operation]:
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            yield Operation(path.removeprefix(URL), method, told)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    found = schema
    while "$ref" in found:
        found = description()["components"]["schemas"][found["$ref"].rpartition("/")[2]]
    return found


def examples_of(schema: dict[str, Any]) -> list[Any]:
    found: list[Any] = resolved(schema).get("examples", [])
    return found
