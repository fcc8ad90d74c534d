"""Ways of contact, by programs."""

from __future__ import annotations

from typing import Any

from tests.api.programs import Program
from tests.cast import Company, bjoern, valentina

SIGNAL = {"channel": "MESSENGER", "messenger": "Signal", "address": "+43 664 1234567"}


def body_of(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_program_adds_a_way_calls_it_former_and_brings_it_back(company: Company, shop: Program) -> None:
    ways = f"/customers/{valentina().pk}/ways"

    noted = body_of(shop.post(ways, SIGNAL), 201)
    [way] = [one for one in noted["ways"] if one["channel"] == "MESSENGER"]
    assert (noted["outcome"], way["messenger"], way["source"]) == ("ADDED", "Signal", "member")

    [former] = body_of(shop.send("delete", f"{ways}/{way['id']}"))["former"]
    assert former["messenger"] == "Signal"
    assert body_of(shop.post(f"{ways}/former/{former['id']}", {}))["former"] == []
    known = body_of(shop.get(ways.removesuffix("/ways")))["contact_points"]
    assert [one["id"] for one in body_of(shop.get(ways))["ways"]] == [one["id"] for one in known]
    body_of(shop.send("delete", f"{ways}/999999"), 404)


def test_what_is_no_way_is_refused_and_what_is_anothers_stays_theirs(company: Company, shop: Program) -> None:
    one, other = valentina().pk, bjoern().pk
    body_of(shop.post(f"/customers/{one}/ways", SIGNAL), 201)

    assert body_of(shop.post(f"/customers/{other}/ways", SIGNAL), 201)["outcome"] == "ELSEWHERE"
    refused = body_of(shop.post(f"/customers/{one}/ways", {"channel": "FAX", "address": "112"}), 422)
    assert refused["type"].endswith("no-such-way")
