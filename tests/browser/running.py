"""The real program, running on a folder and ports of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 240.0
MOVED_IN_WITHIN = 600.0
"""The demo's concerns move in while pages are served; whoever looks at them waits for the last one."""
END_WITHIN = 20.0
PORTS = range(21_000, 32_000, 10)
"""Below the ports that the system gives to outgoing connections."""


@dataclass(frozen=True)
class House:
    """A running program: where its pages are, where it takes mail, and where it keeps its rows."""

    url: str
    port: int
    data: Path
    process: subprocess.Popen[bytes] | None = None
    ready_after: float = 0.0
    """Seconds from the start to the first answer of /readyz with 200."""

    @property
    def smtp_port(self) -> int:
        return self.port + 1

    @property
    def said(self) -> str:
        """What the program has printed so far."""
        return (self.data / "said.txt").read_text(errors="replace")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty data folder that another account may enter: as root, PostgreSQL runs as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="golddraht-house-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_running_house(data: Path, *arguments: str, ready_path: str = "/readyz", **environment: str) -> Iterator[House]:
    """`golddraht run` on that folder until the end of the block, ended by SIGINT. Raises AssertionError when it does not come up."""
    port = free_block()
    begun = time.monotonic()
    with ExitStack() as doing:
        said = doing.enter_context((data / "said.txt").open("wb"))
        process = subprocess.Popen(
            [sys.executable, "-m", "golddraht", "run", *arguments],
            cwd=ROOT,
            env=environment_of(data, port) | environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        doing.callback(end, process)
        url = f"http://localhost:{port}"
        _wait_for(url + ready_path, process, data)
        house = House(url, port, data, process, time.monotonic() - begun)
        _wait_until_moved_in(house)
        yield house


def environment_of(data: Path, port: int) -> dict[str, str]:
    """The environment of a program on that folder, with no settings of whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GOLDDRAHT_")}
    # Links are signed alike by the tests and by the program that they test, and both reach the same servers.
    kept = {
        name: os.environ[name] for name in ("GOLDDRAHT_SECRET_KEY", "GOLDDRAHT_PRIVATE_HOSTS") if name in os.environ
    }
    return own | kept | {"GOLDDRAHT_DATA": str(data), "GOLDDRAHT_PORT": str(port), "PYTHONUNBUFFERED": "1"}


def free_block(width: int = 4) -> int:
    """The first of some ports in a row that nobody listens on: pages, SMTP, LMTP, catcher."""
    return next(first for first in PORTS if all(_is_free(first + place) for place in range(width)))


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return True
    return False


def _wait_for(url: str, process: subprocess.Popen[bytes], data: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if is_up(url):
            return
        time.sleep(0.02)
    raise AssertionError(f"The program did not come up:\n{(data / 'said.txt').read_text(errors='replace')[-4000:]}")


def is_up(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(url, timeout=10) as answer:
        return bool(answer.status == 200)
    return False


def _wait_until_moved_in(house: House) -> None:
    until = time.monotonic() + MOVED_IN_WITHIN
    while time.monotonic() < until and house.process is not None and house.process.poll() is None:
        with urllib.request.urlopen(house.url, timeout=30) as answer:
            if b"data-moving-in" not in answer.read():
                return
        time.sleep(0.5)
    raise AssertionError(f"The demo did not move in:\n{house.said[-4000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the program to end as Ctrl-C does, and wait for it."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(END_WITHIN)
