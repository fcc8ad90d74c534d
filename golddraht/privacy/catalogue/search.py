"""What can be found."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, SEARCH
from golddraht.privacy.catalogue.forms import goes, of_colleagues, of_customers, spared

TABLES = (
    of_customers(
        "search.Document",
        SEARCH,
        goes("conversation_id"),
        names={"conversation_id": "conversations.Conversation"},
        link="source_id conversation_id",
        words="words",
        happened="at",
        state="kind has_file",
    ),
    of_customers(
        "search.Name",
        SEARCH,
        goes("customer_id"),
        names={"customer_id": "customers.Customer"},
        link="customer_id",
        name="name keys",
    ),
    of_customers("search.Unread", SEARCH, goes(), link="source_id", happened="since", state="kind"),
    of_colleagues(
        "search.SavedFilter",
        COMPANY,
        spared(),
        own="name",
        words="words",
        state="place audience team made_at removed_at",
        colleague="owner removed_by",
    ),
    of_colleagues("search.Pin", COMPANY, state="filter position", colleague="member"),
)
