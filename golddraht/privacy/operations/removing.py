"""How what is past its period goes: by the catalogue's ties, with its files noted, and what the law keeps longer locked away first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.utils import timezone

from golddraht.channels.models import RawMail
from golddraht.conversations.models import Conversation
from golddraht.ground.retention_law import Keeping
from golddraht.improvement.operations.parting import keeping_counts
from golddraht.privacy.catalogue import BY_LABEL, TABLES
from golddraht.privacy.catalogue.forms import Fate
from golddraht.privacy.models import Locked
from golddraht.privacy.operations.deleting import delete_rows, empty_rows, let_go
from golddraht.privacy.operations.files import doom_files
from golddraht.privacy.operations.locking import lock_away
from golddraht.privacy.queries.keeping import Duty, duties
from golddraht.privacy.queries.persons import NOBODY, company, person_of
from golddraht.privacy.queries.reaching import reach_of
from golddraht.privacy.rules.redacting import OVER

Kept = Counter[tuple[Keeping, str]]
"""What was locked away on the way, by class and law."""
Remover = Callable[[set[int], datetime], Kept]

SILENT = tuple(table for table in TABLES if table.erasing.fate is not Fate.SPEAKS)
"""Queues and what programs were told go after weeks, long before anything that they could name."""


def remove(label: str, ids: set[int]) -> None:
    """These rows and all that hangs on them; a table outside the catalogue's reach by its own cascades."""
    if BY_LABEL[label].erasing.fate is not Fate.GOES:
        apps.get_model(label)._default_manager.filter(pk__in=ids).delete()
        return
    reach = reach_of(NOBODY, tables=SILENT, also={label: ids})
    doom_files(None, reach, SILENT)
    with keeping_counts(reach.gone["conversations.Conversation"]):
        empty_rows(reach, SILENT)
        let_go(reach, SILENT)
        delete_rows(reach, SILENT)


def remover_of(label: str) -> Remover:
    def act(ids: set[int], at: datetime) -> Kept:
        remove(label, ids)
        return Counter()

    return act


def remove_concerns(ids: set[int], at: datetime) -> Kept:
    """What of them the law keeps longer, such as a voucher beside letters, is locked away."""
    whole = ids | set(Conversation.objects.filter(merged_into_id__in=ids).values_list("pk", flat=True))
    kept = duties(whole, on=timezone.localdate(at))
    owners = dict(Conversation.objects.filter(pk__in=whole).values_list("pk", "customer_id"))
    for duty in kept:
        lock_away(duty, erasure=None, marks=_marks(duty, owners), at=at)
    remove("conversations.Conversation", ids)
    return Counter((duty.keeping, duty.law) for duty in kept)


def _marks(duty: Duty, owners: dict[int, int]) -> list[str]:
    return sorted(person_of(owners[duty.conversation_id]).marks(company()))


def strip_mails(ids: set[int], at: datetime) -> Kept:
    """Their own bytes and envelopes; that they came stays known, so that none is fetched twice."""
    RawMail.objects.filter(pk__in=ids).update(
        content=OVER, envelope_from="", envelope_to=[], client_address="", client_greeting="", problem=""
    )
    return Counter()


def remove_jobs(ids: set[int], at: datetime) -> Kept:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [list(ids)])
    return Counter()


def remove_locked(ids: set[int], at: datetime) -> Kept:
    """The database refuses what is not over yet."""
    Locked.objects.filter(pk__in=ids).delete()
    return Counter()
