"""Programs do to many concerns what the pages can: by hand, by macro, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.conversations.models import Conversation, Draft
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.ground.numbers import spoken
from golddraht.plumbing.clock import now
from tests.api.programs import a_program
from tests.cast import Company, a_conversation, bjoern
from tests.mails import a_mailbox


@pytest.fixture
def two(company: Company) -> list[str]:
    a_mailbox()
    concerns = [a_conversation(at=now()), a_conversation(customer=bjoern(), at=now())]
    return [spoken(one.number) for one in concerns]


def tags() -> list[list[str]]:
    return list(Conversation.objects.order_by("pk").values_list("tags", flat=True))


def test_an_errand_is_begun_looked_at_and_undone(company: Company, two: list[str]) -> None:
    program = a_program(company.nina)
    told = {"name": "Sortieren", "conversations": two, "acts": {"tags": ["Lieferung"], "priority": "HIGH"}}

    made = program.post("/errands", told)
    assert made.status_code == 201 and made.json()["done"] == 2 and tags() == [["Lieferung"]] * 2

    undone = program.post(f"/errands/{made.json()['id']}/undo").json()
    assert (undone["undone"], undone["is_undoing"]) == (2, True) and tags() == [[], []]
    looked_at = program.get(f"/errands/{made.json()['id']}").json()
    assert (looked_at["undone"], looked_at["is_over"], looked_at["left"]) == (2, True, [])


def test_the_same_request_twice_is_one_errand(company: Company, two: list[str]) -> None:
    program = a_program(company.nina)
    told = {"name": "Sortieren", "conversations": two, "acts": {"note": "Bitte Tour 7."}}

    first, again = (program.post("/errands", told, key="eins").json() for _ in range(2))

    assert first == again


def test_a_macro_is_made_run_retired_and_brought_back(company: Company, two: list[str]) -> None:
    module = keep_text_module(name="Wir melden uns", text="{anrede} wir melden uns.", by=None, at=now())
    program = a_program(company.lea)
    made = program.post("/macros", {"name": "Melden", "key": "1", "module_id": module.pk, "tags": ["gemeldet"]}).json()

    run = program.post(f"/macros/{made['id']}/run", {"conversations": two}).json()
    assert run["done"] == 2 and tags() == [["gemeldet"]] * 2
    assert Draft.objects.filter(leaves_at__gt=now() - timedelta(seconds=1)).count() == 2
    program.post(f"/errands/{run['id']}/undo")
    assert not Draft.objects.exists()

    assert program.send("delete", f"/macros/{made['id']}").json()["is_retired"]
    assert program.post(f"/macros/{made['id']}/run", {"conversations": two}).status_code == 404
    assert not program.post(f"/macros/{made['id']}/bring-back").json()["is_retired"]
    assert program.send("put", f"/macros/{made['id']}", {"name": "Melden", "note": "x"}).json()["tags"] == []
    assert [one["name"] for one in program.get("/macros").json()["macros"]] == ["Melden"]


@pytest.mark.parametrize(
    ("acts", "status"),
    [({}, 422), ({"to_id": 4711}, 422), ({"team_id": 4711}, 404), ({"into": "99-9"}, 404), ({"text": "Hallo"}, 403)],
)
def test_what_cannot_be_is_refused(company: Company, two: list[str], acts: dict[str, object], status: int) -> None:
    told = {"name": "Probe", "conversations": two, "acts": acts}

    assert a_program(company.nina).post("/errands", told).status_code == status


def test_only_leads_shape_macros(company: Company, two: list[str]) -> None:
    assert a_program(company.nina).post("/macros", {"name": "M", "note": "x"}).status_code == 403
