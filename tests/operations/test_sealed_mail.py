"""Sealed mail in the house: opened with our keys, signatures checked, and looked at again when there is a new key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pysequoia
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.models import Authenticity, KnownKey, MailRecord, MessageSeal, OwnKey
from golddraht.channels.operations.keys import (
    KeyRefused,
    add_known_keys,
    add_own_key,
    remember_signer,
    remove_own_key,
    restore_known_key,
    restore_own_key,
    retire_known_key,
    retire_own_key,
    want_all_again,
)
from golddraht.channels.operations.lasting_keys import sweep
from golddraht.channels.operations.unsealing import Looked, look_again
from golddraht.channels.queries.seals import seals_of
from golddraht.conversations.models import Attachment, Message
from golddraht.plumbing.models import Trace
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Alarm
from tests.cast import Company, a_company
from tests.mails import a_mailbox, arrives
from tests.sealing import (
    ANNA,
    ANNAS,
    AT,
    CARE,
    ENTITY,
    PETRA,
    ROOT,
    WE,
    Person,
    a_person,
    autocrypt,
    detached,
    for_care,
    p7m,
    pgp_encrypted,
    pgp_signed,
)

LATER = AT + timedelta(hours=1)
FOR_US = b"Message-ID: <closed@kunde.example>\r\n" + p7m(for_care(ENTITY), b"enveloped-data")


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> Iterator[None]:
    a_mailbox()
    with translation.override("en"):
        yield


def p12(person: Person, password: str = "geheim") -> bytes:
    sealing = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"", person.key, person.certificate, None, sealing)  # type: ignore[arg-type]


def our_key(company: Company) -> OwnKey:
    return add_own_key(written=p12(CARE), password="geheim", by=company.ada.pk, at=AT)


def told(message: Message) -> list[str]:
    return [seal.words for seal in seals_of([message.pk])[message.pk]]


def states(message: Message) -> list[tuple[str, str]]:
    return list(MessageSeal.objects.filter(message=message).order_by("position").values_list("kind", "state"))


def everything_again() -> None:
    while look_again(at=LATER).found:
        pass


# Opening


def test_what_is_encrypted_to_us_is_opened_as_it_arrives(company: Company) -> None:
    our_key(company)
    message = arrives(FOR_US, at=AT)

    assert message.text == "Bitte die IBAN ändern."
    assert told(message) == ["Encrypted (S/MIME) for care@heizwerk.example, and opened with our key."]


def test_a_pgp_mail_is_opened_with_its_passphrase_and_its_hidden_subject(company: Company) -> None:
    add_own_key(written=str(WE).encode(), password="", by=None, at=AT)
    message = arrives(pgp_encrypted(b"Subject: Neue IBAN\r\n" + ENTITY), at=AT)

    assert (message.subject, message.conversation.subject) == ("Neue IBAN", "Neue IBAN")
    assert states(message) == [("encrypted", "opened")]


def test_without_a_key_it_is_kept_closed_and_opened_when_the_key_comes(company: Company) -> None:
    message = arrives(FOR_US, at=AT)
    assert (message.text, states(message)) == ("", [("encrypted", "sealed")])
    fingerprint = MailRecord.objects.get(message=message).fingerprint

    our_key(company)
    assert ProcrastinateJob.objects.filter(task_name="channels.open_again").count() == 1
    before = Attachment.objects.get(message=message).file.name
    looked = look_again(at=LATER)

    message.refresh_from_db()
    assert message.text == "Bitte die IBAN ändern." and message.problems == []
    assert message.conversation.preview == "Bitte die IBAN ändern."
    assert states(message) == [("encrypted", "opened")]
    assert looked.litter == (before,) and not Attachment.objects.filter(message=message).exists()
    assert look_again(at=LATER) == Looked(found=False)
    # The same mail once more is still one message.
    assert MailRecord.objects.get(message=message).fingerprint != fingerprint
    assert arrives(FOR_US, at=LATER).pk == message.pk


def test_opening_again_changes_neither_owner_nor_promise(company: Company) -> None:
    message = arrives(FOR_US, at=AT)
    before = (message.conversation.owner_id, message.conversation.next_touch_at, message.conversation.status)
    our_key(company)
    everything_again()

    message.conversation.refresh_from_db()
    after = (message.conversation.owner_id, message.conversation.next_touch_at, message.conversation.status)
    assert after == before


def test_a_key_out_of_service_still_opens_and_a_forgotten_one_does_not(company: Company) -> None:
    key = our_key(company)
    retire_own_key(key_id=key.pk, at=AT)
    assert states(arrives(FOR_US, at=AT)) == [("encrypted", "opened")]

    remove_own_key(key_id=key.pk)
    other = FOR_US.replace(b"closed@kunde", b"again@kunde")
    assert states(arrives(other, at=AT)) == [("encrypted", "sealed")]


# Adding


@pytest.mark.parametrize(
    ("written", "password", "words"),
    [
        (p12(CARE), "falsch", "password does not open"),
        (p12(CARE), "", "Enter the password"),
        (b"irgendwas", "", "Nothing that we know"),
        (p12(CARE)[:-50], "geheim", "Nothing that we know"),
        (CARE.pem, "", "no private key"),
        (CARE.secret, "", "without its certificate"),
        (PETRA.pem + CARE.secret, "", "do not belong together"),
        (p12(PETRA), "geheim", "none of your mailboxes"),
        (p12(a_person("care@heizwerk.example", for_mail=False)), "geheim", "not given out for e-mail"),
        (str(WE.extract_certificate()).encode(), "", "no private key"),
        (str(pysequoia.Tsk.generate("Anna <anna@kunde.example>")).encode(), "", "none of your mailboxes"),
        (b"x" * 300_000, "", "too large"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(
    company: Company, written: bytes, password: str, words: str
) -> None:
    with pytest.raises(KeyRefused, match=words):
        add_own_key(written=written, password=password, by=None, at=AT)
    assert not OwnKey.objects.exists()


def test_a_pem_with_a_password_is_opened(company: Company) -> None:
    closed = CARE.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"geheim"),
    )
    key = add_own_key(written=CARE.pem + closed, password="geheim", by=None, at=AT)
    assert (key.method, key.address) == ("smime", "care@heizwerk.example")


def test_an_alias_in_one_of_our_domains_may_have_a_key(company: Company) -> None:
    written = str(pysequoia.Tsk.generate("Verkauf <verkauf@heizwerk.example>")).encode()
    assert add_own_key(written=written, password="", by=None, at=AT).address == "verkauf@heizwerk.example"


def test_the_same_key_twice_is_refused(company: Company) -> None:
    our_key(company)
    with pytest.raises(KeyRefused, match="here already"):
        our_key(company)


def test_a_certificate_that_ended_opens_old_mail_out_of_service(company: Company) -> None:
    key = add_own_key(written=p12(CARE), password="geheim", by=None, at=AT + timedelta(days=40))
    assert key.retired_at is not None
    assert states(arrives(FOR_US, at=AT)) == [("encrypted", "opened")]


def test_secrets_are_sealed_in_the_database_and_no_line_of_the_trail_holds_them(company: Company) -> None:
    key = our_key(company)
    stored = OwnKey.objects.get(pk=key.pk)

    assert str(stored.secret) == "••••" and stored.secret.reveal().startswith("-----BEGIN PRIVATE KEY")
    lines = Trace.objects.filter(subject="channels_ownkey", subject_id=key.pk)
    assert [line.verb for line in lines] == ["insert"]
    assert "PRIVATE" not in str(lines.values_list())


# Those of others


def test_a_signer_whom_an_authority_vouches_for_is_verified(company: Company) -> None:
    add_known_keys(written=ROOT.pem, address="", by=None, at=AT)
    message = arrives(detached(PETRA), at=AT)

    assert told(message) == ["Signed (S/MIME) by petra@kunde.example, checked, and unchanged since."]


def test_a_good_signature_of_somebody_else_is_a_warning(company: Company) -> None:
    add_known_keys(written=ROOT.pem, address="", by=None, at=AT)
    (seal,) = seals_of([arrives(detached(CARE), at=AT).pk]).popitem()[1]
    assert seal.state == "late" and "is not the sender" in seal.words


def test_a_broken_signature_is_a_warning(company: Company) -> None:
    changed = detached(PETRA, said=ENTITY.replace(b"IBAN", b"ibAN"))
    (seal,) = seals_of([arrives(changed, at=AT).pk]).popitem()[1]
    assert seal.state == "late" and "is broken" in seal.words


def test_a_stranger_is_remembered_and_the_mail_is_verified_then(company: Company) -> None:
    message = arrives(detached(PETRA), at=AT)
    (seal,) = seals_of([message.pk])[message.pk]
    assert seal.is_stranger and "nobody here knows yet" in seal.words

    remember_signer(seal_id=seal.id, by=company.nina.pk, at=LATER)
    everything_again()

    assert states(message) == [("signed", "verified")]
    assert KnownKey.objects.get().address == "petra@kunde.example"
    assert "checked" in told(message)[0]


def test_a_pgp_key_from_the_mail_itself_is_remembered(company: Company) -> None:
    message = arrives(autocrypt(ANNA) + pgp_signed(ANNA), at=AT)
    (seal,) = seals_of([message.pk])[message.pk]

    key = remember_signer(seal_id=seal.id, by=None, at=LATER)
    everything_again()

    # For the sender of that mail, whatever the key calls itself.
    assert (key.address, key.fingerprint) == ("petra@kunde.example", ANNAS)
    assert states(message) == [("signed", "verified")]


def test_a_key_counts_for_its_own_address_alone(company: Company) -> None:
    """Whoever was remembered cannot sign as somebody else."""
    add_known_keys(written=bytes(ANNA.extract_certificate()), address="anna@kunde.example", by=None, at=AT)

    assert states(arrives(pgp_signed(ANNA), at=AT)) == [("signed", "untrusted")]
    hers = pgp_signed(ANNA).replace(b"From: Petra Vogt <petra@kunde.example>", b"From: anna@kunde.example")
    assert states(arrives(hers, at=AT)) == [("signed", "verified")]


def test_a_key_is_remembered_for_the_sender_and_not_for_whom_answers_go_to(company: Company) -> None:
    raw = b"Reply-To: chefin@kunde.example\r\n" + detached(PETRA).replace(b"petra@kunde", b"noreply@kunde", 1)
    (seal,) = seals_of([arrives(raw, at=AT).pk]).popitem()[1]
    assert remember_signer(seal_id=seal.id, by=None, at=LATER).address == "noreply@kunde.example"


def test_who_may_not_be_who_they_say_is_not_remembered(company: Company) -> None:
    message = arrives(detached(PETRA), at=AT)
    Authenticity.objects.create(message=message, result="fail", reason="not-proven", judged_at=AT)
    with pytest.raises(KeyRefused, match="another way"):
        remember_signer(seal_id=MessageSeal.objects.get().pk, by=None, at=LATER)


def test_a_word_taken_back_counts_no_more_until_it_counts_again(company: Company) -> None:
    (key,) = add_known_keys(written=PETRA.pem, address="", by=None, at=AT)
    retire_known_key(key_id=key.pk, at=AT)
    message = arrives(detached(PETRA), at=AT)
    assert states(message) == [("signed", "untrusted")]

    restore_known_key(key_id=key.pk, at=LATER)
    everything_again()
    assert states(message) == [("signed", "verified")]


@pytest.mark.parametrize(
    ("written", "address", "words"),
    [
        (CARE.secret, "", "private key"),
        (b"nichts", "", "Nothing that we know"),
        (PETRA.pem, "keine adresse", "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_with_a_key_of_somebody_is_said(
    company: Company, written: bytes, address: str, words: str
) -> None:
    with pytest.raises(KeyRefused, match=words):
        add_known_keys(written=written, address=address, by=None, at=AT)


def test_a_key_of_somebody_that_ended_is_refused(company: Company) -> None:
    with pytest.raises(KeyRefused, match="ended on"):
        add_known_keys(written=PETRA.pem, address="", by=None, at=AT + timedelta(days=40))


# Time, and the other company


def test_an_end_is_told_a_week_and_a_day_ahead_and_no_more_when_out_of_service(company: Company) -> None:
    key = our_key(company)
    ends_at = key.valid_until
    assert ends_at is not None

    def told_at(before: timedelta) -> list[str]:
        sweep(at=ends_at - before)
        return list(Alarm.objects.filter(cleared_at=None).values_list("kind", flat=True))

    assert told_at(timedelta(days=8)) == []
    assert told_at(timedelta(days=6)) == ["key-week"]
    assert told_at(timedelta(hours=20)) == ["key-day"]
    assert told_at(-timedelta(hours=1)) == ["key-day"]
    retire_own_key(key_id=key.pk, at=AT)
    assert told_at(timedelta(hours=1)) == []
    restore_own_key(key_id=key.pk)
    assert told_at(timedelta(hours=1)) == ["key-day"]


def test_what_was_left_to_look_at_is_found_by_the_sweep(company: Company) -> None:
    arrives(FOR_US, at=AT)
    assert want_all_again(at=LATER) == 1
    ProcrastinateJob.objects.all().delete()
    sweep(at=LATER)
    assert ProcrastinateJob.objects.filter(task_name="channels.open_again").count() == 1


def test_a_key_of_one_company_opens_and_vouches_for_nothing_at_another(company: Company) -> None:
    our_key(company)
    add_known_keys(written=ROOT.pem, address="", by=None, at=AT)
    other = a_company("moebelhaus", "Möbelhaus")
    with seeing(other.tenant.pk):
        assert states(arrives(FOR_US, at=AT)) == [("encrypted", "sealed")]
        assert states(arrives(detached(PETRA), at=AT)) == [("signed", "untrusted")]
        assert not OwnKey.objects.exists() and not KnownKey.objects.exists()
