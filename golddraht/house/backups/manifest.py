"""The last part of a backup: what is in it, with checksums, and what made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database/"
"""Folder of the dump's pieces, in the order of their names: together pg_dump's custom format."""
FILES = "files/"


class BackupRefused(RuntimeError):
    """This cannot be written or read; the sentence says why. Nothing was changed."""


@dataclass(frozen=True)
class Part:
    """One member of the tar."""

    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds."""

    format: int
    golddraht: str
    made_at: str
    postgres: int
    # Says whether another key would open the secrets, and nothing about the key.
    key: str
    files_are_elsewhere: bool
    migrations: list[str]
    parts: list[Part] = field(default_factory=list)
    # Which ledger of erasures it belongs to, and how many stood in it; empty in backups of earlier versions.
    ledger: str = ""
    erasures: int = 0
    # HMAC of all the rest under a key of the installation: whoever does not hold the key cannot make it.
    signature: str = ""

    def signed_content(self) -> bytes:
        """What the signature is of: everything else, the checksums of all parts with it."""
        content = self.content()
        del content["signature"]
        return json.dumps(content, sort_keys=True).encode()

    @property
    def files(self) -> int:
        return sum(part.name.startswith(FILES) for part in self.parts)

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    def content(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Manifest:
        """Raises BackupRefused for a form that this version does not know."""
        if content.get("format") != FORMAT:
            raise BackupRefused("This backup was written by a newer Golddraht; install that one to read it.")
        parts = [Part(**part) for part in content["parts"]]
        return cls(**{**content, "parts": parts})
