"""A real PostgreSQL for the tests: made once, migrated by the owner, used as the app's role."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golddraht.house.settings")
_SCRATCH = tempfile.mkdtemp(prefix="golddraht-tests-")
os.chmod(_SCRATCH, 0o755)
os.environ["GOLDDRAHT_DATA"] = _SCRATCH
os.environ["GOLDDRAHT_SECRET_KEY"] = "only-for-tests-and-nowhere-else-0123456789abcdefghijklmnop"
for _name in ("GOLDDRAHT_DATABASE_URL", "GOLDDRAHT_OWNER_DATABASE_URL", "GOLDDRAHT_PORT", "GOLDDRAHT_URL"):
    os.environ.pop(_name, None)

import pytest


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """The embedded PostgreSQL of this test run, in a folder of its own."""
    from golddraht.house.postgres import Cluster

    cluster = Cluster(Path(_SCRATCH) / "postgres")
    cluster.ensure_running()
    yield cluster
    cluster.leave()


@pytest.fixture(scope="session")
def django_db_setup(cluster: Any, django_db_blocker: Any) -> Iterator[None]:
    """Point Django at the cluster: `default` as the app's role, `owner` for migrating and for wiping between tests."""
    from django.core.management import call_command
    from django.db import connections

    from golddraht.house import env

    urls = cluster.ensure_running()
    _point(connections["default"], env.database(urls.app))
    connections.settings["owner"] = connections.configure_settings({"default": env.database(urls.owner)})["default"]
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)
        yield
        for connection in connections.all():
            connection.close()
            if connection.alias == "default":
                connection.close_pool()


def _point(connection: Any, settings: dict[str, Any]) -> None:
    connection.close_pool()
    connection.settings_dict.update({key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    connection.settings_dict["OPTIONS"] = settings["OPTIONS"]


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
