"""Who is one: `python -m bench.identity --rows 100000`, `--plain` for Splink with connected components beside it, `--only febrl`.

The command itself is measured, in a process of its own, with whatever it ships as threshold.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.identity.febrl import SETS, folder
from bench.identity.judging import Judgement, judge
from bench.identity.population import write

LEAST_PRECISION = 0.98


@dataclass(frozen=True)
class Run:
    clusters: dict[str, str]
    seconds: float
    computing: float
    megabytes: float


def run(*words: str) -> Run:
    """The cluster that a program says for every row, and what that took. Raises CalledProcessError."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+b") as answers:
        child = subprocess.Popen([sys.executable, *words], stdout=answers)
        _, status, used = os.wait4(child.pid, 0)
        if status:
            raise subprocess.CalledProcessError(status, words)
        seconds = time.monotonic() - began
        answers.seek(0)
        lines = [json.loads(line) for line in answers]
    clusters = {f"{line.get('file', '')}:{line['id']}": line["cluster"] for line in lines}
    return Run(clusters, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def ours(files: Sequence[str]) -> Run:
    return run("-m", "golddraht", "identity", "link" if len(files) > 1 else "dedupe", *files, "--json")


def measure(title: str, files: Sequence[str], *, plain: bool) -> Judgement:
    """Prints what was found; gives the judgement of ours."""
    found = _said(f"{title}, ours", ours(files))
    if plain:
        _said(f"{title}, plain Splink", run("-m", "bench.identity.plain", *files))
    return found


def _said(title: str, done: Run) -> Judgement:
    found = judge(done.clusters)
    print(
        f"{title} ({found.rows} rows): {found}; {done.seconds:.1f} s, {done.computing:.1f} s of computing, {done.megabytes:.0f} MB",
        flush=True,
    )
    return found


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=11)
    words.add_argument("--plain", action="store_true")
    words.add_argument("--only", choices=("febrl", "german"))
    asked = words.parse_args()
    found = []
    if asked.only != "german":
        at = folder()
        found += [measure(name, [str(at / file) for file in files], plain=asked.plain) for name, files in SETS.items()]
    if asked.only != "febrl":
        with tempfile.TemporaryDirectory() as kept:
            path = Path(kept) / "people.csv"
            write(path, asked.rows, asked.seed)
            found.append(measure("German", [str(path)], plain=asked.plain))
    return 0 if all(one.precision >= LEAST_PRECISION for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
