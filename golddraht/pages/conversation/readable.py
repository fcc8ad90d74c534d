"""Files of customers that are words: text, tables and mails that were attached, made ready to be looked at where they lie."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from enum import StrEnum
from io import StringIO
from itertools import islice

from golddraht.channels.mail.charsets import decoded
from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.reading import read
from golddraht.ground.tables import separator_of

LARGEST = 300_000
"""Bytes of a file that are looked at; of a mail ten times as many, because pictures may stand before its words."""
ROWS, COLUMNS = 200, 40


class Readable(StrEnum):
    TEXT = "text"
    TABLE = "table"
    MAIL = "mail"


BY_TYPE = {
    "text/plain": Readable.TEXT,
    "text/markdown": Readable.TEXT,
    "text/csv": Readable.TABLE,
    "text/tab-separated-values": Readable.TABLE,
    "message/rfc822": Readable.MAIL,
}
BY_ENDING = {
    "txt": Readable.TEXT,
    "log": Readable.TEXT,
    "md": Readable.TEXT,
    "csv": Readable.TABLE,
    "tsv": Readable.TABLE,
    "eml": Readable.MAIL,
}
"""For what came as bytes of an unknown kind, and for tables, which many programs call plain text."""
NAMELESS = frozenset({"", "application/octet-stream", "text/plain", "application/vnd.ms-excel"})


@dataclass(frozen=True)
class Looked:
    """What conversation/file.html takes: words, or rows, and of a mail its head."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    sender: str = ""
    recipients: str = ""
    subject: str = ""
    files: tuple[str, ...] = ()
    is_cut: bool = False


def readable_as(content_type: str, name: str) -> Readable | None:
    """What kind of words it is; None for everything else."""
    ending = name.rpartition(".")[2].lower()
    if content_type in NAMELESS and ending in BY_ENDING:
        return BY_ENDING[ending]
    return BY_TYPE.get(content_type)


def most_of(kind: Readable) -> int:
    """How many bytes of it are looked at."""
    return LARGEST * 10 if kind is Readable.MAIL else LARGEST


def looked_at(content: bytes, kind: Readable) -> Looked:
    """The beginning of a file, one byte more than is shown where it goes on. Never raises, for any bytes."""
    is_cut = len(content) > most_of(kind)
    whole = content[: most_of(kind)]
    if kind is Readable.MAIL:
        return _mail(whole, is_cut)
    text = decoded(whole, None)[0]
    return _table(text, is_cut) if kind is Readable.TABLE else Looked(text=text, is_cut=is_cut)


def _table(text: str, is_cut: bool) -> Looked:
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=separator_of(text[:10_000]))
        rows = [row[:COLUMNS] for row in islice(lines, ROWS + 1)]
    except csv.Error:
        return Looked(text=text, is_cut=is_cut)
    return Looked(rows=rows[:ROWS], is_cut=is_cut or len(rows) > ROWS)


def _mail(content: bytes, is_cut: bool) -> Looked:
    mail = read(content)
    return Looked(
        text=mail.text or "",
        sender=_named(mail.from_) if mail.from_ else "",
        recipients=", ".join(_named(one) for one in mail.to),
        subject=mail.subject or "",
        files=tuple(one.shown_name for one in mail.attachments),
        is_cut=is_cut,
    )


def _named(one: Address) -> str:
    return f"{one.name} <{one.address}>" if one.name and one.address else one.name or one.address or ""
