"""Where the tests of the embedded PostgreSQL play, and how they speak to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from golddraht.house.postgres import Cluster

REPOSITORY = Path(__file__).parents[2]

USER_OF_THE_SERVER = """
import sys
from pathlib import Path
from golddraht.house.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
urls = cluster.ensure_running()
print(urls.app, flush=True)
sys.stdin.readline()
"""


def copy_of(made: Path) -> Path:
    path = fresh_folder()
    subprocess.run(["cp", "-a", f"{made}/.", path], check=True)
    (path / "database-port").unlink()
    return path


def end_server_of(path: Path) -> None:
    cluster = Cluster(path)
    if cluster.is_running():
        os.kill(server_pid(cluster), signal.SIGQUIT)
        wait_for(lambda: not cluster.is_running())


def fresh_folder() -> Path:
    """In memory where that can be had: the disk has nothing to prove here."""
    memory = Path("/dev/shm")
    path = Path(tempfile.mkdtemp(prefix="golddraht-", dir=memory if os.access(memory, os.W_OK) else None))
    path.chmod(0o755)
    return path


def server_pid(cluster: Cluster) -> int:
    return int((cluster.folder / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def tell(url: str, *sentences: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for sentence in sentences:
            connection.execute(sentence)


def another_user_of(path: Path) -> subprocess.Popen[str]:
    """A program of its own that uses the server until it is told to end or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, str(path)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://")
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    """It ends by itself when nobody talks to it any more."""
    process.communicate("\n", timeout=30)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate(timeout=30)


def wait_for(happened: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
