"""Files of customers, as they are taken over."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import RECORD
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody, spared

TABLES = (
    of_nobody(
        "imports.ImportSource",
        RECORD,
        "The program or the list that files come from, and how far it is believed.",
        setting="name source",
        machinery="opened_at",
    ),
    of_nobody(
        "imports.Mapping",
        RECORD,
        "What the columns of a source's files mean.",
        setting="source about name columns targets",
        colleague="by kept_at",
    ),
    of_customers(
        "imports.Import",
        RECORD,
        spared(),
        file="file",
        setting="source about columns targets whys mapping_name sheet file_name",
        colleague="by kept_at",
        count="size row_count new_count changed_count known_count doubtful_count bad_count withdrawn_count gone_count stayed_count",
        state="read_at trying_since tried_at begun_at ended_at undoing_since undone_at unreadable",
        machinery="moved_at form encoding separator quote header_line through",
    ),
    of_customers(
        "imports.Row",
        RECORD,
        goes("customer_id"),
        names={"customer_id": "customers.Customer"},
        link="customer_id said_id household",
        words="cells odd known_by let_in_why",
        state="file state verdict is_new is_lenient erased_at let_in_at",
        colleague="actor_id",
        machinery="number digest",
    ),
)
