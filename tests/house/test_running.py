"""The whole program in its own processes: started, asked, copied, killed and ended. One story, because starting costs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

PATIENCE = 180


def free_ports() -> int:
    """The first of four neighbouring ports that nobody uses: pages, SMTP, LMTP, catcher."""
    for first in range(41000 + os.getpid() % 500 * 8, 48000, 8):
        if all(_is_free(port) for port in range(first, first + 4)):
            return first
    raise RuntimeError("No free ports.")


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class House:
    """An installation in a data folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_ports()
        self.parent: subprocess.Popen[bytes] | None = None
        self.log = data.with_suffix(".log")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GOLDDRAHT_")}
        return kept | {"GOLDDRAHT_DATA": str(self.data), "GOLDDRAHT_PORT": str(self.port)}

    def command(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "golddraht", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def start(self, *words: str) -> None:
        with self.log.open("w") as log:
            self.parent = subprocess.Popen(
                [sys.executable, "-m", "golddraht", "run", "--no-demo", *words],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: self.status("/readyz") == 200, self.said)

    def status(self, path: str) -> int:
        assert self.parent is not None and self.parent.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def children(self) -> list[psutil.Process]:
        assert self.parent is not None
        return list(psutil.Process(self.parent.pid).children(recursive=True))

    def end(self, number: int = signal.SIGINT) -> float:
        """Ctrl-C, as a terminal sends it to the whole group. Gives the seconds until everything has ended."""
        assert self.parent is not None
        children, began = self.children(), time.monotonic()
        os.killpg(self.parent.pid, number)
        self.parent.wait(timeout=20)
        assert not gone_after(children), self.said()
        return time.monotonic() - began

    def database_lives(self) -> bool:
        return any(str(self.data) in " ".join(_words(each)) for each in psutil.process_iter())

    def said(self) -> str:
        return self.log.read_text()

    def clear(self) -> None:
        if self.parent is not None and self.parent.poll() is None:
            self.end(signal.SIGTERM)


def gone_after(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Which of them still live after a while."""
    _, alive = psutil.wait_procs(processes, timeout=20)
    return list(alive)


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def until(happened: Callable[[], bool], said: Callable[[], str] = str) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, said()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A place that the database's own user can reach too."""
    with tempfile.TemporaryDirectory(prefix="golddraht-run-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[House]:
    house = House(folder / "house")
    house.start()
    house.command("tenant", "add", "probe", "Probe GmbH", "--admin", "ada@probe.example", "--admin-name", "Ada Dorn")
    yield house
    house.clear()


def test_everything_runs_and_says_so(house: House) -> None:
    assert house.status("/healthz") == 200
    assert house.status("/konto/login/") == 200
    assert house.status("/metrics") == 200
    assert f"http://localhost:{house.port}/" in house.said()
    findings = {each["check"]: each for each in json.loads(house.command("doctor", "--json", code=1).stdout)}
    amiss = [name for name, each in findings.items() if not each["ok"] and name != "disk"]
    assert amiss == ["mailbox of probe", "alarms of probe"]
    assert "golddraht mailbox add probe" in findings["mailbox of probe"]["words"]
    assert "GOLDDRAHT_ALARM_SMTP_URL" in findings["alarms of probe"]["words"]


def test_a_second_start_on_the_same_port_says_what_to_do(house: House) -> None:
    said = house.command("run", code=1).stderr
    assert said.startswith(f"golddraht: Port {house.port} is taken by another program.")


def test_a_child_that_is_killed_comes_back_and_the_pages_stay(house: House) -> None:
    before = {each.pid for each in house.children()}
    for child in house.children():
        child.kill()
    until(
        lambda: len({each.pid for each in house.children()} - before) >= 4 and house.status("/healthz") == 200,
        house.said,
    )


def test_a_copy_from_the_backup_starts_paused_beside_it_and_goes_on_when_told(house: House, folder: Path) -> None:
    written = json.loads(house.command("backup", str(folder / "backup.tar"), "--json").stdout)
    assert written["file"] == str(folder / "backup.tar") and written["bytes"] > 0
    copy = House(folder / "copy")
    refused = copy.command("restore", str(folder / "backup.tar"), code=1).stderr
    assert "was not written under the key that lies here" in refused
    refused = copy.command("restore", str(folder / "backup.tar"), "--trust", code=1).stderr
    assert "The ledger of erasures" in refused and "put it back" in refused
    for name in ("erasures.ledger", "erasures.key"):
        shutil.copy(house.data / name, copy.data / name)
    told = json.loads(copy.command("restore", str(folder / "backup.tar"), "--trust", "--json").stdout)
    said = " ".join(told["said"])
    assert told["paused"] and "The key here is not the one" in said and "golddraht resume" in said
    try:
        copy.start()
        people = json.loads(copy.command("user", "list", "--json").stdout)
        assert [each["email"] for each in people] == ["ada@probe.example"]
        assert not pause_of(copy)["ok"]
        assert "restored from a backup" in pause_of(copy)["words"]
        resumed = json.loads(copy.command("resume", "--json").stdout)
        assert resumed == {"paused": False, "since": None, "reason": None, "ended": True}
        assert pause_of(copy)["ok"]
        paused = json.loads(copy.command("pause", "--json", "--reason", "Umzug").stdout)
        assert paused["paused"] and paused["reason"] == "Umzug"
    finally:
        copy.clear()


def pause_of(house: House) -> dict[str, Any]:
    findings = json.loads(
        subprocess.run(
            [sys.executable, "-m", "golddraht", "doctor", "--json"],
            env=house.environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    )
    return next(each for each in findings if each["check"] == "pause")


def test_ctrl_c_ends_everything_within_five_seconds_and_the_database_last(house: House) -> None:
    assert house.end() < 5
    assert house.parent is not None and house.parent.returncode == 0, house.said()
    assert house.said().rstrip().endswith("Golddraht has ended.")
    assert not house.database_lives()


def test_two_processes_serve_the_pages_and_one_of_them_may_fall(house: House) -> None:
    house.start("--web", "2")
    first, second = serving(house)
    first.kill()
    assert all(house.status("/healthz") == 200 for _ in range(50))
    assert second.is_running()
    until(lambda: len(serving(house)) == 2, house.said)
    assert house.end() < 5


def serving(house: House) -> list[psutil.Process]:
    return [each for each in house.children() if each.name() == "draht-web"]


def test_a_second_start_is_quick_and_a_killed_parent_takes_everything_along(house: House) -> None:
    began = time.monotonic()
    house.start()
    # Five seconds on a quiet machine; the tests may share theirs.
    assert time.monotonic() - began < 20
    children = house.children()
    assert house.parent is not None
    house.parent.kill()
    house.parent.wait()
    assert not gone_after(children)
    until(lambda: not house.database_lives())
