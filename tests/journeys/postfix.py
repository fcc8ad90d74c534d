"""A real Postfix in a folder of its own, in front of our listener; nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.smtp_peer import free_port

BINARY = shutil.which("postfix") or "/usr/sbin/postfix"
DAEMONS = Path("/usr/lib/postfix/sbin")

# The lines that the how-to gives are put behind these.
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {commands}
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.heizwerk.example
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
lmtp_connect_timeout = 10s
{lines}
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """The server in front: what it is handed it keeps until the next one has taken it."""

    folder: Path
    port: int

    def run(self, *command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout + done.stderr

    def hand_in(self, recipient: str, content: bytes, sender: str = "valentina@kundin.example") -> None:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.sendmail(sender, [recipient], content)

    def queue(self) -> list[str]:
        """Why each mail that is still here has not gone on; empty words for one that was not tried yet."""
        listed = self.run("postqueue", "-c", str(self.folder), "-j")
        rows = [json.loads(line) for line in listed.splitlines() if line.startswith("{")]
        return [one.get("delay_reason", "") for row in rows for one in row["recipients"]]

    def words(self) -> str:
        log = self.folder / "log"
        return log.read_text()[-4_000:] if log.exists() else ""


@contextmanager
def running_postfix(lines: str) -> Iterator[Postfix]:
    """A server with these lines in its main.cf; skips the test where there is none, or where we may not start it.

    Whoever uses it is marked `as_root`.
    """
    if not Path(BINARY).exists() or not DAEMONS.exists():
        pytest.skip("Postfix is not installed: apt-get install postfix")
    if os.geteuid() != 0:
        pytest.skip("Postfix can be started by root alone.")
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    postfix = Postfix(folder, free_port())
    _furnish(postfix, lines)
    try:
        said = postfix.run(BINARY, "-c", str(folder), "start")
        _wait_for(postfix, said)
        yield postfix
    finally:
        postfix.run(BINARY, "-c", str(folder), "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(postfix: Postfix, lines: str) -> None:
    folder = postfix.folder
    folder.chmod(0o755)
    for name in ("queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    values = {"folder": folder, "commands": Path(BINARY).parent, "daemons": DAEMONS, "lines": lines}
    (folder / "main.cf").write_text(MAIN.format(**values))
    (folder / "master.cf").write_text(MASTER.format(port=postfix.port))


def _wait_for(postfix: Postfix, said: str) -> None:
    for _ in range(150):
        try:
            with smtplib.SMTP("127.0.0.1", postfix.port, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Postfix does not answer: {said} {postfix.words()}")
