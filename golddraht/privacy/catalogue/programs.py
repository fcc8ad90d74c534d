"""What programs are told."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, PROGRAMS
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody, speaking_of

TABLES = (
    of_nobody(
        "programs.Webhook",
        COMPANY,
        "an address of a program of the company",
        setting="name url news",
        machinery="secret old_secret old_secret_until busy_until",
        state="failures failing_since next_try_at paused_at closed_at",
        colleague="created_at created_by",
    ),
    of_customers("programs.Occurrence", PROGRAMS, speaking_of("body"), words="body", happened="at", state="news"),
    of_customers(
        "programs.HookDelivery",
        PROGRAMS,
        goes("occurrence"),
        link="occurrence",
        state="state attempts settled_at",
        machinery="webhook",
    ),
    of_customers(
        "programs.HookAttempt",
        PROGRAMS,
        goes("delivery"),
        link="delivery",
        words="answer failure",
        happened="at",
        state="status milliseconds",
    ),
)
