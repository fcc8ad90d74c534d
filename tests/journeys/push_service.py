"""A browser and its push service on loopback: it takes what is sent to it, and opens it with the browser's own keys.

Opening is written here a second time, from RFC 8188 and RFC 8291, so that what we seal is read by somebody else.
"""

from __future__ import annotations

import hmac
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from golddraht.notices.rules.sealing import decoded, encoded, point


def _hkdf(salt: bytes, content: bytes, purpose: bytes, length: int) -> bytes:
    """RFC 5869, for outputs of one block."""
    return hmac.digest(hmac.digest(salt, content, "sha256"), purpose + b"\x01", "sha256")[:length]


@dataclass
class Browser:
    """What a browser keeps for one subscription."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        return {"public_key": encoded(point(self.private.public_key())), "secret": encoded(self.secret)}

    def opened(self, body: bytes) -> bytes:
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size, "more than one record"
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        root = _hkdf(self.secret, shared, b"WebPush: info\0" + point(self.private.public_key()) + sender, 32)
        key = _hkdf(salt, root, b"Content-Encoding: aes128gcm\0", 16)
        plain = AESGCM(key).decrypt(_hkdf(salt, root, b"Content-Encoding: nonce\0", 12), sealed, None)
        text, delimiter, padding = plain.rpartition(b"\x02")
        assert delimiter and not padding.strip(b"\0")
        return text


@dataclass
class PushService:
    """What came, and how the next one is answered."""

    origin: str = ""
    browser: Browser = field(default_factory=Browser)
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: int = 201

    @property
    def endpoint(self) -> str:
        return f"{self.origin}/push/one"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The notices as the browser reads them."""
        return [json.loads(self.browser.opened(body)) for _, _, body in self.came]

    def word(self, place: int = -1) -> dict[str, Any]:
        """The claims of who sent it, after checking the signature with the key that came along (RFC 8292 §3)."""
        header = self.came[place][1]["authorization"]
        parts = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
        claims: dict[str, Any] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.origin)
        return claims | {"k": parts["k"]}


@contextmanager
def pushing() -> Iterator[PushService]:
    """A push service for as long as the block lasts."""
    service = PushService()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(service.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    service.origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
