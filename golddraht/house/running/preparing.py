"""What must be true before the first page: a safe role, the tables in place, and in an empty house the demo."""

from __future__ import annotations

import gc
from pathlib import Path

import click
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from golddraht.house.postgres import check_app_role
from golddraht.house.running.apart import apart
from golddraht.plumbing.clock import now


def prepare(*, demo: bool) -> None:
    """Migrate when need be and found the demo companies in an empty installation. Raises UnsafeRole, FellApart."""
    if pending_migrations():
        # What it leaves behind all children would carry with them.
        leave_connections()
        apart(_migrate)
    check_app_role(connection)
    if demo and is_empty():
        found_demo()


def _migrate() -> None:
    # The household collects no garbage while it loads; here every state of every model would stay.
    gc.enable()
    migrate_when_needed()


def leave_connections() -> None:
    """Close what a forked process would otherwise share with us."""
    for each in connections.all():
        each.close()
        each.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.


def pending_migrations() -> int:
    """How many steps the database is behind this version."""
    from django.db.migrations.executor import MigrationExecutor

    if known_migrations() <= applied_migrations():
        return 0
    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_when_needed(*, backup: bool = True) -> bool:
    """Bring the tables to this version's form, as their owner; an existing database is backed up first.

    False when there was nothing to do.
    """
    from django.core.management import call_command

    if not pending_migrations():
        return False
    if backup and has_tables():
        write_backup_before_migrating()
    click.echo("Preparing the database …")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    return True


def known_migrations() -> set[tuple[str, str]]:
    """The steps of every app, by the names of their files: reading each of them takes longer than all else at a start."""
    found = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        found |= {(app.label, file.stem) for file in folder.glob("[0-9]*.py")}
    return found


def applied_migrations() -> set[tuple[str, str]]:
    from django.db.migrations.recorder import MigrationRecorder

    return set(MigrationRecorder(connections["owner"]).applied_migrations())


def has_tables() -> bool:
    """Whether this database was ever migrated."""
    with connections["owner"].cursor() as cursor:
        return "django_migrations" in connections["owner"].introspection.table_names(cursor)


def write_backup_before_migrating() -> None:
    """Into the data folder, named by the moment; old ones stay until somebody removes them."""
    from golddraht.house.backups.writing import write_backup

    file = settings.DATA / "backups" / f"before-migration-{now():%Y%m%d-%H%M%S}.tar"
    click.echo(f"Writing a backup first: {file}")
    write_backup(file)


def is_empty() -> bool:
    """Whether nobody has founded a tenant yet."""
    from golddraht.plumbing.models import Tenant

    return not Tenant.objects.exists()


def found_demo() -> None:
    """The demo companies that are not there yet, with people and teams; their concerns move in afterwards."""
    from golddraht.house import demo

    demo.found_companies(at=now())


def demo_waits() -> bool:
    """Whether concerns of the demo are still to move in, newly or because the last time was interrupted."""
    from golddraht.plumbing.models import Tenant

    return Tenant.objects.filter(is_demo=True, demo_left__gt=0).exists()


def welcome() -> str:
    """The address, and with whom to sign in to the demo."""
    said = f"\nGolddraht runs at {settings.BASE_URL}/   (Ctrl-C ends it)\n"
    if demo_waits():
        said += "\nThe demo's concerns move in meanwhile, today's first; the start page shows how far they are.\n"
    return f"{said}\n{_logins()}\n" if has_demo() else said


def has_demo() -> bool:
    from golddraht.plumbing.models import Tenant

    return Tenant.objects.filter(is_demo=True).exists()


def _logins() -> str:
    from golddraht.house import demo

    said = [f"Sign in to the demo with the password {demo.PASSWORD} as one of:", *dict.fromkeys(demo.LOGINS)]
    catcher = f"Be the customer, without signing in: {settings.BASE_URL}/demo/{demo.COMPANIES[0].slug}/"
    return "\n  ".join(said) + f"\n\n{catcher}"
