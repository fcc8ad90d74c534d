"""What a file with keys holds: PKCS#12 (RFC 7292), PEM or DER certificates, OpenPGP keys. Says what is wrong, never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from .confined import confined
from .smime import addresses_of, fingerprint_of, is_authority, may_sign_mail

MAX_FILE = 200_000
MAX_IN_A_FILE = 20
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


class Problem(StrEnum):
    """Why a file is of no use."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NEEDS_PASSWORD = "needs-password"  # noqa: S105 -- it names a trouble
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 -- as above
    NO_PRIVATE_KEY = "no-private-key"
    NO_CERTIFICATE = "no-certificate"
    MISMATCH = "mismatch"
    NOT_RSA = "not-rsa"
    NOT_FOR_MAIL = "not-for-mail"
    CANNOT_OPEN = "cannot-open"
    PRIVATE = "private"


@dataclass(frozen=True)
class FoundKey:
    """One key: `method` smime or pgp, `certificate` DER or binary, `secret` PEM or armored and without a password for S/MIME.

    `valid_until` is a moment in ISO 8601; "" for one that never ends. `problem` is one of Problem, or "".
    """

    problem: str = ""
    method: str = ""
    name: str = ""
    addresses: tuple[str, ...] = ()
    fingerprint: str = ""
    ids: tuple[str, ...] = ()
    certificate: bytes = b""
    secret: str = ""
    valid_until: str = ""
    is_authority: bool = False

    @property
    def ends_at(self) -> datetime | None:
        return datetime.fromisoformat(self.valid_until) if self.valid_until else None


def _refused(problem: Problem) -> FoundKey:
    return FoundKey(problem=problem)


def own_key(written: bytes, password: str) -> FoundKey:
    """The private key in a file, opened with its password. Deriving a key from a password may take long: a child does it."""
    if len(written) > MAX_FILE:
        return _refused(Problem.TOO_LARGE)
    told = confined(__name__, "own_key_here", written, password)
    return FoundKey(**(told | {name: tuple(told[name]) for name in ("addresses", "ids")})) if told else BROKEN


BROKEN = FoundKey(problem=Problem.UNREADABLE)


def own_key_here(written: bytes, password: str) -> FoundKey:
    """As `own_key`, in this very process."""
    if b"PGP P" in written:
        return _own_pgp(written, password)
    if b"-----BEGIN" in written:
        return _from_pem(written, password)
    found = _from_pkcs12(written, password)
    return found if found.problem != Problem.UNREADABLE else _own_pgp(written, password)


# S/MIME


def _from_pkcs12(written: bytes, password: str) -> FoundKey:
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        held = load_pkcs12(written, password.encode() or None)
    except ValueError as failure:
        return _refused(_trouble_with(str(failure), password))
    if held.key is None:
        return _refused(Problem.NO_PRIVATE_KEY)
    if held.cert is None:
        return _refused(Problem.NO_CERTIFICATE)
    return _own_smime(held.key, held.cert.certificate)


def _trouble_with(failure: str, password: str) -> Problem:
    if "password" not in failure.lower() and "pkcs12" not in failure.lower() and "mac" not in failure.lower():
        return Problem.UNREADABLE
    if "could not deserialize" in failure.lower():
        return Problem.UNREADABLE
    return Problem.WRONG_PASSWORD if password else Problem.NEEDS_PASSWORD


def _from_pem(written: bytes, password: str) -> FoundKey:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if b"PRIVATE KEY-----" not in written:
        return _refused(Problem.NO_PRIVATE_KEY)
    begin = re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----", written)
    key_part = written[begin.start() :] if begin else written
    is_closed = b"ENCRYPTED" in key_part
    try:
        key = load_pem_private_key(key_part, password.encode() if password and is_closed else None)
    except TypeError:
        return _refused(Problem.NEEDS_PASSWORD)
    except Exception:
        return _refused(Problem.WRONG_PASSWORD if is_closed else Problem.UNREADABLE)
    try:
        certificates = x509.load_pem_x509_certificates(written)
    except ValueError:
        return _refused(Problem.NO_CERTIFICATE)
    fitting = [one for one in certificates if _public(one.public_key()) == _public(key.public_key())]
    return _own_smime(key, fitting[0]) if fitting else _refused(Problem.MISMATCH)


