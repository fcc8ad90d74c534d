"""OpenPGP (RFC 9580; PGP/MIME of RFC 3156; inline): opened and checked with the keys that are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .confined import confined
from .keyring import Keyring

MAX_SEALED = 30_000_000
MESSAGE = ("-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----")
SIGNED = ("-----BEGIN PGP SIGNED MESSAGE-----", "-----END PGP SIGNATURE-----")


def block(text: str, marks: tuple[str, str]) -> tuple[int, int] | None:
    """Where the first block between two such lines stands in a text; no expression, for that would look a million
    times for an end that never comes."""
    start = text.find(marks[0])
    end = text.find(marks[1], start) if start >= 0 else -1
    return (start, end + len(marks[1])) if end >= 0 else None


@dataclass(frozen=True)
class Outcome:
    """`state` as in Seal; `content` where something was decrypted; `signer` the fingerprint of who signed."""

    state: str
    content: bytes | None = None
    signer: str | None = None
    is_signed: bool = False


def decrypted(message: bytes, keyring: Keyring) -> Outcome:
    """The content of an encrypted message. Never raises; `sealed` where no key fits, or too much was packed into it."""
    if not keyring.pgp_keys or len(message) > MAX_SEALED:
        return Outcome("sealed")
    told = confined(__name__, "decrypted_here", message, keyring)
    return Outcome(**told) if told else Outcome("sealed")


def decrypted_here(message: bytes, keyring: Keyring) -> Outcome:
    """As `decrypted`, in this very process."""
    from pysequoia import Tsk, decrypt

    for own in keyring.pgp_keys:
        for store in (lambda _: _certificates(keyring), None):  # a second time for a signer whom nobody knows
            try:
                found = decrypt(message, Tsk.from_bytes(own.secret).decryptor(own.password), store)
            except Exception:  # noqa: S112 -- another key may fit
                continue
            signers = [one.certificate for one in found.valid_sigs] if store else []
            return Outcome("opened", found.bytes, next(iter(signers), None), bool(signers))
    return Outcome("sealed")


def checked(content: bytes, signature: bytes, keyring: Keyring) -> Outcome:
    """What a detached signature says of `content`, the signed entity with CRLF line ends (RFC 3156 §5)."""
    if not keyring.pgp_certificates:
        return Outcome("unchecked", is_signed=True)
    from pysequoia import Sig, verify  # here, for hardly any mail needs it and every start would pay

    asked: list[str] = []
    try:
        return _signer(verify(bytes=content, store=_store(keyring, asked), signature=Sig.from_bytes(signature)))
    except Exception:
        return Outcome("broken" if _is_known(asked, keyring) else "untrusted", is_signed=True)


def checked_inline(text: str, keyring: Keyring) -> Outcome:
    """What the signature inside a text (RFC 9580 §7) says of it."""
    if not keyring.pgp_certificates:
        return Outcome("unchecked", is_signed=True)
    from pysequoia import verify

    start, end = block(text, SIGNED) or (0, len(text))
    asked: list[str] = []
    try:
        return _signer(verify(bytes=text[start:end].encode(), store=_store(keyring, asked)))
    except Exception:
        return Outcome("broken" if _is_known(asked, keyring) else "untrusted", is_signed=True)


def _store(keyring: Keyring, asked: list[str]) -> Callable[[list[str]], list[Any]]:
    def certificates(named: list[str]) -> list[Any]:
        asked.extend(named)
        return _certificates(keyring)

    return certificates


def _signer(found: Any) -> Outcome:
    signers = [one.certificate for one in found.valid_sigs]
    return Outcome("verified" if signers else "untrusted", None, next(iter(signers), None), is_signed=True)


def _certificates(keyring: Keyring) -> list[Any]:
    from pysequoia import Cert

    return [one for each in keyring.pgp_certificates for one in Cert.split_bytes(each)]


def _is_known(asked: list[str], keyring: Keyring) -> bool:
    """Whether one of the keys asked for belongs to a certificate we hold: then what is wrong is the signature."""
    # A signing subkey stands in its certificate with a signature of its own that names it (RFC 9580 §5.2.1.9).
    held = _certificates(keyring)
    named = [bytes.fromhex(one) for one in asked]
    return any(one in bytes(each) or bytes.fromhex(each.fingerprint).endswith(one) for one in named for each in held)
