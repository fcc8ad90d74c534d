"""Where the database is, settled before Django reads its settings."""

from __future__ import annotations

import os
from functools import cache

from golddraht.house import env
from golddraht.house.postgres import Cluster, external_urls
from golddraht.plumbing.paths import data_folder

APP, OWNER = "GOLDDRAHT_DATABASE_URL", "GOLDDRAHT_OWNER_DATABASE_URL"


@cache
def open_database() -> Cluster | None:
    """Point the settings at the server that is named outside, or at the embedded one, which starts when need be.

    Gives the embedded cluster, which whoever lives long watches; None for a server that is not ours.
    Raises ClusterError.
    """
    if external_urls({name: env.secret(name) for name in (APP, OWNER)}):
        return None
    cluster = Cluster(data_folder() / "postgres")
    urls = cluster.ensure_running()
    os.environ[APP], os.environ[OWNER] = urls.app, urls.owner
    return cluster


def open_django() -> Cluster | None:
    """Everything a command needs to work with the rows: the database found, Django set up."""
    import django

    cluster = open_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golddraht.house.settings")
    django.setup()
    return cluster
