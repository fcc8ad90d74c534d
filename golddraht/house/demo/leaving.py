"""Taking the demo companies out again, beside real ones that notice nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import connection, models, transaction

from golddraht.plumbing.models import Tenant, Trace
from golddraht.plumbing.tenancy import seeing
from golddraht.search.models import Unread
from golddraht.team.models import User

WRITTEN_MEANWHILE: tuple[type[models.Model], ...] = (Unread, Trace)
"""By triggers: what has to be found anew, and what happened."""


class NotADemo(ValueError):
    """The company is no demo; nothing of it is removed."""


@dataclass(frozen=True)
class Gone:
    """What was removed with a company."""

    rows: int
    files: int
    people: int


def demo_companies() -> list[Tenant]:
    return list(Tenant.objects.filter(is_demo=True).order_by("pk"))


def move_out(company: Tenant) -> Gone:
    """Remove the demo company with every row, job and file of it, and the sign-ins that served demo companies alone.

    Raises NotADemo for any other company. Files go last: when that fails they are litter that no row names.
    """
    with transaction.atomic():
        known = Tenant.objects.select_for_update().filter(pk=company.pk, is_demo=True).first()
        if known is None:
            raise NotADemo(f"{company.name} is no demo company: it stays as it is.")
        only_here = _people_of_this_company_alone(known)
        rows = _remove_rows(known)
        User.objects.filter(pk__in=only_here).delete()
    return Gone(rows, _remove_files(default_storage, str(company.pk)), len(only_here))


def _people_of_this_company_alone(company: Tenant) -> list[int]:
    elsewhere = _people_of(_others(company))
    return sorted(_people_of(Tenant.objects.filter(pk=company.pk)) - elsewhere)


def _people_of(companies: models.QuerySet[Tenant]) -> set[int]:
    """Whoever works for one of them, or looks at one."""
    members = User.objects.filter(memberships__tenant__in=companies)
    clients = User.objects.filter(client_seats__tenant__in=companies)
    return {*members.values_list("pk", flat=True), *clients.values_list("pk", flat=True)}


def _others(company: Tenant) -> models.QuerySet[Tenant]:
    return Tenant.objects.exclude(pk=company.pk)


def _remove_rows(company: Tenant) -> int:
    """Table by table in any order: the keys between them are looked at when the transaction ends."""
    with seeing(company.pk), connection.cursor() as cursor:
        count = sum(_emptied(cursor, table, company.pk) for table in _tables_of_tenants())
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args ->> 'tenant_id' = %s", [str(company.pk)])
        cursor.execute(f'DELETE FROM "{Tenant._meta.db_table}" WHERE id = %s AND is_demo', [company.pk])  # noqa: S608  # The name is Django's.
    return count


def _emptied(cursor: object, table: str, tenant_id: int) -> int:
    cursor.execute(f'DELETE FROM "{table}" WHERE tenant_id = %s', [tenant_id])  # type: ignore[attr-defined]  # noqa: S608  # As above.
    return int(cursor.rowcount)  # type: ignore[attr-defined]  # Django's cursors have no common type.


def _tables_of_tenants() -> Iterator[str]:
    """Every table whose rows belong to a company; last those into which removing others writes."""
    owned = [model for model in apps.get_models() if _belongs_to_a_tenant(model) and model not in WRITTEN_MEANWHILE]
    yield from (model._meta.db_table for model in (*owned, *WRITTEN_MEANWHILE))


def _belongs_to_a_tenant(model: type[models.Model]) -> bool:
    keys = [field for field in model._meta.get_fields() if field.concrete and field.name == "tenant"]
    return bool(keys) and keys[0].related_model is Tenant


def _remove_files(storage: Storage, folder: str) -> int:
    """Everything below a folder of the storage, and the folder."""
    if not storage.exists(folder):
        return 0
    folders, files = storage.listdir(folder)
    count = len(files) + sum(_remove_files(storage, f"{folder}/{each}") for each in folders)
    for each in files:
        storage.delete(f"{folder}/{each}")
    storage.delete(folder)
    return count
