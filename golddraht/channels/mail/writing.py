"""An outgoing mail as bytes (RFC 5322, MIME), built from plain values; nothing a value holds can add a header."""

from __future__ import annotations

import base64
import quopri
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

from . import markup
from .automatic import LOOP_HEADER
from .charsets import plain
from .filenames import safe_name
from .mail import Address

END = "\r\n"
WORD_OCTETS = 42
MAX_REFERENCES = 20
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
ID = re.compile(r"[^\s<>]{1,900}")


class AddressNotUsable(ValueError):
    """An address that no mail server would take; the message says which."""


@dataclass(frozen=True)
class Enclosure:
    """A file to send along; `content_id` makes it an inline image of the HTML."""

    name: str
    content_type: str
    content: bytes
    content_id: str | None = None


@dataclass(frozen=True)
class Letter:
    """Everything an outgoing mail says. `date` is aware; ids come without angle brackets."""

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    html: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[Enclosure, ...] = ()
    automatic: bool = False
    # Which of our deliveries this is: comes back in a report even where a server has given the mail another Message-ID.
    delivery_token: str | None = None
    loop_key: str | None = None
    # Where one click ends mails of this kind, without a page (RFC 8058).
    unsubscribe: str | None = None
    language: str | None = None


def new_message_id(domain: str, token: str | None = None) -> str:
    """A fresh id without angle brackets (RFC 5322 §3.6.4): `token.random@domain`."""
    left = ".".join(one for one in (re.sub(r"[^A-Za-z0-9_-]", "", token or ""), secrets.token_hex(10)) if one)
    return f"{left}@{_ascii_domain(domain)}"


def write(letter: Letter) -> bytes:
    """The mail, ready for SMTP: CRLF, only ASCII, no line over 998 octets (RFC 5322 §2.1.1).

    Raises AddressNotUsable for an address without a mailbox and a domain, or with a local part that is not ASCII.
    """
    lines = [*_headers(letter), *_body(letter)]
    return (END.join(lines) + END).encode("ascii")


# Headers


def _headers(letter: Letter) -> list[str]:
    fields = [
        ("Date", format_datetime(letter.date)),
        ("Message-ID", _id(letter.message_id)),
        ("From", _addresses([letter.sender])),
        ("To", _addresses(letter.to)),
        ("Cc", _addresses(letter.cc)),
        ("Reply-To", _addresses([letter.reply_to] if letter.reply_to else [])),
        ("Subject", _folded_words(_one_line(letter.subject), len("Subject: "))),
        ("In-Reply-To", _id(letter.in_reply_to)),
        ("References", f"{END} ".join(_id(one) for one in _references(letter))),
        ("Content-Language", re.sub(r"[^A-Za-z0-9-]", "", letter.language or "")),
        ("X-Golddraht-Delivery", re.sub(r"[^A-Za-z0-9-]", "", letter.delivery_token or "")),
        *_unsubscribing(letter),
        *_machine_fields(letter),
        ("MIME-Version", "1.0"),
    ]
    return [f"{name}: {value}" for name, value in fields if value]


def _unsubscribing(letter: Letter) -> list[tuple[str, str]]:
    """RFC 2369 §3.2 and RFC 8058 §3.1; the one click is for HTTPS alone."""
    url = re.sub(r"[^\x21-\x7e]|[<>,]", "", letter.unsubscribe or "")[:900]
    if not url:
        return []
    one_click = [("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if url.startswith("https://") else []
    return [("List-Unsubscribe", f"<{url}>"), *one_click]


def _machine_fields(letter: Letter) -> list[tuple[str, str]]:
    loop = re.sub(r"[^\x21-\x7e]", "", letter.loop_key or "")[:200]
    if not letter.automatic:
        return [(LOOP_HEADER, loop)]
    # RFC 3834 §5; the second keeps Exchange from answering with an absence note or a receipt.
    return [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), (LOOP_HEADER, loop)]


def _references(letter: Letter) -> tuple[str, ...]:
    """The chain with its beginning and its newest members (RFC 5322 §3.6.4), trimmed in the middle."""
    named = dict.fromkeys((*letter.references, *([letter.in_reply_to] if letter.in_reply_to else [])))
    chain = tuple(one for one in named if _id(one))
    if len(chain) <= MAX_REFERENCES:
        return chain
    return (chain[0], *chain[-(MAX_REFERENCES - 1) :])


def _id(message_id: str | None) -> str:
    bare = (message_id or "").strip().strip("<>")
    return f"<{bare}>" if ID.fullmatch(bare) and bare.isascii() and bare.isprintable() else ""


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text).replace("\u2028", " ").replace("\u2029", " ")).strip()


def _folded_words(text: str, used: int) -> str:
    """The text as header value: as it is when short, ASCII and harmless, else in encoded words of RFC 2047."""
    if text.isascii() and "=?" not in text and used + len(text) <= 76:
        return text
    return f"{END} ".join(_encoded_word(chunk) for chunk in _chunks(text))


