from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import answer, as_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
def backup(file: Path, in_json: bool) -> None:
    """Write database and files into the one FILE, which must not exist yet. Works beside the running program.

    The key of this installation (secret.key in the data folder, or GOLDDRAHT_SECRET_KEY) is not in it: keep it at
    another place, for without it the mailbox passwords and second factors in the backup cannot be read.
    """
    whereabouts.open_django()
    from golddraht.house.backups.writing import write_backup

    written = write_backup(file)
    words = f"{file} holds everything: {written.files} files and the database, {written.size / 1e6:.1f} MB."
    told = {"file": str(file), "made_at": written.made_at, "golddraht": written.golddraht}
    answer(words, told | {"files": written.files, "bytes": written.size}, in_json=in_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--trust", is_flag=True, help="Take a backup that was not written under the key that lies here.")
@click.option(
    "--without-ledger", is_flag=True, help="Erase nobody again: only when the ledger of erasures is lost for good."
)
@as_json
def restore(file: Path, trust: bool, without_ledger: bool, in_json: bool) -> None:
    """Read the backup FILE into a fresh data folder (GOLDDRAHT_DATA) or an empty database.

    Put the old secret.key there first, and the ledger of erasures (erasures.ledger and erasures.key): people who were
    erased since the backup was written are erased again before anything else runs, and without the ledger it refuses.
    The file is checked before anything is touched, and has to be signed with that key:
    a backup is a program for the database. With --trust it need not be; then be sure of where it has been. The copy sends and fetches nothing until `golddraht resume`.
    """
    from golddraht.house.backups.reading import check_backup

    manifest = check_backup(file)
    whereabouts.open_django()
    from golddraht.house.backups.restoring import restore_backup

    # What happens meanwhile is told to people, and never mixes with what a program reads.
    with contextlib.redirect_stdout(sys.stderr):
        said = restore_backup(file, manifest, trusted=trust, without_ledger=without_ledger)
    told = {"file": str(file), "made_at": manifest.made_at, "files": manifest.files, "paused": True, "said": said}
    answer("\n".join(said), told, in_json=in_json)
