"""S/MIME (RFC 8551; CMS of RFC 5652): opened with the keys that are given, checked against the roots that are given.

The libraries are imported where they are used: hardly any mail is sealed, and every start would pay for them.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .confined import confined
from .keyring import Keyring

# Two bytes of ASN.1 become an object of five hundred: more of it is read in a process of its own.
MAX_HERE = 100_000
MAX_SEALED = 30_000_000
MAX_PACKED = 20_000_000
MAX_SIGNERS = 5
MAX_CERTIFICATES = 30
MAX_CHAIN = 6
MAX_REMEMBERED = 20_000
DIGESTS = {"sha224", "sha256", "sha384", "sha512"}


@dataclass(frozen=True)
class Outcome:
    """What was found: `kind` signed, encrypted, compressed or other; `state` as in Seal; `content` is the entity
    inside, where it could be had; `addresses` are those the signer's certificate names, in small letters.
    `fingerprint` and `certificate` as in Seal."""

    kind: str
    state: str
    content: bytes | None = None
    signer: str | None = None
    addresses: tuple[str, ...] = ()
    fingerprint: str | None = None
    certificate: bytes | None = None


OTHER = Outcome("other", "unchecked")


def opened(der: bytes, keyring: Keyring, *, at: datetime | None) -> Outcome:
    """The content of an `application/pkcs7-mime` part. Never raises; what is no CMS gives kind "other"."""
    if len(der) <= MAX_HERE:
        return opened_here(der, keyring, at)
    told = confined(__name__, "opened_here", der, keyring, at) if len(der) <= MAX_SEALED else None
    return Outcome(**(told | {"addresses": tuple(told["addresses"])})) if told else OTHER


def opened_here(der: bytes, keyring: Keyring, at: datetime | None) -> Outcome:
    """As `opened`, in this very process."""
    from asn1crypto import cms

    try:
        info: Any = cms.ContentInfo.load(der)
        kind = info["content_type"].native
        match kind:
            case "signed_data":
                content = info["content"]["encap_content_info"]["content"].native
                return _signed(info["content"], content, keyring, at) if isinstance(content, bytes) else OTHER
            case "enveloped_data":
                return _decrypted(info["content"], keyring)
            case "compressed_data":
                return _uncompressed(info["content"])
            case "authenticated_enveloped_data" | "encrypted_data":
                return Outcome("encrypted", "sealed")
    except Exception:  # a library that reads what strangers wrote; what it cannot read stays an attachment
        return OTHER
    return OTHER


def checked(content: bytes, signature: bytes, keyring: Keyring, *, at: datetime | None) -> Outcome:
    """What a detached signature (RFC 8551 §3.5.3) says of `content`, the signed entity with CRLF line ends."""
    from asn1crypto import cms

    if not keyring.checks_smime or len(signature) > MAX_HERE:
        return Outcome("signed", "unchecked")
    try:
        return _signed(cms.ContentInfo.load(signature)["content"], content, keyring, at)
    except Exception:
        return Outcome("signed", "broken")


def _uncompressed(content: Any) -> Outcome:
    packed = content["encap_content_info"]["content"].native
    unpacking = zlib.decompressobj()
    written = unpacking.decompress(packed, MAX_PACKED)
    return Outcome("compressed", "opened", written if unpacking.eof else None)


# Signed


def _signed(signed: Any, content: bytes, keyring: Keyring, at: datetime | None) -> Outcome:
    if not keyring.checks_smime:
        return Outcome("signed", "unchecked", content)
    certificates = _certificates(signed)
    outcomes = [
        _one_signer(one, signed, content, certificates, keyring, at)
        for one in list(signed["signer_infos"])[:MAX_SIGNERS]
    ]
    # One good signature is enough; otherwise the first one tells what is wrong.
    found = next(
        (one for one in outcomes if one.state == "verified"), next(iter(outcomes), Outcome("signed", "broken"))
    )
    return replace(found, content=content)


def _certificates(signed: Any) -> list[Any]:
    from cryptography import x509

    held = signed["certificates"]
    ders = [one.chosen.dump() for one in list(held)[:MAX_CERTIFICATES] if one.name == "certificate"] if held else []
    return [x509.load_der_x509_certificate(der) for der in ders]


def _one_signer(
    info: Any, signed: Any, content: bytes, certificates: list[Any], keyring: Keyring, at: datetime | None
) -> Outcome:
    from cryptography.hazmat.primitives import serialization

    certificate = next((one for one in certificates if _is_named(info["sid"], one)), None)
    if certificate is None:
        return Outcome("signed", "untrusted")
    named = addresses_of(certificate)
    who = next(iter(named), None) or certificate.subject.rfc4514_string()[:200]
    if info["digest_algorithm"]["algorithm"].native not in DIGESTS:
        return Outcome("signed", "untrusted", None, who, named)  # nobody should vouch by MD5 or SHA-1 any more
    der = certificate.public_bytes(serialization.Encoding.DER)
    told = Outcome("signed", "broken", None, who, named, fingerprint_of(certificate))
    if not _fits(info, signed, content, certificate):
        return told
    if _is_trusted(certificate, certificates, keyring, at):
        return replace(told, state="verified")
    return replace(told, state="untrusted", certificate=der if _may_be_remembered(certificate, der, at) else None)


def _may_be_remembered(certificate: Any, der: bytes, at: datetime | None) -> bool:
    return len(der) <= MAX_REMEMBERED and may_sign_mail(certificate) and _is_valid(certificate, at)


def _is_named(identifier: Any, certificate: Any) -> bool:
    if identifier.name == "issuer_and_serial_number":
        same_issuer = identifier.chosen["issuer"].dump() == certificate.issuer.public_bytes()
        return bool(same_issuer and identifier.chosen["serial_number"].native == certificate.serial_number)
    return bool(_key_identifier(certificate) == identifier.chosen.native)


def _key_identifier(certificate: Any) -> bytes | None:
    from cryptography import x509

    try:
        return bytes(certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest)
    except (x509.ExtensionNotFound, ValueError):
        return None


def _fits(info: Any, signed: Any, content: bytes, certificate: Any) -> bool:
    digest = info["digest_algorithm"]["algorithm"].native
    attributes = info["signed_attrs"]
    if not attributes:
        return _verifies(certificate, info, content, digest)
    named = {one["type"].native: one["values"] for one in attributes}
    said = named["message_digest"][0].native
    meant = named["content_type"][0].native == signed["encap_content_info"]["content_type"].native
    if not meant or said != hashlib.new(digest, content).digest():
        return False
    # Signed as SET OF although it is sent with an implicit tag (RFC 5652 §5.4).
    return _verifies(certificate, info, attributes.untag().dump(), digest)


def _verifies(certificate: Any, info: Any, octets: bytes, digest: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key, signature = certificate.public_key(), info["signature"].native
    algorithm = getattr(hashes, digest.upper())()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            is_pss = info["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            filled = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO) if is_pss else padding.PKCS1v15()
            key.verify(signature, octets, filled, algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, octets, ec.ECDSA(algorithm))
        else:
            key.verify(signature, octets)
    except InvalidSignature:
        return False
    return True


def _is_trusted(certificate: Any, others: list[Any], keyring: Keyring, at: datetime | None) -> bool:
    """Whether a chain of certificates, each valid at that moment, leads to one of the roots (RFC 5280 §6, without
    revocation, which would need the network), or somebody knows this very certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    if certificate.public_bytes(serialization.Encoding.DER) in keyring.smime_certificates:
        return may_sign_mail(certificate) and _is_valid(certificate, at)
    anchors = [one for pem in keyring.trust_anchors for one in x509.load_pem_x509_certificates(pem)]
    return may_sign_mail(certificate) and _leads_to(certificate, others, anchors, at, MAX_CHAIN)


