"""Files of orders and deliveries: which column means what, and rows that are one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from golddraht.commerce.rules.things import FIELDS, Thing
from golddraht.ground.text import folded

LINE = ("product", "title", "quantity", "line_cents")
"""Columns of an order that tell of one of its lines: each row with the same number has one."""

GERMAN = {
    "nummer": "number",
    "nr": "number",
    "bestellnummer": "order",
    "bestellung": "order",
    "auftrag": "order",
    "auftragsnummer": "order",
    "kundennummer": "customer_number",
    "e_mail": "email",
    "mail": "email",
    "name": "name",
    "preis": "cents",
    "betrag": "cents",
    "summe": "cents",
    "waehrung": "currency",
    "bestellt_am": "ordered_at",
    "bestelldatum": "ordered_at",
    "storniert_am": "cancelled_at",
    "abgesagt_am": "cancelled_at",
    "artikelnummer": "product",
    "artikel": "title",
    "menge": "quantity",
    "einzelpreis": "line_cents",
    "was": "what",
    "bezeichnung": "what",
    "spedition": "carrier",
    "paketdienst": "carrier",
    "sendungsnummer": "tracking",
    "termin_von": "promised_from",
    "termin_bis": "promised_until",
    "termin": "promised_on",
    "liefertermin": "promised_on",
    "vereinbart": "agreed",
    "grund": "why",
    "verpackt_am": "packed_at",
    "versandt_am": "sent_at",
    "zugestellt_am": "arrived_at",
    "geliefert_am": "arrived_at",
    "technik": "technician",
    "techniker": "technician",
    "erledigt_am": "done_at",
    "angemeldet_am": "announced_at",
    "eingetroffen_am": "received_at",
    "erstattet_am": "refunded_at",
    "stand": "said_at",
}
"""What columns are called in German files, folded."""


@dataclass(frozen=True)
class SheetRow:
    """What is said of one thing, with the lines of the file it stood in."""

    line: int
    cells: dict[str, Any] = field(default_factory=dict)


def columns_for(thing: Thing, names: Iterable[str]) -> dict[str, str]:
    """What each column of a file means for this thing; columns without a meaning are left out."""
    known = {*FIELDS[thing], "number", "said_at", *(LINE if thing is Thing.ORDER else ())} - {"lines"}
    found: dict[str, str] = {}
    for name in names:
        plain = "_".join(folded(name).replace("-", " ").replace(".", " ").replace("_", " ").split())
        meant = plain if plain in known else GERMAN.get(plain, "")
        # An order's own number may be called as others call it.
        meant = "number" if meant == "order" and thing is Thing.ORDER else meant
        if meant in known and meant not in found.values():
            found[name] = meant
    return found


def rows_in(thing: Thing, lines: Iterable[Mapping[str, str]], columns: Mapping[str, str]) -> list[SheetRow]:
    """What the file says, thing by thing; empty cells say nothing. The first line below the names is line 2."""
    read = [
        SheetRow(number, {columns[name]: cell for name, cell in line.items() if name in columns and cell})
        for number, line in enumerate(lines, start=2)
    ]
    return _orders(read) if thing is Thing.ORDER else read


def _orders(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """Rows of one number are one order with a line each."""
    found: dict[str, SheetRow] = {}
    for place, row in enumerate(rows):
        line = {name: row.cells.pop(name) for name in LINE if name in row.cells}
        order = found.setdefault(str(row.cells.get("number") or f"\n{place}"), row)
        order.cells.update({name: cell for name, cell in row.cells.items() if name not in order.cells})
        if line:
            order.cells.setdefault("lines", []).append(_line(line))
    return list(found.values())


def _line(line: dict[str, str]) -> dict[str, str]:
    named = {"line_cents": "cents"}
    told = {named.get(name, name): cell for name, cell in line.items()}
    return told | ({"quantity": told["quantity"].replace(",", ".")} if "quantity" in told else {})
