"""A notice sealed for one device (RFC 8291 with RFC 8188), and the word of who sends it (RFC 8292).

The push service in between learns when something came and how long it is, and nothing else.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
"""Bytes that every push service takes (RFC 8030 §7.2); a notice is one record."""
LAST = b"\x02"
LONGEST = 3000
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (SEC 2)."""
WORD_LASTS = timedelta(hours=12)


class BadKey(ValueError):
    """A device gave keys with which nothing can be sealed."""


def decoded(text: str) -> bytes:
    """Raises BadKey."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise BadKey("This is no key.") from None


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed_for(
    plain: bytes, *, device: bytes, secret: bytes, ephemeral: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """What only the device with that public key and authentication secret can open. Raises BadKey."""
    if len(plain) > LONGEST:
        raise ValueError("A notice is short.")
    if len(secret) != 16:
        raise BadKey("The secret of a device has 16 bytes.")
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, device)
    except ValueError:
        raise BadKey("This is no key.") from None
    ours = point(ephemeral.public_key())
    shared = ephemeral.exchange(ec.ECDH(), theirs)
    root = _derived(shared, salt=secret, purpose=b"WebPush: info\0" + device + ours, length=32)
    key = _derived(root, salt=salt, purpose=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(root, salt=salt, purpose=b"Content-Encoding: nonce\0", length=12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + LAST, None)


def _derived(content: bytes, *, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(content)


@dataclass(frozen=True)
class Vapid:
    """Who an installation is to push services: a key pair that stays the same."""

    private: ec.EllipticCurvePrivateKey

    @classmethod
    def from_bytes(cls, content: bytes) -> Vapid:
        """Always the same pair for the same 64 bytes; so many that no key is likelier than another (FIPS 186-5 A.2.1)."""
        return cls(ec.derive_private_key(int.from_bytes(content, "big") % (ORDER - 1) + 1, CURVE))

    @property
    def public(self) -> str:
        """As browsers want it (`applicationServerKey`)."""
        return encoded(point(self.private.public_key()))

    def word(self, *, endpoint: str, subject: str, at: datetime) -> str:
        """The Authorization header for that push service, good for half a day."""
        target = urlsplit(endpoint)
        claims = {
            "aud": f"{target.scheme}://{target.netloc}",
            "exp": int((at + WORD_LASTS).timestamp()),
            "sub": subject,
        }
        return f"vapid t={jwt.encode(claims, self.private, algorithm='ES256')}, k={self.public}"


def stranger() -> ec.EllipticCurvePrivateKey:
    """A key for one notice, which nobody keeps."""
    return ec.generate_private_key(CURVE)
