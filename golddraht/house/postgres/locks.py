"""Locks that vanish with their holder, however it dies: flock on small files.

Three of them lie in a data folder. `users` is held shared by every process that uses the server, `decisions`
exclusively by whoever starts or stops it, `server` by the server and all its children, who inherit it when they are
born: as long as one of them lives it cannot be had.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from golddraht.house.postgres.account import Account


def open_lock(path: Path, keeper: Account) -> int:
    """A new open file of its own, so that its lock is nobody else's, not even of a forked child."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        os.fchown(lock, keeper.uid, keeper.gid)
    return lock


def share(path: Path, keeper: Account) -> int:
    """Hold the lock together with others until the returned file is closed. Waits."""
    lock = open_lock(path, keeper)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def take_if_free(path: Path, keeper: Account) -> int | None:
    """Hold the lock alone until the returned file is closed; None when anybody holds it. Never waits."""
    lock = open_lock(path, keeper)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


@contextmanager
def alone(path: Path, keeper: Account) -> Iterator[None]:
    """Hold the lock alone for a while. Waits."""
    lock = open_lock(path, keeper)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
