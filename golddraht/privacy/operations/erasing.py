"""Erasing a person, in steps that can be broken off anywhere and begun again: ledger, rows, words of others, files.

The ledger first: whatever happens afterwards, no restored backup brings them back. Then every row in one transaction. What
stands of them in concerns of others is replaced after that, and at last the files go that no row names any more.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from golddraht.improvement.operations.parting import keeping_counts
from golddraht.plumbing import bus
from golddraht.plumbing.ledger import Erased, note_erasure
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.catalogue import BY_LABEL, TABLES
from golddraht.privacy.catalogue.forms import Table
from golddraht.privacy.catalogue.order import model_of
from golddraht.privacy.events import PersonErased
from golddraht.privacy.models import Erasure, ErasureLine
from golddraht.privacy.operations.deleting import delete_rows, empty_rows, let_go
from golddraht.privacy.operations.files import doom_files, remove_doomed
from golddraht.privacy.operations.locking import lock_away
from golddraht.privacy.operations.redacting import redact_in
from golddraht.privacy.operations.sharing import concerns_of, pass_shared_on, recount_emptied
from golddraht.privacy.queries.keeping import consent_duties, duties
from golddraht.privacy.queries.naming import where_named
from golddraht.privacy.queries.persons import Person, company, person_of
from golddraht.privacy.queries.reaching import Reach, reach_of

Tables = tuple[Table, ...]


def carry_out(*, tenant_id: int, erasure_id: int, at: datetime, tables: Tables = TABLES) -> bool:
    """Everything that is left to do of an approved request; gives whether it is done now. Safe to call at any time, any number of times."""
    with seeing(tenant_id):
        note_in_ledger(erasure_id, at=at)
    with seeing(tenant_id):
        erase_rows(erasure_id, at=at, tables=tables)
    for table in tables:
        with seeing(tenant_id):
            redact_in(table, erasure_id)
    with seeing(tenant_id):
        return finish(erasure_id, at=at)


def note_in_ledger(erasure_id: int, *, at: datetime) -> None:
    """Before anything goes, and on the disk: from now on nobody brings them back."""
    erasure = _to_work_on(erasure_id)
    if erasure is None or erasure.erased_at is not None:
        return
    person = person_of(erasure.customer_id)
    erasure.sought = person.as_words()
    erasure.save(update_fields=["sought"])
    released = tuple(erasure.released)
    note_erasure(Erased(str(erasure.request), company(), at, person.customer_ids, person.marks(company()), released))


@transaction.atomic
def erase_rows(erasure_id: int, *, at: datetime, tables: Tables = TABLES) -> None:
    """Lock away what the law keeps, pass on what is of others too, and delete all the rest at once."""
    erasure = _to_work_on(erasure_id)
    if erasure is None or erasure.erased_at is not None:
        return
    person = Person.of_words(erasure.sought.reveal())
    done: Counter[tuple[str, str]] = Counter()
    passed_on = pass_shared_on(person)
    reach = reach_of(person, tables=tables)
    emptied = reach.emptied["conversations.Message"]
    done[_table("conversations.Message"), "locked"] = _lock(erasure, person, reach, at=at)
    doom_files(erasure, reach, tables)
    with keeping_counts(reach.gone["conversations.Conversation"]):
        done += empty_rows(reach, tables)
        recount_emptied(emptied)
        done += let_go(reach, tables)
        done += delete_rows(reach, tables)
    _note_lines(erasure, done)
    erasure.sought = person.seen_in(*where_named(person, passed_on | concerns_of(emptied))).as_words()
    erasure.erased_at = at
    erasure.save(update_fields=["sought", "erased_at"])
    bus.publish(PersonErased(erasure.pk, at))


def _to_work_on(erasure_id: int) -> Erasure | None:
    rows = Erasure.objects.select_for_update().filter(pk=erasure_id, done_at=None, approved_at__isnull=False)
    found: Erasure | None = rows.first()
    return found


def _lock(erasure: Erasure, person: Person, reach: Reach, *, at: datetime) -> int:
    marks = sorted(person.marks(company()))
    kept = duties(reach.gone["conversations.Conversation"], released=frozenset(erasure.released), on=at.date())
    kept += consent_duties(person.customer_ids, on=at.date())
    for duty in kept:
        lock_away(duty, erasure=erasure, marks=marks, at=at)
    return len(kept)


def _note_lines(erasure: Erasure, done: Counter[tuple[str, str]]) -> None:
    for (table, treated), count in sorted(done.items()):
        if count:
            line, is_new = ErasureLine.objects.get_or_create(
                erasure=erasure, table=table, treated=treated, defaults={"count": count}
            )
            if not is_new:
                line.count += count
                line.save(update_fields=["count"])


def _table(label: str) -> str:
    return str(model_of(BY_LABEL[label])._meta.db_table)


@transaction.atomic
def finish(erasure_id: int, *, at: datetime) -> bool:
    """Remove the files that no row names any more; then nothing tells any longer who it was."""
    erasure = _to_work_on(erasure_id)
    if erasure is None or erasure.erased_at is None:
        return erasure is None
    remove_doomed(erasure)
    erasure.sought, erasure.done_at = "", at
    erasure.save(update_fields=["sought", "done_at"])
    return True
