"""Where the database is and as whom to speak to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from golddraht.house.postgres.errors import IncompleteSettings

DATABASE = "golddraht"
APP_VARIABLE = "GOLDDRAHT_DATABASE_URL"
OWNER_VARIABLE = "GOLDDRAHT_OWNER_DATABASE_URL"


@dataclass(frozen=True)
class Urls:
    """Addresses in the form libpq reads (`psycopg.conninfo.conninfo_to_dict` takes them apart).

    They carry passwords, therefore none of them shows in a repr or a traceback.
    """

    app: str = field(repr=False)
    """For web, worker and listener: sees only what row-level security lets it see."""
    owner: str = field(repr=False)
    """For migrate, backup and restore: owns the tables."""
    superuser: str = field(default="", repr=False)
    """For this package alone; empty for a server that is not ours."""

    def of(self, database: str) -> Urls:
        """The same server and roles, another database."""
        return Urls(
            _of(self.app, database),
            _of(self.owner, database),
            _of(self.superuser, database) if self.superuser else "",
        )


@dataclass(frozen=True)
class Address:
    """A listening server: its port, and the folder of its Unix socket when it has one (35 % faster than TCP)."""

    port: int
    socket_folder: Path | None

    def url(self, *, role: str, password: str, database: str = DATABASE) -> str:
        """An address for libpq, over the socket where there is one."""
        who = f"{quote(role, safe='')}:{quote(password, safe='')}"
        where = quote(database, safe="")
        if self.socket_folder is None:
            return f"postgresql://{who}@127.0.0.1:{self.port}/{where}"
        folder = quote(str(self.socket_folder), safe="")
        return f"postgresql://{who}@/{where}?host={folder}&port={self.port}"


def external_urls(env: Mapping[str, str]) -> Urls | None:
    """The addresses of an own server, or None when the embedded one is to be used.

    Raises IncompleteSettings when only one of the two is set: the program would otherwise have to run with the rights
    of the owner, whom row-level security does not hold.
    """
    app, owner = env.get(APP_VARIABLE, "").strip(), env.get(OWNER_VARIABLE, "").strip()
    if not app and not owner:
        return None
    if not app or not owner:
        missing = OWNER_VARIABLE if app else APP_VARIABLE
        raise IncompleteSettings(
            f"{missing} is not set. An own database server needs both: {APP_VARIABLE} for the role the program "
            f"works with (owns nothing) and {OWNER_VARIABLE} for the role that owns the tables and migrates."
        )
    return Urls(app=app, owner=owner)


def _of(url: str, database: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/" + quote(database, safe="")))
