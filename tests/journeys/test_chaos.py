"""A dozen kills at random; the long run is `python -m bench.chaos`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_after_a_dozen_kills_every_mail_is_there_once_and_every_answer_went_out_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.chaos", "--kills", "12", "--minutes", "3", "--rate", "1.5", "--patience", "120"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
