"""A small but real sign-in service (OpenID Connect) on loopback: discovery, keys, authorize, token, UserInfo; RS256.

Whoever comes to it is signed in as `person` already. `lies` changes what it says, one lie for each test.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "golddraht", "only the two of us know"
Changed = Callable[[dict[str, Any]], dict[str, Any]]


def as_it_is(told: dict[str, Any]) -> dict[str, Any]:
    return told


class SignInService:
    """What the service knows, and what it says."""

    def __init__(self) -> None:
        self.person = {"sub": "248289761001", "email": "nina@heizwerk.example", "email_verified": True, "name": "Nina"}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with: Any = self.key
        self.algorithm = "RS256"
        self.claims: Changed = as_it_is
        self.user_info: Changed = as_it_is
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._answering())
        self.url = f"http://localhost:{self.server.server_address[1]}"

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0 §3."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where somebody who is signed in already is sent back to (OpenID Connect Core 1.0 §3.1.2)."""
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code"
        assert "openid" in asked["scope"].split() and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.asked.append(asked)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code, once, to whom it was given (§3.1.3); None for anybody else."""
        begun = self.codes.pop(asked.get("code", ""), None)
        if begun is None or (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != begun["code_challenge"]:
            return None
        if asked.get("redirect_uri") != begun["redirect_uri"]:
            return None
        return {"access_token": "let me in", "token_type": "Bearer", "expires_in": 60, "id_token": self._signed(begun)}

    def _signed(self, begun: dict[str, str]) -> str:
        at = int(time.time())
        claims = self.person | {"iss": self.url, "aud": CLIENT, "iat": at, "exp": at + 60, "nonce": begun.get("nonce")}
        return jwt.encode(self.claims(claims), self.signs_with, algorithm=self.algorithm, headers={"kid": "one"})

    def _answering(service: SignInService) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # `self` is the request below.
        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                if parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", service.authorize(asked))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                elif parts.path == "/.well-known/openid-configuration":
                    self.say(service.discovery())
                elif parts.path == "/keys":
                    self.say(service.keys())
                elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer let me in":
                    self.say(service.user_info(dict(service.person)))
                else:
                    self.say({"error": "not found"}, status=404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                token = service.token({name: values[0] for name, values in parse_qs(body).items()})
                self.say(token or {"error": "invalid_grant"}, status=200 if token else 400)

            def say(self, told: dict[str, Any], *, status: int = 200) -> None:
                content = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_said: object) -> None:
                """Says nothing."""

        return Answering


@contextmanager
def a_sign_in_service() -> Iterator[SignInService]:
    """Answers until the end of the block."""
    service = SignInService()
    answering = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    answering.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        answering.join()
