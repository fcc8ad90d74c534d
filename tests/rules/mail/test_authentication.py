"""Does a mail come from whom it says? What a trusted server tells, and what can be looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.channels.mail.home_domain import home_domain, is_aligned
from golddraht.channels.mail.judging import is_known_to_fail, verdict_on
from golddraht.channels.mail.lookalikes import Likeness, likeness
from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.proving import Client
from golddraht.channels.mail.signing import Algorithm, SealKey, sealed
from golddraht.channels.mail.verdict import Reason, Result, Verdict
from tests.names import PUBLIC, RULE, World, kundin_key, kundin_world

from .corpus import source

MAIL = (
    b"From: Valentina Moser <valentina@kundin.example>\r\nTo: care@heizwerk.example\r\nSubject: Pumpe\r\n"
    b"Date: Mon, 2 Nov 2026 08:00:00 +0100\r\nMessage-ID: <1@kundin.example>\r\n\r\nSie pumpt nicht.\r\n"
)
OURS = "mx.heizwerk.example"
PASSED = f"Authentication-Results: {OURS}; dmarc=pass header.from=kundin.example\r\n".encode()
FAILED = f"Authentication-Results: {OURS}; dmarc=fail (p=reject) header.from=kundin.example\r\n".encode()
TAKEN_BY_OURS = f"Received: from x.example (x.example [{PUBLIC}]) by {OURS} with ESMTPS; Mon, 2 Nov 2026 08:00:01 +0100\r\n".encode()
ON_THE_WAY = b"Received: from laptop by mail.kundin.example; Mon, 2 Nov 2026 08:00:00 +0100\r\n"
NOBODY = Client()


def verdict(content: bytes, *, world: World | None = None, server: str = "", client: Client = NOBODY) -> Verdict:
    return verdict_on(content, server=server, client=client, look=(world or World({})).look)


# What a trusted server tells


def test_the_trusted_servers_word_counts_and_nobody_is_asked() -> None:
    world = World({})

    found = verdict(PASSED + TAKEN_BY_OURS + MAIL, world=world, server=OURS)

    assert (found.result, found.told_by) == (Result.PASS, OURS)
    assert world.asked == 0


def test_a_failed_mail_is_known_at_the_door_without_asking() -> None:
    assert is_known_to_fail(FAILED + TAKEN_BY_OURS + MAIL, server=OURS)
    assert not is_known_to_fail(PASSED + TAKEN_BY_OURS + MAIL, server=OURS)
    assert not is_known_to_fail(FAILED + TAKEN_BY_OURS + MAIL, server="")


def test_another_servers_word_is_not_believed() -> None:
    foreign = PASSED.replace(OURS.encode(), b"mx.evil.example")

    assert verdict(foreign + MAIL, server=OURS).result is Result.NONE


def test_without_a_trusted_server_nobody_is_believed() -> None:
    assert verdict(PASSED + MAIL).result is Result.NONE


def test_a_forged_word_of_our_own_server_below_what_others_wrote_is_not_believed() -> None:
    forged = TAKEN_BY_OURS + ON_THE_WAY + PASSED + MAIL

    assert verdict(forged, server=OURS).result is Result.NONE


def test_of_two_words_of_our_own_server_the_topmost_counts() -> None:
    assert verdict(FAILED + TAKEN_BY_OURS + PASSED + MAIL, server=OURS).result is Result.FAIL


def test_our_server_may_write_its_word_below_its_own_received() -> None:
    assert verdict(TAKEN_BY_OURS + PASSED + ON_THE_WAY + MAIL, server=OURS).result is Result.PASS


def test_servers_behind_the_trusted_one_do_not_move_the_boundary() -> None:
    inside = b"Received: from mx.heizwerk.example by dovecot.lan with LMTP; Mon, 2 Nov 2026 08:00:02 +0100\r\n"

    assert verdict(inside + PASSED + TAKEN_BY_OURS + ON_THE_WAY + MAIL, server=OURS).result is Result.PASS


def test_a_server_that_writes_no_name_of_its_own_is_known_by_the_received_above() -> None:
    hop = b"Received: from x.example by AM0.outlook.com with SMTP; Mon, 2 Nov 2026 08:00:01 +0100\r\n"
    nameless = b"Authentication-Results: spf=pass (sender IP is 8.8.8.8)\r\n smtp.mailfrom=kundin.example; dkim=none; dmarc=pass action=none\r\n header.from=kundin.example\r\n"

    assert verdict(hop + nameless + ON_THE_WAY + MAIL, server="outlook.com").result is Result.PASS
    assert verdict(ON_THE_WAY + nameless + MAIL, server="outlook.com").result is Result.NONE


def test_comments_and_quotes_do_not_hide_a_result() -> None:
    field = f'Authentication-Results: {OURS} 1 (a (nested; dmarc=pass) one);\r\n\tdmarc=fail (p=none; dis=none) header.from="kundin.example"\r\n'

    assert verdict(field.encode() + MAIL, server=OURS).result is Result.FAIL


@pytest.mark.parametrize(
    ("told", "result", "reason"),
    [
        ("dkim=pass header.d=kundin.example", Result.PASS, Reason.PROVEN),
        ("dkim=pass header.d=newsletter.example", Result.NONE, Reason.NO_PROOF),
        ("dkim=fail header.d=kundin.example", Result.NONE, Reason.BROKEN_SEAL),
        ("spf=pass smtp.mailfrom=bounce@mail.kundin.example", Result.PASS, Reason.PROVEN),
        ("spf=fail smtp.mailfrom=valentina@kundin.example", Result.FAIL, Reason.SERVER_NOT_ALLOWED),
        ("spf=fail smtp.mailfrom=valentina@forwarder.example", Result.NONE, Reason.NO_PROOF),
        ("spf=softfail smtp.mailfrom=kundin.example", Result.NONE, Reason.NO_PROOF),
        ("dmarc=temperror header.from=kundin.example", Result.UNKNOWN, Reason.NO_ANSWER),
        (
            "dmarc=fail header.from=kundin.example; dkim=temperror header.d=kundin.example",
            Result.FAIL,
            Reason.NOT_PROVEN,
        ),
        ("none", Result.NONE, Reason.NO_PROOF),
    ],
)
def test_what_the_methods_say_together(told: str, result: Result, reason: Reason) -> None:
    found = verdict(f"Authentication-Results: {OURS}; {told}\r\n".encode() + MAIL, server=OURS)

    assert (found.result, found.reason) == (result, reason)


# What can be looked up


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_sealed_mail_is_proven(algorithm: Algorithm) -> None:
    key, _ = kundin_key(algorithm)

    found = verdict(sealed(MAIL, (key,)), world=kundin_world(algorithm))

    assert (found.result, found.dkim, found.dmarc) == (Result.PASS, "pass", "pass")


def test_a_sealed_mail_whose_words_were_changed_fails_where_the_domain_has_a_rule() -> None:
    key, _ = kundin_key()

    found = verdict(sealed(MAIL, (key,)).replace(b"pumpt nicht", b"pumpt doch"), world=kundin_world())

    assert (found.result, found.reason, found.dkim) == (Result.FAIL, Reason.NOT_PROVEN, "fail")


def test_a_changed_mail_of_a_domain_without_a_rule_is_no_forgery() -> None:
    key, record = kundin_key()
    world = World({("s1._domainkey.kundin.example", "TXT"): [record]})

    found = verdict(sealed(MAIL, (key,)).replace(b"nicht", b"doch"), world=world)

    assert (found.result, found.reason) == (Result.NONE, Reason.BROKEN_SEAL)


def test_a_second_from_breaks_our_seal() -> None:
    key, _ = kundin_key()
    forged = b"From: chef@kundin.example\r\n" + sealed(MAIL, (key,))

    assert verdict(forged, world=kundin_world()).dkim == "fail"


def test_a_seal_over_a_part_of_the_words_proves_nothing() -> None:
    import dkim

    key, _ = kundin_key()
    partly = dkim.sign(MAIL, b"s1", b"kundin.example", key.private.encode(), length=True) + MAIL

    found = verdict(partly + b"Bitte zahlen Sie auf ein anderes Konto.\r\n", world=kundin_world())

    assert (found.result, found.dkim) == (Result.FAIL, "policy")


def test_an_allowed_server_proves_and_a_forbidden_one_fails() -> None:
    sender = "valentina@kundin.example"

    allowed = verdict(MAIL, world=kundin_world(), client=Client(PUBLIC, "mail.kundin.example", sender))
    forbidden = verdict(MAIL, world=kundin_world(), client=Client("9.9.9.9", "evil.example", sender))

    assert (allowed.result, allowed.spf) == (Result.PASS, "pass")
    assert (forbidden.result, forbidden.spf) == (Result.FAIL, "fail")


def test_an_envelope_of_another_domain_proves_nothing_for_the_sender_people_see() -> None:
    world = kundin_world()
    world.records["evil.example", "TXT"] = [f"v=spf1 ip4:{PUBLIC} -all"]

    found = verdict(MAIL, world=world, client=Client(PUBLIC, "evil.example", "x@evil.example"))

    assert (found.result, found.spf, found.dmarc) == (Result.FAIL, "none", "fail")


def test_a_forger_cannot_use_up_the_time_with_names_of_their_own() -> None:
    key, _ = kundin_key()
    own = SealKey("evil.example", "s1", key.algorithm, key.private)
    world = kundin_world(silent=("s1._domainkey.evil.example", "evil.example"))

    found = verdict(sealed(MAIL, (own,) * 5), world=world, client=Client(PUBLIC, "evil.example", "x@evil.example"))

    assert (found.result, found.dkim) == (Result.FAIL, "neutral")
    assert world.asked == 1


def test_the_address_the_trusted_server_saw_is_asked_about_and_not_what_the_client_said() -> None:
    seen = f"Received: from [8.8.4.4] (unknown [{PUBLIC}]) by {OURS} with ESMTP; Mon, 2 Nov 2026 08:00:01 +0100\r\n"
    content = b"Return-Path: <valentina@kundin.example>\r\n" + seen.encode() + MAIL

    assert verdict(content, world=kundin_world(), server=OURS).result is Result.PASS


def test_a_server_of_our_own_network_is_not_asked_about() -> None:
    client = Client("192.168.1.5", "mail.lan", "valentina@kundin.example")

    assert verdict(MAIL, world=World({("kundin.example", "TXT"): ["v=spf1 -all"]}), client=client).spf == "none"


@pytest.mark.parametrize("silent", [("*",), ("_dmarc.kundin.example",), ("s1._domainkey.kundin.example",)])
def test_silence_of_the_dns_is_not_known_and_never_failed(silent: tuple[str, ...]) -> None:
    key, _ = kundin_key()
    changed = (
        sealed(MAIL, (key,)).replace(b"nicht", b"doch") if silent[0].startswith("_dmarc") else sealed(MAIL, (key,))
    )

    found = verdict(changed, world=kundin_world(silent=silent), client=Client())

    assert (found.result, found.reason) == (Result.UNKNOWN, Reason.NO_ANSWER)


def test_the_rule_of_the_home_domain_holds_for_its_shops() -> None:
    world = World({("_dmarc.kundin.example", "TXT"): [RULE]})

    assert verdict(MAIL.replace(b"@kundin", b"@shop.kundin"), world=world).result is Result.FAIL


def test_two_rules_are_none() -> None:
    assert verdict(MAIL, world=World({("_dmarc.kundin.example", "TXT"): [RULE, RULE]})).dmarc == "none"


def test_a_strict_rule_wants_the_very_domain() -> None:
    key, record = kundin_key()
    zone = {("s1._domainkey.kundin.example", "TXT"): [record], ("_dmarc.kundin.example", "TXT"): [RULE + "; adkim=s"]}
    content = sealed(MAIL.replace(b"@kundin", b"@shop.kundin"), (key,))

    assert verdict(content, world=World(zone)).result is Result.FAIL
    zone["_dmarc.kundin.example", "TXT"] = [RULE]
    assert verdict(content, world=World(zone)).result is Result.PASS


def test_a_mail_without_a_sender_proves_nothing() -> None:
    assert verdict(b"Subject: Hallo\r\n\r\nWer?\r\n").reason is Reason.NO_SENDER


def test_no_more_than_five_seals_are_looked_at() -> None:
    key, _ = kundin_key()
    world = kundin_world()
    content = MAIL
    for _ in range(9):
        content = sealed(MAIL, (key,)).removesuffix(MAIL) + content

    assert verdict(content, world=world).result is Result.PASS
    assert world.asked <= 6


@given(st.binary(max_size=400), st.binary(max_size=200))
def test_any_bytes_get_a_verdict(head: bytes, words: bytes) -> None:
    content = (
        b"DKIM-Signature: " + head + b"\r\nAuthentication-Results: " + words + b"\r\nReceived: " + head + b"\r\n" + MAIL
    )

    assert (
        verdict(content, world=kundin_world(), server=OURS, client=Client(PUBLIC, "x", "a@b.example")).result in Result
    )


# Which domains belong together


@pytest.mark.parametrize(
    ("domain", "home"),
    [
        ("mail.kundin.example", "kundin.example"),
        ("a.b.shop.co.uk", "shop.co.uk"),
        ("co.uk", "co.uk"),
        ("www.ck", "www.ck"),
        ("a.b.foo.ck", "b.foo.ck"),
        ("müller.de", "xn--mller-kva.de"),
        ("", ""),
    ],
)
def test_the_home_of_a_domain(domain: str, home: str) -> None:
    assert home_domain(domain) == home


def test_neighbours_under_one_suffix_do_not_speak_for_each_other() -> None:
    assert not is_aligned("kundin.co.uk", "evil.co.uk")
    assert is_aligned("mail.kundin.example", "KUNDIN.example.")
    assert not is_aligned("", "")


# Who looks like somebody else


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("service@company.de", "x@evil.example", (Likeness.OTHER_ADDRESS, "service@company.de")),
        ("service@company.de", "info@mail.company.de", None),
        ("Valentina Moser", "valentina@kundin.example", None),
        ("Heizwerk Service", "x@evil.example", (Likeness.OUR_NAME, "Heizwerk Service")),
        ("Heizwerk Service", "care@heizwerk.example", None),
        ("Anna", "a@heizvverk.example", (Likeness.OUR_DOMAIN, "heizwerk.example")),
        ("Anna", "a@heiz-werk.example", (Likeness.OUR_DOMAIN, "heizwerk.example")),
        ("Anna", "a@heizwérk.example", (Likeness.OUR_DOMAIN, "heizwerk.example")),
        ("Anna", "a@hеizwerk.example", (Likeness.OUR_DOMAIN, "heizwerk.example")),  # A Cyrillic е.
        ("Anna", "a@holzwerk.example", None),
        (None, "a@b.example", None),
    ],
)
def test_who_looks_like_somebody_else(name: str | None, address: str, expected: object) -> None:
    own, names = ["care@heizwerk.example"], ["Heizwerk", "Heizwerk Service"]

    assert likeness(Address(name, address), own=own, names=names) == expected


# What real servers write


@pytest.mark.parametrize(
    ("story", "server", "result"),
    [
        ("authentication-google-passed", "mx.google.com", Result.PASS),
        ("authentication-microsoft-without-a-name", "outlook.com", Result.FAIL),
        ("authentication-postfix-with-rspamd", OURS, Result.PASS),
        ("authentication-opendkim-and-opendmarc", OURS, Result.FAIL),
        ("authentication-forged-below-the-boundary", OURS, Result.NONE),
        ("authentication-of-somebody-elses-server", OURS, Result.NONE),
        ("authentication-through-a-mailing-list", OURS, Result.NONE),
    ],
)
def test_a_story_of_the_corpus_is_judged(story: str, server: str, result: Result) -> None:
    assert verdict(source(story), server=server).result is result
