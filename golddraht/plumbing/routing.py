"""Which connection does what: the app's role works, the owner's role migrates."""

from __future__ import annotations

from typing import Any


class AppRouter:
    """Reads and writes go through `default`; only the connection of the owner may migrate."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: type[Any], **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
