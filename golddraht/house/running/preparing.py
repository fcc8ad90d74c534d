"""What must be true before the first page: a safe role, the tables in place, and in an empty house the demo."""

from __future__ import annotations

import importlib

import click
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from golddraht.house.postgres import check_app_role


def prepare(*, demo: bool) -> None:
    """Migrate when need be and fill the demo into an empty installation. Raises UnsafeRole."""
    migrate_when_needed()
    check_app_role(connection)
    if demo and is_empty():
        fill_demo()


def pending_migrations() -> int:
    """How many steps the database is behind this version."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_when_needed() -> None:
    """Bring the tables to this version's form, as their owner."""
    from django.core.management import call_command

    if pending_migrations():
        click.echo("Preparing the database …")
        call_command("migrate", database="owner", verbosity=0, interactive=False)


def is_empty() -> bool:
    """Whether nobody has founded a tenant yet."""
    from golddraht.plumbing.models import Tenant

    return not Tenant.objects.exists()


def fill_demo() -> None:
    """The demo companies, as far as this installation brings them."""
    try:
        demo = importlib.import_module("golddraht.house.demo")
    except ModuleNotFoundError as missing:
        if missing.name != "golddraht.house.demo":
            raise
        return
    click.echo("Filling the demo companies …")
    demo.fill(at=timezone.now())


def welcome() -> None:
    """The address, and with whom to sign in to the demo."""
    click.echo(f"\nGolddraht runs at {settings.BASE_URL}/   (Ctrl-C ends it)\n")
