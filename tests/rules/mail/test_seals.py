"""Signed and encrypted mail: opened with our keys, checked against whom we trust, told in words otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pysequoia
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from golddraht.channels.mail.keyring import Keyring, PgpKey, SmimeKey
from golddraht.channels.mail.mail import Mail, Seal
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.smime import fingerprint_of

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


def _person(name: str, *, by: Person | None = None, is_authority: bool = False, for_mail: bool = True) -> Person:
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


ROOT = _person("Heizwerk Root", is_authority=True)
BETWEEN = _person("Heizwerk Mail CA", by=ROOT, is_authority=True)
PETRA = _person("petra@kunde.example", by=BETWEEN)
CARE = _person("care@heizwerk.example", by=BETWEEN)
TRUST = Keyring(trust_anchors=(ROOT.pem,))
KEYS = Keyring(smime_keys=(SmimeKey(CARE.pem, CARE.secret),), trust_anchors=(ROOT.pem,))


def _signed(person: Person, *options: pkcs7.PKCS7Options, content: bytes = ENTITY) -> bytes:
    signing = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(person.certificate, person.key, hashes.SHA256())
        .add_certificate(BETWEEN.certificate)
    )
    return signing.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def _detached(person: Person, *, said: bytes = ENTITY, signed: bytes = ENTITY) -> bytes:
    import base64

    signature = _signed(person, pkcs7.PKCS7Options.DetachedSignature, content=signed)
    kind = b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n'
    part = b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return HEAD + kind + b"--s\r\n" + said + b"\r\n--s\r\n" + part + base64.encodebytes(signature) + b"--s--\r\n"


def _p7m(der: bytes, kind: bytes) -> bytes:
    import base64

    part = b'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=%s\r\n' % kind
    return HEAD + part + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(der)


def _for_care(entity: bytes) -> bytes:
    sealing = pkcs7.PKCS7EnvelopeBuilder().set_data(entity).add_recipient(CARE.certificate)
    return sealing.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _only_seal(mail: Mail) -> Seal:
    (seal,) = mail.seals
    return seal


def test_a_signature_of_somebody_our_root_vouches_for_is_verified() -> None:
    mail = read(_detached(PETRA), keyring=TRUST, at=AT)

    assert _only_seal(mail) == Seal("smime", "signed", "verified", "petra@kunde.example", fingerprint_of(PETRA.certificate))
    assert (mail.text, mail.problems) == ("Bitte die IBAN ändern.\n", ())


def test_a_signature_is_good_however_the_line_ends_were_changed_on_the_way() -> None:
    mail = read(_detached(PETRA).replace(b"\r\n", b"\n"), keyring=TRUST, at=AT)
    assert _only_seal(mail).state == "verified"


def test_one_changed_letter_breaks_the_signature_and_is_said() -> None:
    mail = read(_detached(PETRA, said=ENTITY.replace(b"IBAN", b"ibAN")), keyring=TRUST, at=AT)

    assert _only_seal(mail).state == "broken"
    assert "does not fit" in mail.problems[0]


def test_without_roots_a_signature_is_only_noticed() -> None:
    mail = read(_detached(PETRA))
    assert _only_seal(mail) == Seal("smime", "signed", "unchecked")
    assert mail.problems == ()


@pytest.mark.parametrize(
    ("person", "at"),
    [
        (_person("petra@kunde.example", by=_person("Fremde CA", is_authority=True)), AT),
        (_person("petra@kunde.example", by=PETRA), AT),
        (_person("petra@kunde.example", by=BETWEEN, for_mail=False), AT),
        (PETRA, AT + timedelta(days=31)),
    ],
    ids=["a strange authority", "a person who signs for others", "a server", "a certificate that ran out"],
)
def test_nobody_is_believed_whom_our_root_does_not_vouch_for(person: Person, at: datetime) -> None:
    mail = read(_detached(person), keyring=TRUST, at=at)

    assert _only_seal(mail).state == "untrusted"
    assert mail.problems == ("The mail is signed, but nobody we trust vouches for the signer.",)


def test_a_good_signature_of_somebody_else_than_the_sender_is_said() -> None:
    mail = read(_detached(CARE), keyring=TRUST, at=AT)
    assert mail.problems == ("The mail is signed by care@heizwerk.example, who is not its sender.",)


def test_what_lies_in_a_signed_packet_is_read_with_and_without_roots() -> None:
    for keyring, state in ((Keyring(), "unchecked"), (TRUST, "verified")):
        mail = read(_p7m(_signed(PETRA), b"signed-data"), keyring=keyring, at=AT)
        assert (mail.text, mail.attachments, mail.problems) == ("Bitte die IBAN ändern.\n", (), ())
        assert _only_seal(mail).state == state


def test_what_was_encrypted_to_us_is_opened_and_its_signature_checked() -> None:
    mail = read(
        _p7m(_for_care(_detached(PETRA).partition(b"MIME-Version: 1.0\r\n")[2]), b"enveloped-data"), keyring=KEYS, at=AT
    )

    assert mail.text == "Bitte die IBAN ändern.\n"
    assert [(one.kind, one.state) for one in mail.seals] == [("encrypted", "opened"), ("signed", "verified")]


def test_what_was_encrypted_to_somebody_else_stays_sealed_with_a_helpful_word() -> None:
    other = Keyring(smime_keys=(SmimeKey(PETRA.pem, PETRA.secret),))
    mail = read(_p7m(_for_care(ENTITY), b"enveloped-data"), keyring=other)

    assert (mail.text, [one.name for one in mail.attachments]) == (None, ["smime.p7m"])
    assert _only_seal(mail).state == "sealed"
    assert "no key of ours opens it" in mail.problems[0]


def test_a_large_sealed_mail_is_opened_in_a_process_of_its_own() -> None:
    entity = ENTITY + b"Seite um Seite.\r\n" * 20_000
    mail = read(_p7m(_for_care(entity), b"enveloped-data"), keyring=KEYS, at=AT)
    assert len(mail.text or "") > 300_000


# PGP

ANNA = pysequoia.Tsk.generate("Anna Bohl <anna@kunde.example>")
WE = pysequoia.Tsk.generate("Heizwerk <care@heizwerk.example>")
PUBLIC = Keyring(pgp_certificates=(bytes(ANNA.extract_certificate()),))
SECRET = Keyring(pgp_keys=(PgpKey(bytes(WE)),), pgp_certificates=PUBLIC.pgp_certificates)
ANNAS, WES = (one.extract_certificate().fingerprint for one in (ANNA, WE))
SIGNING_KEY = {
    one.extract_certificate().fingerprint: pysequoia.Sig.from_bytes(
        pysequoia.sign(one.signer(), b"", mode=pysequoia.SignatureMode.DETACHED)
    ).issuer_fingerprint
    for one in (ANNA, WE)
}


def _pgp_signed(by: pysequoia.Tsk, said: bytes = ENTITY) -> bytes:
    signature = pysequoia.sign(by.signer(), ENTITY, mode=pysequoia.SignatureMode.DETACHED)
    kind = (
        b'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary=p\r\n\r\n'
    )
    part = b'Content-Type: application/pgp-signature; name="signature.asc"\r\n\r\n'
    return HEAD + kind + b"--p\r\n" + said + b"\r\n--p\r\n" + part + signature + b"\r\n--p--\r\n"


def _pgp_encrypted(content: bytes, signer: pysequoia.PySigner | None = None) -> bytes:
    message = pysequoia.encrypt(content, recipients=[WE.extract_certificate()], signer=signer)
    kind = b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=p\r\n\r\n'
    first = b"--p\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    second = b'--p\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
    return HEAD.replace(b"Subject: IBAN", b"Subject: ...") + kind + first + second + message + b"\r\n--p--\r\n"


@pytest.mark.parametrize(
    ("raw", "keyring", "state", "signer"),
    [
        (_pgp_signed(ANNA), PUBLIC, "verified", ANNAS),
        (_pgp_signed(ANNA), Keyring(), "unchecked", None),
        (_pgp_signed(ANNA, ENTITY.replace(b"IBAN", b"ibAN")), PUBLIC, "broken", SIGNING_KEY[ANNAS]),
        (_pgp_signed(WE), PUBLIC, "untrusted", SIGNING_KEY[WES]),
    ],
    ids=["by a person we know", "no keys", "changed", "by a stranger"],
)
def test_a_pgp_signature_is_checked_where_we_hold_the_key(
    raw: bytes, keyring: Keyring, state: str, signer: str | None
) -> None:
    mail = read(raw, keyring=keyring)
    assert _only_seal(mail) == Seal("pgp", "signed", state, signer, signer)
    assert (mail.text or "").lower() == "bitte die iban ändern.\n"


def test_a_pgp_mail_to_us_is_opened_with_the_subject_hidden_inside() -> None:
    mail = read(_pgp_encrypted(b"Subject: Neue IBAN\r\n" + ENTITY, ANNA.signer()), keyring=SECRET)

    assert (mail.subject, mail.text, mail.problems) == ("Neue IBAN", "Bitte die IBAN ändern.\n", ())
    assert [(one.kind, one.state) for one in mail.seals] == [("encrypted", "opened"), ("signed", "verified")]


def test_a_pgp_mail_is_opened_although_nobody_knows_who_signed_it() -> None:
    mail = read(_pgp_encrypted(ENTITY, ANNA.signer()), keyring=Keyring(pgp_keys=SECRET.pgp_keys))
    assert (mail.text, [one.state for one in mail.seals]) == ("Bitte die IBAN ändern.\n", ["opened"])


def test_a_pgp_message_within_a_text_is_opened_in_its_place() -> None:
    message = pysequoia.encrypt("Die PIN ist 4711, Grüße".encode(), recipients=[WE.extract_certificate()])
    raw = (
        HEAD
        + b"Content-Type: text/plain; charset=utf-8\r\n\r\nHallo,\r\n"
        + message.replace(b"\n", b"\r\n")
        + b"\r\nAnna\r\n"
    )

    assert read(raw, keyring=SECRET).text == "Hallo,\nDie PIN ist 4711, Grüße\n\nAnna\n"
    assert "BEGIN PGP MESSAGE" in (read(raw).text or "")
    assert _only_seal(read(raw)).state == "sealed"


def test_a_text_signed_in_place_is_checked() -> None:
    clear = pysequoia.sign(ANNA.signer(), "Hallo,\nbitte zurückrufen.".encode(), mode=pysequoia.SignatureMode.CLEAR)
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + clear.replace(b"\n", b"\r\n")

    assert _only_seal(read(raw, keyring=PUBLIC)).state == "verified"
    assert _only_seal(read(raw.replace(b"bitte", b"nicht"), keyring=PUBLIC)).state == "broken"


# Strangers whose key came along


CURIOUS = Keyring(is_curious=True)


def test_an_unknown_signer_is_told_with_the_certificate_that_can_be_remembered() -> None:
    seal = _only_seal(read(_detached(PETRA), keyring=CURIOUS, at=AT))
    der = PETRA.certificate.public_bytes(serialization.Encoding.DER)

    assert (seal.state, seal.signer, seal.certificate) == ("untrusted", "petra@kunde.example", der)

    remembered = Keyring(smime_certificates=(der,))
    assert _only_seal(read(_detached(PETRA), keyring=remembered, at=AT)).state == "verified"
    assert _only_seal(read(_detached(PETRA), keyring=remembered, at=AT + timedelta(days=40))).state == "untrusted"


def test_a_remembered_certificate_vouches_for_nobody_else() -> None:
    """Whoever is remembered by one click may hold a certificate that could sign others."""
    sly = _person("sly@kunde.example", is_authority=True)
    victim = _person("petra@kunde.example", by=sly)
    remembered = Keyring(smime_certificates=(sly.certificate.public_bytes(serialization.Encoding.DER),))

    assert _only_seal(read(_detached(victim), keyring=remembered, at=AT)).state == "untrusted"


@pytest.mark.parametrize("person", [_person("petra@kunde.example", for_mail=False)], ids=["a server"])
def test_what_may_not_sign_mail_cannot_be_remembered(person: Person) -> None:
    seal = _only_seal(read(_detached(person), keyring=CURIOUS, at=AT))
    assert (seal.state, seal.certificate) == ("untrusted", None)


def test_a_certificate_of_a_broken_signature_cannot_be_remembered() -> None:
    changed = _detached(PETRA, said=ENTITY.replace(b"IBAN", b"ibAN"))
    assert _only_seal(read(changed, keyring=CURIOUS, at=AT)).certificate is None


def _autocrypt(key: pysequoia.Tsk) -> bytes:
    import base64

    written = base64.encodebytes(bytes(key.extract_certificate())).replace(b"\n", b"\r\n ").strip()
    return b"Autocrypt: addr=anna@kunde.example; keydata=\r\n " + written + b"\r\n"


def test_a_pgp_key_in_the_mail_itself_is_a_strangers_until_somebody_remembers_it() -> None:
    seal = _only_seal(read(_autocrypt(ANNA) + _pgp_signed(ANNA), keyring=CURIOUS))

    assert (seal.state, seal.signer) == ("untrusted", ANNAS)
    assert pysequoia.Cert.from_bytes(seal.certificate or b"").fingerprint == ANNAS
    changed = _pgp_signed(ANNA, ENTITY.replace(b"IBAN", b"ibAN"))
    assert _only_seal(read(_autocrypt(ANNA) + changed, keyring=CURIOUS)).state == "broken"


def test_without_its_key_a_pgp_signature_names_the_key_that_is_missing() -> None:
    seal = _only_seal(read(_pgp_signed(ANNA), keyring=CURIOUS))
    assert (seal.state, seal.fingerprint, seal.certificate) == ("untrusted", SIGNING_KEY[ANNAS], None)


def test_who_signed_inside_an_encrypted_mail_is_told_although_nobody_knows_them() -> None:
    ours = Keyring(pgp_keys=(PgpKey(bytes(WE), fingerprint=WES),), is_curious=True)
    opened, signed = read(_pgp_encrypted(ENTITY, ANNA.signer()), keyring=ours).seals

    assert (opened.state, opened.fingerprint) == ("opened", WES)
    assert (signed.state, signed.fingerprint) == ("untrusted", SIGNING_KEY[ANNAS])


def test_of_our_pgp_keys_only_those_are_tried_that_the_mail_names() -> None:
    other = PgpKey(bytes(WE), ids=("00" * 20,))
    mine = PgpKey(bytes(WE), ids=tuple(one.fingerprint for one in _keys_of(WE)))

    assert read(_pgp_encrypted(ENTITY), keyring=Keyring(pgp_keys=(other,))).text is None
    assert read(_pgp_encrypted(ENTITY), keyring=Keyring(pgp_keys=(other, mine))).text == "Bitte die IBAN ändern.\n"


def _keys_of(key: pysequoia.Tsk) -> list[pysequoia.packet.Packet]:
    found = pysequoia.packet.PacketPile.from_bytes(bytes(key.extract_certificate()))
    return [one for one in found if one.fingerprint]
