"""A shop tells of orders and deliveries, and reads what is known of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from golddraht.commerce.models import Delivery, Statement
from golddraht.customers.operations import merge_customers
from golddraht.plumbing import clock
from golddraht.plumbing.ledger import Erased, mark_of, note_erasure
from golddraht.promises.models import Promise
from golddraht.team.rules import Scope
from tests.api.programs import Program, a_program
from tests.cast import Company, bjoern, valentina

MAIL = "valentina@kundin.example"


def told(program: Program, path: str, *rows: dict[str, Any], status: int = 200) -> Any:
    answer = program.post(path, {"source": "shop", "rows": list(rows)})
    assert answer.status_code == status, answer.content
    return answer.json()


def read(program: Program, path: str) -> Any:
    answer = program.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_order_is_told_and_read_with_all_that_came_of_it(shop: Program) -> None:
    customer = valentina()
    until = (clock.now() + timedelta(days=3)).isoformat()
    told(shop, "/products", {"number": "W-7", "name": "Wärmetauscher"})
    (row,) = told(shop, "/orders", {"number": "88-2041", "email": MAIL, "lines": [{"product": "W-7"}]})["rows"]
    told(shop, "/deliveries", {"number": "L-1", "order": "88-2041", "promised_until": until, "tracking": "DE77"})
    told(shop, "/appointments", {"number": "T-1", "order": "88-2041", "promised_until": until})
    told(shop, "/returns", {"number": "R-1", "order": "88-2041", "what": "Dichtung"})

    order = read(shop, f"/orders/{row['id']}")
    statements = read(shop, f"/orders/{row['id']}/statements")["statements"]

    assert (row["outcome"], row["customer_id"]) == ("new", customer.pk)
    assert [line["title"] for line in order["lines"]] == ["Wärmetauscher"]
    assert [one["name"] for one in order["deliveries"]] == ["Wärmetauscher"]
    assert {one["customer_id"] for one in order["appointments"] + order["returns"]} == {customer.pk}
    assert sorted(one["thing"] for one in statements) == ["appointment", "delivery", "order", "return"]
    assert [one["number"] for one in read(shop, "/deliveries?number=DE77")["deliveries"]] == ["L-1"]
    assert [one["number"] for one in read(shop, "/orders?number=88-2041")["orders"]] == ["88-2041"]
    assert read(shop, "/products")["products"][0]["name"] == "Wärmetauscher"
    assert Promise.objects.filter(kind="DELIVERY").count() == 1


def test_what_belongs_to_a_member_is_seen_at_the_head(shop: Program) -> None:
    one, other = valentina(), bjoern()
    told(shop, "/orders", {"number": "1", "customer_id": one.pk}, {"number": "2", "customer_id": other.pk})
    merge_customers(customer_id=other.pk, into_id=one.pk, reasons=["test"], at=clock.now())

    known = read(shop, f"/customers/{one.pk}/orders")

    assert sorted(order["number"] for order in known["orders"]) == ["1", "2"]


def test_rows_are_answered_one_by_one_and_twice_the_same(shop: Program) -> None:
    rows = ({"number": "1", "email": "nobody"}, {"number": "2"}, {"number": "3", "ordered_at": "2099-01-01T00:00:00Z"})

    first, again = told(shop, "/orders", *rows)["rows"], told(shop, "/orders", *rows)["rows"]

    assert [(one["outcome"], one["reason"], one["field"]) for one in first] == [
        ("refused", "EMAIL", "email"),
        ("new", "", ""),
        ("refused", "FUTURE", "ordered_at"),
    ]
    assert [one["outcome"] for one in again] == ["refused", "same", "refused"]
    assert Statement.objects.count() == 1


def test_a_request_named_twice_is_done_once(shop: Program) -> None:
    body = {"source": "shop", "rows": [{"number": "L-1", "carrier": "DHL"}]}
    first = shop.post("/deliveries", body, key="once")
    again = shop.post("/deliveries", body, key="once")

    assert again.json() == first.json() and again["Idempotency-Replayed"] == "true"
    assert Delivery.objects.count() == 1


def test_null_takes_back_and_what_is_left_out_stays(shop: Program) -> None:
    told(shop, "/deliveries", {"number": "L-1", "carrier": "DHL", "tracking": "DE77"})
    told(shop, "/deliveries", {"number": "L-1", "carrier": None})

    (delivery,) = read(shop, "/deliveries")["deliveries"]
    assert (delivery["carrier"], delivery["tracking"]) == ("", "DE77")


def test_pages_of_orders_follow_each_other(shop: Program) -> None:
    told(shop, "/orders", *({"number": str(number)} for number in range(3)))

    first = read(shop, "/orders?limit=2")
    second = read(shop, f"/orders?limit=2&cursor={first['next']}")

    assert [one["number"] for one in first["orders"] + second["orders"]] == ["0", "1", "2"]
    assert second["next"] is None


def test_a_scope_is_needed(company: Company) -> None:
    reader = a_program(company.nina, scopes=[Scope.ORDERS_READ])
    assert read(reader, "/orders")["orders"] == []
    told(reader, "/orders", {"number": "1"}, status=403)
    assert a_program(company.nina, scopes=[Scope.CUSTOMERS_READ]).get("/orders").status_code == 403


def test_what_names_somebody_erased_is_kept_and_let_in_by_an_admin(
    company: Company, shop: Program, tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    marks = frozenset({mark_of("heizwerk", "EMAIL", "ute@ohm.example")})
    note_erasure(Erased("r-1", "heizwerk", clock.now(), (), marks))
    rows = [{"number": str(place), "email": "ute@ohm.example"} for place in range(3)]
    first, second, third = told(shop, "/orders", *rows)["rows"]
    assert (first["outcome"], first["reason"], first["id"]) == ("refused", "ERASED", None)
    assert shop.get("/orders/bad-rows").status_code == 403
    admin = a_program(company.ada)

    kept = read(admin, "/orders/bad-rows?limit=2")
    after = read(admin, f"/orders/bad-rows?cursor={kept['next']}")
    mended = admin.post(f"/orders/bad-rows/{third['bad_row']}", {"cells": {"email": "kim@lee.example"}})
    gone = admin.send("DELETE", f"/orders/bad-rows/{second['bad_row']}")
    without = admin.post(f"/orders/bad-rows/{first['bad_row']}/let-in", {"why": " "})
    let_in = admin.post(f"/orders/bad-rows/{first['bad_row']}/let-in", {"why": "neuer Vertrag"})
    again = admin.post(f"/orders/bad-rows/{first['bad_row']}/let-in", {"why": "neuer Vertrag"})

    assert [one["cells"]["number"] for one in kept["rows"] + after["rows"]] == ["0", "1", "2"]
    assert (mended.json()["outcome"], gone.status_code, without.status_code) == ("new", 200, 422)
    assert [one["outcome"] for one in let_in.json()["rows"]] == ["new"]
    assert (again.status_code, again.json()["type"]) == (404, "urn:golddraht:problem:no-such-row")


def test_nobody_is_brought_back_while_the_ledger_cannot_be_read(shop: Program, tmp_path: Path, settings: Any) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    (tmp_path / "e.ledger").write_text("torn\n")
    (tmp_path / "e.key").write_text("00" * 32)

    answer = told(shop, "/orders", {"number": "1", "email": MAIL}, status=503)

    assert answer["type"] == "urn:golddraht:problem:ledger-not-readable" and "detail" not in answer
