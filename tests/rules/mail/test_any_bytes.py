"""Whatever arrives, reading never raises, `show` keeps its contract, and no word is lost."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from golddraht.channels.mail import reading
from golddraht.channels.mail.quoting import told_apart
from golddraht.channels.mail.showing import show

from .corpus import SCHEMA, STORIES, source

VALID = Draft202012Validator(SCHEMA)
FRAGMENTS = (
    *(b"\r\n", b"\n", b"\r", b"\0", b"\xff", b"\xe4", b"\xc3", b"=?utf-8?Q?", b"?=", b"=?x?B?", b'"', b"<", b">", b"("),
    *(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"--b--\n", b"Content-Transfer-Encoding: base64\n", b";"),
    *(b"Content-Type: message/rfc822\n\n", b"Content-Disposition: attachment; filename*0*=utf-8''%", b"charset=utf-7"),
    *(b"Date: Fri, 31 Feb 99999 99:99:99 +9999\n", b"begin 644 x\n", b"> ", b"-- \n", b"From ", b"Von: \nGesendet: \n"),
)
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = st.lists(
    st.sampled_from(
        [
            *(
                "Hallo",
                "",
                "> alt",
                ">> älter",
                "-- ",
                "--",
                "Am 3. März 2026 um 10:15 schrieb A <a@b.example>:",
                "Gruß",
            ),
            *("Von: a@b.example", "Gesendet: Dienstag", "An: c", "Betreff: d", "-----Ursprüngliche Nachricht-----"),
            *(
                "De : a@b.example",
                "Envoyé : lundi 2 mars 2026 17:40",
                "À : c",
                "Le 2 mars 2026, A a écrit :",
                "Wysłane z iPhone'a",
            ),
            *(
                "-----BEGIN PGP SIGNED MESSAGE-----",
                "-----BEGIN PGP SIGNATURE-----",
                "-----END PGP SIGNATURE-----",
                "Hash: SHA1",
            ),
            *("meine Antworten stehen unten in rot", "> 2 bar", ">:", "Zitat von A <a@b>:", "* Von: a *"),
            *("Von meinem iPhone gesendet", "________________________________", "On Tue, Mar 3, 2026 A <a@b> wrote:"),
        ]
    )
    | st.text(max_size=30),
    max_size=30,
)


def _holds(raw: bytes) -> None:
    reading._read(raw)  # beneath the net that `read` spreads, so that a hole shows
    shown = json.loads(json.dumps(show("any.eml", 0, raw), allow_nan=False))
    VALID.validate(shown)
    assert "\0" not in json.dumps(shown, ensure_ascii=False).encode("utf-8").decode("utf-8")


@QUICK
@given(st.binary(max_size=600))
def test_arbitrary_bytes_are_read(raw: bytes) -> None:
    _holds(raw)


@QUICK
@given(st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=8), max_size=40))
def test_any_heap_of_mail_fragments_is_read(pieces: list[bytes]) -> None:
    _holds(b"".join(pieces))


@QUICK
@given(st.sampled_from(STORIES), st.integers(0, 2**32), st.integers(1, 8))
@example("bounce-postfix", 0, 1)
def test_damaged_mails_of_the_corpus_are_read(story: str, seed: int, wounds: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(source(story))
    for _ in range(wounds):
        at = chance.randrange(len(raw) + 1)
        end = min(len(raw), at + chance.choice([0, 1, 5, 80]))
        raw[at:end] = chance.choice(FRAGMENTS) if chance.random() < 0.6 else bytes(raw[end : end + 20])
    _holds(bytes(raw))


@QUICK
@given(LINES)
def test_telling_apart_loses_no_line_and_invents_none(lines: list[str]) -> None:
    text = "\n".join(lines)
    told = told_apart(text)
    parts = "\n".join(part for part in (told.reply_text, told.quoted_text, told.signature) if part)

    def words(of: str) -> list[str]:
        return sorted(line.strip() for line in of.split("\n") if line.strip())

    assert words(parts) == words(text)
    assert bool(told.reply_text) == bool(text.strip())


@pytest.mark.parametrize(
    "hostile",
    [
        b"A\n" * 200_000,
        b"From: " + b"(\\" * 15_000 + b"\n\nx",
        b"From: " + b'"\\' * 15_000 + b"\n\nx",
        b"From: " + b"a" * 60_000 + b"\n\nx",
        b"Subject: " + b"=?utf-8?Q?" * 100_000 + b"\n\nx",
        b"Content-Type: text/plain; " + b'a="";' * 40_000 + b"\n\nx",
        b"Content-Type: message/rfc822\n\n" * 20_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(5_000)),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 200_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
        b"Content-Type: text/html\n\n<div " + b"".join(b"a%d=1 " % i for i in range(30_000)) + b">x",
        b"Subject: x\n\n" + b"Von: a\n" * 50_000,
        b"Subject: x\n\n" + b" " * 500_000 + b"x\n",
        b"Subject: x\n\n" + (b"-- \n" + b"a\n" * 60) * 5_000,
    ],
    ids=lambda raw: raw[:30].decode("ascii"),
)
def test_hostile_mails_do_not_hold_us_up(hostile: bytes) -> None:
    started = time.process_time()
    _holds(hostile)
    assert time.process_time() - started < 6  # seconds of our own computing; quadratic behaviour takes minutes


def test_of_a_mail_beyond_all_bounds_the_headers_are_read() -> None:
    mail = reading.read(source("attachment-pdf") + b"x" * 60_000_000)

    assert mail.subject == "Frage zur Lieferung"
    assert (mail.text, mail.parts, mail.attachments) == (None, (), ())
    assert mail.problems == ("The mail is larger than 60 MB; only its headers were read.",)
