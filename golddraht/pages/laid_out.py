"""The files that browsers fetch, laid out in the data folder by version: compressed beside the plain ones, and the whole look in one.

Nothing else compresses them: the server answers from these twins. What `css/golddraht.css` imports is put in its place, so that a
first visit asks once and not forty times.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder, FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

LOOK = "css/golddraht.css"
SOURCE = Path(__file__).parent / "static" / LOOK
WORDS = frozenset({".css", ".js", ".svg"})
"""Kinds of files that become much smaller."""
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);\n')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTED = re.compile(r"\n\s+")


def joined(source: Path) -> str:
    """The styles with everything that they import, each in its layer; without comments and indentation."""

    def inside(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{\n{(source.parent / found[1]).read_text()}}}\n"

    return INDENTED.sub("\n", COMMENT.sub("", IMPORT.sub(inside, source.read_text()))).lstrip()


class LaidOut(BaseFinder):
    """Finds the file in the data folder before the one in the package."""

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        source = _sources().get(path)
        found = str(_laid_out(path, source)) if source else []
        return [found] if found and (kwargs.get("find_all") or kwargs.get("all")) else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=_place())
        for name, source in _sources().items():
            _laid_out(name, source)
            yield name, storage
            yield f"{name}.gz", storage


@cache
def _sources() -> dict[str, Path]:
    """Every text file that is served, by its name, and where the package has it."""
    finders = (FileSystemFinder(), AppDirectoriesFinder())
    listed = [(name, storage) for finder in reversed(finders) for name, storage in finder.list([])]
    return {name: Path(storage.path(name)) for name, storage in listed if Path(name).suffix in WORDS}


def _place() -> Path:
    return Path(settings.DATA) / "static" / settings.STATIC_VERSION


def _laid_out(name: str, source: Path) -> Path:
    place = _place() / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        content = joined(source).encode() if name == LOOK else source.read_bytes()
        _put(place.with_name(f"{place.name}.gz"), gzip.compress(content, mtime=0))
        _put(place, content)
    return place


def _put(place: Path, content: bytes) -> None:
    """Whole or not at all: another process may be reading it."""
    half = place.with_name(f"{place.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(place)
