"""What the how-tos show works as it stands there: their requests are sent, their program is run."""

from __future__ import annotations

import json
import re
import shlex
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from golddraht.plumbing import clock
from golddraht.programs.rules import headers_for
from golddraht.team.rules import Scope
from tests.api.programs import Program, a_program
from tests.cast import Company
from tests.house.reference import REPOSITORY

HOW_TO = REPOSITORY / "docs" / "how-to"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(page: str, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall((HOW_TO / page).read_text()) if kind == language]


def requests_in(page: str) -> list[str]:
    return [one for one in blocks(page, "sh") if one.startswith("curl")]


PAGES = ("programs.md", "telephone.md", "orders.md")
EXAMPLES = [(page, one) for page in PAGES for one in requests_in(page)]
STORIES = ("programs-by-example.md", "clients.md")
"""Pages whose requests build on each other: they are sent one after the other, and what is put into a variable is used later."""
CAUGHT = re.compile(r"(?P<name>[A-Z]+)=\$\((?P<command>.*?)(?: \| jq -r (?P<path>\S+))?\)")
IN_DAYS = re.compile(r"date -d '\+(\d+) days' \+(\S+)")


def test_there_are_examples_to_run() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=lambda value: str(value)[:12])
def test_a_request_of_a_how_to_is_answered(page: str, example: str, company: Company, office: Program) -> None:
    program = a_program(company.ada, scopes=[Scope.CALLS_WRITE]) if page == "telephone.md" else office
    answer = _sent(example, program.headers["Authorization"].removeprefix("Bearer "))

    assert answer.status_code in {200, 201}, answer.content


@pytest.mark.parametrize("page", STORIES)
def test_the_requests_of_a_story_are_answered_one_after_the_other(page: str, company: Company, office: Program) -> None:
    known = {"TOKEN": office.headers["Authorization"].removeprefix("Bearer "), "URL": ""}
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            if not line.startswith(("alias", "golddraht")):
                _done(line, known)


def _done(line: str, known: dict[str, str]) -> None:
    caught = CAUGHT.fullmatch(line)
    command = caught["command"] if caught else line
    if day := IN_DAYS.fullmatch(command):
        assert caught
        known[caught["name"]] = (clock.now() + timedelta(days=int(day[1]))).strftime(day[2])
        return
    answer = _sent(re.sub(r"\$([A-Z]+)", lambda found: known[found[1]], command), known["TOKEN"])
    assert answer.status_code in {200, 201}, (line, answer.content)
    if caught:
        known[caught["name"]] = str(_picked(answer.json(), caught["path"]))


def _picked(answer: Any, path: str) -> Any:
    """As jq does: `.moves[0].id`."""
    for name, place in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        answer = answer[name] if name else answer[int(place)]
    return answer


def _sent(example: str, token: str) -> Any:
    words = shlex.split(example.replace("\\\n", " ").replace("$TOKEN", token).replace("$URL", ""))
    headers, method, body, path = {}, "", "", ""
    if words[0] == "ask":
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    at = iter(words[1:])
    for word in at:
        if word == "-H":
            name, _, value = next(at).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = next(at)
        elif word == "-d":
            body = next(at)
        else:
            path = word
    method = method or ("POST" if body else "GET")
    kind = headers.pop("Content-Type", "")
    more = {"data": body, "content_type": kind} if method != "GET" else {}
    return getattr(Client(), method.lower())(path, headers=headers, **more)


def test_the_link_of_the_how_to_for_telephones_is_one_of_ours(company: Company) -> None:
    (link,) = [line for line in (HOW_TO / "telephone.md").read_text().splitlines() if line.startswith("https://")]
    token = a_program(company.ada, scopes=[Scope.CALLS_WRITE]).headers["Authorization"].removeprefix("Bearer ")
    path = link.removeprefix("https://care.example.org").replace("token=gd_…", f"token={token}").replace("…", "1")

    assert Client().get(path).json()["state"] == "RINGING"


def test_the_program_that_checks_a_signature_does() -> None:
    (program,) = blocks("webhooks.md", "python")
    found: dict[str, Any] = {}
    exec(compile(program, "webhooks.md", "exec"), found)
    (message,) = blocks("webhooks.md", "json")
    secret, body = "whsec_" + "QUJD" * 11, message.strip()
    assert json.loads(body)["type"] == "promise.endangered"
    good = headers_for(secrets=[secret], message_id="evt_1", timestamp=int(time.time()), body=body)

    assert found["is_ours"](secret, good, body.encode())
    assert not found["is_ours"](secret, good, body.encode() + b" ")
    assert not found["is_ours"](secret, good | {"webhook-timestamp": "1"}, body.encode())
    assert not found["is_ours"]("whsec_QUJD", good, body.encode())


def test_pages_name_only_what_the_description_names() -> None:
    from tests.api.programs import operations

    known = {operation.path for operation in operations()}
    for page in PAGES:
        for path in re.findall(r"/api/v1(/[a-z/{}_-]+[a-z}])", Path(HOW_TO / page).read_text()):
            assert path in known or path in {"/openapi", "/calls/ringing"}, (page, path)


def told() -> str:
    return "\n".join(page.read_text() for page in sorted(HOW_TO.glob("*.md")))


def test_what_no_how_to_tells_of_is_known() -> None:
    """Whoever adds an operation tells of it, or puts it on the list below; whoever tells of one takes it off."""
    from tests.api.programs import operations

    words = told()
    silent = {path for path in {operation.path for operation in operations()} if not _is_told(path, words)}
    assert silent == set(UNTOLD)


def _is_told(path: str, words: str) -> bool:
    blanks = re.sub(r"\\{\w+\\}", r"[^/\\s`\"?|]+", re.escape(path))
    return re.search(blanks + r"(?![\w/-])", words) is not None


UNTOLD = [
    "/conversations/{number}/split",
    "/customers/{customer_id}/consents/ask",
    "/customers/{customer_id}/consents/ground",
    "/customers/{customer_id}/consents/{act_id}/reading",
    "/customers/{customer_id}/copies/{copy_id}/file",
    "/customers/{customer_id}/leave",
    "/disturbances",
    "/doubts/{doubt_id}/reopen",
    "/doubts/{doubt_id}/settle",
    "/erasures/{erasure_id}",
    "/filters/{filter_id}/inherit",
    "/households/{household_id}",
    "/imports/{import_id}/bad-rows/leave",
    "/imports/{import_id}/bad-rows/let-in",
    "/imports/{import_id}/bad-rows/without",
    "/imports/{import_id}/take-over",
    "/imports/{import_id}/undo",
    "/keys/known",
    "/keys/look-again",
    "/keys/own",
    "/keys/{whose}/{key_id}",
    "/keys/{whose}/{key_id}/restore",
    "/keys/{whose}/{key_id}/retire",
    "/leading/escalations/{escalation_id}/hand-on",
    "/leading/escalations/{escalation_id}/take",
    "/leading/quiet-reviews",
    "/mail/undelivered/{delivery_id}/again",
    "/merges/proposed/{resemblance_id}/reopen",
    "/merges/proposed/{resemblance_id}/settle",
    "/messages/{message_id}/html",
    "/messages/{message_id}/source",
    "/problems/{problem_id}/letters/stop",
]
"""Addresses that stand in the description alone."""
