"""The whole look in one file: what `css/golddraht.css` imports is put in its place, so that a first visit asks once and not forty times."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

LOOK = "css/golddraht.css"
SOURCE = Path(__file__).parent / "static" / LOOK
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);\n')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTED = re.compile(r"\n\s+")


def joined(source: Path) -> str:
    """The styles with everything that they import, each in its layer; without comments and indentation."""

    def inside(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{\n{(source.parent / found[1]).read_text()}}}\n"

    return INDENTED.sub("\n", COMMENT.sub("", IMPORT.sub(inside, source.read_text()))).lstrip()


class JoinedStyles(BaseFinder):
    """Finds the joined file before the one with the imports. It lies in the data folder, by version, compressed beside it too."""

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        found = str(self._written()) if path == LOOK else []
        return [found] if found and (kwargs.get("find_all") or kwargs.get("all")) else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=self._written().parents[1])
        yield LOOK, storage
        yield f"{LOOK}.gz", storage

    def _written(self) -> Path:
        place: Path = settings.DATA / "static" / settings.STATIC_VERSION / LOOK
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            content = joined(SOURCE).encode()
            _put(place.with_name(f"{place.name}.gz"), gzip.compress(content, mtime=0))
            _put(place, content)
        return place


def _put(place: Path, content: bytes) -> None:
    """Whole or not at all: another process may be reading it."""
    half = place.with_name(f"{place.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(place)
