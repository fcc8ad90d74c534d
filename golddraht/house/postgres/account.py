"""As whom the server runs: as oneself, or, since PostgreSQL refuses root, as a system user without any rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from golddraht.house.postgres.errors import ClusterError, FolderRefused

SYSTEM_USER = "golddraht-db"


@dataclass(frozen=True)
class Account:
    """An owner of files and processes, by numbers, because a container may know no name for them."""

    uid: int
    gid: int

    def give(self, path: Path) -> None:
        """Hand `path` itself (never what a link points to) to this account. Only root can, others own it already."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(self, command: Sequence[str | Path], *, pass_fds: Sequence[int] = ()) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account, from `/`, with a bare environment; the output is captured, no error raised."""
        user, group, others = (self.uid, self.gid, ()) if os.geteuid() == 0 else (None, None, None)
        try:
            return subprocess.run(  # noqa: S603 - our own programs and arguments
                [str(part) for part in command],
                cwd="/",
                env=bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
                pass_fds=pass_fds,
                user=user,
                group=group,
                extra_groups=others,
            )
        except PermissionError as trouble:
            raise ClusterError(
                f"{command[0]} could not be run as user {self.uid}: {trouble}. "
                "Run Golddraht as an ordinary user, or allow root to change users here."
            ) from trouble


def bare_environment() -> dict[str, str]:
    """No PG… variable of the caller may lead a tool to another server; messages stay in English and UTF-8."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def keeper_of(folder: Path) -> Account:
    """Who owns what is not the server's own: the owner of the folder, so that root locks nobody out of it."""
    if os.geteuid() == 0 and folder.exists():
        return _owner_of(folder)
    return Account(os.geteuid(), os.getegid())


def server_account(folder: Path) -> Account:
    """Oneself; as root the owner of the cluster or of the folder, and the system user where that is root.

    Raises ClusterError when the system user is missing and cannot be made.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for path in (folder / "cluster", folder):
        if path.exists() and path.stat().st_uid != 0:
            return _owner_of(path)
    return _system_user()


def refuse_if_out_of_reach(path: Path, account: Account) -> None:
    """Raise FolderRefused when `account` cannot enter `path`: the way there is never opened by us."""
    if account.uid == os.geteuid():
        return
    if account.run(["/bin/sh", "-c", 'cd -- "$0"', path]).returncode == 0:
        return
    wall = next((each for each in _way_to(path) if _is_closed(each, account)), path)
    raise FolderRefused(
        f"The database server runs as the system user {_name(account)} and cannot reach {path}: "
        f"{wall} is closed to it. Choose another place with GOLDDRAHT_DATA (for example "
        f"/var/lib/golddraht), or open the way yourself: chmod o+x {wall}"
    )


def _owner_of(path: Path) -> Account:
    stat = path.stat()
    return Account(stat.st_uid, stat.st_gid)


def _way_to(path: Path) -> list[Path]:
    return [*reversed(path.parents), path]


def _is_closed(path: Path, account: Account) -> bool:
    return account.run(["/bin/sh", "-c", 'cd -- "$0"', path]).returncode != 0


def _name(account: Account) -> str:
    try:
        return pwd.getpwuid(account.uid).pw_name
    except KeyError:
        return str(account.uid)


def _system_user() -> Account:
    known = _look_up(SYSTEM_USER)
    if known is None:
        _create(SYSTEM_USER)
        known = _look_up(SYSTEM_USER)
    if known is None:
        raise ClusterError(
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made. "
            f"Make it (useradd -r {SYSTEM_USER}), or run Golddraht as an ordinary user."
        )
    return known


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _create(name: str) -> None:
    """Failing is no error here: another start may just have made the user; the second look tells."""
    useradd = shutil.which("useradd", path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin")
    if useradd is None:
        return
    subprocess.run(  # noqa: S603 - fixed arguments
        [useradd, "-r", "-M", "-d", "/nonexistent", "-s", "/usr/sbin/nologin", name],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
