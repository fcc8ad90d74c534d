"""Companies, households and keys for sealed mail, by programs."""

from __future__ import annotations

from typing import Any

import pytest

from golddraht.channels.models import KnownKey
from golddraht.plumbing import clock
from tests.api.programs import Program, a_program
from tests.cast import Company, bjoern, valentina
from tests.sealing import AT, PETRA


def body_of(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def test_people_join_a_company_in_a_role_and_leave_it(company: Company, shop: Program) -> None:
    one, other = valentina().pk, bjoern().pk

    for customer_id, role in ((one, "Einkauf"), (other, "Hausmeister")):
        told = {"company": "Moser Bau", "role": role}
        joined = body_of(shop.post(f"/customers/{customer_id}/belongings", told), 201)
    [moser] = body_of(shop.get("/companies"))["companies"]

    assert [(there["name"], there["role"]) for there in moser["people"]] == [
        ("Valentina Moser", "Einkauf"),
        ("Björn Petersen", "Hausmeister"),
    ]
    assert joined["belongings"][0]["others"] == [{"customer_id": one, "name": "Valentina Moser", "role": "Einkauf"}]
    left = body_of(shop.send("delete", f"/customers/{one}/belongings/{moser['people'][0]['belonging_id']}"))
    assert left["belongings"][0]["ended_at"] is not None
    assert len(body_of(shop.get(f"/companies/{moser['id']}"))["people"]) == 1


def test_two_live_together_and_nobody_lives_with_themselves(company: Company, shop: Program) -> None:
    one, other = valentina().pk, bjoern().pk

    body_of(shop.post(f"/customers/{one}/belongings", {"lives_with": other}), 201)
    [household] = body_of(shop.get("/households"))["households"]

    assert {there["customer_id"] for there in household["people"]} == {one, other}
    assert body_of(shop.get(f"/households/{household['id']}"))["name"] == ""
    body_of(shop.post(f"/customers/{one}/belongings", {"lives_with": one}), 422)
    body_of(shop.post(f"/customers/{one}/belongings", {}), 422)


def test_companies_come_page_by_page(company: Company, shop: Program) -> None:
    for name in ("Eins", "Zwei", "Drei"):
        body_of(shop.post(f"/customers/{valentina().pk}/belongings", {"company": name}), 201)

    first = body_of(shop.get("/companies?limit=2"))
    rest = body_of(shop.get(f"/companies?limit=2&cursor={first['next']}"))

    assert [one["name"] for one in first["companies"] + rest["companies"]] == ["Eins", "Zwei", "Drei"]
    assert rest["next"] is None


def test_another_companys_companies_are_not_there(company: Company, shop: Program) -> None:
    for path in ("/companies/987654", "/households/987654"):
        assert body_of(shop.get(path), 404)["type"] == "urn:golddraht:problem:no-such-place"


def test_a_key_is_added_listed_retired_and_forgotten_and_no_secret_comes_out(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    office = a_program(company.ada)

    [kept] = body_of(office.post("/keys/known", {"key": PETRA.pem.decode()}), 201)["known"]
    url = f"/keys/known/{kept['id']}"
    retired = body_of(office.post(url + "/retire"))["known"][0]["state"]
    restored = body_of(office.post(url + "/restore"))["known"][0]["state"]
    body_of(office.send("delete", url))

    assert (retired, restored == "retired", KnownKey.objects.exists()) == ("retired", False, False)
    assert not {"secret", "passphrase", "certificate"} & set(kept)


def test_what_is_no_key_is_refused_and_a_lead_may_not(company: Company, shop: Program) -> None:
    office = a_program(company.ada)

    refused = body_of(office.post("/keys/own", {"key": "-----BEGIN nothing"}), 422)

    assert refused["type"] == "urn:golddraht:problem:key-refused"
    assert body_of(office.post("/keys/look-again"))["wanted"] == 0
    body_of(office.post("/keys/own/987654/retire"), 404)
    body_of(a_program(company.lea).get("/keys"), 403)
