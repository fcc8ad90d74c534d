"""The ledger of erasures: keyed hashes in a file of their own, outside database and backup.

A restored backup and an import ask it whom they must not bring back. It says of nobody who they were: addresses and customer
numbers stand in it as HMAC-SHA-256 (RFC 2104) under a key that lies in another file. Lines are only ever added, each is on the
disk before the erasing it speaks of begins, and each carries a proof over itself and all lines before it.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

FORMAT = 1


class LedgerRefused(RuntimeError):
    """The ledger is missing, torn or belongs to another installation; the sentence says what to do."""


@dataclass(frozen=True)
class Erased:
    """One line: who was erased where and when. `marks` are hashes of what they could be recognised by."""

    request: str
    company: str
    at: datetime
    customers: tuple[int, ...]
    marks: frozenset[str]
    released: tuple[int, ...] = ()
    """Numbers of concerns of which somebody had decided that they are no business letters."""


@dataclass(frozen=True)
class Head:
    """Which ledger it is, and how many erasures stand in it; a backup remembers both."""

    id: str
    count: int


def mark_of(company: str, kind: str, value: str) -> str:
    """A keyed hash of an address or number of somebody of that company: comparable, and not to be turned back."""
    return hmac.digest(_key(), f"{company}\x00{kind}\x00{value}".encode(), "sha256").hex()


def ledger_file() -> Path:
    return Path(settings.LEDGER)


def key_file() -> Path:
    return Path(settings.LEDGER_KEY)


def is_there() -> bool:
    return ledger_file().exists() and key_file().exists()


def begin() -> Head:
    """Make the ledger of this installation if there is none yet. Raises LedgerRefused when only one of its files is there."""
    if not ledger_file().exists() and not key_file().exists():
        _make()
    return head()


def head() -> Head:
    """Raises LedgerRefused when it is missing or torn."""
    first, lines = _read()
    return Head(first["ledger"], len(lines))


def erasures() -> list[Erased]:
    """All that was ever written, the oldest first. Raises LedgerRefused."""
    return [_heard(line) for line in _read()[1]]


def note_erasure(erased: Erased) -> None:
    """Add it and bring it to the disk; what stands there already under the same request is not written twice."""
    begin()
    with _locked() as descriptor:
        first, lines = _read()
        if any(line["request"] == erased.request for line in lines):
            return
        before = (lines[-1] if lines else first)["proof"]
        _append(descriptor, _told(erased), before)


@dataclass(frozen=True)
class Memory:
    """Who was erased, by mark: the latest moment. Made once for many questions."""

    by_mark: dict[str, datetime]

    def erased_at(self, company: str, kind: str, value: str) -> datetime | None:
        """When whoever had this address or number was erased; None for everybody else."""
        return self.by_mark.get(mark_of(company, kind, value)) if self.by_mark else None


def memory() -> Memory:
    """What the ledger remembers; empty where nobody was ever erased."""
    try:
        there = ledger_file().stat()
    except FileNotFoundError:
        return Memory({})
    return _remembered(ledger_file(), key_file(), (there.st_ino, there.st_mtime_ns, there.st_size))


@lru_cache(maxsize=4)
def _remembered(file: Path, key: Path, state: tuple[int, int, int]) -> Memory:
    """Read once for every state of the file: programs ask with each row they tell."""
    found: dict[str, datetime] = {}
    for one in erasures():
        found |= {mark: max(one.at, found.get(mark, one.at)) for mark in one.marks}
    return Memory(found)


def _key() -> bytes:
    try:
        return bytes.fromhex(key_file().read_text().strip())
    except FileNotFoundError:
        if ledger_file().exists():
            raise LedgerRefused(
                f"{ledger_file()} is there and its key {key_file()} is not: put the key back from where you keep it."
            ) from None
        begin()
        return bytes.fromhex(key_file().read_text().strip())


def _make() -> None:
    ledger_file().parent.mkdir(parents=True, exist_ok=True)
    _write_new(key_file(), secrets.token_hex(32) + "\n")
    line = {"format": FORMAT, "ledger": secrets.token_hex(8)}
    _write_new(ledger_file(), _proven(line, ""))


def _write_new(path: Path, text: str) -> None:
    """Whole or not at all, readable by the program alone; whoever comes second keeps what the first has written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked() -> Iterator[int]:
    descriptor = os.open(ledger_file(), os.O_RDWR | os.O_APPEND)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _append(descriptor: int, line: dict[str, Any], before: str) -> None:
    content = _proven(line, before).encode()
    end = _whole_until(descriptor)
    os.ftruncate(descriptor, end)
    try:
        written = os.write(descriptor, content)
        if written != len(content):
            raise OSError("The disk is full.")
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _whole_until(descriptor: int) -> int:
    """Where the last whole line ends: a torn one behind it was never acknowledged and gives way."""
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, size, 0).rfind(b"\n") + 1


def _proven(line: dict[str, Any], before: str) -> str:
    return json.dumps(line | {"proof": _proof(line, before)}, sort_keys=True) + "\n"


def _proof(line: dict[str, Any], before: str) -> str:
    content = before.encode() + json.dumps(line, sort_keys=True).encode()
    return hmac.digest(_key(), content, "sha256").hex()


def _read() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The first line and all others, every proof looked at. Raises LedgerRefused."""
    path = ledger_file()
    try:
        texts = path.read_text().splitlines(keepends=True)
    except FileNotFoundError:
        raise LedgerRefused(
            f"The ledger of erasures {path} is not here. It is kept outside of backups: put it back from where you keep"
            f" it, together with its key {key_file()}."
        ) from None
    lines = [*_checked(texts)]
    if not lines or lines[0].get("format") != FORMAT:
        raise LedgerRefused(f"{path} is no ledger of erasures, or one of a newer Golddraht.")
    return lines[0], lines[1:]


def _checked(texts: Iterable[str]) -> Iterator[dict[str, Any]]:
    before = ""
    for number, text in enumerate(texts, start=1):
        if not text.endswith("\n"):
            # Never acknowledged: the power went while it was written, and its erasing had not begun.
            return
        try:
            line = json.loads(text)
            proof = line.pop("proof")
        except (ValueError, KeyError, AttributeError):
            raise LedgerRefused(f"Line {number} of {ledger_file()} is damaged; use another copy of it.") from None
        if not hmac.compare_digest(proof, _proof(line, before)):
            raise LedgerRefused(
                f"Line {number} of {ledger_file()} does not fit the lines before it or the key {key_file()}; use the copy and the key that belong together."
            )
        before = proof
        yield line | {"proof": proof}


def _told(erased: Erased) -> dict[str, Any]:
    return {
        "request": erased.request,
        "company": erased.company,
        "at": erased.at.isoformat(),
        "customers": sorted(erased.customers),
        "marks": sorted(erased.marks),
        "released": sorted(erased.released),
    }


def _heard(line: dict[str, Any]) -> Erased:
    at = datetime.fromisoformat(line["at"])
    marks, released = frozenset(line["marks"]), tuple(line.get("released", ()))
    return Erased(line["request"], line["company"], at, tuple(line["customers"]), marks, released)
