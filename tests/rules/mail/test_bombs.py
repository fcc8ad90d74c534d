"""Hostile mails take at most 10 seconds and 512 MB, measured in a process of its own with hard limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .bombs import BOMBS

SECONDS, MEGABYTES = 10, 512
REPOSITORY = Path(__file__).parents[3]
CHILD = """
import json, resource, sys
raw = open(sys.argv[1], "rb").read()
from golddraht.channels.mail import reading
from golddraht.channels.mail.showing import show
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
reading._read(raw)
took = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - before
took += sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
# Not ru_maxrss, which a child takes over from whoever started it.
most = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(json.dumps({"took": took, "megabytes": most // 1024}))
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_mail_takes_ten_seconds_and_half_a_gigabyte_at_most(bomb: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.eml").write_bytes(BOMBS[bomb]())

    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "bomb.eml")], capture_output=True, cwd=REPOSITORY, timeout=120
    )

    assert child.returncode == 0, child.stderr.decode()[-2_000:]
    told = json.loads(child.stdout)
    assert told["took"] <= SECONDS and told["megabytes"] <= MEGABYTES, told
