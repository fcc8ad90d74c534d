"""Reading a backup: first all of it is checked, then it is gone through again."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from golddraht.house.backups.manifest import DATABASE, FILES, NAME, BackupRefused, Manifest, Part

BLOCK = 1024 * 1024


def check_backup(file: Path) -> Manifest:
    """The backup's manifest, after every byte was compared with its checksum. Raises BackupRefused."""
    try:
        return _checked(file)
    except BackupRefused as refusal:
        raise BackupRefused(f"{file} cannot be used: {refusal}") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as trouble:
        raise BackupRefused(f"{file} is no whole backup of Golddraht: {trouble}") from None


def parts_of(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each part's name and content, in order; the manifest last."""
    with tarfile.open(file, mode="r|") as tar:
        for entry in tar:
            content = tar.extractfile(entry) if entry.isfile() else None
            if content is None:
                raise BackupRefused(f"{entry.name} in the backup is not a file.")
            yield entry.name, content


def _checked(file: Path) -> Manifest:
    found: list[Part] = []
    manifest: Manifest | None = None
    for name, content in parts_of(file):
        if name == NAME:
            manifest = Manifest.of(json.load(content))
        elif _is_safe(name):
            found.append(_part(name, content))
        else:
            raise BackupRefused(f"{name!r} in the backup leads elsewhere.")
    if manifest is None:
        raise BackupRefused("its end is missing.")
    if found != manifest.parts:
        raise BackupRefused("what it holds is not what was written; use another copy of it.")
    return manifest


def _part(name: str, content: IO[bytes]) -> Part:
    total, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        total.update(block)
        size += len(block)
    return Part(name, size, total.hexdigest())


def _is_safe(name: str) -> bool:
    return name.startswith((DATABASE, FILES)) and ".." not in name.split("/") and "//" not in name
