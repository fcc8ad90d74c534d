"""Domains: proven to be ours, looked at, and their mail signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from golddraht.channels.carriers.dns import look_at_domain
from golddraht.channels.carriers.smtp import drain_deliveries
from golddraht.channels.mail.judging import verdict_on
from golddraht.channels.mail.proving import Client
from golddraht.channels.mail.signing import Algorithm
from golddraht.channels.models import DomainFinding, DomainKey, DomainPlate, Doorplate, Mailbox, MailDomain
from golddraht.channels.operations.domains import DomainRefused, add_domain, ask_about_domain, proof_of, sweep
from golddraht.channels.operations.rearranging import close_mailbox, reopen_mailbox
from golddraht.channels.operations.sealing import make_key, remove_key, seal_keys, switch_off, switch_on
from golddraht.channels.operations.setting_up import MailboxRefused, add_mailbox
from golddraht.plumbing.models import Tenant
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.journeys.smtp_peer import Peer, smtp_peer
from tests.mails import CARE, a_mail, arrives
from tests.names import World

DOMAIN = "heizwerk.example"
LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def domain(company: Company) -> MailDomain:
    return add_domain(domain=DOMAIN, at=MONDAY_MORNING)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


def look(company: Company, domain: MailDomain, records: dict[tuple[str, str], list[str]] | World) -> dict[str, str]:
    """Looks, and gives the states by topic."""
    world = records if isinstance(records, World) else World(records)
    look_at_domain(tenant_id=company.tenant.pk, mail_domain_id=domain.pk, at=LATER, within=world.within)
    with company.seen():
        return dict(DomainFinding.objects.filter(domain=domain).values_list("topic", "state"))


def proof(company: Company) -> dict[tuple[str, str], list[str]]:
    return {(DOMAIN, "TXT"): [f"golddraht-domain={proof_of(DOMAIN, company.tenant.pk)}"]}


def a_signing_key(company: Company, domain: MailDomain, algorithm: Algorithm = Algorithm.ED25519) -> DomainKey:
    key = make_key(mail_domain_id=domain.pk, algorithm=algorithm, at=MONDAY_MORNING)
    look(company, domain, {(f"{key.selector}._domainkey.{DOMAIN}", "TXT"): [key.record]})
    switch_on(key_id=key.pk, at=LATER)
    return key


# Looking


def test_every_topic_is_written_down(company: Company, domain: MailDomain) -> None:
    states = look(company, domain, proof(company))

    assert states["proof"] == "good" and states["mx"] == "mend" and states["mta-sts"] == "optional"
    domain.refresh_from_db()
    assert domain.looked_at == LATER


def test_silence_leaves_everything_unknown_and_nothing_proven(company: Company, domain: MailDomain) -> None:
    states = look(company, domain, World({}, silent=("*",)))

    assert set(states.values()) <= {"unknown", "optional"}
    assert not DomainPlate.objects.exists()


def test_looking_twice_leaves_one_finding_for_each_topic(company: Company, domain: MailDomain) -> None:
    first = look(company, domain, proof(company))

    assert look(company, domain, proof(company)) == first


def test_a_domain_is_looked_at_again_every_day(company: Company, domain: MailDomain) -> None:
    look(company, domain, {})

    sweep(at=LATER + timedelta(hours=2))
    domain.refresh_from_db()
    assert domain.asked_at is None

    sweep(at=LATER + timedelta(days=2))
    domain.refresh_from_db()
    assert domain.asked_at == LATER + timedelta(days=2)


def test_a_demo_asks_nobody(company: Company, domain: MailDomain) -> None:
    Tenant.objects.update(is_demo=True)

    with pytest.raises(DomainRefused):
        ask_about_domain(mail_domain_id=domain.pk, at=LATER)


def test_what_is_no_domain_is_refused(company: Company) -> None:
    for word in ("", "localhost", "a b.example", "x@"):
        with pytest.raises(DomainRefused):
            add_domain(domain=word, at=LATER)


# Whose domain it is


def test_nobody_else_sets_up_a_mailbox_on_a_proven_domain(company: Company, domain: MailDomain) -> None:
    look(company, domain, proof(company))
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen(), pytest.raises(MailboxRefused, match="nachgewiesen"):
        add_mailbox(address="chef@heizwerk.example", sender_name="Falsch")
    with company.seen():
        add_mailbox(address="chef@heizwerk.example", sender_name="Richtig")


def test_on_a_domain_that_nobody_has_proven_everybody_may_but_no_address_twice(company: Company) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    add_mailbox(address=CARE, sender_name="Heizwerk")

    with other.seen():
        with pytest.raises(MailboxRefused):
            add_mailbox(address=CARE, sender_name="Falsch")
        assert add_mailbox(address="info@heizwerk.example", sender_name="Auch")


def test_a_proof_takes_away_what_others_had_claimed_before(company: Company, domain: MailDomain) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        add_mailbox(address=CARE, sender_name="Falsch")
        keep = add_mailbox(address="service@moebelhaus.example", sender_name="Echt", is_default=True)

    look(company, domain, proof(company))

    assert not Doorplate.objects.filter(address=CARE).exists()
    assert Doorplate.objects.filter(mailbox_id=keep.pk).exists()
    with company.seen():
        add_mailbox(address=CARE, sender_name="Heizwerk")
    with other.seen(), pytest.raises(MailboxRefused):
        claimed = Mailbox.objects.get(address=CARE)
        close_mailbox(mailbox_id=claimed.pk)
        reopen_mailbox(mailbox_id=claimed.pk)


def test_two_companies_that_both_prove_it_share_a_domain(company: Company, domain: MailDomain) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    look(company, domain, proof(company))
    with other.seen():
        theirs = add_domain(domain=DOMAIN, at=LATER)
    look(other, theirs, proof(other))

    with other.seen():
        assert add_mailbox(address="info@heizwerk.example", sender_name="Auch")


def test_the_proof_of_one_company_proves_nothing_for_another(company: Company) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        theirs = add_domain(domain=DOMAIN, at=LATER)

    assert look(other, theirs, proof(company))["proof"] == "mend"


# Signing


def test_a_key_that_nobody_can_find_signs_nothing(company: Company, domain: MailDomain) -> None:
    key = make_key(mail_domain_id=domain.pk, algorithm=Algorithm.ED25519, at=MONDAY_MORNING)

    with pytest.raises(DomainRefused, match="noch nicht im DNS"):
        switch_on(key_id=key.pk, at=LATER)
    assert seal_keys(CARE) == ()


def test_silence_does_not_undo_that_a_key_was_seen(company: Company, domain: MailDomain) -> None:
    key = make_key(mail_domain_id=domain.pk, algorithm=Algorithm.ED25519, at=MONDAY_MORNING)
    look(company, domain, {(f"{key.selector}._domainkey.{DOMAIN}", "TXT"): [key.record]})
    look(company, domain, World({}, silent=("*",)))

    switch_on(key_id=key.pk, at=LATER)
    assert [one.selector for one in seal_keys(CARE)] == [key.selector]


def test_the_private_key_is_sealed_and_shown_by_nothing(company: Company, domain: MailDomain) -> None:
    from django.db import connection

    key = make_key(mail_domain_id=domain.pk, algorithm=Algorithm.ED25519, at=MONDAY_MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_key FROM channels_domainkey WHERE id = %s", [key.pk])
        [(stored,)] = cursor.fetchall()

    assert "PRIVATE" not in stored
    key.refresh_from_db()
    assert "PRIVATE" not in repr(key.private_key) and "PRIVATE" in key.private_key.reveal()


def test_a_new_key_takes_over_from_the_old_one_of_its_kind(company: Company, domain: MailDomain) -> None:
    old = a_signing_key(company, domain)
    new = a_signing_key(company, domain)

    assert old.selector != new.selector
    assert [one.selector for one in seal_keys(CARE)] == [new.selector]
    old.refresh_from_db()
    assert old.retired_at is not None


def test_keys_of_both_kinds_sign_side_by_side(company: Company, domain: MailDomain) -> None:
    a_signing_key(company, domain, Algorithm.RSA)
    a_signing_key(company, domain, Algorithm.ED25519)

    assert {one.algorithm for one in seal_keys(CARE)} == set(Algorithm)
    assert seal_keys("x@another.example") == ()


def test_a_key_that_signs_cannot_be_removed(company: Company, domain: MailDomain) -> None:
    key = a_signing_key(company, domain)

    with pytest.raises(DomainRefused):
        remove_key(key_id=key.pk)
    switch_off(key_id=key.pk, at=LATER)
    remove_key(key_id=key.pk)
    assert not DomainKey.objects.exists()


def test_another_companys_key_signs_nothing_of_ours(company: Company, domain: MailDomain) -> None:
    a_signing_key(company, domain)
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen():
        assert seal_keys(CARE) == ()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_leaves_is_proven_at_the_other_end(
    algorithm: Algorithm, company: Company, domain: MailDomain, peer: Peer
) -> None:
    mailbox = add_mailbox(
        address=CARE,
        sender_name="Heizwerk Service",
        is_default=True,
        smtp_host="127.0.0.1",
        smtp_port=peer.port,
        smtp_security="NONE",
    )
    key = a_signing_key(company, domain, algorithm)
    arrives(a_mail(), mailbox=mailbox)

    drain_deliveries(tenant_id=company.tenant.pk, at=LATER)

    [taken] = peer.taken
    zone = {
        (f"{key.selector}._domainkey.{DOMAIN}", "TXT"): [key.record],
        (f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; p=reject; adkim=s"],
    }
    verdict = verdict_on(taken, server="", client=Client(), look=World(zone).look)
    assert (verdict.result, verdict.dkim, verdict.dmarc) == ("pass", "pass", "pass")
