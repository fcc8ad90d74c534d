"""What shops, carriers and planners of visits say of orders, deliveries, visits and returns."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, ORDERS
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody, spared

NAMED = "customer customer_number"

TABLES = (
    of_nobody(
        "commerce.Product",
        COMPANY,
        "what the company sells, the same for everybody",
        own="name",
        state="source number first_heard_at said_at cents currency",
    ),
    of_customers(
        "commerce.Order",
        ORDERS,
        goes("customer", addresses="email"),
        link=NAMED,
        contact="email",
        words="number",
        happened="ordered_at cancelled_at cents first_heard_at said_at",
        state="source currency",
    ),
    of_customers(
        "commerce.Line",
        ORDERS,
        goes("order"),
        link="order",
        words="product title",
        happened="quantity cents",
        state="position",
    ),
    of_customers(
        "commerce.Delivery",
        ORDERS,
        goes("customer", addresses="email"),
        link=NAMED,
        contact="email",
        words="number order what carrier tracking tour why",
        happened="promised_from promised_until promised_at agreed packed_at sent_at near_at tried_at arrived_at"
        " cancelled_at first_heard_at said_at",
        state="source",
    ),
    of_customers(
        "commerce.Appointment",
        ORDERS,
        goes("customer", addresses="email"),
        link=NAMED,
        contact="email",
        words="number order what tour why",
        happened="promised_from promised_until promised_at agreed done_at cancelled_at first_heard_at said_at",
        state="source",
        colleague="technician",
    ),
    of_customers(
        "commerce.Return",
        ORDERS,
        goes("customer", addresses="email"),
        link=NAMED,
        contact="email",
        words="number order what why",
        happened="announced_at received_at refunded_at cents first_heard_at said_at",
        state="source currency",
    ),
    of_customers(
        "commerce.Statement",
        ORDERS,
        goes("order", "delivery", "appointment", "giveback"),
        link="order delivery appointment giveback customer_id",
        words="told",
        happened="said_at heard_at",
        state="product mark import_id",
        colleague="actor_id",
    ),
    of_customers(
        "commerce.BadRow",
        ORDERS,
        spared(),
        words="cells file_name field let_in_why",
        happened="kept_at erased_at",
        state="thing source import_id line reason settled_as settled_at marks place",
        colleague="by actor_id",
    ),
    of_customers(
        "commerce.Tie",
        ORDERS,
        goes("conversation", "order"),
        link="conversation order",
        happened="at untied_at",
        state="found_by",
        colleague="by",
    ),
)
