"""Mails that are signed and encrypted with real keys, made anew for every run."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pysequoia
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AT = datetime(2026, 3, 3, 10, 15, tzinfo=UTC)
ENTITY = b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBitte die IBAN \xc3\xa4ndern.\r\n'
HEAD = b"From: Petra Vogt <petra@kunde.example>\r\nTo: care@heizwerk.example\r\nSubject: IBAN\r\nDate: Tue, 3 Mar 2026 10:15:00 +0000\r\nMIME-Version: 1.0\r\n"


@dataclass(frozen=True)
class Person:
    """Somebody with a certificate."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def secret(self) -> bytes:
        pkcs8, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, pkcs8, no_password)


def a_person(name: str, *, by: Person | None = None, is_authority: bool = False, for_mail: bool = True) -> Person:
    key = ec.generate_private_key(ec.SECP256R1()) if is_authority else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    purpose = ExtendedKeyUsageOID.EMAIL_PROTECTION if for_mail else ExtendedKeyUsageOID.SERVER_AUTH
    draft = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=30))
        .not_valid_after(AT + timedelta(days=30))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_authority:
        draft = draft.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(name)]), critical=False)
        draft = draft.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return Person(key, draft.sign(by.key if by else key, hashes.SHA256()))


ROOT = a_person("Heizwerk Root", is_authority=True)
BETWEEN = a_person("Heizwerk Mail CA", by=ROOT, is_authority=True)
PETRA = a_person("petra@kunde.example", by=BETWEEN)
CARE = a_person("care@heizwerk.example", by=BETWEEN)


def packed(person: Person, *options: pkcs7.PKCS7Options, content: bytes = ENTITY) -> bytes:
    signing = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(person.certificate, person.key, hashes.SHA256())
        .add_certificate(BETWEEN.certificate)
    )
    return signing.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def detached(person: Person, *, said: bytes = ENTITY, signed: bytes = ENTITY) -> bytes:
    signature = packed(person, pkcs7.PKCS7Options.DetachedSignature, content=signed)
    kind = b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n'
    part = b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return HEAD + kind + b"--s\r\n" + said + b"\r\n--s\r\n" + part + base64.encodebytes(signature) + b"--s--\r\n"


def p7m(der: bytes, kind: bytes) -> bytes:
    part = b'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=%s\r\n' % kind
    return HEAD + part + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(der)


def for_care(entity: bytes) -> bytes:
    sealing = pkcs7.PKCS7EnvelopeBuilder().set_data(entity).add_recipient(CARE.certificate)
    return sealing.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


# PGP

ANNA = pysequoia.Tsk.generate("Anna Bohl <anna@kunde.example>")
WE = pysequoia.Tsk.generate("Heizwerk <care@heizwerk.example>")
ANNAS, WES = (one.extract_certificate().fingerprint for one in (ANNA, WE))
SIGNING_KEY = {
    one.extract_certificate().fingerprint: pysequoia.Sig.from_bytes(
        pysequoia.sign(one.signer(), b"", mode=pysequoia.SignatureMode.DETACHED)
    ).issuer_fingerprint
    for one in (ANNA, WE)
}


def pgp_signed(by: pysequoia.Tsk, said: bytes = ENTITY) -> bytes:
    signature = pysequoia.sign(by.signer(), ENTITY, mode=pysequoia.SignatureMode.DETACHED)
    kind = (
        b'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary=p\r\n\r\n'
    )
    part = b'Content-Type: application/pgp-signature; name="signature.asc"\r\n\r\n'
    return HEAD + kind + b"--p\r\n" + said + b"\r\n--p\r\n" + part + signature + b"\r\n--p--\r\n"


def pgp_encrypted(content: bytes, signer: pysequoia.PySigner | None = None) -> bytes:
    message = pysequoia.encrypt(content, recipients=[WE.extract_certificate()], signer=signer)
    kind = b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=p\r\n\r\n'
    first = b"--p\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    second = b'--p\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
    return HEAD.replace(b"Subject: IBAN", b"Subject: ...") + kind + first + second + message + b"\r\n--p--\r\n"


def autocrypt(key: pysequoia.Tsk) -> bytes:
    written = base64.encodebytes(bytes(key.extract_certificate())).replace(b"\n", b"\r\n ").strip()
    return b"Autocrypt: addr=anna@kunde.example; keydata=\r\n " + written + b"\r\n"
