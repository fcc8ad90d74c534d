"""The embedded PostgreSQL: `Cluster(folder).ensure_running()` gives the addresses of a running server.

Plain Python and psycopg, no Django: the settings call it before Django is there.
"""

from __future__ import annotations

from golddraht.house.postgres.binaries import Tools, tools
from golddraht.house.postgres.cluster import Cluster
from golddraht.house.postgres.errors import (
    ClusterError,
    FolderRefused,
    IncompleteSettings,
    OtherMajorVersion,
    StartFailed,
    StopFailed,
    UnsafeRole,
)
from golddraht.house.postgres.folder import default_folder
from golddraht.house.postgres.roles import check_app_role
from golddraht.house.postgres.urls import Urls, external_urls

__all__ = [
    "Cluster",
    "ClusterError",
    "FolderRefused",
    "IncompleteSettings",
    "OtherMajorVersion",
    "StartFailed",
    "StopFailed",
    "Tools",
    "UnsafeRole",
    "Urls",
    "check_app_role",
    "default_folder",
    "external_urls",
    "tools",
]
