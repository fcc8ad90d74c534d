"""A real Dovecot in a folder of its own, on a port of the loopback; nothing is left behind."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.smtp_peer import free_port

BINARY = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "care", "streng geheim"

SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
{tls}
disable_plaintext_auth = no
listen = 127.0.0.1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u
mailbox_idle_check_interval = 1s
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
{tokens}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
"""


# Whoever comes with a token is asked for at the service that gave it (RFC 7662).
BY_TOKEN = """
auth_mechanisms = {mechanisms}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
ASKING = """
introspection_mode = auth
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass
class Dovecot:
    """The server; `start` and `kill` may be called again and again."""

    folder: Path
    port: int
    tls_port: int = 0
    user: str = USER
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [BINARY, "-F", "-c", str(self.folder / "dovecot.conf")]
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
        for _ in range(150):
            if self.process.poll() is not None:
                raise RuntimeError(f"Dovecot ended at once: {self.words()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"Dovecot does not answer: {self.words()}")

    def kill(self) -> None:
        """As a crash would: the master and all its children at once."""
        if self.process is None:
            return
        children = self._children()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process = None

    def _children(self) -> list[int]:
        assert self.process is not None
        found = []
        for entry in Path("/proc").iterdir():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
            except OSError:
                continue
            if fields and int(fields[1]) == self.process.pid:
                found.append(int(entry.name))
        return found

    def words(self) -> str:
        files = [self.folder / "output", self.folder / "log"]
        return " ".join(file.read_text()[-2_000:] for file in files if file.exists())

    def deliver(self, content: bytes, folder: str = "INBOX", *, at: datetime | None = None) -> None:
        """Put a mail into the mailbox, as a server that delivers would; now, or as one that came at that moment."""
        with self.client() as client:
            client.append(folder, "", at or "", content)

    def forget_uids(self) -> None:
        """The mailbox gets a new UIDVALIDITY, as after a restore; the mails stay."""
        for path in (self.folder / "mail" / self.user).glob("dovecot*"):
            path.unlink()

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        try:
            client.login(self.user, PASSWORD)
            yield client
        finally:
            client.logout()


@contextmanager
def running_dovecot(
    *, certificate: Path | None = None, tokens_at: str = "", mechanisms: str = "plain xoauth2 oauthbearer"
) -> Iterator[Dovecot]:
    """A server with one mailbox; skips the test where Dovecot is not installed, and fails it in CI.

    With a certificate it speaks TLS on `tls_port` and STARTTLS on `port`; `tokens_at` is where it asks about tokens.
    """
    if not Path(BINARY).exists():
        if os.environ.get("CI"):
            pytest.fail("Dovecot is not installed: apt-get install dovecot-imapd")
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    dovecot = Dovecot(folder, free_port(), free_port() if certificate else 0)
    _furnish(dovecot, certificate, tokens_at, mechanisms)
    try:
        dovecot.start()
        yield dovecot
    finally:
        dovecot.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(dovecot: Dovecot, certificate: Path | None, tokens_at: str, mechanisms: str) -> None:
    """Settings and the one user. As root the server needs somebody else to be: it refuses to read mail as root."""
    owner = _owner()
    folder = dovecot.folder
    for name in ("mail", "home"):
        (folder / name).mkdir()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n{USER}@heizwerk.example:{PASSWORD}\n")
    group = grp.getgrgid(owner.pw_gid).gr_name
    if certificate:
        (folder / "tls.pem").write_bytes(certificate.read_bytes())
    (folder / "oauth2.conf").write_text(ASKING.format(url=tokens_at))
    values = {
        "folder": folder,
        "port": dovecot.port,
        "tls_port": dovecot.tls_port,
        "user": owner.pw_name,
        "group": group,
    }
    values["tls"] = (
        f"ssl = yes\nssl_cert = <{folder}/tls.pem\nssl_key = <{folder}/tls.pem" if certificate else "ssl = no"
    )
    values["tokens"] = BY_TOKEN.format(folder=folder, mechanisms=mechanisms) if tokens_at else ""
    (folder / "dovecot.conf").write_text(SETTINGS.format(**values))
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)


def _owner() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("dovecot", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return pwd.getpwuid(0)
