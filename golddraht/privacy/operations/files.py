"""Files on the disk go after the rows that named them: noted in the same transaction, removed afterwards, however often it breaks off."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import connection

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Table
from golddraht.privacy.catalogue.order import file_fields, model_of
from golddraht.privacy.models import DoomedFile, Erasure
from golddraht.privacy.queries.reaching import Reach


def doom_files(erasure: Erasure | None, reach: Reach, tables: tuple[Table, ...]) -> None:
    """Note the names of stored files, before the rows go that know them."""
    names: set[str] = set()
    for table, column in file_fields(tables):
        ids = reach.ids(table.label)
        if not ids:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{column}" FROM "{model_of(table)._meta.db_table}" WHERE tenant_id = %s AND id = ANY(%s)',
                [current_tenant_id(), list(ids)],
            )
            names |= {row[0] for row in cursor.fetchall() if row[0]}
    DoomedFile.objects.bulk_create(DoomedFile(erasure=erasure, name=name) for name in sorted(names))


def remove_doomed(erasure: Erasure | None = None) -> None:
    """Remove the noted files that no row names any more; without an erasure those whose time was over."""
    for doomed in DoomedFile.objects.filter(erasure=erasure).order_by("pk"):
        if not _is_named(doomed.name):
            default_storage.delete(doomed.name)
        doomed.delete()


def _is_named(name: str) -> bool:
    return any(model_of(table).objects.filter(**{column: name}).exists() for table, column in file_fields(TABLES))
