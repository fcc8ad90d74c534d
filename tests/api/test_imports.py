"""Programs import customers: from the file to the record, and back."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from golddraht.customers.models import Customer
from golddraht.imports.models import Import
from golddraht.team.rules import Area, scope_of
from tests.api.programs import Program, a_program
from tests.cast import Company
from tests.importing import SHOP, worked_off


@pytest.fixture
def program(company: Company) -> Program:
    return a_program(company.ada)


def sent(program: Program, text: str = SHOP, **told: str) -> Any:
    body = {"source": "Shop", "content": base64.b64encode(text.encode()).decode()} | told
    return program.post("/imports", body)


def test_a_program_sends_tries_takes_over_mends_and_undoes(program: Program) -> None:
    answer = sent(program)
    assert answer.status_code == 201 and answer.json()["columns"]["E-Mail"] == "email"
    here = f"/imports/{answer.json()['id']}"
    file = Import.objects.get()

    assert (
        program.send("put", f"{here}/columns", {"columns": {"Notiz": ""}, "keep_as": "Shop"}).json()["columns"]["Notiz"]
        == ""
    )
    assert program.post(f"{here}/trial").json()["state"] == "trying"
    worked_off(file)
    told = program.get(here).json()
    assert (told["state"], told["new"], told["bad"]) == ("tried", 2, 1) and not Customer.objects.exists()
    program.post(f"{here}/take-over")
    worked_off(file)
    (bad,) = program.get(f"{here}/bad-rows").json()["rows"]
    assert bad["reasons"] == ["mail:keine Adresse"] and bad["cells"]["Vorname"] == "Kim"
    mended = program.post(f"{here}/bad-rows", {"rows": [{"row": bad["row"], "cells": {"E-Mail": "kim@lee.example"}}]})
    assert mended.json()["count"] == 1 and mended.json()["file"]["bad"] == 0
    assert Customer.objects.count() == 3
    assert program.post(f"{here}/undo").json()["state"] == "undoing"
    worked_off(file)
    assert program.get(here).json()["gone"] == 3 and not Customer.objects.exists()
    assert program.send("delete", here).json() == {"gone": True} and program.get("/imports").json() == {"imports": []}


def test_bad_rows_are_taken_without_or_left(program: Program) -> None:
    here = f"/imports/{sent(program, SHOP + ';;;;;;;;;;nur das').json()['id']}"
    program.post(f"{here}/take-over")
    worked_off(Import.objects.get())

    assert program.post(f"{here}/bad-rows/without", {"rows": [4]}).json()["count"] == 1
    assert program.post(f"{here}/bad-rows/leave", {}).json()["file"]["bad"] == 0


def test_what_cannot_be_is_told_with_its_reason(program: Program, company: Company) -> None:
    assert sent(program, "").status_code == 422
    assert program.post("/imports", {"source": "Shop", "content": "A"}).status_code == 422
    here = f"/imports/{sent(program).json()['id']}"
    assert program.post(f"{here}/undo").json()["reason"] == "STATE"
    assert program.get("/imports/4711").status_code == 404
    assert a_program(company.lea).get("/imports").status_code == 403


DELIVERIES = "Nummer;Kunden-Mail;Liefertermin;Bild\nL-1;kim@lee.example;3.12.2026;x\nL-2;;irgendwann;x\n"


def test_a_file_of_deliveries_goes_the_same_way(program: Program) -> None:
    told = sent(program, DELIVERIES, about="delivery").json()
    here = f"/imports/{told['id']}"
    assert told["about"] == "delivery" and told["columns"]["Liefertermin"] == "promised_on"
    assert program.send("put", f"{here}/columns", {"columns": {"Bild": "what"}}).json()["columns"]["Bild"] == "what"
    program.post(f"{here}/take-over")
    worked_off(Import.objects.get())

    (bad,) = program.get(f"{here}/bad-rows").json()["rows"]
    assert bad["reasons"] == ["DAY:promised_on"]
    mended = program.post(f"{here}/bad-rows", {"rows": [{"row": bad["row"], "cells": {"Liefertermin": ""}}]}).json()
    assert (mended["count"], mended["file"]["bad"], mended["file"]["doubtful"]) == (1, 0, 2)
    program.post(f"{here}/undo")
    worked_off(Import.objects.get())
    assert program.get(here).json()["gone"] == 2


def test_files_of_orders_need_a_token_that_may_write_orders(company: Company) -> None:
    program = a_program(company.ada, scopes=[scope_of(Area.CUSTOMERS, is_reading=reading) for reading in (True, False)])

    answer = sent(program, DELIVERIES, about="delivery")

    assert answer.status_code == 403 and "orders:write" in answer.content.decode()
    assert sent(program).status_code == 201


def test_without_a_number_nothing_is_taken_over(program: Program) -> None:
    here = f"/imports/{sent(program, 'Was' + chr(10) + 'Ofen', about='delivery').json()['id']}"

    answer = program.post(f"{here}/take-over")

    assert answer.status_code == 422 and answer.json()["reason"] == "MUST"
