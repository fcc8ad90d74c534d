"""What is kept so that the rights of those concerned can be proven to be kept."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, FIGURES, RIGHTS, WORK
from golddraht.privacy.catalogue.forms import UNTOUCHED, goes, of_colleagues, of_customers, of_nobody, spared

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
    of_colleagues("privacy.ArchiveRight", WORK, colleague="member given_at given_by ended_at ended_by"),
    of_colleagues(
        "privacy.ArchiveOpening",
        RIGHTS,
        spared(),
        colleague="member at",
        words="why",
        link="locked_id",
        state="keeping",
    ),
    of_customers(
        "privacy.Hold",
        RIGHTS,
        goes("customer"),
        link="customer",
        words="why",
        happened="since ended_at",
        colleague="by ended_by",
    ),
    of_nobody(
        "privacy.KeepingPolicy",
        COMPANY,
        "whether what is past its period goes by itself",
        setting="begun_at stopped_at stopped_why",
        colleague="begun_by stopped_by",
    ),
    of_nobody(
        "privacy.KeepingChoice",
        COMPANY,
        "how long the company keeps a class",
        setting="keeping months chosen_at",
        colleague="chosen_by",
    ),
    of_nobody(
        "privacy.KeepingRun",
        FIGURES,
        "how far a day's run is",
        state="on is_trial began_at moved_at ended_at",
        machinery="step seen_until",
    ),
    of_nobody(
        "privacy.KeepingLine",
        FIGURES,
        "how many rows went on a day, and why others stayed",
        count="what keeping law outcome count",
        machinery="run",
    ),
)
