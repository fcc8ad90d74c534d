"""Is a domain set up right? Each topic with what can be found in the world."""

from __future__ import annotations

import pytest

from golddraht.channels.mail.domain_setup import Published, Setup, State, Topic, finding_of, spf_lookups
from tests.names import PUBLIC, World

DOMAIN = "heizwerk.example"
SETUP = Setup(DOMAIN, proof="abc123", sends_by=("smtp.host.example",))
KEY = Published("gd2611a", "v=DKIM1; k=rsa; p=MIIB")
HOST = {("smtp.host.example", "A"): [PUBLIC], ("8.8.8.8.in-addr.arpa", "PTR"): ["smtp.host.example"]}


def found(topic: Topic, records: dict[tuple[str, str], list[str]], setup: Setup = SETUP) -> tuple[State, str]:
    finding = finding_of(topic, setup, World({**HOST, **records}).look)
    assert finding.topic is topic
    return finding.state, finding.reason


def txt(*records: str, at: str = DOMAIN) -> dict[tuple[str, str], list[str]]:
    return {(at, "TXT"): list(records)}


@pytest.mark.parametrize("topic", [one for one in Topic if one is not Topic.DKIM])
def test_silence_is_unknown_whatever_was_asked(topic: Topic) -> None:
    finding = finding_of(topic, SETUP, World({}, silent=("*",)).look)

    assert (finding.state, finding.reason) == (State.UNKNOWN, "no-answer")


def test_the_proof_is_found_among_other_words() -> None:
    assert found(Topic.PROOF, txt("google-site-verification=x", "golddraht-domain=abc123")) == (State.GOOD, "proven")
    assert found(Topic.PROOF, txt("golddraht-domain=of-somebody-else")) == (State.MEND, "not-proven")


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["10 mx.host.example"], (State.GOOD, "mx-found")),
        ([], (State.MEND, "mx-none")),
        (["0 ."], (State.MEND, "mx-refuses")),
    ],
)
def test_where_mail_is_taken(hosts: list[str], expected: tuple[State, str]) -> None:
    assert found(Topic.MX, {(DOMAIN, "MX"): hosts}) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (["v=spf1 ip4:8.8.8.0/24 -all"], (State.GOOD, "spf-good")),
        (["v=spf1 a:smtp.host.example ~all", "other=1"], (State.GOOD, "spf-good")),
        ([], (State.MEND, "spf-none")),
        (["v=spf1 -all", "v=spf1 mx -all"], (State.MEND, "spf-several")),
        (["v=spf1 ip4:8.8.8.8 +all"], (State.MEND, "spf-open")),
        (["v=spf1 all"], (State.MEND, "spf-open")),
        (["v=spf1 ip4:not-an-address -all"], (State.MEND, "spf-broken")),
        (["v=spf1 ip4:9.9.9.9 -all"], (State.UNKNOWN, "spf-without-us")),
        (["v=spf1 " + " ".join(f"a:h{n}.example" for n in range(11)) + " -all"], (State.MEND, "spf-too-many")),
    ],
)
def test_who_may_send(records: list[str], expected: tuple[State, str]) -> None:
    assert found(Topic.SPF, txt(*records)) == expected


def test_without_a_server_of_ours_nothing_is_said_about_it() -> None:
    assert found(Topic.SPF, txt("v=spf1 mx -all"), Setup(DOMAIN, proof="")) == (State.GOOD, "spf-found")


def test_look_ups_are_counted_through_all_that_is_included() -> None:
    world = World(
        {
            ("a.example", "TXT"): ["v=spf1 a mx include:b.example -all"],
            ("b.example", "TXT"): ["v=spf1 ip4:1.2.3.4 exists:%{i}.x.example redirect=a.example"],
        }
    )

    assert spf_lookups("v=spf1 include:a.example ip6:2001:db8::/32 -all", DOMAIN, world.look) == 6


def test_a_record_that_includes_itself_ends() -> None:
    world = World({(DOMAIN, "TXT"): [f"v=spf1 include:{DOMAIN} -all"]})

    assert spf_lookups(f"v=spf1 include:{DOMAIN} -all", DOMAIN, world.look) <= 11


def test_our_key_is_found_missing_or_another_one() -> None:
    setup = Setup(DOMAIN, proof="", keys=(KEY,))
    at = f"gd2611a._domainkey.{DOMAIN}"

    assert found(Topic.DKIM, txt("v=DKIM1; p=MI IB", at=at), setup) == (State.GOOD, "dkim-ours")
    assert found(Topic.DKIM, txt("v=DKIM1; p=OTHER", at=at), setup) == (State.MEND, "dkim-unpublished")
    assert found(Topic.DKIM, {}, setup) == (State.MEND, "dkim-unpublished")


def test_keys_of_a_provider_are_looked_for_under_the_usual_names() -> None:
    setup = Setup(DOMAIN, proof="")

    assert found(Topic.DKIM, txt("k=rsa; p=MIIB", at=f"selector1._domainkey.{DOMAIN}"), setup) == (
        State.GOOD,
        "dkim-elsewhere",
    )
    assert found(Topic.DKIM, {}, setup) == (State.UNKNOWN, "dkim-not-found")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (["v=DMARC1; p=reject; rua=mailto:d@heizwerk.example"], (State.GOOD, "dmarc-good")),
        (["v=DMARC1; p=quarantine"], (State.GOOD, "dmarc-no-reports")),
        (["v=DMARC1; p=none"], (State.OPTIONAL, "dmarc-watches")),
        ([], (State.MEND, "dmarc-none")),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], (State.MEND, "dmarc-several")),
        (["v=DMARC1; p=maybe"], (State.MEND, "dmarc-broken")),
        (["v=DMARC1; rua=mailto:x@y.example"], (State.MEND, "dmarc-broken")),
    ],
)
def test_what_others_shall_do_with_forgeries(records: list[str], expected: tuple[State, str]) -> None:
    assert found(Topic.DMARC, txt(*records, at=f"_dmarc.{DOMAIN}")) == expected


def test_the_sending_server_has_a_name_that_leads_back() -> None:
    assert found(Topic.PTR, {}) == (State.GOOD, "ptr-good")
    assert found(Topic.PTR, {("8.8.8.8.in-addr.arpa", "PTR"): []}) == (State.UNKNOWN, "ptr-missing")
    assert found(Topic.PTR, {}, Setup(DOMAIN, proof="")) == (State.OPTIONAL, "ptr-no-server")


def test_what_may_be_there_and_need_not() -> None:
    records = {
        **txt("v=STSv1; id=1", at=f"_mta-sts.{DOMAIN}"),
        **txt("v=TLSRPTv1; rua=mailto:t@heizwerk.example", at=f"_smtp._tls.{DOMAIN}"),
        (DOMAIN, "MX"): ["10 mx.host.example"],
        ("_25._tcp.mx.host.example", "TLSA"): ["3 1 1 abcd"],
    }

    for topic in (Topic.STS, Topic.TLS_REPORTS, Topic.DANE):
        assert found(topic, records)[0] is State.GOOD
        assert found(topic, {})[0] is State.OPTIONAL
