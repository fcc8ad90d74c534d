"""Loading while the database starts: it takes a process of its own, and we have more than one core."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from golddraht.house import whereabouts

HEAVY = (
    "django.db.models",
    "django.forms",
    "django.template.defaulttags",
    "django.views.generic",
    "django.contrib.postgres.fields",
    "django.db.backends.postgresql.base",
    "psycopg_pool",
    "requests",
    "jwt",
    "pydantic",
    "procrastinate",
    "uvicorn",
    "prometheus_client",
    "fido2.server",
    "holidays",
    "babel.dates",
    "golddraht.channels.mail.judging",
    "golddraht.channels.mail.reading",
    "golddraht.channels.mail.writing",
    "golddraht.ground.needs_no_answer",
)
"""What takes longest to load of all that asks for no settings, measured with `python -X importtime`."""


def find_database_and_load() -> None:
    """The database found or started, and meanwhile loaded what every role will need. Raises ClusterError."""
    with ThreadPoolExecutor(1) as beside:
        database = beside.submit(whereabouts.open_database)
        for name in HEAVY:
            import_module(name)
        database.result()
