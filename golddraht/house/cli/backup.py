from __future__ import annotations

from pathlib import Path

import click

from golddraht.house import whereabouts


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database and files into the one FILE, which must not exist yet. Works beside the running program.

    The key of this installation (secret.key in the data folder, or GOLDDRAHT_SECRET_KEY) is not in it: keep it at
    another place, for without it the mailbox passwords and second factors in the backup cannot be read.
    """
    whereabouts.open_django()
    from golddraht.house.backups.writing import write_backup

    written = write_backup(file)
    click.echo(f"{file} holds everything: {written.files} files and the database, {written.size / 1e6:.1f} MB.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Read the backup FILE into a fresh data folder (GOLDDRAHT_DATA) or an empty database.

    The file is checked before anything is touched. The copy sends and fetches nothing until `golddraht resume`.
    """
    from golddraht.house.backups.reading import check_backup

    manifest = check_backup(file)
    whereabouts.open_django()
    from golddraht.house.backups.restoring import restore_backup

    for sentence in restore_backup(file, manifest):
        click.echo(sentence)
