"""What we write is what arrives, and no value can smuggle in a header."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.writing import AddressNotUsable, Enclosure, Letter, ascii_address, new_message_id, write

LETTER = Letter(
    sender=Address("Petra Vogt | Haus & Wärme", "service+Kx81aaQ2@haus.example"),
    to=(Address("Otto Groß", "otto@kunde.example"),),
    subject="Ihre Wärmepumpe [K-1001]",
    text="Guten Tag Otto Groß,\n\nam Dienstag kommt sie.\n",
    message_id="k1001.1@haus.example",
    date=datetime(2026, 3, 3, 10, 15, tzinfo=UTC),
)
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"), exclude_characters="\ufffe\uffff")
WORDS = st.lists(st.text(SIGNS.filter(lambda sign: not sign.isspace()), min_size=1, max_size=40), max_size=12).map(
    " ".join
)
TEXTS = st.lists(st.text(SIGNS, max_size=200), max_size=8).map("\n".join).filter(lambda text: text.strip())
LOCALS = st.from_regex(r"[a-z0-9!#$%&*/=?^_`{|}~+-]{1,20}", fullmatch=True)
DOMAINS = st.sampled_from(["kunde.example", "kältetechnik.example", "straße.example", "xn--mller-kva.example"])
NAMES = st.one_of(st.none(), WORDS.filter(lambda name: name.strip(" ,'\"()") == name and name != ""))


def _unbroken(name: str | None) -> bool:
    return name is None or "=?" not in name


ADDRESSES = st.builds(
    lambda name, local, domain: Address(name, f"{local}@{domain}"), NAMES.filter(_unbroken), LOCALS, DOMAINS
)
FILES = st.builds(
    Enclosure,
    st.from_regex(r"[A-Za-zäöüß0-9][A-Za-zäöüß0-9 _-]{0,50}[a-z0-9]\.(pdf|jpg)", fullmatch=True),
    st.just("application/pdf"),
    st.binary(max_size=300),
)


@settings(max_examples=60, deadline=None)
@given(WORDS, TEXTS, st.lists(ADDRESSES, min_size=1, max_size=4), st.lists(FILES, max_size=3))
def test_what_was_written_is_what_is_read(subject: str, text: str, to: list[Address], files: list[Enclosure]) -> None:
    raw = write(replace(LETTER, subject=subject, text=text, to=tuple(to), attachments=tuple(files)))
    mail = read(raw)

    assert mail.problems == ()
    assert (mail.subject or "") == subject
    assert mail.text == text
    assert mail.to == tuple(Address(one.name, ascii_address(one.address or "")) for one in to)
    assert [(one.name, one.content) for one in mail.attachments] == [
        (" ".join(one.name.split()), one.content) for one in files
    ]
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_letter_has_plain_and_html_text_and_valid_threading() -> None:
    raw = write(replace(LETTER, in_reply_to="m1@kunde.example", references=tuple(f"{i}@x" for i in range(50))))
    mail = read(raw)

    assert mail.in_reply_to == "m1@kunde.example"
    assert mail.references[0] == "0@x" and mail.references[-1] == "m1@kunde.example" and len(mail.references) == 20
    assert mail.html is not None and "<p>Guten Tag Otto Groß,</p>" in mail.html
    assert not mail.is_automatic


def test_line_breaks_in_values_add_no_header() -> None:
    evil = "Hallo\r\nBcc: alle@opfer.example\r\n\r\nneuer Text"
    raw = write(
        replace(
            LETTER,
            subject=evil,
            sender=Address(evil, "a@haus.example"),
            loop_key=evil,
            message_id=evil,
            in_reply_to=evil,
            references=(evil,),
        )
    )
    message = message_from_bytes(raw, policy=policy.compat32)

    assert "Bcc" not in message
    assert message.is_multipart()


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "otto",
        "a@b@",
        "a b@c.example",
        "a@b c",
        "a@x\r\nBcc: y@z",
        "a,b@c.example",
        "<a@b>",
        "ä@b.example",
        "a@..",
        "a@-b",
    ],
)
def test_an_address_that_could_reach_a_stranger_is_refused(bad: str) -> None:
    with pytest.raises(AddressNotUsable):
        write(replace(LETTER, to=(Address(None, bad),)))


def test_an_automatic_letter_says_so_and_is_never_answered_by_us() -> None:
    raw = write(replace(LETTER, automatic=True, loop_key="waerme"))
    mail = read(raw)

    assert b"\r\nAuto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n" in raw
    assert mail.automatic_kind == "loop" and mail.loop_keys == ("waerme",)


def test_the_same_letter_gives_the_same_bytes_so_that_a_repetition_can_be_recognised() -> None:
    assert write(LETTER) == write(LETTER)


def test_an_inline_image_belongs_to_the_html() -> None:
    picture = Enclosure("logo.png", "image/png", b"x", content_id="logo@haus")
    mail = read(write(replace(LETTER, html='<p>Hallo <img src="cid:logo@haus"></p>', attachments=(picture,))))

    assert [(one.inline, one.content_id, one.content) for one in mail.attachments] == [(True, "logo@haus", b"x")]
    assert 'src="cid:logo@haus"' in (mail.html or "")


def test_message_ids_carry_the_token_and_are_never_the_same() -> None:
    first, second = new_message_id("Wärme.example", "K1001"), new_message_id("Wärme.example", "K1001")

    assert first != second
    assert first.startswith("K1001.") and first.endswith("@xn--wrme-loa.example")
