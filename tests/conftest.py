"""A real PostgreSQL for the tests: made once, migrated by the owner, used as the app's role."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golddraht.house.settings")
_SCRATCH = tempfile.mkdtemp(prefix="golddraht-tests-")
Path(_SCRATCH).chmod(0o755)  # The server runs as a user of its own when we are root.
os.environ["GOLDDRAHT_DATA"] = _SCRATCH
os.environ["GOLDDRAHT_SECRET_KEY"] = "only-for-tests-and-nowhere-else-0123456789abcdefghijklmnop"
# The servers that the tests play with stand on loopback.
os.environ["GOLDDRAHT_PRIVATE_HOSTS"] = "localhost,127.0.0.1,::1"
for _name in ("GOLDDRAHT_DATABASE_URL", "GOLDDRAHT_OWNER_DATABASE_URL", "GOLDDRAHT_PORT", "GOLDDRAHT_URL"):
    os.environ.pop(_name, None)

import django
import pytest
from django.conf import settings

# The settings read the environment above, so nothing may load them before this line; conftests further down need models.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Slow hashing is only a delay here.
django.setup()


NOBODY_CAN_RUN_IT = "no Python of this version that the user nobody can run"
"""The one thing that is missing on some machines and that nothing can be installed for: there the Python lies in a closed home."""
TOO_HEAVY = "needs pyspark and Java"
"""Half a gigabyte for the one page that tells how to go beyond one machine: tried where it is there."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Where everything has to be tested, passing a test over is a failure: what it needs is to be installed."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(call.excinfo.value) if call.excinfo else ""
        if not _may_be_passed_over(item, reason):
            report.outcome, report.longrepr = "failed", f"Nothing is skipped in CI. {reason}"
    return report


def _may_be_passed_over(item: pytest.Item, reason: str) -> bool:
    is_roots = item.get_closest_marker("as_root") is not None and os.geteuid() != 0
    return is_roots or NOBODY_CAN_RUN_IT in reason or TOO_HEAVY in reason


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """The embedded PostgreSQL of this test run; GOLDDRAHT_TEST_POSTGRES names a folder to keep it in between runs."""
    from golddraht.house.postgres import Cluster

    cluster = Cluster(Path(os.environ.get("GOLDDRAHT_TEST_POSTGRES") or Path(_SCRATCH) / "postgres"))
    cluster.ensure_running()
    yield cluster
    cluster.leave()


@pytest.fixture(scope="session")
def django_db_setup(cluster: Any, django_db_blocker: Any) -> Iterator[None]:
    """Point Django at a database of this run: `default` as the app's role, `owner` for migrating and wiping."""
    from django.db import connections

    urls = cluster.ensure_running()
    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():
        _copy_database(urls, template=_migrated_template(cluster), name=name)
        _point_django_at(urls.of(name))
        yield
        for connection in connections.all():
            connection.close()
        connections["default"].close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has one.
        _as_superuser(urls, f"DROP DATABASE {name} WITH (FORCE)")


def _migrated_template(cluster: Any) -> str:
    """A database with all migrations applied, made once for each state of them."""
    from django.core.management import call_command
    from django.db import connections

    sources = sorted(Path(__file__).parent.parent.glob("golddraht/*/migrations/*.py"))
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    name = f"template_{state}"
    urls = cluster.ensure_running()
    with open(Path(cluster.folder) / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _as_superuser(urls, "SELECT 1 FROM pg_database WHERE datname = %s", name + "_ready"):
            cluster.drop_database(name)
            _point_django_at(cluster.create_database(name))
            call_command("migrate", database="owner", verbosity=0)
            connections["owner"].close()
            _as_superuser(urls, f"ALTER DATABASE {name} RENAME TO {name}_ready")
    return name + "_ready"


def _copy_database(urls: Any, *, template: str, name: str) -> None:
    _as_superuser(urls, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _as_superuser(urls, f"CREATE DATABASE {name} TEMPLATE {template} OWNER golddraht_owner")


def _as_superuser(urls: Any, sql: str, *params: str) -> list[Any]:
    import psycopg

    with psycopg.connect(urls.of("postgres").superuser, autocommit=True) as connection:
        cursor = connection.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else []


def _point_django_at(urls: Any) -> None:
    from django.db import connections

    from golddraht.house import env

    _point(connections["default"], env.database(urls.app))
    connections.settings["owner"] = connections.configure_settings({"default": env.database(urls.owner)})["default"]
    connections["owner"].close()
    del connections["owner"]


def _point(connection: Any, settings: dict[str, Any]) -> None:
    from django.conf import settings as django_settings

    connection.close_pool()
    connection.settings_dict.update({key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    connection.settings_dict["OPTIONS"] = settings["OPTIONS"] | django_settings.PREPARED


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which everything is really committed, wiped afterwards. For what several connections must see."""
    with django_db_blocker.unblock():
        yield
        wipe()


def wipe() -> None:
    """Empty every table but the record of migrations."""
    from django.db import connections

    connections["default"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT IN ('django_migrations', 'django_content_type')"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} RESTART IDENTITY CASCADE")
    connections["owner"].close()


@pytest.fixture
def company(db: None) -> Iterator[Any]:
    """Heizwerk, being seen. Everything is rolled back afterwards."""
    from tests.cast import a_company

    company = a_company()
    with company.seen():
        yield company
