"""Orders, deliveries and visits where people see them: on the customer's page, beside a concern, in the journey."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from golddraht.commerce.models import BadRow, Tie
from golddraht.commerce.operations import state, state_told
from golddraht.commerce.rules import Thing
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.plumbing.ledger import Erased, mark_of, note_erasure
from golddraht.plumbing.links import token_for
from tests.cast import Company, a_conversation, a_message, bjoern, valentina

MAIL = "valentina@kundin.example"


def said(thing: Thing, number: str, **row: Any) -> Any:
    return state(thing=thing, source="shop", row={"number": number, **row}, at=clock.now())


@pytest.fixture
def ordered(company: Company) -> int:
    """Valentina's order with a delivery on its way, a visit and a return."""
    now = clock.now()
    order = said(
        Thing.ORDER, "88-2041", email=MAIL, ordered_at=now - timedelta(days=3), cents=129_00, lines=[{"title": "Ofen"}]
    )
    until = now + timedelta(days=3)
    said(Thing.DELIVERY, "L-1", order="88-2041", carrier="Spedition Nord", sent_at=now, promised_until=until)
    said(Thing.APPOINTMENT, "T-1", email=MAIL, what="Ofen anschließen", technician="Frau Kern", promised_until=until)
    said(Thing.RETURN, "R-1", order="88-2041", what="Dichtung", announced_at=now)
    return int(order.id)


@pytest.fixture(autouse=True)
def _known(company: Company) -> None:
    valentina(at=clock.now())


def test_the_customers_page_shows_orders_with_their_steps(company: Company, ordered: int, nina: Client) -> None:
    said_there = nina.get(f"/t/heizwerk/customers/{valentina().pk}/").content.decode()

    for words in ("Bestellung 88-2041", "129,00", "Spedition Nord", "Frau Kern", "Dichtung", "auf dem Weg zu uns"):
        assert words in said_there, words
    assert said_there.count('class="step ') + said_there.count('class="step"') == 5
    assert said_there.count("is-done") == 3 and said_there.count('aria-current="step"') == 1


def test_where_nothing_is_known_the_page_says_how_it_comes(company: Company, nina: Client) -> None:
    assert (
        "Es ist keine Bestellung und kein Besuch bekannt."
        in nina.get(f"/t/heizwerk/customers/{bjoern().pk}/").content.decode()
    )


def test_the_journey_has_orders_as_a_group_of_its_own(company: Company, ordered: int, nina: Client) -> None:
    there = nina.get(f"/t/heizwerk/customers/{valentina().pk}/", {"group": "orders"}).content.decode()

    for words in ("bestellt · 88-2041", "auf den Weg gebracht · 88-2041", "schickt etwas zurück · 88-2041"):
        assert words in there, words
    assert "hat geschrieben" not in there.partition('id="journey"')[2]


def test_of_many_orders_the_latest_stand_there_and_all_on_request(company: Company, nina: Client) -> None:
    for number in range(14):
        ordered_at = clock.now() - timedelta(days=number)
        said(Thing.ORDER, f"88-30{number:02}", email=MAIL, ordered_at=ordered_at)
        said(
            Thing.DELIVERY,
            f"L-{number:02}",
            email=MAIL,
            order=f"88-30{number:02}",
            what=f"Kiste {number:02}",
            arrived_at=ordered_at,
        )
    path = f"/t/heizwerk/customers/{valentina().pk}/"

    few, whole = nina.get(path).content.decode(), nina.get(path, {"all": "orders"}).content.decode()

    assert "Bestellung 88-3011" in few and "Bestellung 88-3012" not in few
    assert "Kiste 13" not in few.partition('id="orders"')[2].partition("</section>")[0], "It belongs to an older order."
    assert '?all=orders#orders"' in few and '?all=orders#orders"' not in whole
    assert "Bestellung 88-3013" in whole and "Kiste 13" in whole


def test_beside_a_concern_its_order_stands_first(company: Company, ordered: int, nina: Client) -> None:
    for number in ("88-3001", "88-3002", "88-3003", "88-3004"):
        said(Thing.ORDER, number, email=MAIL, ordered_at=clock.now())
    concern = a_message(text="Wo bleibt 88-2041?", at=clock.now()).conversation

    beside = nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/").content.decode()

    assert "darum geht es" in beside and "Alle Bestellungen" in beside
    assert beside.index("Bestellung 88-2041") < beside.index("Bestellung 88-3004")
    assert "88-3001" not in beside.partition('id="main"')[2] or "Bestellung 88-3001" not in beside


