"""Roundup's mail gateway takes the mails as `roundup-mailgw` does for a mailbox. Runs in an environment of its own."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.mail.measuring import Result, filled_in, read_mails, taken_one_by_one

ADDRESS = b"service@werkbank.example"
CLOSED = "#db.security.addPermissionToRole('Anonymous', 'Email Access')"


def make_tracker(home: Path, database: dict[str, Any]) -> None:
    """The classic tracker, open to mail of whoever writes; what it answers is written into nothing."""
    asked = {
        "rdbms_name": database["NAME"],
        "rdbms_host": database["HOST"],
        "rdbms_port": database["PORT"],
        "rdbms_user": database["USER"],
        "rdbms_password": database["PASSWORD"],
        "mail_domain": "werkbank.example",
        "mail_host": "localhost",
        "mail_debug": "/dev/null",
        "admin_email": "admin@werkbank.example",
        "tracker_web": "http://localhost/",
        "tracker_email": ADDRESS.decode(),
    }
    said = ",".join(f"{name}={value}" for name, value in asked.items())
    roundup_admin(home, "install", "classic", "postgresql", said)
    schema = home / "schema.py"
    schema.write_text(schema.read_text().replace(CLOSED, CLOSED[1:]))
    roundup_admin(home, "initialise", "only-for-the-bench")


def roundup_admin(home: Path, *words: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "roundup-admin", "-i", home, *words],
        capture_output=True,
        text=True,
        check=False,
        input="y\n",
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Gateway:
    """An open tracker and its mail gateway."""

    def __init__(self, home: Path) -> None:
        from roundup import instance, mailgw
        from roundup.scripts.roundup_mailgw import parse_arguments

        self.tracker = instance.open(str(home), optimize=1)
        _, arguments = parse_arguments([str(home)])
        self.gateway = mailgw.MailGW(self.tracker, arguments)

    def take(self, mail: bytes) -> Any:
        """The number of the issue; None when it was turned away."""
        return self.gateway.main(io.BytesIO(mail))

    def count(self, table: str) -> int:
        opened = self.tracker.open("admin")
        try:
            return len(opened.getclass(table).list())
        finally:
            opened.close()


def main(asked: dict[str, Any]) -> None:
    folder = Path(asked["folder"])
    make_tracker(folder / "tracker", asked["database"])
    logging.disable(logging.CRITICAL)
    gateway, result = Gateway(folder / "tracker"), Result("Roundup")
    issues = [gateway.take(mail) for mail in read_mails(folder / "earlier.mails")]
    tokens = [(b"", f"[issue{issue}]".encode()) for issue in issues]
    mails = [filled_in(mail, tokens, ADDRESS) for mail in read_mails(folder / "mails.mails")]
    before = gateway.count("msg")
    taken_one_by_one(mails, gateway.take, result, asked["postmaster"])
    result.stored = gateway.count("msg") - before
    result.conversations = gateway.count("issue")
    result.write(Path(asked["result"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
