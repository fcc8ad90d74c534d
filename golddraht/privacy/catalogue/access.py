"""Customers on their own page."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import OWN_PAGE
from golddraht.privacy.catalogue.forms import goes, of_customers

TABLES = (
    of_customers(
        "access.Visit",
        OWN_PAGE,
        goes("customer", "point"),
        link="customer point",
        key="digest",
        judged="proof is_shared",
        happened="began_at ends_at ended_at",
        count="tries",
    ),
    of_customers(
        "access.Copy",
        OWN_PAGE,
        goes("customer", "conversation"),
        link="customer conversation",
        file="file",
        trait="language",
        happened="asked_at made_at ends_at fetched_at",
        state="state",
        count="done attempts size",
        machinery="busy_until",
        colleague="member",
    ),
    of_customers(
        "access.Code",
        OWN_PAGE,
        goes("point", "visit"),
        contact="recipient",
        link="point visit",
        key="digest",
        trait="language",
        happened="asked_at used_at",
        state="purpose",
        count="tries",
        machinery="ends_at due_at sent_at",
    ),
)
