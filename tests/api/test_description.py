"""What the description says is complete, has examples that fit, and every refusal has its form."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from golddraht.api import refusals
from golddraht.api.refusals import REFUSALS, Refusal, refusal_of
from golddraht.plumbing import clock
from golddraht.promises.operations import DangerRefused
from tests.api.programs import description, examples_of, operations

ROOMS = ("conversations", "promises", "customers")


def _bodies(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON schema of an operation that is sent or answered, with where it stands."""
    for media, content in told.get("requestBody", {}).get("content", {}).items():
        yield f"sent {media}", content["schema"]
    for status, answer in told["responses"].items():
        for media, content in answer.get("content", {}).items():
            if media.endswith("json"):
                yield f"{status} {media}", content["schema"]


def test_everything_sent_and_answered_is_shown_by_an_example_that_fits() -> None:
    kept = {"components": description()["components"]}
    for operation in operations():
        for where, schema in _bodies(operation.told):
            shown = examples_of(schema)
            assert shown, f"{operation.name}: {where} has no example"
            for example in shown:
                jsonschema.validate(example, schema | kept, format_checker=jsonschema.FormatChecker())


def test_every_operation_says_what_it_does_and_which_scope_it_needs() -> None:
    everything = list(operations())
    assert len(everything) > 50
    for operation in everything:
        assert operation.told["description"].strip(), operation.name
        assert operation.told.get("x-scope") or operation.path == "/me", operation.name


def test_every_write_may_be_named_and_guarded() -> None:
    for operation in operations():
        names = {parameter["name"] for parameter in operation.told["parameters"]}
        assert ({"Idempotency-Key", "If-Match"} <= names) == (operation.method != "get"), operation.name


def test_names_of_operations_are_different() -> None:
    ids = [operation.told["operationId"] for operation in operations()]
    assert len(ids) == len(set(ids))


def _refusals_of(room: str) -> set[type[Exception]]:
    """What the operations and queries of a room can refuse with."""
    found: set[type[Exception]] = set()
    for drawer in ("operations", "queries"):
        package = importlib.import_module(f"golddraht.{room}.{drawer}")
        names = [package.__name__]
        names += [f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(getattr(package, "__path__", []))]
        for name in names:
            module = importlib.import_module(name)
            found |= {
                one
                for _, one in inspect.getmembers(module, inspect.isclass)
                if issubclass(one, Exception) and one.__module__.startswith(f"golddraht.{room}.")
            }
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_of_a_room_has_its_answer(room: str) -> None:
    known = _refusals_of(room)
    assert known, room
    missing = {one for one in known if not any(kind in REFUSALS for kind in one.__mro__)}
    assert missing == set(), f"Add {missing} to {refusals.__name__}.REFUSALS"


def test_names_of_refusals_are_words_with_hyphens_and_each_status_is_one_of_a_refusal() -> None:
    for entry in REFUSALS.values():
        if isinstance(entry, Refusal):
            assert entry.name.replace("-", "").isalpha() and entry.name.islower()
            assert entry.status in {403, 404, 409, 422, 503} and entry.title.endswith(".")


def test_what_came_too_late_collides_and_what_was_wrong_does_not_fit() -> None:
    assert [refusal_of(DangerRefused(reason, "."))[0].status for reason in ("ALREADY", "CHOSEN", "PAST")] == [
        409,
        409,
        422,
    ]


def test_moments_are_told_as_text() -> None:
    from golddraht.conversations.operations import NextTouchRefused

    at = clock.now()
    assert refusal_of(NextTouchRefused(at))[1] == {"latest_at": at.isoformat()}