def _leads_to(certificate: Any, others: list[Any], anchors: list[Any], at: datetime | None, left: int) -> bool:
    if not _is_valid(certificate, at):
        return False
    if certificate in anchors:
        return True
    if left == 0:
        return False
    issuers = [one for one in (*anchors, *others) if _has_issued(one, certificate)]
    return any(_leads_to(one, others, anchors, at, left - 1) for one in issuers[:3])


def _is_valid(certificate: Any, at: datetime | None) -> bool:
    return at is not None and bool(certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc)


def _has_issued(issuer: Any, certificate: Any) -> bool:
    from cryptography.exceptions import InvalidSignature

    if issuer == certificate or issuer.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return is_authority(issuer)


def is_authority(certificate: Any) -> bool:
    """Whether it may vouch for others (RFC 5280 §4.2.1.9)."""
    from cryptography import x509

    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False


def may_sign_mail(certificate: Any) -> bool:
    """Whether it was given out for mail, or for anything (RFC 5280 §4.2.1.12)."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        purposes = list(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return True
    return bool({ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(purposes))


def addresses_of(certificate: Any) -> tuple[str, ...]:
    """The e-mail addresses that a certificate names, in small letters."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    named = [str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    try:
        others = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        named = [*others.get_values_for_type(x509.RFC822Name), *named]
    except x509.ExtensionNotFound:
        pass
    return tuple(dict.fromkeys(one.lower() for one in named))[:20]


# Encrypted


def _decrypted(enveloped: Any, keyring: Keyring) -> Outcome:
    recipients = [one.chosen for one in list(enveloped["recipient_infos"])[:200] if one.name == "ktri"]
    for own in keyring.smime_keys:
        certificate = certificate_in(own.certificate)
        for recipient in recipients:
            content = _try(enveloped, recipient, own, certificate)
            if content:
                return Outcome("encrypted", "opened", content, fingerprint=fingerprint_of(certificate))
    return Outcome("encrypted", "sealed")


def certificate_in(written: bytes) -> Any:
    """The certificate in PEM or DER. Raises ValueError."""
    from cryptography import x509

    is_pem = b"-----BEGIN" in written
    return (x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate)(written)


def fingerprint_of(certificate: Any) -> str:
    """SHA-256 over the whole certificate, in hex, as other programs show it."""
    from cryptography.hazmat.primitives import hashes

    return str(certificate.fingerprint(hashes.SHA256()).hex())


def _try(enveloped: Any, recipient: Any, own: Any, certificate: Any) -> bytes | None:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if not _is_named(recipient["rid"], certificate):
        return None
    private_key = load_pem_private_key(own.private_key, own.password.encode() if own.password else None)
    try:
        key = private_key.decrypt(recipient["encrypted_key"].native, _filling(recipient))  # type: ignore[union-attr]
        return _plain_content(enveloped["encrypted_content_info"], key)
    except ValueError:
        return None


def _filling(recipient: Any) -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    algorithm = recipient["key_encryption_algorithm"]
    if algorithm["algorithm"].native != "rsaes_oaep":
        return padding.PKCS1v15()
    chosen = algorithm["parameters"]["hash_algorithm"]["algorithm"].native
    digest = getattr(hashes, chosen.upper())()
    return padding.OAEP(padding.MGF1(digest), digest, None)


def _plain_content(info: Any, key: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    algorithm = info["content_encryption_algorithm"]
    cipher = TripleDES(key) if algorithm.encryption_cipher == "tripledes" else algorithms.AES(key)
    decryptor = Cipher(cipher, modes.CBC(algorithm.encryption_iv)).decryptor()
    unpadder = PKCS7(cipher.block_size).unpadder()
    filled = decryptor.update(info["encrypted_content"].native) + decryptor.finalize()
    return unpadder.update(filled) + unpadder.finalize()
