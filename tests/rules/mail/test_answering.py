"""To whom an answer goes."""

from __future__ import annotations

import pytest

from golddraht.channels.mail.answering import answer_to
from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.reading import read
from golddraht.ground.addresses import leads_to_nobody

OWN = frozenset({"care@heizwerk.example", "info@heizwerk.example"})


def answered(**headers: str) -> tuple[str, ...]:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    mail = read("\r\n".join([*lines, "", "Hallo"]).encode())
    return answer_to(mail, author=mail.from_ or Address(None, None), own=OWN)


def test_the_writer_comes_first_and_those_in_copy_follow() -> None:
    found = answered(From="v@kundin.example", To="care@heizwerk.example, a@amt.example", Cc="Sohn <s@sohn.example>")

    assert found == ("v@kundin.example", "a@amt.example", "s@sohn.example")


def test_our_own_addresses_are_never_answered_with_or_without_a_token() -> None:
    found = answered(From="v@kundin.example", To="CARE+c1f-abc@heizwerk.example", Cc="info@heizwerk.example")

    assert found == ("v@kundin.example",)


@pytest.mark.parametrize("wanted", ["buero@kundin.example", "v+haus@kundin.example", "v@mail.kundin.example"])
def test_an_answer_address_of_the_same_house_is_used(wanted: str) -> None:
    assert answered(From="v@kundin.example", Reply_To=wanted) == (wanted,)


@pytest.mark.parametrize(
    ("wrote", "wanted"),
    [
        ("v@kundin.example", "geld@betrug.example"),
        ("v@gmx.de", "w@gmx.de"),
        ("v@t-online.de", "w@t-online.de"),
        ("v@kundin.example", "noreply@kundin.example"),
        ("v@kundin.example", "care@heizwerk.example"),
        ("v@kundin.example", "nonsense"),
    ],
)
def test_an_answer_address_elsewhere_is_not(wrote: str, wanted: str) -> None:
    assert answered(From=wrote, Reply_To=wanted) == (wrote,)


def test_of_a_list_only_the_writer_is_answered() -> None:
    found = answered(
        From="v@kundin.example",
        To="verein@listen.example",
        Reply_To="verein@listen.example",
        List_Id="<verein.listen.example>",
    )

    assert found == ("v@kundin.example",)


def test_nobody_is_answered_who_does_not_read() -> None:
    assert answered(From="no-reply@shop.example", To="care@heizwerk.example") == ()


def test_an_audience_is_not_answered() -> None:
    many = ", ".join(f"p{number}@kunde.example" for number in range(30))

    assert answered(From="v@kundin.example", Cc=many) == ("v@kundin.example",)


@pytest.mark.parametrize(
    "address",
    [
        "noreply@a.example",
        "no-reply+4711@a.example",
        "do_not_reply@a.example",
        "nicht-antworten@a.example",
        "MAILER-DAEMON@a.example",
        "verein-request@listen.example",
        "verein-bounces+v=kundin.example@listen.example",
        "notifications@a.example",
    ],
)
def test_these_lead_to_nobody(address: str) -> None:
    assert leads_to_nobody(address)


@pytest.mark.parametrize("address", ["norbert@a.example", "info@a.example", "request@a.example", "bounce.h@a.example"])
def test_these_lead_to_somebody(address: str) -> None:
    assert not leads_to_nobody(address)
