"""Writing what holds of all that was said into the thing itself, and telling what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Any

from golddraht.commerce.models import Appointment, Delivery, Line, Order, Product, Return
from golddraht.commerce.models.outside import Outside
from golddraht.commerce.operations.telling import tell
from golddraht.commerce.queries.owning import customer_named, customer_of_order
from golddraht.commerce.rules.columns import columns_of
from golddraht.commerce.rules.statements import Held, Said, held
from golddraht.commerce.rules.things import Thing

MODELS: dict[Thing, type[Outside]] = {
    Thing.PRODUCT: Product,
    Thing.ORDER: Order,
    Thing.DELIVERY: Delivery,
    Thing.APPOINTMENT: Appointment,
    Thing.RETURN: Return,
}
OF_AN_ORDER = (Delivery, Appointment, Return)


def settle(thing: Thing, place: Any, statements: Sequence[Said], *, at: datetime) -> bool:
    """Let the thing, which is locked, be as the statements say. Whether anything is otherwise than before."""
    before, known = copy(place), held(statements)
    changed = write_columns(thing, place, statements)
    place.said_at = max(one.said_at for one in statements)
    place.save(update_fields=[*changed, "said_at"])
    has_new_lines = thing is Thing.ORDER and _write_lines(place, _lines_of(known))
    if changed or has_new_lines:
        tell(before, place, at=at)
    if thing is Thing.ORDER and (has_new_lines or place.customer_id != before.customer_id):
        pass_on(place, at=at)
    return bool(changed or has_new_lines)


def write_columns(thing: Thing, place: Any, statements: Sequence[Said]) -> list[str]:
    """Put what holds into the thing, and give the names of what is otherwise now; the caller saves them."""
    known = held(statements)
    columns = columns_of(thing, known)
    if thing is not Thing.PRODUCT:
        columns["customer_id"] = _customer(place, columns, known) if statements else place.customer_id
    changed = [name for name, value in columns.items() if getattr(place, name) != value]
    for name in changed:
        setattr(place, name, columns[name])
    return changed


def _customer(place: Any, columns: Mapping[str, Any], known: Mapping[str, Held]) -> int | None:
    """Whose it is; whoever was found stays, unless its source names somebody else."""
    stated_id = known["customer_id"].value if "customer_id" in known else None
    names = ("customer_number", "email")
    is_as_before = all(getattr(place, name) == columns[name] for name in names) and stated_id is None
    if place.customer_id is not None and is_as_before:
        return int(place.customer_id)
    found = customer_named(
        source=place.source,
        number=columns["customer_number"],
        email=columns["email"],
        customer_id=stated_id,
    )
    return found or customer_of_order(source=place.source, number=columns.get("order", ""))


def _lines_of(known: Mapping[str, Held]) -> Iterable[Mapping[str, Any]]:
    return (known["lines"].value or []) if "lines" in known else []


def _write_lines(order: Order, lines: Iterable[Mapping[str, Any]]) -> bool:
    """The lines as they were last said; whether they are others than before."""
    wanted = [
        (place, one["product"], one["title"], Decimal(one["quantity"]), one["cents"]) for place, one in enumerate(lines)
    ]
    rows = Line.objects.filter(order=order).order_by("position")
    if list(rows.values_list("position", "product", "title", "quantity", "cents")) == wanted:
        return False
    rows.delete()
    names = ("position", "product", "title", "quantity", "cents")
    Line.objects.bulk_create(Line(order=order, **dict(zip(names, one, strict=True))) for one in wanted)
    return True


def pass_on(order: Any, *, at: datetime) -> None:
    """What belongs to the order belongs to its customer, where nobody else was named, and is called by what was ordered."""
    for model in OF_AN_ORDER:
        rows = model.objects.select_for_update().filter(source=order.source, order=order.number).order_by("pk")
        for row in rows:
            before = copy(row)
            if row.customer_id is None and order.customer_id is not None:
                give(row, order.customer_id)
            tell(before, row, at=at)


def give(row: Any, customer_id: int | None) -> None:
    """It belongs to this customer from now on; to nobody known for None."""
    row.customer_id = customer_id
    row.save(update_fields=["customer"])
