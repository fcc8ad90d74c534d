"""One PostgreSQL server process: made, started, recognised and stopped; never mistaken for another program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from golddraht.house.postgres import locks
from golddraht.house.postgres.binaries import MAJOR, kept_binaries
from golddraht.house.postgres.errors import OtherMajorVersion, StartFailed, StopFailed
from golddraht.house.postgres.folder import DataFolder, append, sync_folder
from golddraht.house.postgres.settings_file import settings_text
from golddraht.house.postgres.urls import Address

SUPERUSER = "golddraht_super"
_RECOVERY_SECONDS = 600
_SHUTDOWN_SECONDS = 120
_ORPHANS_MAY_LINGER_SECONDS = 8
_LOG_BYTES = 10_000_000
_LOGS_KEPT = 5


@dataclass(frozen=True)
class Standing:
    """What a living server says of itself in `postmaster.pid`."""

    pid: int
    address: Address
    is_ready: bool


class Server:
    """The server of one data folder. Starting and stopping are called under the lock for decisions."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def standing(self) -> Standing | None:
        """The living server, or None.

        A number in a stale file may by now belong to anybody, so the process itself is asked: it must be a
        PostgreSQL that was started on this very cluster.
        """
        try:
            lines = (self._folder.cluster / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, ValueError, IndexError):
            return None
        if not works_on(pid, self._folder.cluster):
            return None
        socket_folder = Path(lines[4]) if len(lines) > 4 and lines[4] else None
        is_ready = len(lines) > 7 and lines[7].strip() == "ready"
        return Standing(pid, Address(port, socket_folder), is_ready)

    def start(self) -> None:
        """Start the server and wait until it is ready, after a crash until it has recovered (at most ten minutes).

        When a start that was cut off turns out to be under way, that one is left to go on: look at `standing` again.
        Raises StartFailed, OtherMajorVersion or FolderRefused.
        """
        self.refuse_other_major()
        self._folder.passwords()
        self._folder.prepare_for_server()
        binaries = kept_binaries(self._folder.path, self._folder.keeper)
        self._make_cluster(binaries)
        lock = self._lock_without_orphans()
        if lock is not None:
            try:
                self._launch(binaries, lock)
            finally:
                os.close(lock)

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, everything committed is kept. Raises StopFailed."""
        standing = self.standing()
        if standing is None:
            return
        os.kill(standing.pid, signal.SIGINT)
        if not _wait(lambda: not works_on(standing.pid, self._folder.cluster), _SHUTDOWN_SECONDS):
            raise StopFailed(
                f"The database server (process {standing.pid}) did not stop within {_SHUTDOWN_SECONDS} s. "
                f"Its log is {self._folder.log}."
            )

    def refuse_other_major(self) -> None:
        """Raise OtherMajorVersion before anything is touched."""
        file = self._folder.cluster / "PG_VERSION"
        found = file.read_text().strip() if file.exists() else str(MAJOR)
        if found != str(MAJOR):
            raise OtherMajorVersion(
                f"The database in {self._folder.cluster} was written by PostgreSQL {found}, this Golddraht brings "
                f"PostgreSQL {MAJOR}. `golddraht upgrade-database` will do the step one day but is not available "
                "yet. Until then: start the Golddraht you used before, write a backup with `golddraht backup`, and "
                "read it into a fresh data folder with this one (`golddraht restore`). The old programs are still "
                f"in {self._folder.path}/pg-{found}.*"
            )

    def log_is_full(self) -> bool:
        """Whether the log has outgrown its 10 MB."""
        log = self._folder.log
        return log.exists() and log.stat().st_size > _LOG_BYTES

    def put_log_aside(self) -> None:
        """Shift the old logs by one and drop the oldest; the server writes on until it is told to open a new one."""
        log = self._folder.log
        for number in range(_LOGS_KEPT - 1, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            if older.exists():
                older.replace(log.with_name(f"{log.name}.{number + 1}"))
        log.replace(log.with_name(f"{log.name}.1"))

    def _make_cluster(self, binaries: Path) -> None:
        """Under another name first: a cluster that was cut off while being made is never taken for one."""
        folder, account = self._folder, self._folder.account
        if folder.cluster.exists():
            return
        unfinished = folder.path / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account.give(unfinished)
        password = folder.path / ".first-password"
        folder.write(password.name, folder.passwords().superuser, mode=0o600)
        account.give(password)
        try:
            done = account.run(_initdb(binaries, unfinished, password))
        finally:
            password.unlink()
        if done.returncode != 0:
            raise self._failure(done.stdout)
        append(unfinished / "postgresql.conf", f"\ninclude = '../{folder.settings.name}'\n")
        unfinished.rename(folder.cluster)
        sync_folder(folder.path)

    def _lock_without_orphans(self) -> int | None:
        """The lock that the next server inherits, once all children of a killed one are gone.

        None when there is a living server after all.
        """
        path, keeper = self._folder.lock("server"), self._folder.keeper
        began = time.monotonic()
        while (lock := locks.take_if_free(path, keeper)) is None:
            if self.standing() is not None:
                return None
            waited = time.monotonic() - began
            if waited > _ORPHANS_MAY_LINGER_SECONDS:
                _end_orphans(self._folder.cluster)
            if waited > _SHUTDOWN_SECONDS:
                raise self._failure("Processes of the former server are still at work and do not end.")
            time.sleep(0.02)
        return lock

    def _launch(self, binaries: Path, lock: int) -> None:
        """Twice at most: a stranger may take the port between our look and the server's."""
        for _ in range(2):
            self._folder.remove_traces()
            if self.log_is_full():
                self.put_log_aside()
            address = self._folder.address()
            text = settings_text(address, self._folder.log_folder)
            self._folder.write(self._folder.settings.name, text, mode=0o644)
            done = self._pg_ctl_start(binaries, lock)
            if done.returncode == 0:
                return
            if "could not bind" not in self._end_of_log():
                break
        raise self._failure(done.stdout)

    def _pg_ctl_start(self, binaries: Path, lock: int) -> subprocess.CompletedProcess[str]:
        folder = self._folder
        folder.start_log.unlink(missing_ok=True)
        start: list[str | Path] = [binaries / "pg_ctl", "start", "-D", folder.cluster, "-w", "-s"]
        start += ["-t", str(_RECOVERY_SECONDS), "-l", folder.start_log]
        return folder.account.run(start, pass_fds=[lock])

    def _failure(self, said: str) -> StartFailed:
        """With the last words of the program that was run and of the server's log."""
        words = "\n".join(said.strip().splitlines()[-8:])
        return StartFailed(
            f"The database server in {self._folder.path} did not start. {words}\n{self._end_of_log()}\n"
            f"{self._folder.advice()}"
        )

    def _end_of_log(self) -> str:
        logs = (self._folder.start_log, self._folder.log)
        return "\n".join(_end_of(each) for each in logs if each.exists())


