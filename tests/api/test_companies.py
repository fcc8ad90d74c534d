"""Programs found companies, and take empty ones back."""

from __future__ import annotations

from golddraht.team.queries import viewer_for
from tests.api.programs import a_program
from tests.cast import Company, a_company

GRAZ = {"name": "Heizwerk Graz", "country": "AT", "hours": ["MO 08:00-17:00"]}


def test_a_program_founds_a_company_for_the_member_whose_token_it_has(company: Company) -> None:
    answer = a_program(company.ada).post("/client-companies", GRAZ)

    assert answer.status_code == 201
    assert answer.json()["slug"] == "heizwerk-graz"
    assert viewer_for(user_id=company.ada.user_id, tenant_slug="heizwerk-graz").name == "Ada Dorn"


def test_the_same_wish_twice_is_refused_in_kind(company: Company) -> None:
    program = a_program(company.ada)
    program.post("/client-companies", GRAZ)

    answer = program.post("/client-companies", GRAZ)

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:golddraht:problem:founding-refused")


def test_taken_back_and_opened_again(company: Company) -> None:
    program = a_program(company.ada)
    program.post("/client-companies", GRAZ)

    taken = program.post("/client-companies/heizwerk-graz/take-back", {})
    again = program.post("/client-companies/heizwerk-graz/open-again", {})

    assert taken.json()["taken_back_at"] is not None
    assert again.json()["taken_back_at"] is None
    (shown,) = program.get("/client-companies").json()["companies"]
    assert (shown["slug"], shown["taken_back_at"]) == ("heizwerk-graz", None)


def test_what_others_founded_does_not_exist(company: Company) -> None:
    a_program(company.ada).post("/client-companies", GRAZ)
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        stranger = a_program(theirs.ada)

    assert stranger.get("/client-companies").json()["companies"] == []
    assert stranger.post("/client-companies/heizwerk-graz/take-back", {}).status_code == 404
