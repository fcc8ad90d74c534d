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
    """A secret OpenPGP key, armored or binary. Of a mail that names its recipients only keys with these `ids` are tried;
    without ids it is always tried."""

    secret: bytes
    password: str | None = None
    ids: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True)
class Keyring:
    """All keys that may open a mail, and all that may vouch for it.

    `trust_anchors` are the roots (PEM, one or several in each) whose word counts for S/MIME, whomever they vouch for;
    `smime_certificates` (DER) speak for themselves alone, as do the public keys of `pgp_certificates`. With `is_curious`
    signatures are looked at although nobody is known yet, to tell who signed.
    """

    smime_keys: tuple[SmimeKey, ...] = ()
    trust_anchors: tuple[bytes, ...] = ()
    smime_certificates: tuple[bytes, ...] = ()
    pgp_keys: tuple[PgpKey, ...] = ()
    pgp_certificates: tuple[bytes, ...] = ()
    is_curious: bool = False

    @property
    def checks_smime(self) -> bool:
        return bool(self.trust_anchors or self.smime_certificates or self.is_curious)

    @property
    def checks_pgp(self) -> bool:
        return bool(self.pgp_certificates or self.is_curious)


EMPTY = Keyring()
