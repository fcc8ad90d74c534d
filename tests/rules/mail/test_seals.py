"""Signed and encrypted mail: opened with our keys, checked against whom we trust, told in words otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta

import pysequoia
import pytest
from cryptography.hazmat.primitives import serialization

from golddraht.channels.mail.keyring import Keyring, PgpKey, SmimeKey
from golddraht.channels.mail.mail import Mail, Seal
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.smime import fingerprint_of
from tests.sealing import (
    ANNA,
    ANNAS,
    AT,
    BETWEEN,
    CARE,
    ENTITY,
    HEAD,
    PETRA,
    ROOT,
    SIGNING_KEY,
    WE,
    WES,
    Person,
    a_person,
    autocrypt,
    detached,
    for_care,
    p7m,
    packed,
    pgp_encrypted,
    pgp_signed,
)

TRUST = Keyring(trust_anchors=(ROOT.pem,))
KEYS = Keyring(smime_keys=(SmimeKey(CARE.pem, CARE.secret),), trust_anchors=(ROOT.pem,))


def _only_seal(mail: Mail) -> Seal:
    (seal,) = mail.seals
    return seal


def test_a_signature_of_somebody_our_root_vouches_for_is_verified() -> None:
    mail = read(detached(PETRA), keyring=TRUST, at=AT)

    assert _only_seal(mail) == Seal(
        "smime", "signed", "verified", "petra@kunde.example", fingerprint_of(PETRA.certificate)
    )
    assert (mail.text, mail.problems) == ("Bitte die IBAN ändern.\n", ())


def test_a_signature_is_good_however_the_line_ends_were_changed_on_the_way() -> None:
    mail = read(detached(PETRA).replace(b"\r\n", b"\n"), keyring=TRUST, at=AT)
    assert _only_seal(mail).state == "verified"


def test_one_changed_letter_breaks_the_signature_and_is_said() -> None:
    mail = read(detached(PETRA, said=ENTITY.replace(b"IBAN", b"ibAN")), keyring=TRUST, at=AT)

    assert _only_seal(mail).state == "broken"
    assert "does not fit" in mail.problems[0]


def test_without_roots_a_signature_is_only_noticed() -> None:
    mail = read(detached(PETRA))
    assert _only_seal(mail) == Seal("smime", "signed", "unchecked")
    assert mail.problems == ()


@pytest.mark.parametrize(
    ("person", "at"),
    [
        (a_person("petra@kunde.example", by=a_person("Fremde CA", is_authority=True)), AT),
        (a_person("petra@kunde.example", by=PETRA), AT),
        (a_person("petra@kunde.example", by=BETWEEN, for_mail=False), AT),
        (PETRA, AT + timedelta(days=31)),
    ],
    ids=["a strange authority", "a person who signs for others", "a server", "a certificate that ran out"],
)
def test_nobody_is_believed_whom_our_root_does_not_vouch_for(person: Person, at: datetime) -> None:
    mail = read(detached(person), keyring=TRUST, at=at)

    assert _only_seal(mail).state == "untrusted"
    assert mail.problems == ("The mail is signed, but nobody we trust vouches for the signer.",)


def test_a_good_signature_of_somebody_else_than_the_sender_is_said() -> None:
    mail = read(detached(CARE), keyring=TRUST, at=AT)
    assert mail.problems == ("The mail is signed by care@heizwerk.example, who is not its sender.",)


def test_what_lies_in_a_signed_packet_is_read_with_and_without_roots() -> None:
    for keyring, state in ((Keyring(), "unchecked"), (TRUST, "verified")):
        mail = read(p7m(packed(PETRA), b"signed-data"), keyring=keyring, at=AT)
        assert (mail.text, mail.attachments, mail.problems) == ("Bitte die IBAN ändern.\n", (), ())
        assert _only_seal(mail).state == state


def test_what_was_encrypted_to_us_is_opened_and_its_signature_checked() -> None:
    mail = read(
        p7m(for_care(detached(PETRA).partition(b"MIME-Version: 1.0\r\n")[2]), b"enveloped-data"), keyring=KEYS, at=AT
    )

    assert mail.text == "Bitte die IBAN ändern.\n"
    assert [(one.kind, one.state) for one in mail.seals] == [("encrypted", "opened"), ("signed", "verified")]


def test_what_was_encrypted_to_somebody_else_stays_sealed_with_a_helpful_word() -> None:
    other = Keyring(smime_keys=(SmimeKey(PETRA.pem, PETRA.secret),))
    mail = read(p7m(for_care(ENTITY), b"enveloped-data"), keyring=other)

    assert (mail.text, [one.name for one in mail.attachments]) == (None, ["smime.p7m"])
    assert _only_seal(mail).state == "sealed"
    assert "no key of ours opens it" in mail.problems[0]


def test_a_large_sealed_mail_is_opened_in_a_process_of_its_own() -> None:
    entity = ENTITY + b"Seite um Seite.\r\n" * 20_000
    mail = read(p7m(for_care(entity), b"enveloped-data"), keyring=KEYS, at=AT)
    assert len(mail.text or "") > 300_000


# PGP

PUBLIC = Keyring(pgp_certificates=(bytes(ANNA.extract_certificate()),))
SECRET = Keyring(pgp_keys=(PgpKey(bytes(WE)),), pgp_certificates=PUBLIC.pgp_certificates)


@pytest.mark.parametrize(
    ("raw", "keyring", "state", "signer"),
    [
        (pgp_signed(ANNA), PUBLIC, "verified", ANNAS),
        (pgp_signed(ANNA), Keyring(), "unchecked", None),
        (pgp_signed(ANNA, ENTITY.replace(b"IBAN", b"ibAN")), PUBLIC, "broken", SIGNING_KEY[ANNAS]),
        (pgp_signed(WE), PUBLIC, "untrusted", SIGNING_KEY[WES]),
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
    mail = read(pgp_encrypted(b"Subject: Neue IBAN\r\n" + ENTITY, ANNA.signer()), keyring=SECRET)

    assert (mail.subject, mail.text, mail.problems) == ("Neue IBAN", "Bitte die IBAN ändern.\n", ())
    assert [(one.kind, one.state) for one in mail.seals] == [("encrypted", "opened"), ("signed", "verified")]


def test_a_pgp_mail_is_opened_although_nobody_knows_who_signed_it() -> None:
    mail = read(pgp_encrypted(ENTITY, ANNA.signer()), keyring=Keyring(pgp_keys=SECRET.pgp_keys))
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
    seal = _only_seal(read(detached(PETRA), keyring=CURIOUS, at=AT))
    der = PETRA.certificate.public_bytes(serialization.Encoding.DER)

    assert (seal.state, seal.signer, seal.certificate) == ("untrusted", "petra@kunde.example", der)

    remembered = Keyring(smime_certificates=(der,))
    assert _only_seal(read(detached(PETRA), keyring=remembered, at=AT)).state == "verified"
    assert _only_seal(read(detached(PETRA), keyring=remembered, at=AT + timedelta(days=40))).state == "untrusted"


def test_a_remembered_certificate_vouches_for_nobody_else() -> None:
    """Whoever is remembered by one click may hold a certificate that could sign others."""
    sly = a_person("sly@kunde.example", is_authority=True)
    victim = a_person("petra@kunde.example", by=sly)
    remembered = Keyring(smime_certificates=(sly.certificate.public_bytes(serialization.Encoding.DER),))

    assert _only_seal(read(detached(victim), keyring=remembered, at=AT)).state == "untrusted"


@pytest.mark.parametrize("person", [a_person("petra@kunde.example", for_mail=False)], ids=["a server"])
def test_what_may_not_sign_mail_cannot_be_remembered(person: Person) -> None:
    seal = _only_seal(read(detached(person), keyring=CURIOUS, at=AT))
    assert (seal.state, seal.certificate) == ("untrusted", None)


def test_a_certificate_of_a_broken_signature_cannot_be_remembered() -> None:
    changed = detached(PETRA, said=ENTITY.replace(b"IBAN", b"ibAN"))
    assert _only_seal(read(changed, keyring=CURIOUS, at=AT)).certificate is None


def test_a_pgp_key_in_the_mail_itself_is_a_strangers_until_somebody_remembers_it() -> None:
    seal = _only_seal(read(autocrypt(ANNA) + pgp_signed(ANNA), keyring=CURIOUS))

    assert (seal.state, seal.signer) == ("untrusted", ANNAS)
    assert pysequoia.Cert.from_bytes(seal.certificate or b"").fingerprint == ANNAS
    changed = pgp_signed(ANNA, ENTITY.replace(b"IBAN", b"ibAN"))
    assert _only_seal(read(autocrypt(ANNA) + changed, keyring=CURIOUS)).state == "broken"


def test_without_its_key_a_pgp_signature_names_the_key_that_is_missing() -> None:
    seal = _only_seal(read(pgp_signed(ANNA), keyring=CURIOUS))
    assert (seal.state, seal.fingerprint, seal.certificate) == ("untrusted", SIGNING_KEY[ANNAS], None)


def test_who_signed_inside_an_encrypted_mail_is_told_although_nobody_knows_them() -> None:
    ours = Keyring(pgp_keys=(PgpKey(bytes(WE), fingerprint=WES),), is_curious=True)
    opened, signed = read(pgp_encrypted(ENTITY, ANNA.signer()), keyring=ours).seals

    assert (opened.state, opened.fingerprint) == ("opened", WES)
    assert (signed.state, signed.fingerprint) == ("untrusted", SIGNING_KEY[ANNAS])


def test_of_our_pgp_keys_only_those_are_tried_that_the_mail_names() -> None:
    other = PgpKey(bytes(WE), ids=("00" * 20,))
    mine = PgpKey(bytes(WE), ids=tuple(one.fingerprint for one in _keys_of(WE)))

    assert read(pgp_encrypted(ENTITY), keyring=Keyring(pgp_keys=(other,))).text is None
    assert read(pgp_encrypted(ENTITY), keyring=Keyring(pgp_keys=(other, mine))).text == "Bitte die IBAN ändern.\n"


def _keys_of(key: pysequoia.Tsk) -> list[pysequoia.packet.Packet]:
    found = pysequoia.packet.PacketPile.from_bytes(bytes(key.extract_certificate()))
    return [one for one in found if one.fingerprint]
