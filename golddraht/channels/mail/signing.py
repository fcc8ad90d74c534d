"""Signing what leaves: DKIM (RFC 6376) with RSA (RFC 8301) and Ed25519 (RFC 8463), both relaxed."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

RSA_BITS = 2048
"""What every resolver can carry and every verifier takes (RFC 8301 §3.2)."""

SIGNED = (
    *(
        "from",
        "from",
        "to",
        "to",
        "cc",
        "cc",
        "subject",
        "subject",
        "date",
        "date",
        "message-id",
        "reply-to",
        "reply-to",
    ),
    *("in-reply-to", "references", "mime-version", "content-type", "content-transfer-encoding", "auto-submitted"),
    *("list-unsubscribe", "list-unsubscribe-post"),
)
"""The fields that are sealed. A name that stands twice also seals that there is no second one (RFC 6376 §8.15)."""

FOLDED = 70


class Algorithm(StrEnum):
    RSA = "rsa"
    ED25519 = "ed25519"


@dataclass(frozen=True)
class SealKey:
    """A key of a domain. The private one is PEM, shown by nothing."""

    domain: str
    selector: str
    algorithm: Algorithm
    private: str = field(repr=False)


@dataclass(frozen=True)
class NewKey:
    """A key pair: PEM to keep, and the record to publish."""

    private: str = field(repr=False)
    record: str


def new_key(algorithm: Algorithm) -> NewKey:
    """A fresh pair; RSA takes a moment."""
    if algorithm is Algorithm.ED25519:
        own = ed25519.Ed25519PrivateKey.generate()
        return NewKey(_pem(own), record_of(algorithm, _raw(own.public_key())))
    made = rsa.generate_private_key(public_exponent=65_537, key_size=RSA_BITS)
    public = made.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return NewKey(_pem(made), record_of(algorithm, public))


def record_of(algorithm: Algorithm, public: bytes) -> str:
    """The TXT record that publishes a public key (RFC 6376 §3.6.1, RFC 8463 §4.2)."""
    return f"v=DKIM1; k={algorithm}; p={base64.b64encode(public).decode()}"


def sealed(content: bytes, keys: tuple[SealKey, ...]) -> bytes:
    """The mail with a signature of each key on top, its lines ended by CRLF as they will travel. Without keys as it is."""
    if not keys:
        return content
    travelling = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    block, _, body = travelling.partition(b"\r\n\r\n")
    fields, digest = _fields(block), base64.b64encode(sha256(relaxed_body(body)).digest()).decode()
    return b"".join(_signature(key, fields, digest) for key in keys) + travelling


def _signature(key: SealKey, fields: list[tuple[str, bytes]], digest: str) -> bytes:
    chosen = _chosen(fields)
    names = ":".join(name for name in SIGNED)
    value = (
        f" v=1; a={key.algorithm}-sha256; c=relaxed/relaxed; d={key.domain};\r\n s={key.selector}; h={_folded(names, ':')};"
        f"\r\n bh={digest};\r\n b="
    )
    told = b"".join(relaxed_field(name, content) + b"\r\n" for name, content in chosen)
    told += relaxed_field("dkim-signature", value.encode())
    seal = base64.b64encode(_sign(key, told)).decode()
    return f"DKIM-Signature:{value}{_chunked(seal)}\r\n".encode()


def _sign(key: SealKey, told: bytes) -> bytes:
    private = _loaded(key.private)
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(sha256(told).digest())
    return private.sign(told, padding.PKCS1v15(), hashes.SHA256())


@lru_cache(maxsize=64)
def _loaded(pem: str) -> rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey:
    """The key, parsed once: that costs far more than a signature."""
    found = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(found, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        raise ValueError("This kind of key signs no mail.")
    return found


def _fields(block: bytes) -> list[tuple[str, bytes]]:
    whole = re.split(rb"\r\n(?![ \t])", block)
    pairs = (one.partition(b":") for one in whole if b":" in one)
    return [(name.decode("ascii", "replace").strip().lower(), content) for name, _, content in pairs]


def _chosen(fields: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The fields named in `SIGNED`, each name taking the lowest one that is left (RFC 6376 §5.4.2); absent ones seal nothing."""
    left, found = list(fields), []
    for name in SIGNED:
        position = max((at for at, (own, _) in enumerate(left) if own == name), default=None)
        if position is not None:
            found.append(left.pop(position))
    return found


def relaxed_field(name: str, content: bytes) -> bytes:
    """One field in the relaxed form of RFC 6376 §3.4.2, without the line's end."""
    return name.encode() + b":" + re.sub(rb"[ \t\r\n]+", b" ", content).strip()


def relaxed_body(body: bytes) -> bytes:
    """The body in the relaxed form of RFC 6376 §3.4.4."""
    plain = re.sub(rb"[ \t]+(?=\r\n|\Z)", b"", re.sub(rb"[ \t]+", b" ", body))
    plain = re.sub(rb"(?:\r\n)+\Z", b"", plain)
    return plain + b"\r\n" if plain else b""


def _folded(names: str, at: str) -> str:
    lines, line = [], ""
    for name in names.split(at):
        if len(line) + len(name) > FOLDED:
            lines.append(line)
            line = ""
        line += name + at
    return "\r\n  ".join([*lines, line]).rstrip(at)


def _chunked(text: str) -> str:
    return "\r\n ".join(text[start : start + FOLDED] for start in range(0, len(text), FOLDED))


def _pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _raw(key: ed25519.Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
