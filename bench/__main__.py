"""Both benches, the second one short: `python -m bench`."""

from __future__ import annotations

import sys

from bench import arrival, surge

if __name__ == "__main__":
    sys.exit(max(surge.main(), arrival.main(minutes=1, rate=10)))
