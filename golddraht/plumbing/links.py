"""Signed links for customers: they open one thing for one purpose, without signing in, until they expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing


class BadLink(ValueError):
    """The link was changed, belongs to another purpose or has expired."""


@dataclass(frozen=True)
class Opened:
    """What a valid link stands for."""

    tenant_id: int
    id: int


def token_for(purpose: str, *, tenant_id: int, id_: int) -> str:
    """A token for one row and one purpose; it carries ids and a signature, nothing about the customer."""
    return signing.dumps([tenant_id, id_], salt=f"golddraht.{purpose}", compress=False)


def opened(purpose: str, token: str, *, within: timedelta) -> Opened:
    """What the token stands for. Raises BadLink."""
    try:
        tenant_id, id_ = signing.loads(token, salt=f"golddraht.{purpose}", max_age=within)
    except (signing.BadSignature, ValueError):
        raise BadLink("This link is no longer valid.") from None
    return Opened(tenant_id, id_)


def absolute(path: str) -> str:
    """The path with the address under which customers reach this installation."""
    return urljoin(settings.BASE_URL + "/", path.lstrip("/"))
