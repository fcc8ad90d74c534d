"""What was said with a date."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, PROMISES
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody

TABLES = (
    of_customers(
        "promises.Promise",
        PROMISES,
        goes("customer", "conversation", loosens="answered_with replaced_by"),
        link="customer conversation answered_with replaced_by disturbance",
        words="what reference tour danger outside",
        happened="starts_at due_at made_at settled_at withdrawn_at endangered_at announced_at reminded_at"
        " dated_at moved_from moved_to",
        state="kind state",
        colleague="owner made_by settled_by",
    ),
    of_customers(
        "promises.Option",
        PROMISES,
        goes("promise", loosens="made"),
        link="promise made",
        words="title condition",
        happened="starts_at due_at chosen_at cents",
        state="position kind",
    ),
    of_nobody(
        "promises.Disturbance",
        COMPANY,
        "what went wrong for many at once, in the company's words",
        own="words reference",
        state="starts_at ends_at at",
        colleague="by",
    ),
)
