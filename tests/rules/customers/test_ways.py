"""Ways of contact of every kind, in the one form by which they are recognised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.consent.rules.words import WAY_OF, Way
from golddraht.customers.rules.ways import (
    NoMessengerNamed,
    NoSuchWay,
    WayKind,
    messenger_of,
    numbers_among,
    page_url,
    way_of,
)


@pytest.mark.parametrize(
    ("kind", "said", "address"),
    [
        (WayKind.EMAIL, "Vera@Kundin.example", "vera@kundin.example"),
        (WayKind.PHONE, "0316 12 34 56", "+43316123456"),
        (WayKind.FAX, "Fax: +43 316 123457", "+43316123457"),
        (WayKind.WEB, "https://www.Firma.example/Team/", "firma.example/Team"),
        (WayKind.WEB, "firma.example", "firma.example"),
        (WayKind.MESSENGER, "Signal: 0664 1234567", "signal:+436641234567"),
        (WayKind.MESSENGER, "Whats App: +43 664 1234567", "whatsapp:+436641234567"),
        (WayKind.MESSENGER, "telegram:@Vera_Moser", "telegram:vera_moser"),
        (WayKind.MESSENGER, "https://t.me/vera_moser", "telegram:vera_moser"),
        (WayKind.MESSENGER, "telegram: https://t.me/vera_moser", "telegram:vera_moser"),
        (WayKind.MESSENGER, "wa.me/436641234567", "whatsapp:+436641234567"),
        (WayKind.MESSENGER, "Threema: ABCD1234", "threema:abcd1234"),
        (WayKind.MESSENGER, "Matrix: @vera:heim.example", "matrix:@vera:heim.example"),
        (WayKind.MESSENGER, "Signal: vera.42", "signal:vera.42"),
        (WayKind.MESSENGER, "Ginlo: Vera77", "ginlo:vera77"),
    ],
)
def test_each_kind_has_one_form(kind: WayKind, said: str, address: str) -> None:
    way = way_of(kind, said, country="AT")

    assert (way.channel, way.address) == (kind, address)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (WayKind.EMAIL, "vera"),
        (WayKind.FAX, "112"),
        (WayKind.WEB, "kein Netz"),
        (WayKind.WEB, "ftp://firma.example"),
        (WayKind.WEB, "https://vera@firma.example/"),
        (WayKind.WEB, "javascript:alert(1)"),
        (WayKind.MESSENGER, "WhatsApp: vera"),
        (WayKind.MESSENGER, "Telegram: +"),
        (WayKind.MESSENGER, "Threema: zu lang für eine Kennung"),
    ],
)
def test_what_is_none_is_refused(kind: WayKind, said: str) -> None:
    with pytest.raises(NoSuchWay):
        way_of(kind, said)


def test_of_a_handle_alone_nobody_can_tell_the_messenger() -> None:
    with pytest.raises(NoMessengerNamed):
        way_of(WayKind.MESSENGER, "@vera_moser")
    assert way_of(WayKind.MESSENGER, "@vera_moser", messenger="Telegram").address == "telegram:vera_moser"


TYPED = st.text(max_size=60) | st.from_regex(
    r"(?:https?://)?[a-z\[\]:@ä℀.-]{1,12}(?:[/?#][a-z\[\]:@/?#]{0,12})?", fullmatch=True
)


@given(st.sampled_from(WayKind), TYPED, st.sampled_from(["", "Signal", "Wire", "Ginlo"]))
def test_a_kept_form_is_kept_as_it_is(kind: WayKind, said: str, messenger: str) -> None:
    try:
        way = way_of(kind, said, messenger=messenger)
    except NoSuchWay:
        return
    again = way_of(kind, way.address)
    assert (again.channel, again.address) == (way.channel, way.address)
    assert 0 < len(way.address) <= 254


def test_a_messenger_is_called_by_its_own_name() -> None:
    assert messenger_of("MESSENGER", "whatsapp:+436641234567") == "WhatsApp"
    assert messenger_of("MESSENGER", "ginlo:vera77") == "Ginlo"
    assert messenger_of("PHONE", "+436641234567") == ""


def test_a_number_is_the_same_number_whatever_it_is_used_with() -> None:
    ways = [("FAX", "+43316123457"), ("MESSENGER", "signal:+436641234567"), ("PHONE", "+43316123456")]

    assert numbers_among([*ways, ("MESSENGER", "telegram:vera"), ("EMAIL", "vera@kundin.example")]) == [
        "+43316123456",
        "+436641234567",
        "+43316123457",
    ]


def test_a_page_is_opened_as_a_page() -> None:
    assert page_url("firma.example") == "https://firma.example"
    assert page_url("HTTP://firma.example") == "HTTP://firma.example"


def test_no_consent_can_be_for_a_fax_or_a_page() -> None:
    assert WAY_OF["MESSENGER"] is Way.SMS
    assert not {WayKind.FAX, WayKind.WEB} & WAY_OF.keys()
    assert "FAX" not in set(Way)
