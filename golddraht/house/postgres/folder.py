"""The data folder: where its parts lie, that it is ours, and the small files that must outlive a power cut."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import SystemRandom

from golddraht.house.postgres import settings_file
from golddraht.house.postgres.account import (
    Account,
    keeper_of,
    refuse_if_out_of_reach,
    server_account,
)
from golddraht.house.postgres.errors import ClusterError, FolderRefused
from golddraht.house.postgres.urls import Address

MARKER = "GOLDDRAHT"
_MARKER_TEXT = "This folder belongs to Golddraht: do not change or delete anything in it by hand.\n"

# Below the ports that systems lend to outgoing connections, so that it stays ours over restarts.
_PORTS = range(20000, 32000)
# sun_path holds 104 bytes on macOS and 108 on Linux, with a zero at the end.
_LONGEST_SOCKET_PATH = 100
# A first start needs about as much: 30 MB of programs, 65 MB of database.
_SPARE_BYTES = 100_000_000


@dataclass(frozen=True)
class Passwords:
    """One for each role, made once and kept in a file only its owner can read."""

    superuser: str = field(repr=False)
    owner: str = field(repr=False)
    app: str = field(repr=False)

    @classmethod
    def fresh(cls) -> Passwords:
        """Three new ones of 192 bits."""
        return cls(*(secrets.token_urlsafe(24) for _ in range(3)))


def default_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Where the data lie when GOLDDRAHT_DATA does not say: root's home is closed to the server's account."""
    if os.geteuid() == 0:
        return Path("/var/lib/golddraht")
    shared = env.get("XDG_DATA_HOME", "")
    base = Path(shared) if Path(shared).is_absolute() else Path.home() / ".local" / "share"
    return base / "golddraht"


class DataFolder:
    """One data folder and everything that is known about its files."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self.cluster = self.path / "cluster"
        self.log_folder = self.path / "log"
        self.log = self.log_folder / "postgres.log"
        self.start_log = self.log_folder / "start.log"
        self.socket_folder = self.path / "run"
        self.settings = self.path / settings_file.NAME

    @property
    def keeper(self) -> Account:
        """Who owns our own small files."""
        return keeper_of(self.path)

    @property
    def account(self) -> Account:
        """As whom the server runs."""
        return server_account(self.path)

    def lock(self, name: str) -> Path:
        """The file of the lock `users`, `decisions` or `server`."""
        return self.path / "locks" / name

    def claim(self) -> None:
        """Make the folder ours, or find that it is. Raises FolderRefused when it holds what is not ours."""
        if not (self.path / MARKER).exists():
            self._refuse_strangers()
            refuse_if_out_of_reach(_nearest_existing(self.path), self.account)
            make_folder(self.path, mode=0o755 if os.geteuid() == 0 else 0o700)
            self.write(MARKER, _MARKER_TEXT, mode=0o644)
        make_folder(self.path / "locks", mode=0o700, owner=self.keeper)

    def prepare_for_server(self) -> None:
        """Make the parts the server itself writes into. Raises FolderRefused when its account cannot reach them."""
        refuse_if_out_of_reach(self.path, self.account)
        for part in (self.log_folder, self.socket_folder):
            make_folder(part, mode=0o700, owner=self.account)

    def advice(self) -> str:
        """What to do when the system or the server refuses something in here."""
        free = shutil.disk_usage(_nearest_existing(self.path)).free
        if free < _SPARE_BYTES:
            return f"The disk is full ({free // 1_000_000} MB left): make room, then start again."
        return "Where these lines do not help, keep the folder as it is and ask for help."

    def remove_traces(self) -> None:
        """Remove what a killed server left. Only for the holder of its lock, who knows that it is stale.

        PostgreSQL itself would refuse to start as long as anything, be it a zombie, lives under the old number.
        """
        for stale in (self.cluster / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def write(self, name: str, text: str, *, mode: int) -> None:
        """Put a whole file in place at once, lasting through a power cut."""
        unfinished = self.path / f".{name}.{os.getpid()}"
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            os.fchmod(opened, mode)
            file.write(text)
            file.flush()
            os.fsync(opened)
        self.keeper.give(unfinished)
        unfinished.replace(self.path / name)
        sync_folder(self.path)

    def passwords(self) -> Passwords:
        """The passwords of the three roles, made at first use.

        Raises ClusterError when they are gone although the cluster is there: nobody could sign in to it.
        """
        file = self.path / "database-passwords.json"
        try:
            return Passwords(**json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            if self.cluster.exists():
                raise ClusterError(
                    f"{file} is missing; without it nobody can open the database. Put it back."
                ) from None
        except (ValueError, TypeError) as trouble:
            raise ClusterError(f"{file} cannot be read ({trouble}). Put the right one back.") from trouble
        fresh = Passwords.fresh()
        self.write(file.name, json.dumps(asdict(fresh), indent=1) + "\n", mode=0o600)
        return fresh

    def address(self) -> Address:
        """Where the next start is to listen: on the remembered port unless a stranger has taken it meanwhile."""
        return Address(self._port(), self._usable_socket_folder())

    def _port(self) -> int:
        file = self.path / "database-port"
        known = file.read_text(encoding="ascii").strip() if file.exists() else ""
        if known.isdecimal() and is_free(int(known)):
            return int(known)
        port = next(each for each in _shuffled(_PORTS) if is_free(each))
        self.write(file.name, f"{port}\n", mode=0o644)
        return port

    def _usable_socket_folder(self) -> Path | None:
        """None where the path is too long, or the file system knows no sockets."""
        trial = self.socket_folder / ".s.PGSQL.00000.lock"
        if len(os.fsencode(trial)) > _LONGEST_SOCKET_PATH:
            return None
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
            try:
                asked.bind(str(trial))
            except OSError:
                return None
            finally:
                trial.unlink(missing_ok=True)
        return self.socket_folder

    def _refuse_strangers(self) -> None:
        strange = self._strange_part()
        if strange is not None and not (self.path / MARKER).exists():
            raise FolderRefused(
                f"{self.path} is not a data folder of Golddraht: it holds {strange.name!r} and no file {MARKER}. "
                "Nothing was changed. Name an empty or a new folder with GOLDDRAHT_DATA."
            )

    def _strange_part(self) -> Path | None:
        """A folder or PostgreSQL's version file; single files (a log, a note) do no harm."""
        if not self.path.exists():
            return None
        if not self.path.is_dir():
            return self.path
        parts = sorted(self.path.iterdir())
        return next((each for each in parts if _is_strange(each)), None)


def make_folder(path: Path, *, mode: int, owner: Account | None = None) -> None:
    """Make a folder and its missing parents with exactly this mode; what exists is left as it is."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_folder(path.parent, mode=mode)
    try:
        path.mkdir()
    except FileExistsError:
        return
    path.chmod(mode)
    if owner is not None:
        owner.give(path)


def append(path: Path, text: str) -> None:
    """Add text to a file, lasting through a power cut. A link in its place is refused."""
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
    with os.fdopen(opened, "a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(opened)


def sync_folder(path: Path) -> None:
    """Names in a folder survive a power cut only after this."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_strange(path: Path) -> bool:
    if path.name == "lost+found":
        return False
    return path.is_dir() or path.name == "PG_VERSION"


def _nearest_existing(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists())


def _shuffled(ports: range) -> list[int]:
    return SystemRandom().sample(ports, len(ports))
