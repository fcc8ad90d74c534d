"""What is known from outside of a customer and of an order."""

from golddraht.commerce.queries.bad_rows import ToMend, rows_to_mend
from golddraht.commerce.queries.finding import (
    NoSuchOrder,
    Spoken,
    deliveries_after,
    numbers_of,
    order_by_id,
    orders_after,
    products_after,
    returns_after,
    said_of_order,
    visits_after,
)
from golddraht.commerce.queries.known import (
    DeliveryKnown,
    Known,
    LineKnown,
    OrderKnown,
    ReturnKnown,
    VisitKnown,
    known_of_concern,
    known_of_customer,
)
from golddraht.commerce.queries.named import Numbered, numbered, orders_of_concern
from golddraht.commerce.queries.owning import names_outside

__all__ = [
    "DeliveryKnown",
    "Known",
    "LineKnown",
    "NoSuchOrder",
    "Numbered",
    "OrderKnown",
    "ReturnKnown",
    "Spoken",
    "ToMend",
    "VisitKnown",
    "deliveries_after",
    "known_of_concern",
    "known_of_customer",
    "names_outside",
    "numbered",
    "numbers_of",
    "order_by_id",
    "orders_after",
    "orders_of_concern",
    "products_after",
    "returns_after",
    "rows_to_mend",
    "said_of_order",
    "visits_after",
]
