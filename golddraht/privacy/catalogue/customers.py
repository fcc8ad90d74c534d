"""What is known of customers."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import RECORD
from golddraht.privacy.catalogue.forms import goes, of_customers, spared

TABLES = (
    of_customers(
        "customers.Customer",
        RECORD,
        goes(loosens="head"),
        name="name sort_name",
        trait="language salutation matters",
        link="organisation head",
        happened="known_since",
        state="name_source language_source salutation_source matters_source",
    ),
    of_customers("customers.Organisation", RECORD, spared(), name="name folded_name", state="name_source"),
    of_customers("customers.Household", RECORD, spared(), happened="founded_at"),
    of_customers(
        "customers.Belonging",
        RECORD,
        goes("customer"),
        link="customer organisation household",
        trait="role",
        happened="said_at ended_at",
        state="source",
        colleague="actor_id ended_actor_id",
    ),
    of_customers(
        "customers.ContactPoint",
        RECORD,
        goes("customer"),
        link="customer",
        contact="address shown",
        words="unreachable_evidence complaint",
        happened="first_seen_at last_used_at unreachable_since complained_at",
        state="channel source unreachable_source",
    ),
    of_customers(
        "customers.Doubt",
        RECORD,
        goes("customer"),
        link="customer",
        words="values",
        happened="noticed_at settled_at",
        state="kind cost settled_as",
        colleague="actor_id",
    ),
    of_customers(
        "customers.Fact",
        RECORD,
        goes("customer"),
        link="customer message_id",
        words="value evidence",
        judged="certainty denies",
        happened="said_at",
        state="attribute source",
        colleague="actor_id",
    ),
    of_customers(
        "customers.Merge",
        RECORD,
        goes("customer", "head"),
        link="customer head",
        words="reasons undone_why",
        happened="merged_at undone_at",
        state="decided_by",
        colleague="actor_id undone_actor_id",
    ),
    of_customers(
        "customers.Resemblance",
        RECORD,
        goes("first", "second"),
        link="first second",
        words="reasons",
        judged="certainty",
        happened="found_at settled_at",
        state="found_by settled_as",
        colleague="actor_id",
    ),
)
