"""Calls."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import TELEPHONE, WORK
from golddraht.privacy.catalogue.forms import goes, of_colleagues, of_customers

TABLES = (
    of_colleagues("telephone.Extension", WORK, colleague="member number"),
    of_customers(
        "telephone.Call",
        TELEPHONE,
        goes("customer", "conversation", addresses="number"),
        link="customer conversation",
        contact="number",
        network="call_id",
        happened="rang_at answered_at ended_at",
        colleague="answered_by",
    ),
    of_colleagues("telephone.Ring", WORK, goes("call"), link="call", colleague="member"),
)
