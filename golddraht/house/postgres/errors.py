"""What can go wrong with the embedded PostgreSQL, each said so that the reader knows what to do next."""

from __future__ import annotations


class ClusterError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the text says why and what to do."""


class FolderRefused(ClusterError):
    """The folder is not ours, or the server's account cannot reach it. Nothing was changed in it."""


class OtherMajorVersion(ClusterError):
    """The cluster was written by another major version of PostgreSQL. Nothing was changed in it."""


class StartFailed(ClusterError):
    """The server did not start; the text carries the end of its log."""


class StopFailed(ClusterError):
    """The server did not stop in time; it is left as it is."""


class UnsafeRole(ClusterError):
    """The role of the program could get around row-level security."""


class IncompleteSettings(ClusterError):
    """Only one of the two addresses of an own database server is set."""
