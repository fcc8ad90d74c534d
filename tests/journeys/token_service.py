"""A stand-in of the sign-in services of Microsoft and Google, on a port of the loopback: pages to sign in, tokens, moods."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import override_settings

CLIENT_ID, CLIENT_SECRET, DIRECTORY = "golddraht-client", "the client's secret", "heizwerk.example"

REFUSALS: dict[str, tuple[int, dict[str, Any]]] = {
    "invalid_grant": (
        400,
        {
            "error": "invalid_grant",
            "error_description": "AADSTS700082: The refresh token has expired due to inactivity.\r\nTrace ID: 1\r\n",
            "error_codes": [700082],
        },
    ),
    "invalid_grant_google": (
        400,
        {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
    ),
    "interaction_required": (
        400,
        {
            "error": "interaction_required",
            "error_description": "AADSTS50076: You must use multi-factor authentication.\r\nTrace ID: 2",
            "suberror": "basic_action",
        },
    ),
    "invalid_client": (
        401,
        {"error": "invalid_client", "error_description": "AADSTS7000222: The provided client secret keys are expired."},
    ),
    "temporarily_unavailable": (503, {"error": "temporarily_unavailable"}),
    "too-many": (429, {"error": "rate_limit"}),
}


@dataclass
class TokenService:
    """What it was asked and what it gave.

    `mood` is well, slow, dripping, broken (500, no JSON), or one of REFUSALS. `rotates` gives a new refresh token each
    time as Microsoft does; with `single_use` the old one dies with it. `account` is who signs in at its page.
    """

    port: int = 0
    mood: str = "well"
    account: str = "care@heizwerk.example"
    rotates: bool = True
    single_use: bool = False
    gives_refresh: bool = True
    lifetime: int = 3600
    grant_lifetime: int | None = None
    fewer: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    introspected: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh_tokens: set[str] = field(default_factory=set)
    access_tokens: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> Any:
        """Golddraht asks here instead of Microsoft and Google."""
        return override_settings(
            MICROSOFT_URL=self.url, GOOGLE_URL=f"{self.url}/o/oauth2/v2/auth", GOOGLE_TOKEN_URL=f"{self.url}/token"
        )

    def page(self, asked: dict[str, str]) -> str:
        """Somebody signs in at the page and agrees; gives where the browser is sent back to."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = asked | {"account": self.account}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        with self._lock:
            self.asked.append(asked)
        if self.mood == "slow":
            time.sleep(0.6)
        if self.mood in REFUSALS:
            return REFUSALS[self.mood]
        if asked.get("client_id") != CLIENT_ID or asked.get("client_secret") != CLIENT_SECRET:
            return REFUSALS["invalid_client"]
        with self._lock:
            return self._granted(asked)

    def _granted(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        answer: dict[str, Any] = {"token_type": "Bearer", "expires_in": self.lifetime}
        kind, account, has_refresh = asked.get("grant_type"), self.account, self.gives_refresh
        if kind == "authorization_code":
            code = self.codes.pop(asked["code"], None)
            if code is None or not self._fits(code, asked):
                return REFUSALS["invalid_grant"]
            account = code["account"]
            answer |= {"scope": code["scope"].replace("https://mail.google.com/", "") if self.fewer else code["scope"]}
            answer |= {"id_token": id_token({"aud": CLIENT_ID, "email": account, "preferred_username": account})}
        elif kind == "refresh_token":
            if asked["refresh_token"] not in self.refresh_tokens:
                return REFUSALS["invalid_grant"]
            if self.single_use:
                self.refresh_tokens.discard(asked["refresh_token"])
            has_refresh = self.rotates
        else:
            has_refresh = False
        return 200, answer | self._tokens(account, has_refresh)

    def _tokens(self, account: str, has_refresh: bool) -> dict[str, Any]:
        number = len(self.asked)
        self.access_tokens[f"access-{number}"] = account
        found: dict[str, Any] = {"access_token": f"access-{number}"}
        if has_refresh:
            self.refresh_tokens.add(f"refresh-{number}")
            found["refresh_token"] = f"refresh-{number}"
        if self.grant_lifetime is not None:
            found["refresh_token_expires_in"] = self.grant_lifetime
        return found

    def _fits(self, code: dict[str, str], asked: dict[str, str]) -> bool:
        hashed = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        is_proven = code["code_challenge_method"] == "S256" and code["code_challenge"] == challenge
        return is_proven and code["redirect_uri"] == asked.get("redirect_uri")

    def introspection(self, token: str) -> dict[str, Any]:
        """What a mail server asks of a token (RFC 7662)."""
        self.introspected.append(token)
        account = self.access_tokens.get(token)
        return {"active": account is not None} | ({"username": account} if account else {})

    def revoke(self) -> None:
        """Nothing that was given is good any more."""
        self.refresh_tokens.clear()
        self.access_tokens.clear()


def id_token(claims: dict[str, Any]) -> str:
    """A JSON Web Token whose signature nobody checks."""
    parts = [json.dumps(one).encode() for one in ({"alg": "RS256"}, claims)]
    return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in [*parts, b"signature"])


class Endpoint(BaseHTTPRequestHandler):
    service: TokenService

    def do_GET(self) -> None:  # Named by http.server.
        target = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(target.query).items()}
        if target.path == "/introspect":
            self._say(200, self.service.introspection(self._bearer()))
            return
        is_page = target.path in {"/o/oauth2/v2/auth", f"/{DIRECTORY}/oauth2/v2.0/authorize"}
        self.send_response(302 if is_page else 404)
        if is_page:
            self.send_header("Location", self.service.page(asked))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:  # Named by http.server.
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(form).items()}
        if self.path == "/introspect":
            self._say(200, self.service.introspection(asked.get("token", "")))
        elif self.path not in {"/token", f"/{DIRECTORY}/oauth2/v2.0/token"}:
            self._say(404, {})
        elif self.service.mood == "broken":
            self.service.asked.append(asked)
            self._bytes(500, b"<html>Oops</html>")
        else:
            self._say(*self.service.token(asked))

    def _bearer(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _say(self, status: int, content: dict[str, Any]) -> None:
        self._bytes(status, json.dumps(content).encode())

    def _bytes(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.service.mood == "dripping":
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests read no access log."""


@contextmanager
def token_service() -> Iterator[TokenService]:
    """A running service on a free port of the loopback; stopped at the end."""
    service = TokenService()
    handler = type("Bound", (Endpoint,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        with service.settings():
            yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
