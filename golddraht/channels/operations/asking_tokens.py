"""Asking a sign-in service for a token, and what its refusals mean to a person."""

from __future__ import annotations

import base64
import binascii
import contextlib
import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from golddraht.channels.models import SignIn
from golddraht.channels.operations.providers import name_of, token_url
from golddraht.ground.text import one_line
from golddraht.plumbing import outgoing

STEP, WHOLE = 10.0, 20.0
"""Seconds for one step, and for all of them: others wait for what is being asked."""

LARGEST_ANSWER = 64 * 1024
DEFAULT_LIFETIME = 3600
FOR_A_WHILE = {"temporarily_unavailable", "server_error", "slow_down"}
SIGN_IN_AGAIN = {"interaction_required", "login_required", "consent_required"}


class NoToken(Exception):
    """No token can be had; the message says why in plain words. `is_final` when only a person can mend it."""

    def __init__(self, words: str, *, is_final: bool = False) -> None:
        super().__init__(words)
        self.is_final = is_final


@dataclass(frozen=True)
class Answer:
    """What the service gave. `lifetime` and `grant_lifetime` in seconds, the latter only where it told."""

    access: str = field(repr=False)
    lifetime: int
    refresh: str = field(default="", repr=False)
    grant_lifetime: int | None = None
    granted: str = ""
    claims: dict[str, Any] = field(default_factory=dict)


def ask(sign_in: SignIn, form: dict[str, str]) -> Answer:
    """One request to the token endpoint (RFC 6749 §5). Raises NoToken within `WHOLE` seconds."""
    who = name_of(sign_in)
    try:
        status, body = _post(token_url(sign_in), urlencode(form))
    except (OSError, http.client.HTTPException) as failure:
        words = _("%(who)s could not be asked for access: %(reason)s. We try again by ourselves.")
        raise NoToken(words % {"who": who, "reason": str(failure) or type(failure).__name__}) from failure
    content = _read(body)
    if status != 200 or not isinstance(content.get("access_token"), str):
        raise _refusal(who, status, content)
    return _answer(content)


def _read(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _answer(content: dict[str, Any]) -> Answer:
    return Answer(
        access=content["access_token"],
        lifetime=_seconds(content.get("expires_in")) or DEFAULT_LIFETIME,
        refresh=str(content.get("refresh_token") or ""),
        grant_lifetime=_seconds(content.get("refresh_token_expires_in")),
        granted=str(content.get("scope") or ""),
        claims=_claims(str(content.get("id_token") or "")),
    )


def _seconds(value: object) -> int | None:
    """Microsoft and Google give numbers; old services gave digits."""
    said = str(value).strip()
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _claims(id_token: str) -> dict[str, Any]:
    """Who signed in. It came from the service itself by TLS, so its signature need not be checked (OpenID Connect Core §3.1.3.7)."""
    parts = id_token.split(".")
    if len(parts) != 3:
        return {}
    try:
        return _read(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}


def _refusal(who: str, status: int, content: dict[str, Any]) -> NoToken:
    error = str(content.get("error") or "")
    if status == 429 or status >= 500 or error in FOR_A_WHILE or not error:
        words = _("%(who)s answers with an error (%(status)s). We try again by ourselves.")
        return NoToken(words % {"who": who, "status": error or status})
    return NoToken(_words_for_person(who, error, content), is_final=True)


def _words_for_person(who: str, error: str, content: dict[str, Any]) -> str:
    # Microsoft adds lines with numbers for its own support.
    told = str(content.get("error_description") or error).splitlines()
    names = {"who": who, "reason": one_line(told[0] if told else error, 200)}
    if error in SIGN_IN_AGAIN or content.get("suberror") in {"basic_action", "additional_action", "consent_required"}:
        return _("%(who)s wants somebody to sign in once more: %(reason)s. Connect the mailbox again.") % names
    if error == "invalid_grant":
        return _("%(who)s no longer accepts the connection: %(reason)s. Connect the mailbox again.") % names
    if error == "invalid_client":
        return (
            _("%(who)s does not accept the client secret: %(reason)s. Make a new one there and enter it here.") % names
        )
    return _("%(who)s refused: %(reason)s. Compare what you entered with what stands there.") % names


def _post(url: str, form: str) -> tuple[int, bytes]:
    target = urlsplit(url)
    is_tls = target.scheme == "https"
    host, port = target.hostname or "", target.port or (443 if is_tls else 80)
    connection = http.client.HTTPConnection(host, port, timeout=STEP)
    if is_tls:
        connection.sock = outgoing.connect_tls(host, port, outgoing.trusted(), timeout=STEP)
    else:
        connection.sock = outgoing.connect(host, port, timeout=STEP)
    try:
        with _ended_after(connection.sock, WHOLE):
            path = (target.path or "/") + (f"?{target.query}" if target.query else "")
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
            connection.request("POST", path, body=form, headers=headers)
            response = connection.getresponse()
            return response.status, response.read(LARGEST_ANSWER)
    finally:
        connection.close()


@contextmanager
def _ended_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """A service that keeps dripping bytes is hung up on."""

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
