"""What customers allowed and refused, and what the gate made of it."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, CONSENT
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody, spared

TABLES = (
    of_nobody(
        "consent.ConsentText",
        COMPANY,
        "what customers agree to, in the company's words",
        own="words",
        setting="purpose way language version since",
        colleague="actor_id",
    ),
    of_customers(
        "consent.ConsentAct",
        CONSENT,
        goes("customer", "asked", "read"),
        names={"message_id": "conversations.Message", "note_id": "conversations.Note"},
        link="customer text message_id note_id asked read",
        trait="purpose way",
        words="words call_note",
        contact="address",
        network="network",
        happened="at keep_until",
        state="kind proof",
        colleague="actor_id",
    ),
    of_customers(
        "consent.ChannelChoice",
        CONSENT,
        goes("customer"),
        link="customer",
        trait="purpose ways",
        happened="at",
        colleague="actor_id",
    ),
    # Stays whoever is erased: who wanted no advertising is not written to by whoever finds the address anew.
    of_customers(
        "consent.ObjectionMark",
        CONSENT,
        spared(),
        machinery="mark",
        happened="at",
        trait="way purpose",
    ),
    of_customers(
        "consent.Permission",
        CONSENT,
        goes("customer", "act"),
        link="customer act",
        trait="purpose way",
        happened="at not_before keep_until",
        state="message_class basis source points_out",
        colleague="actor_id",
    ),
    of_customers(
        "consent.Refusal",
        CONSENT,
        goes("customer"),
        names={"conversation_id": "conversations.Conversation"},
        link="customer conversation_id",
        trait="purpose way",
        happened="at",
        state="message_class reason source",
        colleague="actor_id",
    ),
)
