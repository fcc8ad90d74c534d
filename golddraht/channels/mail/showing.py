"""What was understood of mails, as `golddraht mail show --json` prints it (mail_show.schema.json), and mails found
in files and folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from .mail import Address, Attachment, Invitation, Mail, Seal
from .reading import read
from .structure import MAX_BYTES

LINE_LIMIT = 65_536
# As every mbox writer puts it; this one parts mails even where the empty line in front was forgotten.
STRICT_SEPARATOR = re.compile(
    rb"^From \S.{0,200}? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +\w{1,3} +\w{1,3} +\d{1,2}:\d{2}(?::\d{2})?\b.{0,20}\b\d{4}\b"
)
MBOX_SEPARATOR = re.compile(rb"^From \S.{0,300}?\b\d{1,2}:\d{2}(?::\d{2})?\b.{0,40}\b\d{4}\b")
ESCAPED_FROM = re.compile(rb"^>+From ")
NOT_MAIL = re.compile(
    r"^(?:maildirfolder|subscriptions|dovecot.*|\.(?!.*:2,).*|.*\.(?:expect|expected|json|txt|md|py))$"
)


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be opened or read, with the reason in words."""

    problem: str


def show(path: str, index: int, raw: bytes | Unreadable) -> dict[str, object]:
    """One mail in exactly the contract's form, ready for JSON. Never raises."""
    if isinstance(raw, Unreadable):
        return {"path": _printable(path), "index": index, "problems": [raw.problem]}
    return {"path": _printable(path), "index": index, **shown(read(raw))}


def shown(mail: Mail) -> dict[str, object]:
    """The part of the contract that concerns the mail itself."""
    return {
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "date": mail.date.isoformat(timespec="seconds") if mail.date else None,
        "from": mail.from_ and asdict(mail.from_),
        "reply_to": _listed(mail.reply_to),
        "to": _listed(mail.to),
        "cc": _listed(mail.cc),
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "reply_text": mail.reply_text,
        "quoted_text": mail.quoted_text,
        "signature": mail.signature,
        "attachments": [_without_content(one) for one in mail.attachments],
        "parts": [asdict(part) for part in mail.parts],
        "is_automatic": mail.is_automatic,
        "automatic_kind": mail.automatic_kind,
        "bounce": _bounce(mail),
        "problems": list(mail.problems),
        "invitations": [_invitation(one) for one in mail.invitations],
        "seals": [_seal(one) for one in mail.seals],
    }


def _listed(addresses: Iterable[Address]) -> list[dict[str, str | None]]:
    return [asdict(one) for one in addresses]


def _without_content(one: Attachment) -> dict[str, object]:
    return {
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "sha256": one.sha256,
        "inline": one.inline,
        "content_id": one.content_id,
    }


def _bounce(mail: Mail) -> dict[str, object] | None:
    if mail.bounce is None:
        return None
    return {
        "recipients": [asdict(one) for one in mail.bounce.recipients],
        "original_message_id": mail.bounce.original_message_id,
    }


def _seal(one: Seal) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if name != "certificate"}


def _invitation(one: Invitation) -> dict[str, object]:
    return {
        **asdict(one),
        "begins": one.begins.isoformat() if one.begins else None,
        "ends": one.ends.isoformat() if one.ends else None,
    }


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")


def mails_in(paths: Iterable[str]) -> Iterator[tuple[str, int, bytes | Unreadable]]:
    """Every mail in the given `.eml` files, mboxes (mboxo, mboxrd), Maildirs and folders, in a steady order, with
    its position in its file. At most one mail is in memory at a time; a file that cannot be read is told."""
    for path in paths:
        for file in _files(path):
            yield from _mails_in_file(file)


def _files(path: str) -> Iterator[str]:
    if not Path(path).is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(one for one in folders if not _is_skipped(folder, one))
        # Not pathlib: it would change the path from what was given.
        yield from (os.path.join(folder, one) for one in sorted(files) if not NOT_MAIL.match(one))  # noqa: PTH118


def _is_skipped(folder: str, name: str) -> bool:
    # `tmp` of a Maildir holds mails that are still being written; hidden folders count only as Maildir++.
    if name == "tmp":
        return Path(folder, "cur").is_dir()
    return name.startswith(".") and not Path(folder, name, "cur").is_dir()


def _mails_in_file(path: str) -> Iterator[tuple[str, int, bytes | Unreadable]]:
    index = 0
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            yield path, 0, Unreadable("This is not a file with mail.")
            return
        with Path(path).open("rb") as file:
            for raw in _mails(file):
                yield path, index, raw
                index += 1
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or type(failure).__name__
        yield path, index, Unreadable(f"The file cannot be read: {reason}.")


def _mails(file: BinaryIO) -> Iterator[bytes]:
    first = file.readline(LINE_LIMIT)
    file.seek(0)
    if MBOX_SEPARATOR.match(first):
        yield from _mbox(file)
    else:
        yield file.read(MAX_BYTES + 1)


def _mbox(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox: a `From ` line with a time after an empty line parts them, `>From ` is unescaped.
    Of a mail larger than reading allows only the beginning is kept, which is enough to tell its headers."""
    kept: list[bytes] = []
    size = 0
    fresh, blank = True, True
    started = False
    while line := file.readline(LINE_LIMIT):
        if fresh and _parts_mails(line, after_blank=blank):
            if started:
                yield _mbox_mail(kept)
            kept, size, started = [], 0, True
        elif size <= MAX_BYTES:
            unescaped = line[1:] if fresh and ESCAPED_FROM.match(line) else line
            kept.append(unescaped)
            size += len(unescaped)
        blank = fresh and not line.strip(b"\r\n")
        fresh = line.endswith(b"\n")
    if started:
        yield _mbox_mail(kept)


def _parts_mails(line: bytes, *, after_blank: bool) -> bool:
    return bool((MBOX_SEPARATOR if after_blank else STRICT_SEPARATOR).match(line))


def _mbox_mail(lines: list[bytes]) -> bytes:
    # The empty line in front of the next `From ` belongs to the mbox, not to the mail.
    if len(lines) > 1 and lines[-1] in (b"\n", b"\r\n"):
        lines = lines[:-1]
    return b"".join(lines)
