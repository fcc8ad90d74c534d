"""Every bench, the long ones short: `python -m bench`. Each alone takes more: `python -m bench.mail --help`."""

from __future__ import annotations

import subprocess
import sys

SHORT = (
    ("bench.surge",),
    ("bench.arrival", "--minutes", "1", "--rate", "10"),
    ("bench.mail", "--count", "300"),
    ("bench.chaos", "--kills", "25"),
    ("bench.salutation", "--people", "50000"),
    ("bench.identity", "--rows", "10000"),
)


def main() -> int:
    """One after the other, each in a process of its own; 0 when all goals are met."""
    missed = 0
    for module, *words in SHORT:
        print(f"\n== python -m {' '.join((module, *words))}", flush=True)
        missed += subprocess.run([sys.executable, "-m", module, *words], check=False).returncode != 0
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
