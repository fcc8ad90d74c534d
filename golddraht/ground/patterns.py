"""Regular expressions that are compiled when they are first asked: hundreds of long ones would make every start slow."""

from __future__ import annotations

import re
from functools import cached_property


class Pattern:
    """What `re.compile` gives, later. Knows the questions we ask of one."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text)

    def split(self, text: str) -> list[str]:
        return self.compiled.split(text)

    def sub(self, by: str, text: str, count: int = 0) -> str:
        return self.compiled.sub(by, text, count=count)

    def findall(self, text: str) -> list[str]:
        return self.compiled.findall(text)
