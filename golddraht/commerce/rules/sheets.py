"""Files of orders and deliveries: which column means what, and rows that are one order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from golddraht.commerce.rules.things import FIELDS, Thing
from golddraht.imports.rules.guessing import Guess, Why
from golddraht.imports.rules.reading import is_nothing
from golddraht.imports.rules.targets import bare

LINE = ("product", "title", "quantity", "line_cents")
"""Columns of an order that tell of one of its lines: each row with the same number has one."""

NAMES = {
    "number": "nummer nr id",
    "order": "bestellung bestellnummer bestellnr bestnr auftrag auftragsnummer auftragsnr ordernumber orderno orderid belegnummer belegnr",
    "customer_number": "kundennummer kundennr kdnr kdnummer kundenid customerno customerid debitor debitorennummer",
    "email": "mail emailadresse mailadresse emailaddress kundenmail kundenemail",
    "customer_id": "golddrahtid",
    "name": "artikelbezeichnung bezeichnung produktname productname",
    "cents": "preis betrag summe gesamtbetrag gesamtsumme gesamtpreis bruttobetrag amount total price",
    "currency": "waehrung",
    "ordered_at": "bestelltam bestelldatum auftragsdatum orderdate belegdatum",
    "cancelled_at": "storniertam abgesagtam stornodatum",
    "product": "artikelnummer artikelnr artnr sku productnumber",
    "title": "artikel position produkt item",
    "quantity": "menge anzahl stueck qty",
    "line_cents": "einzelpreis stueckpreis unitprice",
    "what": "was bezeichnung beschreibung inhalt ware",
    "carrier": "spedition paketdienst versanddienst versender transporteur",
    "tracking": "sendungsnummer sendungsnr trackingnummer trackingnr trackingnumber paketnummer",
    "tour": "fahrt",
    "promised_from": "terminvon fensterab zeitfenstervon",
    "promised_until": "terminbis fensterbis zeitfensterbis",
    "promised_on": "termin liefertermin wunschtermin zugesagtam liefertag",
    "agreed": "vereinbart abgestimmt",
    "why": "grund anlass",
    "packed_at": "verpacktam gepacktam",
    "sent_at": "versandtam versanddatum verschicktam shippedat",
    "near_at": "beimfahrer inzustellung",
    "tried_at": "zustellversuch versuchtam",
    "arrived_at": "zugestelltam geliefertam lieferdatum deliveredat",
    "technician": "technik techniker monteur monteurin technikerin",
    "done_at": "erledigtam ausgefuehrtam",
    "announced_at": "angemeldetam angekuendigtam",
    "received_at": "eingetroffenam eingangam zurueckam",
    "refunded_at": "erstattetam gutgeschriebenam",
    "said_at": "stand geaendertam",
}
"""What columns are called in files, by their bare letters; besides the names by which programs call them."""

OWN = {
    Thing.PRODUCT: "artikelnummer artikelnr artnr sku productnumber product",
    Thing.ORDER: NAMES["order"] + " order",
    Thing.DELIVERY: "lieferung liefernummer liefernr lieferschein lieferscheinnummer lieferscheinnr deliverynumber",
    Thing.APPOINTMENT: "terminnummer terminnr auftragstermin einsatz einsatznummer einsatznr visitnumber",
    Thing.RETURN: "retoure retourennummer retourennr ruecksendung ruecksendenummer rma rmanummer returnnumber",
}
"""What a thing's own number is called besides."""


def targets_of(thing: Thing) -> tuple[str, ...]:
    """What a column of a file about this thing can mean; the number that it has in its source comes first."""
    return (
        "number",
        *(name for name in FIELDS[thing] if name != "lines"),
        *(LINE if thing is Thing.ORDER else ()),
        "said_at",
    )


def meaning_of(thing: Thing, column: str) -> str:
    """What a column of this name means; nothing where its name says nothing here."""
    name = bare(column)
    if name in OWN[thing].split():
        return "number"
    known = targets_of(thing)
    return next((one for one in known if name == bare(one) or name in NAMES.get(one, "").split()), "")


def guesses(thing: Thing, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each column; of two that are called alike the first means it. An own number goes before a mere “Nr.”."""
    order = sorted(range(len(columns)), key=lambda index: bare(columns[index]) in NAMES["number"].split())
    taken: dict[str, int] = {}
    for index in order:
        if meant := meaning_of(thing, columns[index]):
            taken.setdefault(meant, index)
    return [_guess(meaning_of(thing, column), index, taken) for index, column in enumerate(columns)]


def _guess(meant: str, index: int, taken: dict[str, int]) -> Guess:
    if not meant:
        return Guess("", Why.NOTHING)
    return Guess(meant, Why.NAME) if taken[meant] == index else Guess("", Why.TWICE)


@dataclass
class SheetThing:
    """What a file says of one thing: the places of its rows among those that were given, and in which of them each value stood."""

    cells: dict[str, Any] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    of: dict[str, int] = field(default_factory=dict)


def things_in(thing: Thing, rows: Iterable[Sequence[str]], targets: Sequence[str]) -> list[SheetThing]:
    """Thing by thing; empty cells say nothing. Rows of one number are one order with a line each."""
    found: dict[str, SheetThing] = {}
    for place, row in enumerate(rows):
        told = {
            name: cell.strip()
            for name, cell in zip(targets, row, strict=False)
            if name and not is_nothing(cell.strip())
        }
        number = told.get("number", "") if thing is Thing.ORDER else ""
        _add(found.setdefault(number or f"\n{place}", SheetThing()), told, place)
    return list(found.values())


def _add(one: SheetThing, told: dict[str, str], place: int) -> None:
    one.places.append(place)
    line = {name: told.pop(name) for name in LINE if name in told}
    for name, cell in told.items():
        if name not in one.cells:
            one.cells[name], one.of[name] = cell, place
    if line:
        one.cells.setdefault("lines", []).append(_line(line))
        one.of[f"lines{len(one.cells['lines']) - 1}"] = place


def _line(line: dict[str, str]) -> dict[str, str]:
    told = {{"line_cents": "cents"}.get(name, name): cell for name, cell in line.items()}
    return told | ({"quantity": told["quantity"].replace(",", ".")} if "quantity" in told else {})
