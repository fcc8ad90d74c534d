"""As much of a shell as the how-tos use: their requests are sent, their variables kept, the answers they show compared."""

from __future__ import annotations

import base64
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from golddraht.plumbing import clock
from tests.house.reference import REPOSITORY

HOW_TO = REPOSITORY / "docs" / "how-to"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
CAUGHT = re.compile(r"(?P<name>[A-Z]+)=\$\((?P<rest>.*)\)")
UNTIL = re.compile(r'until \[ "\$\((?P<rest>.*)\)" = (?P<wanted>\w+) \]; do sleep 1; done')
IN_DAYS = re.compile(r"date -d '\+(\d+) days' \+(\S+)")
OF_FILE = re.compile(r"base64 -w0 (?P<plain>\S+)|jq -Rs \. < (?P<quoted>\S+)")
PICKED = re.compile(r"(?P<command>.*?)(?: \| jq -r (?P<path>'[^']+'|\S+))?")


def blocks(page: str, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall((HOW_TO / page).read_text()) if kind == language]


def lines_of(page: str) -> Iterator[str]:
    """What its reader would type, and the answers between."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            if line and not line.startswith(("alias", "golddraht")):
                yield line


@dataclass
class Shell:
    """Whose token it has, what the files beside it hold, and who works meanwhile."""

    token: str
    files: Mapping[str, str] = field(default_factory=dict)
    work: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.known = {"TOKEN": self.token, "URL": ""}

    def run(self, page: str) -> None:
        """Line by line. An answer that the page shows (`# …`) is the one that came to the line before."""
        came = ""
        for line in lines_of(page):
            if line.startswith("# "):
                assert came == line.removeprefix("# "), (page, line)
            else:
                came = self._done(line)

    def _done(self, line: str) -> str:
        if waiting := UNTIL.fullmatch(line):
            self.work()
            assert self._answered(waiting["rest"]) == waiting["wanted"], line
            return ""
        if caught := CAUGHT.fullmatch(line):
            self.known[caught["name"]] = self._said(caught["rest"])
            return ""
        return self._answered(line)

    def _said(self, command: str) -> str:
        if day := IN_DAYS.fullmatch(command):
            return (clock.now() + timedelta(days=int(day[1]))).strftime(day[2])
        if file := OF_FILE.fullmatch(command):
            plain, quoted = file["plain"], file["quoted"]
            return base64.b64encode(self.files[plain].encode()).decode() if plain else json.dumps(self.files[quoted])
        return self._answered(command)

    def _answered(self, command: str) -> str:
        parts = PICKED.fullmatch(command)
        assert parts
        answer = self.send(parts["command"])
        assert answer.status_code in {200, 201}, (command, answer.content)
        if not parts["path"]:
            return str(answer["Content-Type"])
        return _as_text(picked(answer.json(), parts["path"].strip("'")))

    def send(self, command: str) -> Any:
        """What `curl` would get."""
        asked = Asked.of([self._filled(word) for word in shlex.split(command)], self.token)
        kind = asked.headers.pop("Content-Type", "")
        more = {"data": asked.body, "content_type": kind} if asked.method != "GET" else {}
        return getattr(Client(), asked.method.lower())(asked.path, headers=asked.headers, **more)

    def _filled(self, word: str) -> str:
        return re.sub(r"\$([A-Z]+)", lambda found: self.known[found[1]], word)


@dataclass
class Asked:
    """A request as `curl` is told it; `ask` has its headers from the alias."""

    headers: dict[str, str]
    method: str = ""
    body: str = ""
    path: str = ""

    @classmethod
    def of(cls, words: list[str], token: str) -> Asked:
        alias = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        asked, at = cls(alias if words[0] == "ask" else {}), iter(words[1:])
        for word in at:
            asked.take(word, lambda: next(at))
        asked.method = asked.method or ("POST" if asked.body else "GET")
        return asked

    def take(self, word: str, following: Callable[[], str]) -> None:
        match word:
            case "-H":
                name, _, value = following().partition(": ")
                self.headers[name] = value
            case "-X":
                self.method = following()
            case "-d":
                self.body = following()
            case "-o" | "-w":
                following()
            case _:
                self.path = word


def picked(answer: Any, path: str) -> Any:
    """As jq does: `.moves[0].id`, `.moves | length`."""
    path, _, counted = path.partition(" | ")
    for name, place in re.findall(r"\.(\w+)|\[(-?\d+)\]", path):
        answer = answer[name] if name else answer[int(place)]
    return len(answer) if counted == "length" else answer


def _as_text(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found)
