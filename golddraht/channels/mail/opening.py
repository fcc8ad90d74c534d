"""Parts that hold a mail of their own, opened: packets of Outlook, and what was signed or encrypted."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from . import pgp, smime, tnef
from .charsets import decoded
from .headers import Headers
from .keyring import EMPTY, Keyring
from .mail import Seal
from .structure import Bounds, Node, entity

MAX_LAYERS = 6
MAX_SEALS = 4
MAX_INLINE = 4_000_000
MAX_CARRIED = 4
KEYDATA = re.compile(r"(?i)\bkeydata\s*=([A-Za-z0-9+/=\s]{1,150000})")
SEALED_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
SEALED_NAME = re.compile(r"(?i)\.p7m$")
SEALED = {
    "smime": "The mail is encrypted (S/MIME) and no key of ours opens it; it is kept as it came. Whoever holds"
    " the key can open it with an ordinary mail program, or the sender can be asked to send it unencrypted.",
    "pgp": "The mail is encrypted (PGP) and no key of ours opens it; it is kept as it came. Whoever holds the"
    " key can open it with an ordinary mail program, or the sender can be asked to send it unencrypted.",
}
BROKEN = "The signature does not fit the mail: it was changed on its way, or the signature is not of this mail."
UNTRUSTED = "The mail is signed, but nobody we trust vouches for the signer."
STRANGER = "The mail is signed by {signer}, who is not its sender."


@dataclass
class Unsealing:
    """What is needed to open seals, and what was found on the way. `senders` in small letters; `at` aware."""

    bounds: Bounds
    keyring: Keyring = EMPTY
    at: datetime | None = None
    senders: frozenset[str] = frozenset()
    seals: list[Seal] = field(default_factory=list)
    left: int = MAX_SEALS
    # The mail itself, whose sender may have put their PGP key into it.
    tree: Node | None = None

    def carried(self) -> tuple[bytes, ...]:
        """The PGP keys that came along, where anybody asks who signed."""
        return tuple(carried_keys(self.tree)) if self.tree is not None and self.keyring.checks_pgp else ()

    def may_open(self) -> bool:
        """Whether one more seal may be looked at; each may take a second or two."""
        self.left -= 1
        if self.left < 0:
            self.bounds.note("The mail holds more seals than were looked at; the rest is kept as it came.")
        return self.left >= 0

    def found(self, seal: Seal, *, named: tuple[str, ...] = ()) -> None:
        self.seals.append(seal)
        if seal.state == "sealed":
            self.bounds.note(SEALED[seal.method])
        elif seal.state == "broken":
            self.bounds.note(BROKEN)
        elif seal.state == "untrusted":
            self.bounds.note(UNTRUSTED)
        elif seal.state == "verified" and named and not self.senders & set(named):
            self.bounds.note(STRANGER.format(signer=seal.signer))


def open_seals(node: Node, unsealing: Unsealing, *, layer: int = 0) -> None:
    """Opens and checks what is signed or encrypted in this mail, and what lies within, up to six layers."""
    if layer > MAX_LAYERS:
        unsealing.bounds.note(f"The mail is sealed more than {MAX_LAYERS} times over; the rest is kept as it is.")
        return
    if node.is_multipart and node.children:
        _open_multipart(node, unsealing)
        for child in () if node.opened else node.children:
            open_seals(child, unsealing, layer=layer)
    else:
        _open_leaf(node, unsealing)
    if node.opened is not None and not node.is_spare:
        open_seals(node.opened, unsealing, layer=layer + 1)


def _open_multipart(node: Node, unsealing: Unsealing) -> None:
    if len(node.children) < 2:
        return
    first, second = node.children[:2]
    if node.content_type not in {"multipart/encrypted", "multipart/signed"} or not unsealing.may_open():
        return
    if node.content_type == "multipart/encrypted":
        _open_pgp(node, second.content, unsealing)
    elif node.content_type == "multipart/signed" and "pgp" in second.content_type:
        told = pgp.checked(_as_signed(first), second.content, unsealing.keyring, unsealing.carried())
        unsealing.found(_pgp_seal(told))
    elif node.content_type == "multipart/signed" and "pkcs7" in second.content_type:
        is_asked = unsealing.keyring.checks_smime
        found = smime.checked(
            _as_signed(first) if is_asked else b"", second.content, unsealing.keyring, at=unsealing.at
        )
        unsealing.found(_smime_seal(found, "signed"), named=found.addresses)


def _pgp_seal(told: pgp.Outcome) -> Seal:
    return Seal("pgp", "signed", told.signature, told.signer, told.signer, told.certificate)


def _smime_seal(found: smime.Outcome, kind: str) -> Seal:
    return Seal("smime", kind, found.state, found.signer, found.fingerprint, found.certificate)


def _as_signed(node: Node) -> bytes:
    """The entity with the line ends a signature is made over (RFC 1847 §2.1, RFC 8551 §3.1.1)."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", node.entity.taken())


