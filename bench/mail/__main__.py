"""From raw bytes to a committed, recognised, threaded conversation with its promise, beside other programs.

    python -m bench.mail [--count 5000] [--only ours] [--profile]

The same generated German mails for everybody, one process each, all on one core together with the same PostgreSQL server
with the same durability. Only mails that a program has rows for count. Goals: three times the faster of django-helpdesk
and Roundup's mail gateway one by one, ten times with import.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from bench.mail.measuring import Result, pin, pin_database, write_mails
from bench.mail.peers import python_of
from golddraht.house.postgres import Cluster
from golddraht.house.postgres.urls import Urls
from tests.browser.running import scratch_folder

ROOT = Path(__file__).resolve().parents[2]
GOAL_ONE_BY_ONE, GOAL_IMPORTED = 3.0, 10.0
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
LONGEST = 4 * 3600


@dataclass
class Bench:
    """A folder with the mails, and a database server for everybody."""

    folder: Path
    cluster: Cluster
    postmaster: int
    core: int
    wheels: str = ""
    profile: bool = False

    def ceiling(self, way: str) -> Result:
        return self._run(sys.executable, "parsing", {"way": way}, {})

    def peer(self, name: str) -> Result:
        """Into a database of its own, as the superuser, who may do everything."""
        try:
            python = python_of(name, wheels=self.wheels)
        except subprocess.CalledProcessError:
            return Result(f"{name} could not be installed")
        url = conninfo_to_dict(self.cluster.create_database(f"peer_{name}").superuser)
        names = {"NAME": "dbname", "HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
        database = {ours: str(url.get(theirs) or "") for ours, theirs in names.items()}
        if name == "roundup_gateway":
            # It makes its database itself.
            self.cluster.drop_database(f"peer_{name}")
        return self._run(str(python), name, {"database": database}, {})

    def ours(self, way: str) -> Result:
        urls = self.cluster.create_database("ours_" + way.replace(" ", "_"))
        environment = {
            "GOLDDRAHT_DATA": str(self.folder / "data"),
            "GOLDDRAHT_SECRET_KEY": "only-for-the-bench-" + "0123456789" * 4,
            "GOLDDRAHT_DATABASE_URL": urls.app,
            "GOLDDRAHT_OWNER_DATABASE_URL": urls.owner,
            "GOLDDRAHT_LOG_LEVEL": "CRITICAL",
        }
        return self._run(sys.executable, "ours", {"way": way, "profile": self.profile}, environment)

    def _run(self, python: str, module: str, asked: dict[str, Any], environment: dict[str, str]) -> Result:
        """In a process of its own, on the core that it shares with the database."""
        file = self.folder / "result.json"
        file.unlink(missing_ok=True)
        asked |= {"folder": str(self.folder), "postmaster": self.postmaster, "result": str(file)}
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDDRAHT_", "DJANGO_"))}
        pin_database(self.core, self.postmaster)
        done = subprocess.run(
            [python, "-m", f"bench.mail.{module}", json.dumps(asked)],
            cwd=ROOT,
            env=own | {"PYTHONPATH": str(ROOT)} | environment,
            timeout=LONGEST,
            check=False,
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: pin(self.core, 0),
        )
        return Result.read(file) if done.returncode == 0 else Result(f"{module} has failed")


@contextmanager
def a_bench(asked: argparse.Namespace) -> Iterator[Bench]:
    with ExitStack() as doing:
        folder = doing.enter_context(scratch_folder())
        cluster = Cluster(folder / "postgres")
        urls = doing.enter_context(cluster.running())
        _refuse_less_durable(urls)
        postmaster = int((cluster.folder / "cluster" / "postmaster.pid").read_text().split()[0])
        yield Bench(folder, cluster, postmaster, max(os.sched_getaffinity(0)), asked.wheels, asked.profile)


def _refuse_less_durable(urls: Urls) -> None:
    import psycopg

    with psycopg.connect(urls.superuser) as connection:
        rows = {name: connection.execute(f"SHOW {name}").fetchone() for name in DURABLE}
    assert rows == {name: (value,) for name, value in DURABLE.items()}, rows


def main(asked: argparse.Namespace) -> int:
    """Run everybody; 0 when the goals are met, or none was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golddraht.house.settings")
    with a_bench(asked) as bench:
        # The letters look at Django's settings for the time zone only.
        os.environ["GOLDDRAHT_DATA"] = str(bench.folder / "data")
        from bench.mail.corpus import corpus

        made = corpus(asked.count, earlier=max(5, min(200, asked.count // 10)))
        write_mails(bench.folder / "earlier.mails", made.earlier)
        write_mails(bench.folder / "mails.mails", made.mails)
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(made.kinds.items()))
        print(f"{asked.count} mails, {made.size / asked.count / 1000:.1f} kB each on average ({kinds})")
        print(f"{len(made.threads)} concerns, {len(made.earlier)} of them from before; {_settings()}", flush=True)
        if asked.profile:
            return _tell_profile(bench.ours("one by one"))
        return _compared(bench, asked.only)


def _settings() -> str:
    return ", ".join(f"{name} {value}" for name, value in DURABLE.items()) + ", one core"


def _tell_profile(result: Result) -> int:
    print("\n".join(result.said))
    return 0


def _compared(bench: Bench, only: str) -> int:
    print(
        f"{'':36} {'stored':>7} {'failed':>6} {'concerns':>8} {'mails/s':>8} {'ms wall':>8} {'ms own':>7} {'ms db':>6}"
    )
    for way in ("bare parsing (standard library)", "Golddraht's reading alone"):
        _tell(bench.ceiling(way))
    peers = [] if only == "ours" else [_tell(bench.peer(name)) for name in ("helpdesk", "roundup_gateway")]
    ours = [] if only == "peers" else [_tell(bench.ours(way)) for way in ("one by one", "imported")]
    if not peers or not ours:
        return 0
    fastest = max(peers, key=lambda one: one.rate)
    goals = zip(ours, (GOAL_ONE_BY_ONE, GOAL_IMPORTED), strict=True)
    met = [_is_met(one, fastest, goal) for one, goal in goals]
    return 0 if all(met) else 1


def _tell(one: Result) -> Result:
    each = 1000 / max(1, one.stored)
    print(
        f"{one.name:36} {one.stored:7} {one.failed:6} {one.conversations:8} {one.rate:8.1f} {one.wall * each:8.1f} "
        f"{one.seconds * each:7.1f} {one.database_seconds * each:6.1f}"
    )
    for line in one.said:
        print(f"   {line}")
    sys.stdout.flush()
    return one


def _is_met(one: Result, fastest: Result, goal: float) -> bool:
    times = one.rate / fastest.rate if fastest.rate else 0.0
    # Who loses mails wins nothing.
    is_met = times >= goal and one.stored >= one.mails - one.failed and not one.failed
    computing = one.rate_of_computing / fastest.rate_of_computing if fastest.rate_of_computing else 0.0
    print(
        f"{one.name}: {times:.2f} times {fastest.name}, goal {goal:g} times   {'met' if is_met else 'MISSED'}\n"
        f"   by seconds of computing instead of wall time: {computing:.2f} times"
    )
    return is_met


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.mail", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="how many mails (default 5000, at most 100000)")
    parser.add_argument("--only", choices=("ours", "peers"), default="", help="leave the others out")
    parser.add_argument("--profile", action="store_true", help="show where our time goes, instead of comparing")
    parser.add_argument(
        "--wheels", default="", help="a folder with packages of the others, for lack of a package index"
    )
    found = parser.parse_args(arguments)
    if not 20 <= found.count <= 100_000:
        parser.error("Between 20 and 100000 mails.")
    return found


if __name__ == "__main__":
    sys.exit(main(asked()))
