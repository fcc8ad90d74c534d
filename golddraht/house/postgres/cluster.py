"""One embedded PostgreSQL for all processes of one data folder: the first starts it, the last one out stops it."""

from __future__ import annotations

import atexit
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from golddraht.house.postgres import locks, roles
from golddraht.house.postgres.errors import ClusterError, FolderRefused, StartFailed
from golddraht.house.postgres.folder import DataFolder
from golddraht.house.postgres.server import SUPERUSER, Server, Standing
from golddraht.house.postgres.urls import DATABASE, Address, Urls

_RECOVERY_SECONDS = 600


class Cluster:
    """The embedded PostgreSQL of a data folder, used by this process and any number of others at once.

    Whoever uses it holds a lock that vanishes with the process, however it dies; nobody is counted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = DataFolder(folder)
        self._server = Server(self._folder)
        self._users_lock: int | None = None
        self._urls: Urls | None = None

    @property
    def folder(self) -> Path:
        """The data folder, links resolved."""
        return self._folder.path

    @property
    def log(self) -> Path:
        """The server's log."""
        return self._folder.log

    def ensure_running(self) -> Urls:
        """Join the users of the server, start and furnish it when need be, and give its addresses.

        Safe to call again; leaves by itself when the program ends. Takes about 20 ms when the server runs, 0.2 s when
        it must be started, 2 s the very first time, and as long as the recovery after a crash. Raises ClusterError.
        """
        with _explained(self._folder):
            self._folder.claim()
            with self._deciding():
                joins = self._users_lock is None
                if joins:
                    self._users_lock = locks.share(self._folder.lock("users"), self._folder.keeper)
                try:
                    self._urls = self._bring_up()
                except BaseException:
                    if joins:
                        self._go()
                    raise
        atexit.unregister(self.leave)
        atexit.register(self.leave)
        return self._urls

    def leave(self) -> None:
        """Stop using the server; the last user stops it. Safe to call again."""
        if self._users_lock is None:
            return
        if not self._folder.lock("users").exists():
            # The folder was deleted under the server, which ends by itself within a minute.
            self._let_go()
            return
        with self._deciding():
            self._go()

    @contextmanager
    def running(self) -> Iterator[Urls]:
        """The server for the length of a `with` block."""
        try:
            yield self.ensure_running()
        finally:
            self.leave()

    def watch(self) -> bool:
        """To be called about once a second by a long-living user: heals a dead server, keeps its log small.

        True when the server had died and is back; `ensure_running` then gives the addresses, which are the same unless
        a stranger took the port meanwhile. Raises ClusterError when it cannot be healed. Costs 0.1 ms.
        """
        if self._server.standing() is None:
            self.ensure_running()
            return True
        if self._server.log_is_full():
            self._turn_log()
        return False

    def is_running(self) -> bool:
        """Whether the server lives, without joining or starting anything."""
        return self._server.standing() is not None

    def create_database(self, name: str) -> Urls:
        """A further database with the same owner and the same rights for the app role; a known one is set right."""
        urls = self._urls_now()
        with self._superuser(urls.of("postgres")) as connection:
            roles.ensure_database(connection, name)
        with self._superuser(urls.of(name)) as connection:
            roles.ensure_grants(connection)
        return urls.of(name)

    def drop_database(self, name: str) -> None:
        """Drop a database that `create_database` made, ending the connections to it; a missing one is fine."""
        with self._superuser(self._urls_now().of("postgres")) as connection:
            roles.drop_owned_database(connection, name)

    def _deciding(self) -> AbstractContextManager[None]:
        return locks.alone(self._folder.lock("decisions"), self._folder.keeper)

    def _go(self) -> None:
        """Let go, and stop the server when nobody else holds on. Under the lock for decisions."""
        self._let_go()
        # A new look at the lock, not ours turned round: a forked child that still holds ours counts as a user.
        alone = locks.take_if_free(self._folder.lock("users"), self._folder.keeper)
        if alone is not None:
            try:
                self._server.stop()
            finally:
                os.close(alone)

    def _let_go(self) -> None:
        if self._users_lock is not None:
            os.close(self._users_lock)
        self._users_lock = None

    def _urls_now(self) -> Urls:
        if self._urls is None:
            raise ClusterError("Call ensure_running() first.")
        return self._urls

    def _bring_up(self) -> Urls:
        until = time.monotonic() + _RECOVERY_SECONDS
        while time.monotonic() < until:
            standing = self._server.standing()
            if standing is None:
                self._server.start()
            elif standing.is_ready:
                with _retried_if_it_passes():
                    return self._furnished(standing)
            else:
                time.sleep(0.02)
        raise StartFailed(f"The database server is not ready after ten minutes; see {self.log}.")

    def _furnished(self, standing: Standing) -> Urls:
        urls = self._urls_at(standing.address)
        if not self._is_furnished(urls):
            with self._superuser(urls.of("postgres")) as connection:
                self._refuse_other_server(connection)
                roles.ensure_roles(connection, self._folder.passwords())
                roles.ensure_database(connection, DATABASE)
            with self._superuser(urls) as connection:
                roles.ensure_grants(connection)
        return urls

    def _is_furnished(self, urls: Urls) -> bool:
        try:
            with self._superuser(urls) as connection:
                self._refuse_other_server(connection)
                return roles.is_furnished(connection)
        except psycopg.OperationalError as trouble:
            if f'database "{DATABASE}" does not exist' in str(trouble):
                return False
            raise

    def _refuse_other_server(self, connection: psycopg.Connection[Any]) -> None:
        """The password was accepted both ways, so this can only be a copy of our cluster that runs elsewhere."""
        found = connection.execute("SHOW data_directory").fetchone()
        if found is None or not Path(found[0]).samefile(self._folder.cluster):
            raise ClusterError(f"The server that answers for {self._folder.cluster} works on {found}.")

    def _superuser(self, urls: Urls) -> psycopg.Connection[Any]:
        return psycopg.connect(urls.superuser, autocommit=True, connect_timeout=30)

    def _turn_log(self) -> None:
        with self._deciding():
            if self._server.log_is_full() and self._urls is not None:
                self._server.put_log_aside()
                with self._superuser(self._urls) as connection:
                    connection.execute("SELECT pg_rotate_logfile()")

    def _urls_at(self, address: Address) -> Urls:
        passwords = self._folder.passwords()
        return Urls(
            app=address.url(role=roles.APP, password=passwords.app),
            owner=address.url(role=roles.OWNER, password=passwords.owner),
            superuser=address.url(role=SUPERUSER, password=passwords.superuser),
        )


