"""Secrets in the database, encrypted with a key that lies outside database and backup."""

from __future__ import annotations

import hmac
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = "g1:"


class UnreadableSecret(ValueError):
    """The key of this installation does not open the secret: it was written under another one."""


def derived_key(purpose: str) -> bytes:
    """32 bytes for one purpose from the installation's master key (HMAC as in RFC 5869's expand step)."""
    master: str = settings.MASTER_KEY
    return hmac.digest(master.encode(), b"golddraht:" + purpose.encode() + b"\x01", "sha256")


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(derived_key(purpose))


def sealed(text: str, *, purpose: str) -> str:
    """AES-256-GCM with a random nonce, bound to `purpose`; the empty text stays empty."""
    if not text:
        return ""
    nonce = os.urandom(12)
    return VERSION + (nonce + _cipher(purpose).encrypt(nonce, text.encode(), purpose.encode())).hex()


def opened(text: str, *, purpose: str) -> str:
    """The text that `sealed` was given. Raises UnreadableSecret under another key."""
    if not text:
        return ""
    content = bytes.fromhex(text.removeprefix(VERSION))
    try:
        return _cipher(purpose).decrypt(content[:12], content[12:], purpose.encode()).decode()
    except InvalidTag:
        raise UnreadableSecret(
            "This secret was stored under another key. Put the old secret.key back, or enter the password again."
        ) from None


def sealed_bytes(content: bytes, *, purpose: str) -> bytes:
    """AES-256-GCM with a random nonce, bound to `purpose`."""
    nonce = os.urandom(12)
    return nonce + _cipher(purpose).encrypt(nonce, content, purpose.encode())


def opened_bytes(content: bytes, *, purpose: str) -> bytes:
    """What `sealed_bytes` was given. Raises UnreadableSecret under another key."""
    try:
        return _cipher(purpose).decrypt(content[:12], content[12:], purpose.encode())
    except InvalidTag:
        raise UnreadableSecret("This was locked away under another key. Put the old secret.key back.") from None


class SecretField(models.TextField):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """Text that is sealed in the database; read it with `.reveal()`, so that no list ever opens it by accident."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.sealed_text
        return sealed(value or "", purpose=self._purpose())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed:
        return Sealed(value or "", self._purpose())

    def to_python(self, value: Any) -> Any:
        return value

    def _purpose(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"


class Sealed:
    """A secret that has not been opened."""

    def __init__(self, sealed_text: str, purpose: str) -> None:
        self.sealed_text, self.purpose = sealed_text, purpose

    def __bool__(self) -> bool:
        return bool(self.sealed_text)

    def __str__(self) -> str:
        return "••••" if self.sealed_text else ""

    __repr__ = __str__

    def reveal(self) -> str:
        return opened(self.sealed_text, purpose=self.purpose)
