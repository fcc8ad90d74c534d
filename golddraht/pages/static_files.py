"""The name under which this version's styles, scripts and pictures are served: while it stands they never change."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

FOREIGN = ("django-htmx", "django-allauth")
"""Packages that bring files of their own; their version stands for these."""


def digest(folders: Iterable[Path]) -> str:
    """Ten letters that change whenever any of these files does, or a package that brings some."""
    seen = blake2b(" ".join(f"{name} {version(name)}" for name in FOREIGN).encode(), digest_size=5)
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()
