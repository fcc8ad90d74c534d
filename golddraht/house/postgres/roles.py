"""Three roles: one makes the others, one owns the tables, one works and owns nothing, so that rows can be hidden."""

from __future__ import annotations

from typing import Any, Protocol

import psycopg
from psycopg import sql

from golddraht.house.postgres.errors import ClusterError, UnsafeRole
from golddraht.house.postgres.folder import Passwords

OWNER = "golddraht_owner"
APP = "golddraht_app"

_MAY_NOTHING_SPECIAL = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")


class Asking(Protocol):
    """A psycopg connection or Django's."""

    def cursor(self) -> Any:
        """A context manager with `execute` and `fetchone`."""


def ensure_roles(connection: psycopg.Connection[Any], passwords: Passwords) -> None:
    """Make the owner and the app role, or set them right. `connection`: the superuser's, autocommit."""
    for role, password in ((OWNER, passwords.owner), (APP, passwords.app)):
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
        connection.execute(
            sql.SQL("{} {} WITH {} PASSWORD {}").format(
                verb, sql.Identifier(role), _MAY_NOTHING_SPECIAL, sql.Literal(password)
            )
        )


def ensure_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Make the database of this name for the owner; nobody else but the app role may enter it."""
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    database, owner, app = (sql.Identifier(each) for each in (name, OWNER, APP))
    if known is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app))


def ensure_grants(connection: psycopg.Connection[Any]) -> None:
    """In the database of this connection (superuser): what the owner will make, the app role may use."""
    names = {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {app}").format(**names))
    for grant in (
        sql.SQL("SELECT, INSERT, UPDATE, DELETE ON TABLES"),
        sql.SQL("USAGE, SELECT ON SEQUENCES"),
        sql.SQL("EXECUTE ON FUNCTIONS"),
    ):
        connection.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT {grant} TO {app}").format(
                grant=grant, **names
            )
        )


def is_furnished(connection: psycopg.Connection[Any]) -> bool:
    """Whether `ensure_grants`, the last step, has been done in this database: a start may be cut off anywhere."""
    found = connection.execute(
        """
        SELECT count(*) = 3 FROM pg_default_acl
        WHERE defaclrole = to_regrole(%s) AND defaclnamespace = 'public'::regnamespace
          AND defaclobjtype IN ('r', 'S', 'f') AND defaclacl::text LIKE %s
        """,
        [OWNER, f"%{APP}=%"],
    ).fetchone()
    return bool(found and found[0])


def drop_owned_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database of the owner, ending who is in it; a missing one is fine. Raises ClusterError for others."""
    found = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is not None and found[0] != OWNER:
        raise ClusterError(f"The database {name} belongs to {found[0]}, not to Golddraht, and stays.")
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def check_app_role(connection: Asking) -> None:
    """Raise UnsafeRole when the connected role could see rows that are hidden from it.

    That is a superuser, a role with BYPASSRLS, the owner of the database or of a table in it, and whoever may become
    one of them by SET ROLE.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DANGERS)
        row = cursor.fetchone()
    role, is_superuser, may_bypass, owns_database, table = row
    dangers = {
        "is a superuser (or may become one)": is_superuser,
        "may bypass row-level security (BYPASSRLS)": may_bypass,
        "owns the database": owns_database,
        f"owns the table {table}": table,
    }
    found = [danger for danger, is_so in dangers.items() if is_so]
    if found:
        raise UnsafeRole(
            f"The database role {role} {' and '.join(found)}, so it could see the rows of every tenant. "
            "GOLDDRAHT_DATABASE_URL must name a role without these rights; GOLDDRAHT_OWNER_DATABASE_URL names the "
            "one that owns the tables."
        )


_DANGERS = """
WITH us AS (SELECT unnest(ARRAY[session_user, current_user]) AS name)
SELECT session_user::text,
  EXISTS (SELECT FROM pg_roles r, us WHERE r.rolsuper AND pg_has_role(us.name, r.oid, 'MEMBER')),
  EXISTS (SELECT FROM pg_roles r, us WHERE r.rolbypassrls AND NOT r.rolsuper AND pg_has_role(us.name, r.oid, 'MEMBER')),
  EXISTS (SELECT FROM pg_database d, us WHERE d.datname = current_database() AND pg_has_role(us.name, d.datdba, 'MEMBER')),
  (SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, us
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND left(n.nspname, 3) <> 'pg_'
     AND n.nspname <> 'information_schema' AND pg_has_role(us.name, c.relowner, 'MEMBER') LIMIT 1)
"""
