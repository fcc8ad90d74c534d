"""Work done by a process that ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from golddraht.house.running.apart import FellApart, apart


def test_it_is_done_elsewhere_and_waited_for(tmp_path: Path) -> None:
    told = tmp_path / "told"
    apart(lambda: told.write_text(str(os.getpid())))
    assert told.read_text() not in ("", str(os.getpid()))


def test_a_failure_is_told_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("The disk is full.")

    with pytest.raises(FellApart):
        apart(fail)
    assert "golddraht: The disk is full." in capfd.readouterr().err


def test_whoever_is_interrupted_takes_it_along(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"

    def linger() -> None:
        pid_file.write_text(str(os.getpid()))
        time.sleep(60)

    def interrupt() -> None:
        while not (pid_file.exists() and pid_file.read_text()):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    # Whatever else in this run has listened for Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=interrupt, daemon=True).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            apart(linger)
    finally:
        signal.signal(signal.SIGINT, before)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
