"""What the how-tos show works as it stands there: their requests are sent, their program is run."""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from golddraht.programs.rules import headers_for
from golddraht.team.rules import Scope
from tests.api.programs import Program, a_program
from tests.api.scenes import FILES, SCENES, work
from tests.api.shell import HOW_TO, Shell, blocks, lines_of
from tests.cast import Company


def requests_in(page: str) -> list[str]:
    return [one for one in blocks(page, "sh") if one.startswith("curl")]


PAGES = ("programs.md", "telephone.md", "orders.md")
EXAMPLES = [(page, one) for page in PAGES for one in requests_in(page)]
STORIES = ("programs-by-example.md", "clients.md")
"""Pages whose requests build on each other: they are sent one after the other, and what is put into a variable is used later."""
OF_LEADS = {"daily-work.md"}
"""What is the lead's own, and not an admin's."""


@pytest.fixture(autouse=True)
def own_ledger(tmp_path: Path, settings: Any) -> None:
    """Whoever is erased in a how-to is known to no other test: the ledger lies outside of the database, where nothing is rolled back."""
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


def test_there_are_examples_to_run() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=lambda value: str(value)[:12])
def test_a_request_of_a_how_to_is_answered(page: str, example: str, company: Company, office: Program) -> None:
    program = a_program(company.ada, scopes=[Scope.CALLS_WRITE]) if page == "telephone.md" else office
    answer = Shell(_token_of(program)).send(example)

    assert answer.status_code in {200, 201}, answer.content


@pytest.mark.parametrize("page", STORIES)
def test_the_requests_of_a_story_are_answered_one_after_the_other(page: str, company: Company, office: Program) -> None:
    Shell(_token_of(office)).run(page)


@pytest.mark.parametrize("page", SCENES)
def test_what_a_how_to_shows_of_an_answer_is_the_answer(page: str, company: Company) -> None:
    SCENES[page](company)
    program = a_program(company.lea if page in OF_LEADS else company.ada)

    Shell(_token_of(program), FILES, lambda: work(company)).run(page)


@pytest.mark.parametrize("page", SCENES)
def test_every_answer_is_kept_or_shown(page: str) -> None:
    lines = [*lines_of(page), ""]
    assert any(line.startswith("# ") for line in lines)
    silent = [line for line, then in pairwise(lines) if line.startswith("ask") and not then.startswith("# ")]
    assert silent == []


def test_an_answer_that_is_not_as_shown_is_found(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.api.shell.lines_of", lambda page: ["ask $URL/api/v1/customers | jq -r .next", "# 7"])

    with pytest.raises(AssertionError, match="# 7"):
        Shell(_token_of(a_program(company.ada))).run("page")


def _token_of(program: Program) -> str:
    return program.headers["Authorization"].removeprefix("Bearer ")


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


def test_every_address_is_told_in_a_how_to() -> None:
    """Whoever adds an operation tells of it where its reader would look, best with a request that is sent here."""
    from tests.api.programs import operations

    words = told()
    assert {operation.path for operation in operations() if not _is_told(operation.path, words)} == set()


def _is_told(path: str, words: str) -> bool:
    blanks = re.sub(r"\\{\w+\\}", r"[^/\\s`\"?|]+", re.escape(path))
    return re.search(blanks + r"(?![\w/-])", words) is not None
