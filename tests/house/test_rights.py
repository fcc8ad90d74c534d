"""Every page and every operation, tried by everybody: nobody, an agent, one of another team, a lead, an admin, a stranger.

What is expected stands in one table (`rights.py`). What is done is undone at once, so that everybody finds the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from golddraht.api import limits
from golddraht.house.serving.live import watchers_of
from golddraht.plumbing import clock
from golddraht.team.models import Membership, User
from golddraht.team.operations import form_team, invite
from golddraht.team.operations.clients import seat_client
from golddraht.team.rules import Role, Scope
from tests.api.programs import URL, Operation, Program, a_program, operations
from tests.cast import Company
from tests.house import rights
from tests.house.test_reach_across import SAID, WORKSPACE, Address, Known, addresses, ours, theirs, untouched

__all__ = ["ours", "theirs", "untouched"]
NO_SUCH_METHOD = 405
ALLOWED = {200, 201, 204, 302, 303, 304, 400, 404, 405, 409, 410, 412, 422}
"""Whatever is answered to somebody who may be here: the row may be another one than the form wants."""


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def uli(ours: Known, company: Company) -> Membership:
    """An agent who sits in another team."""
    member = invite(
        tenant_id=company.tenant.pk,
        email="uli@anderes-team.example",
        name="Uli Ott",
        role=Role.AGENT,
        password="ein langes Kennwort 4711",
        languages=("de",),
    )
    with company.seen():
        form_team(name="Technik", lead=member, members=[member], hours=[(0, time(8), time(12))])
    return member


@pytest.fixture
def everybody(company: Company, uli: Membership) -> list[tuple[str, Client]]:
    """Everybody who works here, with their role."""
    people = [
        (rights.AGENT, company.nina),
        (rights.AGENT, uli),
        (rights.LEAD, company.lea),
        (rights.ADMIN, company.ada),
    ]
    return [(role, _signed_in(member)) for role, member in people]


def _signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def _each_way(client: Client, path: str) -> dict[str, int]:
    found = {}
    for name, ask in {"GET": client.get, "POST": lambda to: client.post(to, SAID)}.items():
        with undone():
            found[name] = ask(path).status_code
    return found


# Pages


def test_every_page_stands_in_the_table_once_and_nothing_else_does() -> None:
    names = {address.name for address in addresses(WORKSPACE)}
    told = [name for names_of in rights.PAGES.values() for name in names_of.split()]
    assert len(told) == len(set(told))
    assert set(told) == names


def test_everybody_may_open_what_the_table_says_and_nothing_else(ours: Known, everybody: list[Any]) -> None:
    for address in addresses(WORKSPACE):
        for role, client in everybody:
            answers = _each_way(client, address.filled(ours, slug="heizwerk"))
            _check(address, role, answers)


def _check(address: Address, role: str, answers: dict[str, int]) -> None:
    tried = {status for status in answers.values() if status != NO_SUCH_METHOD}
    if rights.may(role, rights.role_for(address.name)):
        assert tried <= ALLOWED and tried, (address, role, answers)
    else:
        assert tried == {403}, (address, role, answers)


def test_an_admin_of_another_company_and_nobody_find_no_page(ours: Known, theirs: Company) -> None:
    stranger = _signed_in(theirs.ada)
    for address in addresses(WORKSPACE):
        path = address.filled(ours, slug="heizwerk")
        assert set(_each_way(stranger, path).values()) <= {404, NO_SUCH_METHOD}, address
        assert set(_each_way(Client(), path).values()) <= {302, NO_SUCH_METHOD}, address


# The client's own view

CLIENTS = "client/<slug:tenant_slug>/"


def _seated(company: Company, email: str) -> Client:
    user = User.objects.create_user(email, "ein langes Kennwort 4711", name="Karla Heinz")
    with company.seen():
        seat_client(user=user, name="Karla Heinz", at=clock.now())
    browser = Client()
    browser.force_login(user)
    return browser


def test_every_page_for_clients_stands_in_the_table() -> None:
    assert {address.name for address in addresses(CLIENTS)} == set(rights.CLIENT_PAGES.split())


def test_a_client_looks_at_their_own_view_and_at_no_page_of_the_workspace(ours: Known, company: Company) -> None:
    karla = _seated(company, "karla@heizwerk.example")
    for address in addresses(CLIENTS):
        assert _each_way(karla, address.filled(ours, slug="heizwerk")) == {"GET": 200, "POST": NO_SUCH_METHOD}, address
    for address in addresses(WORKSPACE):
        answers = _each_way(karla, address.filled(ours, slug="heizwerk"))
        assert set(answers.values()) <= {404, NO_SUCH_METHOD}, (address, answers)
    assert karla.get("/clients/")["Location"] == "/"
    assert karla.get("/live/").status_code == 204  # No line, and no asking again.


def test_nobody_else_gets_into_the_clients_view(ours: Known, theirs: Company, everybody: list[Any]) -> None:
    strangers = [
        ("stranger", _signed_in(theirs.ada)),
        ("client of another", _seated(theirs, "kurt@moebelhaus.example")),
    ]
    for address in addresses(CLIENTS):
        path = address.filled(ours, slug="heizwerk")
        for role, client in [*everybody, *strangers]:
            assert _each_way(client, path) == {"GET": 404, "POST": NO_SUCH_METHOD}, (address, role)
        assert _each_way(Client(), path) == {"GET": 302, "POST": NO_SUCH_METHOD}, address


def test_a_client_can_have_no_token_and_no_live_line(ours: Known, company: Company) -> None:
    karla = _seated(company, "karla@heizwerk.example")
    key = str(karla.session.session_key)
    assert watchers_of(session_key=key, slug="heizwerk") == watchers_of(session_key=key, slug="") == ()
    for operation in operations():
        status = getattr(karla, operation.method)(f"{URL}{operation.filled(ours)}").status_code
        assert status == 401 or by_link(operation), (operation.name, status)


# The interface


@pytest.fixture
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 1_000_000)
    cache.clear()


def _asked(program: Program, operation: Operation, known: Known) -> Any:
    body = json.dumps(operation.example() or {})
    more = {} if operation.method == "get" else {"data": body, "content_type": "application/json"}
    ask: Callable[..., Any] = getattr(program.client, operation.method)
    with undone():
        return ask(f"{URL}{operation.filled(known)}{_query(operation, known)}", headers=program.headers, **more)


def _query(operation: Operation, known: Known) -> str:
    """What the few operations need that cannot be asked without."""
    times = {"starts_at": "2031-01-01T00:00:00Z", "ends_at": "2031-01-02T00:00:00Z"}
    needed = times | {"q": "ofen", "call_id": "c9", "customer_id": known["customer_id"]}
    names = [one["name"] for one in operation.told["parameters"] if one["in"] == "query" and one["required"]]
    return "?" + "&".join(f"{name}={needed[name]}" for name in names) if names else ""


def by_link(operation: Operation) -> bool:
    """Opened by a token in the link, and by no other: see `tests/api/test_calls.py`."""
    return operation.path == "/calls/{signal}"


def test_every_operation_has_its_area_and_the_scope_that_the_description_tells() -> None:
    for operation in operations():
        told = operation.told.get("x-scope", "")
        assert told == rights.scope_for(operation.path, operation.method), operation.name
    assert {one.name for one in operations()} >= rights.FROM_LEAD_ON | rights.FOR_ADMINS


@pytest.mark.usefixtures("_unlimited")
def test_the_interface_does_for_a_role_what_the_table_says(ours: Known, company: Company, uli: Membership) -> None:
    programs = [
        (rights.AGENT, a_program(company.nina)),
        (rights.AGENT, a_program(uli)),
        (rights.LEAD, a_program(company.lea)),
        (rights.ADMIN, a_program(company.ada)),
    ]
    for operation in operations():
        lowest = rights.lowest_role_for(operation.name)
        for role, program in programs:
            if not by_link(operation):
                status = _asked(program, operation, ours).status_code
                allowed = ALLOWED if rights.may(role, lowest) else {403, 404}
                is_anothers = operation.name in rights.WHOSE_IT_IS and role == rights.AGENT
                assert status in allowed or (is_anothers and status == 403), (operation.name, role, status)


@pytest.mark.usefixtures("_unlimited")
def test_a_token_opens_what_its_scope_says_and_nothing_else(ours: Known, company: Company) -> None:
    by_scope = {scope: a_program(company.ada, scopes=[scope]) for scope in Scope}
    for operation in operations():
        wanted = rights.scope_for(operation.path, operation.method)
        for scope, program in by_scope.items():
            if wanted and not by_link(operation):
                status = _asked(program, operation, ours).status_code
                assert status in (ALLOWED if scope == wanted else {403}), (operation.name, scope, status)


@pytest.mark.usefixtures("_unlimited")
def test_another_companys_program_and_none_find_no_row(ours: Known, theirs: Company) -> None:
    with theirs.seen():
        strange = a_program(theirs.ada)
    for operation in operations():
        if operation.has_a_row:
            assert _asked(strange, operation, ours).status_code == 404, operation.name
        assert _asked(Program("gd_none"), operation, ours).status_code == 401, operation.name
