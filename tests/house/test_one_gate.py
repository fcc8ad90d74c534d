"""Nothing leaves past the gate: whoever makes what leaves stands here, and how the gate is in its way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import golddraht

HOUSE = Path(golddraht.__file__).parent

MAKERS = {
    # A row for each recipient, of the class and with the permission of its message; the database compares them.
    "Delivery": {"channels/operations/queueing.py"},
    # Its class comes from the permission; without one it is service.
    "say": {
        "conversations/operations/writing.py",
        "conversations/operations/asking.py",  # Questions to third parties.
        "conversations/operations/opting_in.py",  # The question whether they want it: service, without a word of advertising.
        "improvement/operations/telling.py",  # That what they reported is mended.
    },
    # The only proof that the gate was passed; the database takes nothing but service without it.
    "Permission": {"consent/operations/gate.py"},
    # Mails without a concern ask the gate where they are made.
    "plain_dispatch": {"access/operations/mailing.py"},
}


def calls(name: str) -> Iterator[str]:
    """The files in which something of this name is made or called, an own `objects.create` included."""
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.Call) and _called(node.func) == name for node in ast.walk(tree)):
            yield path.relative_to(HOUSE).as_posix()


def _called(func: ast.expr) -> str:
    if isinstance(func, ast.Name):
        return func.id
    is_created = isinstance(func, ast.Attribute) and func.attr in {"create", "bulk_create", "get_or_create"}
    if is_created and isinstance(func.value, ast.Attribute) and isinstance(func.value.value, ast.Name):  # type: ignore[attr-defined]  # As just asked.
        return func.value.value.id  # type: ignore[attr-defined]  # As just asked.
    return ""


def test_whoever_makes_what_leaves_is_known_here() -> None:
    assert {name: set(calls(name)) for name in MAKERS} == MAKERS


def test_our_words_are_written_in_one_place() -> None:
    """Where old history is kept (`receiving`) nothing leaves: only `MessageWritten` queues a delivery."""
    made = {path for path in calls("Message") if "Direction.OUT" in (HOUSE / path).read_text(encoding="utf-8")}
    assert made == {"conversations/operations/writing.py", "conversations/operations/receiving.py"}
    assert "MessageWritten" not in (HOUSE / "conversations/operations/receiving.py").read_text(encoding="utf-8")


def test_only_codes_and_alarms_are_posted_without_a_delivery() -> None:
    """A code passes the gate as service; an alarm goes to our own admins, never to a customer."""
    posting = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if re.search(
            r"from golddraht\.channels\.carriers\.smtp(?:\.posting)? import [^\n]*\bpost\b",
            path.read_text(encoding="utf-8"),
        )
    }
    assert posting - {"channels/carriers/smtp/__init__.py"} == {
        "access/sending.py",
        "channels/carriers/smtp/telling.py",
    }


def test_plain_mail_asks_the_gate() -> None:
    made = (HOUSE / "channels/operations/plain_mail.py").read_text(encoding="utf-8")
    assert "may_leave(" in made and "State.REFUSED" in made
