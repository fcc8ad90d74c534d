"""Typed readers of the environment. Each secret also has a `…_FILE` variant that names a file with the value."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


class BadSetting(ValueError):
    """A setting cannot be understood; the message says which one and what would be right."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "0", "true", "false", "yes", "no", "on", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise BadSetting(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise BadSetting(f"{name} is {value!r}; write a whole number.")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def origin(url: str) -> list[str]:
    """Scheme, host and port of a URL, as a content policy names them (RFC 6454 §6.2); nothing for no URL."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def secret(name: str) -> str:
    """The value of `name`, or the content of the file that `name_FILE` names; empty when neither is set."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, "")


def kept_secret(path: Path) -> str:
    """The secret in `path`, made on the first call. The file is readable by its owner alone.

    Raises BadSetting for an empty file: everything would be sealed with a key that anybody can guess.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_secret(path)
    if secret := path.read_text().strip():
        return secret
    raise BadSetting(f"{path} is empty. Put the old key back; in a fresh installation remove the file.")


def _make_secret(path: Path) -> None:
    """The file appears with its whole content, so that no other process reads half a key."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        # Where another process was a moment faster, its secret stands.
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def database(url: str) -> dict[str, object]:
    """Django's form of a `postgresql://` URL, in any spelling that libpq reads."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise BadSetting(
            "A database URL starts with postgresql://, for example postgresql://name:password@host/golddraht"
        )
    try:
        parts = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise BadSetting(f"A database URL cannot be read: {error}") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }
