"""OpenPGP (RFC 9580; PGP/MIME of RFC 3156; inline): opened and checked with the keys that are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .confined import confined
from .keyring import Keyring

MAX_SEALED = 30_000_000
MAX_REMEMBERED = 100_000
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
    """`state` as in Seal; `content` where something was decrypted, and `fingerprint` of our key that did it.

    `signature` is the state of a signature, "" where there is none or nobody asked; `signer` the fingerprint of who
    signed, or the id of a key that nobody knows; `certificate` the key that came along and fits, but is a stranger's.
    """

    state: str
    content: bytes | None = None
    signature: str = ""
    signer: str | None = None
    certificate: bytes | None = None
    fingerprint: str | None = None


def decrypted(message: bytes, keyring: Keyring, carried: tuple[bytes, ...] = ()) -> Outcome:
    """The content of an encrypted message. Never raises; `sealed` where no key fits, or too much was packed into it."""
    if not keyring.pgp_keys or len(message) > MAX_SEALED:
        return Outcome("sealed")
    told = confined(__name__, "decrypted_here", message, keyring, carried)
    return Outcome(**told) if told else Outcome("sealed")


def decrypted_here(message: bytes, keyring: Keyring, carried: tuple[bytes, ...] = ()) -> Outcome:
    """As `decrypted`, in this very process."""
    from pysequoia import Tsk, decrypt

    store = Store(keyring, carried)
    named = _recipients(message)
    for own in keyring.pgp_keys:
        if named and own.ids and not any(each.endswith(one) for each in own.ids for one in named):
            continue
        for asked in (store.certificates, None):  # a second time for a signer whom nobody knows
            try:
                found = decrypt(message, Tsk.from_bytes(own.secret).decryptor(own.password), asked)
            except Exception:  # noqa: S112 -- another key may fit
                continue
            opened = Outcome("opened", found.bytes, fingerprint=own.fingerprint or None)
            return _with_signature(opened, store.outcome(found.valid_sigs if asked else []))
    return Outcome("sealed")


def _with_signature(opened: Outcome, told: Outcome) -> Outcome:
    return replace(opened, signature=told.signature, signer=told.signer, certificate=told.certificate)


def _recipients(message: bytes) -> set[str]:
    """The ids or fingerprints of the keys that a message names as its recipients; none when one of them is hidden."""
    from pysequoia.packet import PacketPile, Tag

    try:
        named = [_named(bytes(one.body)) for one in PacketPile.from_bytes(message) if one.tag == Tag.PKESK]
    except Exception:
        return set()
    return set(named) if all(named) else set()


def _named(body: bytes) -> str:
    """RFC 9580 §5.1.1 (version 6: a fingerprint) and §5.1.2 (version 3: eight octets); "" for nobody."""
    if body[:1] == b"\x06":
        return body[3 : 2 + body[1]].hex()
    return body[1:9].hex() if any(body[1:9]) else ""


def checked(content: bytes, signature: bytes, keyring: Keyring, carried: tuple[bytes, ...] = ()) -> Outcome:
    """What a detached signature says of `content`, the signed entity with CRLF line ends (RFC 3156 §5)."""
    if not keyring.checks_pgp:
        return Outcome("unchecked", signature="unchecked")
    from pysequoia import Sig, verify  # here, for hardly any mail needs it and every start would pay

    store = Store(keyring, carried)
    return store.tried(
        lambda: verify(bytes=content, store=store.certificates, signature=Sig.from_bytes(signature)).valid_sigs
    )


def checked_inline(text: str, keyring: Keyring, carried: tuple[bytes, ...] = ()) -> Outcome:
    """What the signature inside a text (RFC 9580 §7) says of it."""
    if not keyring.checks_pgp:
        return Outcome("unchecked", signature="unchecked")
    from pysequoia import verify

    start, end = block(text, SIGNED) or (0, len(text))
    store = Store(keyring, carried)
    return store.tried(lambda: verify(bytes=text[start:end].encode(), store=store.certificates).valid_sigs)


class Store:
    """The certificates that may have signed, and those that were asked for: of people we know, and what came along."""

    def __init__(self, keyring: Keyring, carried: tuple[bytes, ...]) -> None:
        self.keyring = keyring
        self.known = _certificates(keyring.pgp_certificates)
        self.others = [one for one in _certificates(carried) if one.fingerprint not in self._names(self.known)]
        self.asked: list[str] = []

    def certificates(self, named: list[str]) -> list[Any]:
        self.asked.extend(named)
        return [*self.known, *self.others]

    def tried(self, verify: Callable[[], list[Any]]) -> Outcome:
        try:
            return self.outcome(verify())
        except Exception:
            return self.outcome([])

    def outcome(self, good: list[Any]) -> Outcome:
        """What the good signatures say, or why there is none."""
        if not self.keyring.checks_pgp or not (good or self.asked):
            return Outcome("unchecked")
        signers = [one.certificate for one in good]
        known = [one for one in signers if one in self._names(self.known)]
        if known:
            return self._told("verified", known[0])
        if signers:
            certificate = next(bytes(one) for one in self.others if one.fingerprint == signers[0])
            return self._told("untrusted", signers[0], certificate if len(certificate) <= MAX_REMEMBERED else None)
        return self._told("broken" if self._is_held() else "untrusted", next(iter(self.asked), None))

    def _told(self, state: str, signer: str | None, certificate: bytes | None = None) -> Outcome:
        return Outcome(state, signature=state, signer=signer, certificate=certificate)

    def _is_held(self) -> bool:
        """Whether a key asked for belongs to a certificate we hold: then what is wrong is the signature."""
        # A signing subkey stands in its certificate with a signature of its own that names it (RFC 9580 §5.2.1.9).
        held = [*self.known, *self.others]
        named = [bytes.fromhex(one) for one in self.asked]
        return any(
            one in bytes(each) or bytes.fromhex(each.fingerprint).endswith(one) for one in named for each in held
        )

    @staticmethod
    def _names(certificates: list[Any]) -> set[str]:
        return {one.fingerprint for one in certificates}


def _certificates(written: tuple[bytes, ...]) -> list[Any]:
    from pysequoia import Cert

    found: list[Any] = []
    for each in written:
        try:
            found += Cert.split_bytes(each)
        except Exception:  # noqa: S112 -- what came along may be anything
            continue
    return found
