"""A file of customers taken over, and the same file again: rows a second, and memory.

    python -m bench.importing [--rows 100000] [--data FOLDER]

The rows are those of `bench.identity`'s German population, two of five people with more than one row, slips and all. The command is
measured as it is (`golddraht customers import`), in a process of its own, with the computing of the database beside it. With --data the
folder is kept, and a company founded in it for each run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.identity.population import write
from golddraht.house.postgres import Cluster
from tests.browser.running import ROOT, environment_of, scratch_folder

FOUND = """
import sys
from golddraht.house import whereabouts
whereabouts.open_django()
from golddraht.plumbing.clock import now
from golddraht.team.operations import found_tenant
found_tenant(slug=sys.argv[1], name="Importhaus", at=now())
"""


@dataclass(frozen=True)
class Run:
    told: dict[str, Any]
    seconds: float
    computing: float
    database: float
    megabytes: float


def main() -> int:
    asked = _arguments()
    with ExitStack() as doing:
        data = Path(asked.data) if asked.data else doing.enter_context(scratch_folder())
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o755)
        environment = environment_of(data, 0)
        subprocess.run([sys.executable, "-m", "golddraht", "migrate"], cwd=ROOT, env=environment, check=True)
        doing.enter_context(Cluster(data / "postgres").running())
        slug, file = f"import-{os.getpid()}", data / "people.csv"
        subprocess.run([sys.executable, "-c", FOUND, slug], cwd=ROOT, env=environment, check=True)
        write(file, asked.rows, asked.seed)
        print(f"load average: {os.getloadavg()[0]:.1f}", flush=True)
        for name in ("first", "the same again"):
            _say(name, run(data, slug, file))
    return 0


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m bench.importing")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--data")
    return parser.parse_args()


def run(data: Path, slug: str, file: Path) -> Run:
    """Take the file over."""
    before, began = _database_seconds(data), time.monotonic()
    words = ["-m", "golddraht", "customers", "import", str(file), "--tenant", slug, "--source", "ERP", "--json"]
    child = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment_of(data, 0), stdout=subprocess.PIPE)
    assert child.stdout is not None
    answer = child.stdout.read()
    _, _, used = os.wait4(child.pid, 0)
    seconds, database = time.monotonic() - began, _database_seconds(data) - before
    return Run(json.loads(answer), seconds, used.ru_utime + used.ru_stime, database, used.ru_maxrss / 1000)


def _database_seconds(data: Path) -> float:
    """Computing of the embedded database so far; connections that ended are in their parent's."""
    pid = int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
    parent = psutil.Process(pid)
    own = parent.cpu_times()
    told = own.children_user + own.children_system
    return float(told + sum(sum(one.cpu_times()[:2]) for one in [parent, *parent.children()]))


def _say(name: str, done: Run) -> None:
    rows = sum(done.told.get(kind, 0) for kind in ("new", "known", "doubtful", "bad"))
    counts = ", ".join(f"{done.told[kind]} {kind}" for kind in ("new", "known", "doubtful", "bad"))
    computing = done.computing + done.database
    print(
        f"{name}: {rows} rows ({counts}) in {done.seconds:.1f} s, {rows / done.seconds:.0f} rows/s; computing {done.computing:.1f} s,"
        f" database {done.database:.1f} s, {1000 * computing / rows:.2f} ms a row; {done.megabytes:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