def _open_pgp(node: Node, message: bytes, unsealing: Unsealing) -> None:
    told = _decrypted(message, unsealing)
    if told.content is not None:
        node.opened = entity(told.content, unsealing.bounds)


def _decrypted(message: bytes, unsealing: Unsealing) -> pgp.Outcome:
    told = pgp.decrypted(message, unsealing.keyring, unsealing.carried())
    unsealing.found(Seal("pgp", "encrypted", told.state, fingerprint=told.fingerprint))
    if told.signature:
        unsealing.found(_pgp_seal(told))
    return told


def _open_leaf(node: Node, unsealing: Unsealing) -> None:
    is_binary = node.content_type == "application/octet-stream"
    if node.content_type in SEALED_TYPES or (is_binary and SEALED_NAME.search(node.sent_name or "")):
        if unsealing.may_open():
            _open_smime(node, unsealing)
    elif node.content_type == "text/plain" and b"-----BEGIN PGP " in node.content and unsealing.may_open():
        _open_inline(node, unsealing)


def _open_smime(node: Node, unsealing: Unsealing) -> None:
    found = smime.opened(node.content, unsealing.keyring, at=unsealing.at)
    if found.kind == "other":
        if node.content_type in SEALED_TYPES and node.parameters.get("smime-type", "").lower() != "certs-only":
            unsealing.bounds.note("A sealed part (S/MIME) cannot be read; it is kept as an attachment.")
        return
    if found.kind in {"signed", "encrypted"}:
        unsealing.found(_smime_seal(found, found.kind), named=found.addresses)
    if found.content is not None:
        node.opened = entity(found.content, unsealing.bounds)


def _open_inline(node: Node, unsealing: Unsealing) -> None:
    text = decoded(node.content[:MAX_INLINE], node.parameters.get("charset"))[0]
    if pgp.block(text, pgp.SIGNED):
        unsealing.found(_pgp_seal(pgp.checked_inline(text, unsealing.keyring, unsealing.carried())))
    message = pgp.block(text, pgp.MESSAGE)
    if message is None:
        return
    told = _decrypted(text[slice(*message)].encode(), unsealing)
    if told.content is not None:
        words = text[: message[0]] + decoded(told.content, "utf-8")[0] + text[message[1] :]
        node.opened = Node(Headers(), "text/plain", {"charset": "utf-8"}, words.encode("utf-8", "replace"))


def carried_keys(tree: Node) -> Iterator[bytes]:
    """The PGP keys in a mail: attached to it, or in its Autocrypt header (Autocrypt Level 1 §2.1)."""
    held = [leaf.content for leaf in outer_leaves(tree) if leaf.content_type == "application/pgp-keys"]
    if (written := KEYDATA.search(tree.headers.raw("autocrypt") or "")) is not None:
        held.append(_unpacked("".join(written.group(1).split())))
    yield from (one for one in held[:MAX_CARRIED] if one and len(one) <= pgp.MAX_REMEMBERED)


def _unpacked(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except ValueError:
        return b""


def outer_leaves(node: Node) -> Iterator[Node]:
    """The leaves of this mail itself: neither those of mails that came along nor of what was opened."""
    if node.is_multipart and node.children:
        for child in node.children:
            yield from outer_leaves(child)
    else:
        yield node


def open_packets(tree: Node, bounds: Bounds) -> None:
    """Opens every `winmail.dat` of the mail; a damaged one is told and stays an attachment besides."""
    purse = tnef.Purse()
    for node in outer_leaves(tree):
        if node.content_type in tnef.TYPES or node.content[:4] == tnef.SIGNATURE:
            _open_packet(node, bounds, purse)


def _open_packet(node: Node, bounds: Bounds, purse: tnef.Purse) -> None:
    found = tnef.packet(node.content, purse)
    if found.is_damaged:
        bounds.note("The packet winmail.dat is damaged; what could be read of it is shown, and it is kept as it came.")
    children = [*_words(found), *map(_file, found.files)]
    if found.is_damaged:
        children.append(Node(node.headers, node.content_type, node.parameters, node.held))
    if children:
        node.opened = Node(Headers(), "multipart/mixed", children=children)
        node.is_spare = True


def _words(found: tnef.Packet) -> Iterator[Node]:
    forms = [("text/plain", found.text), ("text/html", found.html)]
    written = [
        Node(Headers(), kind, {"charset": "utf-8"}, words.encode("utf-8", "replace"))
        for kind, words in forms
        if words and words.strip()
    ]
    if written:
        yield Node(Headers(), "multipart/alternative", children=written)


def _file(file: tnef.File) -> Node:
    named = {"name": file.name} if file.name else {}
    fields = [("content-disposition", "attachment")]
    if file.content_id:
        fields.append(("content-id", file.content_id))
    return Node(Headers.of(fields), file.content_type, named, file.content)
