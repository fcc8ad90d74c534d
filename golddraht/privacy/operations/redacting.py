"""Replacing what tells of an erased person in words that belong to others."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from golddraht.channels.models import RawMail
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue.forms import Fate, Kind, Table
from golddraht.privacy.catalogue.order import model_of
from golddraht.privacy.models import Erasure, ErasureLine
from golddraht.privacy.queries.persons import Person
from golddraht.privacy.rules.redacting import GONE, pattern_of

SPOKEN = frozenset({Kind.NAME, Kind.CONTACT, Kind.WORDS})
OF_A_CONCERN = {
    "conversations.Message": "conversation_id",
    "conversations.Note": "conversation_id",
    "conversations.Conversation": "id",
    "conversations.Draft": "conversation_id",
    "conversations.Milestone": "conversation_id",
}
"""Where a name is replaced, too: in concerns in which the person took part."""
REMOVED = b"X-Golddraht: removed, because somebody who is named in it was erased.\r\n\r\n"
"""What stands in place of a mail's own bytes when words of it were replaced."""


@transaction.atomic
def redact_in(table: Table, erasure_id: int) -> None:
    """Replace addresses and numbers in every row of the table, and names where the person took part. Twice is as good as once."""
    erasure = Erasure.objects.filter(pk=erasure_id, done_at=None, erased_at__isnull=False).first()
    if erasure is None or not erasure.sought or table.erasing.fate not in {Fate.GOES, Fate.SPARED}:
        return
    person = Person.of_words(erasure.sought.reveal())
    model = model_of(table)
    if model is None or not any(one.name == "tenant" for one in model._meta.fields):
        return
    count = _replace(table, person) if person.sought.addresses else 0
    if count:
        line, _ = ErasureLine.objects.get_or_create(
            erasure=erasure, table=model._meta.db_table, treated="replaced", defaults={"count": 0}
        )
        line.count += count
        line.save(update_fields=["count"])


def _replace(table: Table, person: Person) -> int:
    if table.label == "channels.RawMail":
        return _remove_raw(person)
    addresses = person.sought.addresses
    count = 0
    for field in spoken_fields(table):
        count += _in_field(table, field, addresses)
    column = OF_A_CONCERN.get(table.label)
    if column and person.concerns and person.sought.names:
        for field in spoken_fields(table):
            count += _in_field(table, field, person.sought.names, column, list(person.concerns))
    return count


def spoken_fields(table: Table) -> list[models.Field[Any, Any]]:
    """The columns of a table in which an address can stand."""
    fields = {one.name: one for one in model_of(table)._meta.fields}
    chosen = [fields[name] for name, kind in table.fields.items() if kind in SPOKEN]
    return [one for one in chosen if isinstance(_inner(one), models.CharField | models.TextField)]


def _inner(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    return field.base_field if isinstance(field, ArrayField) else field


def _in_field(
    table: Table,
    field: models.Field[Any, Any],
    words: tuple[str, ...],
    within: str | None = None,
    ids: list[int] | None = None,
) -> int:
    column = f'"{field.column}"'
    kind = table.fields[field.name]
    pattern = pattern_of(words)
    changed, text = _changed(field, kind)
    condition = f' AND "{within}" = ANY(%s)' if within else ""
    sql = (
        f'UPDATE "{model_of(table)._meta.db_table}" SET {column} = {changed}'
        f" WHERE tenant_id = %s AND {text} ~* %s{condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [pattern, current_tenant_id(), pattern, *([ids] if within else [])])
        return int(cursor.rowcount)


def _changed(field: models.Field[Any, Any], kind: Kind) -> tuple[str, str]:
    """What is put into the column, and as what it is looked through."""
    column = f'"{field.column}"'
    if not isinstance(field, ArrayField):
        put = f"regexp_replace({column}, %s, '{GONE}', 'gi')"
        limit = getattr(field, "max_length", None)
        return (f"left({put}, {limit})" if limit else put), column
    text = f"array_to_string({column}, E'\\n')"
    if kind is Kind.CONTACT:
        # An address that is none would be written to.
        return f"(SELECT coalesce(array_agg(one), '{{}}') FROM unnest({column}) AS one WHERE NOT one ~* %s)", text
    return (
        f"(SELECT coalesce(array_agg(regexp_replace(one, %s, '{GONE}', 'gi')), '{{}}') FROM unnest({column}) AS one)",
        text,
    )


def _remove_raw(person: Person) -> int:
    """The own bytes of mails whose words were replaced, or in which an address stands plainly: coded ones cannot be mended."""
    count = RawMail.objects.filter(message_id__in=person.messages).exclude(content=REMOVED).update(content=REMOVED)
    for address in person.sought.addresses:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE channels_rawmail SET content = %s, envelope_to = array_remove(envelope_to, %s),"
                " envelope_from = CASE WHEN lower(envelope_from) = lower(%s) THEN '' ELSE envelope_from END"
                " WHERE tenant_id = %s AND read_at IS NOT NULL AND (lower(envelope_from) = lower(%s) OR %s = ANY(envelope_to)"
                " OR position(convert_to(%s, 'UTF8') in content) > 0)",
                [REMOVED, address, address, current_tenant_id(), address, address, address],
            )
            count += cursor.rowcount
    return count