def test_a_colleague_says_what_it_is_about(company: Company, ordered: int, nina: Client) -> None:
    concern = a_conversation(at=clock.now())
    path = f"/t/heizwerk/conversations/{spoken(concern.number)}/orders/{ordered}/"

    assert nina.post(f"{path}tie/").status_code == 302
    assert Tie.objects.get().untied_at is None and Tie.objects.get().by_id == company.nina.pk
    assert nina.post(f"{path}untie/").status_code == 302
    assert Tie.objects.get().untied_at is not None


def test_an_order_of_somebody_else_is_none(company: Company, ordered: int, nina: Client) -> None:
    concern = a_conversation(customer=bjoern(), at=clock.now())

    answer = nina.post(f"/t/heizwerk/conversations/{spoken(concern.number)}/orders/{ordered}/tie/")

    assert answer.status_code == 404 and not Tie.objects.exists()


def test_what_an_earlier_file_left_to_mend_is_still_mended(company: Company, signed_in: Any) -> None:
    ada, path = signed_in(company.ada), "/t/heizwerk/orders/file/"
    told = {"thing": "delivery", "source": "shop", "file_name": "lieferungen.csv", "line": 3, "kept_at": clock.now()}
    cells = {"number": "L-2", "sent_at": "irgendwann"}
    row = BadRow.objects.create(**told, cells=cells, reason="MOMENT", field="sent_at")

    shown = ada.get(path).content.decode()
    assert "„sent_at“ ist kein Zeitpunkt" in shown and "L-2" in shown and "Zeile 3 von lieferungen.csv" in shown
    assert (
        "ist kein Zeitpunkt" in ada.post(f"{path}rows/{row.pk}/", {"cell-sent_at": "nie"}, follow=True).content.decode()
    )
    assert (
        "Verstanden" in ada.post(f"{path}rows/{row.pk}/", {"cell-sent_at": "13.1.2026"}, follow=True).content.decode()
    )
    assert ada.post(f"{path}rows/{row.pk}/drop/").status_code == 404


def test_an_admin_lets_an_order_of_somebody_erased_in(
    company: Company, signed_in: Any, tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    marks = frozenset({mark_of("heizwerk", "EMAIL", "ute@ohm.example")})
    note_erasure(Erased("r-1", "heizwerk", clock.now(), (), marks))
    rows: list[dict[str, Any]] = [{"number": "88-1", "email": "ute@ohm.example", "cancelled_at": None}]
    (told,) = state_told(thing=Thing.ORDER, source="shop", rows=rows, at=clock.now())
    ada, path = signed_in(company.ada), "/t/heizwerk/orders/file/"

    shown = ada.get(path).content.decode()
    assert "von einem Programm gemeldet" in shown and "wurde gelöscht" in shown and "None" not in shown
    there = f"{path}rows/{told.kept_id}/let-in/"
    assert "Sagen Sie, warum" in ada.post(there, {"why": " "}, follow=True).content.decode()
    done = ada.post(there, {"why": "neuer Vertrag"}, follow=True).content.decode()
    assert "Eingelassen: 1 Zeile" in done and "Nichts wartet auf eine Entscheidung" in done
    assert ada.post(there, {"why": "neuer Vertrag"}).status_code == 404


def test_the_customers_own_view_of_a_concern_shows_its_order(company: Company, ordered: int) -> None:
    concern = a_message(text="Wo bleibt 88-2041?", at=clock.now()).conversation
    other = a_conversation(at=clock.now())

    token = token_for("conversation", tenant_id=company.tenant.pk, id_=concern.pk)
    there = Client().get(reverse("portal_matter", args=[token])).content.decode()
    elsewhere = (
        Client()
        .get(reverse("portal_matter", args=[token_for("conversation", tenant_id=company.tenant.pk, id_=other.pk)]))
        .content.decode()
    )

    assert "Bestellung 88-2041" in there and "Spedition Nord" in there and "Es geht um diese" not in there
    assert "88-2041" not in elsewhere


@pytest.mark.parametrize("typed", ["88-2041", "nord4417002"])
def test_an_order_is_found_by_its_number_and_for_tracking(
    company: Company, ordered: int, nina: Client, typed: str
) -> None:
    said(Thing.DELIVERY, "L-1", tracking="NORD4417002")
    page = f"/t/heizwerk/customers/{valentina().pk}/#orders-title"

    for path in ("/t/heizwerk/search/", "/t/heizwerk/palette/"):
        assert page in nina.get(path, {"q": typed}).content.decode(), path
        assert page not in nina.get(path, {"q": f"{typed}1"}).content.decode()