def _public(key: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _own_smime(key: Any, certificate: Any) -> FoundKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    if not isinstance(key, RSAPrivateKey):
        return _refused(Problem.NOT_RSA)
    if not may_sign_mail(certificate):
        return _refused(Problem.NOT_FOR_MAIL)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return replace(_smime(certificate), secret=secret)


def _smime(certificate: Any) -> FoundKey:
    from cryptography.hazmat.primitives.serialization import Encoding

    return FoundKey(
        method="smime",
        name=_subject(certificate),
        addresses=addresses_of(certificate),
        fingerprint=fingerprint_of(certificate),
        certificate=certificate.public_bytes(Encoding.DER),
        valid_until=certificate.not_valid_after_utc.isoformat(),
        is_authority=is_authority(certificate),
    )


def _subject(certificate: Any) -> str:
    from cryptography.x509.oid import NameOID

    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value if named else certificate.subject.rfc4514_string())[:200]


# OpenPGP


def _own_pgp(written: bytes, password: str) -> FoundKey:
    from pysequoia import Tsk, decrypt, encrypt

    try:
        key = Tsk.from_bytes(written)
        certificate = key.extract_certificate()
    except Exception:
        return BROKEN
    if b"PRIVATE KEY BLOCK" not in str(key).encode():
        return _refused(Problem.NO_PRIVATE_KEY)
    try:
        sealed = encrypt(b"golddraht", recipients=[certificate])
    except Exception:
        return _refused(Problem.CANNOT_OPEN)
    for passphrase in (password, None) if password else (None,):
        try:
            decrypt(sealed, key.decryptor(passphrase), None)
        except Exception as failure:
            problem = _trouble_with_pgp(str(failure), password)
        else:
            return replace(_pgp(certificate), secret=str(key))
    return _refused(problem)


def _trouble_with_pgp(failure: str, password: str) -> Problem:
    if "No suitable" in failure:
        return Problem.NO_PRIVATE_KEY
    return Problem.WRONG_PASSWORD if password else Problem.NEEDS_PASSWORD


def _pgp(certificate: Any) -> FoundKey:
    from pysequoia.packet import PacketPile

    written = bytes(certificate)
    people = [str(one) for one in certificate.user_ids]
    addresses = [hit.group().lower() for one in people if (hit := ADDRESS.search(one)) is not None]
    return FoundKey(
        method="pgp",
        name=(people[0] if people else "")[:200],
        addresses=tuple(dict.fromkeys(addresses))[:20],
        fingerprint=certificate.fingerprint,
        ids=tuple(one.fingerprint for one in PacketPile.from_bytes(written) if one.fingerprint)[:40],
        certificate=written,
        valid_until=certificate.expiration.isoformat() if certificate.expiration else "",
    )


# Those of others


def known_keys(written: bytes) -> list[FoundKey]:
    """The certificates and public keys in a file; a single one with a `problem` when there is none."""
    if len(written) > MAX_FILE:
        return [_refused(Problem.TOO_LARGE)]
    if b"PRIVATE KEY" in written:
        return [_refused(Problem.PRIVATE)]
    found = _certificates(written) if b"-----BEGIN PGP" not in written else []
    return (found or _public_pgp(written))[:MAX_IN_A_FILE]


def _certificates(written: bytes) -> list[FoundKey]:
    from cryptography import x509

    try:
        if b"-----BEGIN" in written:
            return [_smime(one) for one in x509.load_pem_x509_certificates(written)]
        return [_smime(x509.load_der_x509_certificate(written))]
    except ValueError:
        return []


def _public_pgp(written: bytes) -> list[FoundKey]:
    from pysequoia import Cert

    try:
        return [_pgp(one) for one in Cert.split_bytes(written)] or [BROKEN]
    except Exception:
        return [BROKEN]
