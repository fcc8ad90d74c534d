"""The keys with which sealed mail is opened and signatures are checked: given by the caller, never looked up here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SmimeKey:
    """A certificate (PEM or DER) with its private key (PEM), for mail that was encrypted to it."""

    certificate: bytes
    private_key: bytes
    password: str | None = None


@dataclass(frozen=True)
class PgpKey:
    """A secret OpenPGP key, armored or binary."""

    secret: bytes
    password: str | None = None


@dataclass(frozen=True)
class Keyring:
    """All keys of a tenant. `trust_anchors` are the roots (PEM, one or several in each) whose word counts for S/MIME;
    `pgp_certificates` are the public keys of those whose PGP signature counts."""

    smime_keys: tuple[SmimeKey, ...] = ()
    trust_anchors: tuple[bytes, ...] = ()
    pgp_keys: tuple[PgpKey, ...] = ()
    pgp_certificates: tuple[bytes, ...] = ()


EMPTY = Keyring()