def works_on(pid: int, cluster: Path) -> bool:
    """Whether this process is a PostgreSQL server at work on `cluster`. A zombie is not, nor are a server's children.

    A server works in its data folder, but not everybody may look there; the option it was started with is public.
    """
    words = _command_line(pid)
    if not words or Path(words[0]).name != "postgres":
        return False
    named = words[words.index("-D") + 1] if "-D" in words[:-1] else ""
    return _is_same(Path(f"/proc/{pid}/cwd"), cluster) or (named != "" and _is_same(Path(named), cluster))


def _is_same(path: Path, cluster: Path) -> bool:
    try:
        return path.samefile(cluster)
    except OSError:
        return False


def _command_line(pid: int) -> list[str]:
    """Of /proc, which anybody may read there; of `ps` where there is no /proc."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return []
    ask = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    said = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - a number, no shell
    program, option, rest = said.stdout.strip().partition(" -D ")
    return [program, "-D", rest] if option else []


def _end_orphans(cluster: Path) -> None:
    """Tell backends that have outlived their postmaster to quit; only where their working folder can be read."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if _is_same(entry / "cwd", cluster) and (entry / "exe").readlink().name.startswith("postgres"):
                os.kill(int(entry.name), signal.SIGQUIT)
        except OSError:
            continue


def _initdb(binaries: Path, cluster: Path, password: Path) -> list[str | Path]:
    return [
        binaries / "initdb",
        f"--pgdata={cluster}",
        f"--username={SUPERUSER}",
        f"--pwfile={password}",
        "--auth-host=scram-sha-256",
        "--auth-local=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    ]


def _end_of(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 3000))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-15:])


def _wait(happened: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