def _chunks(text: str) -> Iterable[str]:
    chunk = ""
    for sign in text:
        if len((chunk + sign).encode()) > WORD_OCTETS:
            yield chunk
            chunk = ""
        chunk += sign
    yield chunk


def _encoded_word(chunk: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk.encode()).decode('ascii')}?="


def _addresses(found: Iterable[Address]) -> str:
    return f",{END} ".join(_mailbox(one) for one in found)


def _mailbox(one: Address) -> str:
    address = ascii_address(one.address or "")
    name = _one_line(one.name or "")
    if not name:
        return address
    if not name.isascii() or "=?" in name or len(name) > 60:
        return f"{_folded_words(name, 80)}{END if len(name) > 20 else ''} <{address}>"
    if ATOM.fullmatch(name):
        return f"{name} <{address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def ascii_address(address: str) -> str:
    """The address as every server takes it: the domain in its ASCII form (RFC 5891). Raises AddressNotUsable."""
    local, _, domain = address.strip().rpartition("@")
    # What could end the address or begin another is refused, not repaired: it would go to a stranger.
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}", local) or not domain:
        raise AddressNotUsable(f"“{_one_line(address)[:100]}” is no address that a mail can be sent to.")
    return f"{local}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    text = domain.strip().rstrip(".")
    try:
        converted = text.lower() if text.isascii() else ".".join(map(_ascii_label, text.lower().split(".")))
    except UnicodeError as failure:
        raise AddressNotUsable(f"“{_one_line(domain)[:100]}” is no domain.") from failure
    if not re.fullmatch(
        r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", converted
    ):
        raise AddressNotUsable(f"“{_one_line(domain)[:100]}” is no domain.")
    return converted


def _ascii_label(label: str) -> str:
    # IDNA 2008 keeps ß, the codec of the standard library would turn it into ss, which is another domain.
    if "ß" in label:
        return "xn--" + label.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")


# Body


def _body(letter: Letter) -> list[str]:
    inline = [one for one in letter.attachments if one.content_id]
    files = [one for one in letter.attachments if not one.content_id]
    shown = _html(letter)
    if inline:
        shown = _multipart("related", [shown, *map(_enclosed, inline)], letter, 'type="text/html"')
    words = _multipart("alternative", [_text_part("plain", _lines(letter.text)), shown], letter)
    return _multipart("mixed", [words, *map(_enclosed, files)], letter) if files else words


def _html(letter: Letter) -> list[str]:
    body = letter.html if letter.html is not None else markup.from_text(plain(letter.text))
    language = re.sub(r"[^A-Za-z0-9-]", "", letter.language or "")
    opening = f'<html lang="{language}">' if language else "<html>"
    head = '<head><meta charset="utf-8"></head>'
    return _text_part("html", f"<!DOCTYPE html>\n{opening}{head}<body>\n{_lines(body)}\n</body></html>")


def _lines(text: str) -> str:
    return plain(text)


def _text_part(subtype: str, text: str) -> list[str]:
    encoded = quopri.encodestring(text.encode(), quotetabs=False).decode("ascii")
    return [
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        *encoded.split("\n"),
    ]


def _multipart(subtype: str, parts: list[list[str]], letter: Letter, extra: str = "") -> list[str]:
    # Steady for the same letter, so that a repeated attempt sends the very same bytes; `=_` never occurs in
    # quoted-printable or base64 (RFC 2045 §6.7).
    boundary = "=_" + sha256(f"{letter.message_id} {subtype}".encode()).hexdigest()[:24]
    kind = f'Content-Type: multipart/{subtype}; boundary="{boundary}"' + (f"; {extra}" if extra else "")
    lines = [kind, ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _enclosed(one: Enclosure) -> list[str]:
    kind = one.content_type.lower()
    if not re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,90}", kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    name = _parameter("filename", safe_name(_one_line(one.name)) or "attachment")
    content_id = re.sub(r"[^\x21-\x7e]|[<>]", "", one.content_id or "")[:200]
    return [
        f"Content-Type: {kind}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {'inline' if content_id else 'attachment'}{name}",
        *([f"Content-ID: <{content_id}>"] if content_id else []),
        "",
        *base64.encodebytes(one.content).decode("ascii").rstrip("\n").split("\n"),
    ]


def _parameter(name: str, value: str) -> str:
    """A parameter after RFC 2231: plain when ASCII and short, else in numbered, percent-encoded pieces."""
    if value.isascii() and len(value) <= 60 and not re.search(r'[\\"]', value):
        return f';{END} {name}="{value}"'
    encoded = "utf-8''" + quote(value, safe="")
    pieces = re.findall(r"(?:%[0-9A-F]{2}|.){1,18}", encoded)
    return "".join(f";{END} {name}*{number}*={piece}" for number, piece in enumerate(pieces))
