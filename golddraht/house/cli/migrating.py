from __future__ import annotations

import click

from golddraht.house import whereabouts


@click.command()
@click.option("--no-backup", is_flag=True, help="Do not write a backup before changing an existing database.")
def migrate(no_backup: bool) -> None:
    """Bring the database to the form that this version needs; a backup is written first."""
    whereabouts.open_django()
    from golddraht.house.running.preparing import migrate_when_needed

    if not migrate_when_needed(backup=not no_backup):
        click.echo("The database is up to date.")