@contextmanager
def _retried_if_it_passes() -> Iterator[None]:
    """Keep quiet about a server that is just dying, restarting after a crash of a child, or recovering: look again."""
    try:
        yield
    except psycopg.OperationalError as trouble:
        if not _passes(trouble):
            raise
        time.sleep(0.05)


def _passes(trouble: psycopg.OperationalError) -> bool:
    if trouble.sqlstate:
        # Class 57P: shutting down, crashed, not yet ready (appendix "Error Codes" of the PostgreSQL manual).
        return trouble.sqlstate.startswith("57P")
    said = str(trouble)
    return "FATAL" not in said or "the database system is" in said


@contextmanager
def _explained(folder: DataFolder) -> Iterator[None]:
    """Errors of the system and of the connection in words that say what to do."""
    try:
        yield
    except PermissionError as trouble:
        raise FolderRefused(
            f"{trouble.filename or folder.path} is closed to this user: {trouble.strerror}. Run Golddraht as the user "
            f"who owns {folder.path}, or name another folder with GOLDDRAHT_DATA."
        ) from trouble
    except OSError as trouble:
        # A copy of many files collects all its troubles; the first tells enough.
        first = trouble.args[0][0][2] if isinstance(trouble, shutil.Error) else trouble
        raise ClusterError(f"The data folder {folder.path} cannot be used: {first}. {folder.advice()}") from trouble
    except psycopg.OperationalError as trouble:
        raise ClusterError(
            f"The database server of {folder.path} runs but lets nobody in: {str(trouble).strip()}. Its log is "
            f"{folder.log}."
        ) from trouble
