"""Questions to a real name server: answered, remembered, bounded in time; and a mail and a domain judged by them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import override_settings

from golddraht.channels.carriers.dns import Names, look_within
from golddraht.channels.carriers.dns.resolving import names
from golddraht.channels.jobs import judge_senders, look_at_domain
from golddraht.channels.mail.asking import Answer, NotKnown
from golddraht.channels.mail.signing import sealed
from golddraht.channels.models import Authenticity, DomainFinding, RawMail
from golddraht.channels.operations import keep_raw
from golddraht.channels.operations.domains import add_domain, proof_of
from golddraht.channels.rules import Source
from golddraht.plumbing.clock import now
from tests.cast import Company, a_company
from tests.journeys.name_server import NameServer, name_server
from tests.mails import a_mail, a_mailbox, drain_mail
from tests.names import PUBLIC, RULE, kundin_key

KEY = "s1._domainkey.kundin.example"


@pytest.fixture
def server() -> Iterator[NameServer]:
    records = {
        (KEY, "TXT"): [kundin_key()[1]],
        ("_dmarc.kundin.example", "TXT"): [RULE],
        ("kundin.example", "TXT"): [f"v=spf1 ip4:{PUBLIC} -all"],
        ("kundin.example", "MX"): ["20 mx2.kundin.example", "10 mx1.kundin.example"],
        ("mx1.kundin.example", "A"): [PUBLIC],
        ("8.8.8.8.in-addr.arpa", "PTR"): ["mx1.kundin.example"],
        ("also._domainkey.kundin.example", "CNAME"): [KEY],
        ("long.example", "TXT"): ["x" * 3000],
    }
    with name_server(records) as running:
        yield running


@pytest.fixture
def world(server: NameServer) -> Names:
    return Names((server.address,))


def test_records_come_as_they_were_published(world: Names) -> None:
    look = world.within(3)

    assert look("kundin.example", "TXT") == (Answer(f"v=spf1 ip4:{PUBLIC} -all"),)
    assert sorted(look("kundin.example", "MX"), key=lambda one: one.preference) == [
        Answer("mx1.kundin.example", 10),
        Answer("mx2.kundin.example", 20),
    ]
    assert look("8.8.8.8.in-addr.arpa", "PTR") == (Answer("mx1.kundin.example"),)
    assert look(KEY, "TXT")[0].text == kundin_key()[1]


def test_another_name_for_it_leads_there_and_long_ones_come_whole(world: Names) -> None:
    assert world.within(3)("also._domainkey.kundin.example", "TXT")[0].text == kundin_key()[1]
    assert world.within(3)("long.example", "TXT")[0].text == "x" * 3000


def test_what_is_not_there_is_none_and_no_silence(world: Names) -> None:
    assert world.within(3)("nobody.example", "TXT") == ()
    assert world.within(3)("kundin.example", "AAAA") == ()


def test_an_answer_is_remembered(world: Names, server: NameServer) -> None:
    world.within(3)("kundin.example", "TXT")
    world.within(3)("KUNDIN.example.", "TXT")

    assert server.asked == [("kundin.example", "TXT")]


def test_a_broken_server_is_not_known(world: Names, server: NameServer) -> None:
    server.broken.add("kundin.example")

    with pytest.raises(NotKnown):
        world.within(3)("kundin.example", "TXT")


def test_silence_takes_no_longer_than_was_given_however_much_is_asked(world: Names, server: NameServer) -> None:
    server.silent.add("*")
    look, began = world.within(2), time.monotonic()

    for number in range(5):
        with pytest.raises(NotKnown):
            look(f"n{number}.example", "TXT")

    assert time.monotonic() - began < 3
    with pytest.raises(NotKnown):  # Nobody asks again at once.
        world.within(2)("n0.example", "TXT")
    assert [name for name, _ in server.asked].count("n0.example") <= 2


def test_what_no_name_can_be_is_not_there(world: Names) -> None:
    for name in ("a" * 70 + ".example", "a..example", ".".join(["x"] * 200)):
        assert world.within(3)(name, "TXT") == ()


# The whole way, with the jobs as the worker runs them


@pytest.fixture
def heizwerk(committed: None, server: NameServer) -> Iterator[Company]:
    company = a_company()
    with company.seen():
        a_mailbox()
    names.cache_clear()
    with override_settings(NAME_SERVERS=[server.address]):
        yield company
    names.cache_clear()


def arrive(company: Company, content: bytes) -> None:
    with company.seen():
        keep_raw(mailbox_id=None, source=Source.SMTP, content=content, at=now())
    drain_mail(tenant_id=company.tenant.pk, at=now())


def result(company: Company) -> Authenticity:
    judge_senders(company.tenant.pk)
    with company.seen():
        assert not RawMail.objects.filter(judged_at=None).exists()
        found: Authenticity = Authenticity.objects.get()
        return found


def test_a_sealed_mail_is_proven_by_the_world(heizwerk: Company) -> None:
    arrive(heizwerk, sealed(a_mail(at=now()), (kundin_key()[0],)))

    assert (result(heizwerk).result, result(heizwerk).dkim) == ("pass", "pass")


def test_a_mail_without_its_seal_fails(heizwerk: Company) -> None:
    arrive(heizwerk, a_mail(at=now()))

    assert (result(heizwerk).result, result(heizwerk).reason) == ("fail", "not-proven")


def test_a_silent_world_leaves_it_unknown_within_seconds(heizwerk: Company, server: NameServer) -> None:
    server.silent.add("*")
    arrive(heizwerk, sealed(a_mail(at=now()), (kundin_key()[0],)))
    began = time.monotonic()

    assert result(heizwerk).result == "unknown"
    assert time.monotonic() - began < 5


def test_a_domain_is_looked_at_and_proven(heizwerk: Company, server: NameServer) -> None:
    with heizwerk.seen():
        domain = add_domain(domain="kundin.example", at=now())
    server.records["kundin.example", "TXT"].append(f"golddraht-domain={proof_of('kundin.example', heizwerk.tenant.pk)}")

    look_at_domain(heizwerk.tenant.pk, domain.pk)

    with heizwerk.seen():
        states = dict(DomainFinding.objects.values_list("topic", "state"))
        domain.refresh_from_db()
    assert {topic for topic, state in states.items() if state == "good"} == {"proof", "mx", "spf", "dkim", "dmarc"}
    assert domain.proven_at and domain.looked_at


def test_the_house_asks_the_servers_that_its_settings_name(server: NameServer) -> None:
    names.cache_clear()
    with override_settings(NAME_SERVERS=[server.address]):
        assert look_within(3)("mx1.kundin.example", "A") == (Answer(PUBLIC),)
    names.cache_clear()
