"""The company, the trail, and the program's own tables."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, MACHINERY, TRAIL
from golddraht.privacy.catalogue.forms import of_colleagues, of_nobody

TABLES = (
    of_nobody(
        "plumbing.Tenant",
        COMPANY,
        "the company itself",
        setting="slug name language country brand_colour watch_period automatic_per_hour second_factor_from offers_cancelling offers_withdrawing is_demo created_at most_clients closed_at",
        machinery="last_number demo_left demo_whole",
    ),
    of_colleagues(
        "plumbing.Trace",
        TRAIL,
        colleague="actor_id seat_id verb at",
        link="subject_id",
        machinery="subject fields",
    ),
    of_nobody("plumbing.Presence", MACHINERY, "which process lives", machinery="role seen_at"),
    of_nobody("plumbing.Pause", MACHINERY, "whether mail is sent and fetched", state="since reason ended_at"),
)
