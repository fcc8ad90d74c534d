"""What is kept so that the rights of those concerned can be proven to be kept."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import RIGHTS
from golddraht.privacy.catalogue.forms import UNTOUCHED, of_customers

TABLES = (
    of_customers(
        "privacy.Erasure",
        RIGHTS,
        UNTOUCHED,
        link="customer_id request",
        words="extended_why refused_why sought",
        happened="asked_at due_on extended_at approved_at erased_at done_at refused_at withdrawn_at",
        state="asker released",
        colleague="asked_by approved_by refused_by",
    ),
    of_customers("privacy.ErasureLine", RIGHTS, UNTOUCHED, count="table treated count", machinery="erasure"),
    of_customers("privacy.DoomedFile", RIGHTS, UNTOUCHED, machinery="erasure name"),
    of_customers(
        "privacy.Locked",
        RIGHTS,
        UNTOUCHED,
        words="content",
        contact="marks",
        happened="happened_on over_on locked_at",
        state="kind keeping law number size",
        machinery="erasure",
    ),
)
