"""The data catalogue: every field of every table, what it is for, how long it stays, and what erasing a person does to it.

One file for each room. `make check` compares it with the models: whoever adds a field says here what it holds. From it come
the record of processing activities (Article 30 GDPR), the works council's overview, erasing, retention and the canary test.
"""

from __future__ import annotations

from collections.abc import Iterator

from golddraht.privacy.catalogue import (
    access,
    channels,
    commerce,
    consent,
    conversations,
    customers,
    imports,
    improvement,
    journey,
    knowledge,
    libraries,
    notices,
    plumbing,
    programs,
    promises,
    rights,
    search,
    team,
    telephone,
)
from golddraht.privacy.catalogue.activities import ACTIVITIES as ACTIVITIES
from golddraht.privacy.catalogue.forms import Activity, Entry, Kind, People, Table

TABLES: tuple[Table, ...] = (
    *customers.TABLES,
    *imports.TABLES,
    *consent.TABLES,
    *conversations.TABLES,
    *promises.TABLES,
    *channels.TABLES,
    *telephone.TABLES,
    *journey.TABLES,
    *commerce.TABLES,
    *search.TABLES,
    *improvement.TABLES,
    *knowledge.TABLES,
    *programs.TABLES,
    *rights.TABLES,
    *team.TABLES,
    *notices.TABLES,
    *access.TABLES,
    *plumbing.TABLES,
    *libraries.TABLES,
)
BY_LABEL = {table.label: table for table in TABLES}


def entries() -> Iterator[Entry]:
    """Every field, in the order of the tables."""
    for table in TABLES:
        for field, kind in table.fields.items():
            yield Entry(table, field, kind)


def tables_for(activity: Activity) -> list[Table]:
    """What is kept for it."""
    return [table for table in TABLES if table.activity is activity]


def fields_about_colleagues(label: str) -> list[str]:
    """The fields of a table that tell something of a colleague."""
    table = BY_LABEL[label]
    about = table.people is People.COLLEAGUES
    return [name for name, kind in table.personal.items() if about or kind is Kind.COLLEAGUE]
