"""What happened to a customer, in one row each."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import RECORD
from golddraht.privacy.catalogue.forms import goes, of_customers

TABLES = (
    of_customers(
        "journey.Event",
        RECORD,
        goes("customer", "conversation", "message"),
        link="customer conversation message promise_id merge_id order_id delivery_id appointment_id return_id mark",
        happened="at kind channel",
    ),
)
