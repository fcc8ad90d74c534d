"""A house with a million customers: how fast an arriving contact is recognised, and how fast the page of a busy customer is.

    python -m bench.million [--customers 1000000] [--only recognition|page] [--data FOLDER] [--plans]

Goals on two cores: p99 under 20 ms to recognise whoever arrives, p99 under 150 ms for the page of a customer with 5,000 events.
With --data the folder is kept, and used again when it was filled before; to fill it takes about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.browser.running import ROOT, environment_of, scratch_folder


def main() -> int:
    asked = _arguments()
    with ExitStack() as doing:
        data = Path(asked.data) if asked.data else doing.enter_context(scratch_folder())
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o755)
        told = _filled(data, asked.customers)
        print(f"{told['customers']} customers; load average: {os.getloadavg()[0]:.1f}", flush=True)
        missed = 0
        if asked.only != "page":
            words = ["--plans"] if asked.plans else []
            missed += _run(data, "bench.million.arriving", str(asked.times), *words)
        if asked.only != "recognition":
            missed += _run(
                data, "bench.million.page", str(asked.times), json.dumps(told), *(["--plans"] if asked.plans else [])
            )
        return 1 if missed else 0


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m bench.million")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument(
        "--times", type=int, default=300, help="how often each kind of contact arrives, each page is asked for"
    )
    parser.add_argument("--only", choices=("recognition", "page"))
    parser.add_argument("--data")
    parser.add_argument("--plans", action="store_true", help="how PostgreSQL answers the slowest questions")
    return parser.parse_args()


def _filled(data: Path, customers: int) -> dict[str, Any]:
    """Fill the folder unless it was filled before."""
    kept = data / "told.json"
    if not kept.exists():
        environment = environment_of(data, 0)
        subprocess.run([sys.executable, "-m", "golddraht", "migrate"], cwd=ROOT, env=environment, check=True)
        script = [sys.executable, "-m", "bench.million.filling", str(customers)]
        told = subprocess.run(script, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        kept.write_text(told.stdout)
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def _run(data: Path, module: str, *words: str) -> int:
    """1 where the goal was missed."""
    done = subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT, env=environment_of(data, 0), check=False)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
