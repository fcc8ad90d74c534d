"""Cancelling and withdrawing without signing in (§§ 312k, 356a BGB): two steps, one receipt, one clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from golddraht.conversations.models import Conversation, Message
from golddraht.ground.contract_law import CLOCKS, Act, due_after
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
CANCEL, WITHDRAW = "/help/heizwerk/de/contract/cancel/", "/help/heizwerk/de/contract/withdraw/"
TOLD = {"contract": "Wartung 88-2077", "name": "Rosa Neu", "email": "rosa@kundin.example"}
CANCELS = TOLD | {"kind": "ORDINARY", "reason": "", "on": ""}


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nobody has declared anything within this hour."""
    cache.clear()


def test_the_ways_out_stand_open_without_an_article_and_without_signing_in(company: Company, page: Said) -> None:
    said = page(Client().get(CANCEL))

    assert "jetzt kündigen" in said and "Verträge hier kündigen" in said and "Vertrag widerrufen" in said
    assert "Widerruf bestätigen" in page(Client().get(WITHDRAW))
    assert Client().get("/help/nobody/de/contract/cancel/").status_code == 404


def test_a_cancellation_is_a_concern_with_its_clock_and_one_receipt(
    company: Company, mailbox: None, page: Said
) -> None:
    answer = Client().post(CANCEL, CANCELS)
    concern, receipt = Conversation.objects.get(), Message.objects.get(direction="OUT")

    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert concern.owner.name in page(answer) and concern.is_live() and concern.tags == ["Kündigung"]
    assert receipt.automatic == "CONFIRMATION"
    declared = Message.objects.get(direction="IN")
    assert declared.text in receipt.text
    assert re.search(r"\d{1,2}\. \w+ \d{4}, \d\d:\d\d Uhr", receipt.text)
    assert all(words in declared.text for words in ("Wartung 88-2077", "Rosa Neu", "so bald wie möglich"))
    clocks = Promise.objects.exclude(kind="FIRST_ANSWER")
    assert [(one.what, one.due_at > clock.now()) for one in clocks] == [("Bestätigen, wann der Vertrag endet", True)]


def test_a_withdrawal_asks_for_the_money_within_fourteen_days(company: Company, mailbox: None) -> None:
    Client().post(WITHDRAW, TOLD | {"goods": "Kaminofen Alm 6"})

    clocks = Promise.objects.exclude(kind="FIRST_ANSWER").get()
    assert clocks.what == "Das Gezahlte zurückzahlen"
    assert timedelta(days=13) < clocks.due_at - clock.now() < timedelta(days=15)
    assert "Kaminofen Alm 6" in Message.objects.get(direction="IN").text


def test_in_austria_one_rescinds(company: Company, mailbox: None, page: Said) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(country="AT")

    assert "Rücktritt bestätigen" in page(Client().get(WITHDRAW))
    Client().post(WITHDRAW, TOLD | {"goods": ""})

    assert "trete von meinem Vertrag" in Message.objects.get(direction="IN").text


def test_the_receipt_can_be_kept_as_a_file(company: Company, mailbox: None, page: Said) -> None:
    said = page(Client().post(CANCEL, CANCELS))
    link = re.search(r'href="(/k/beleg/[^"]+)"', said)
    assert link

    kept = Client().get(link[1])

    assert kept["Content-Disposition"].startswith("attachment")
    assert "Wartung 88-2077" in kept.content.decode() and "Heizwerk" in kept.content.decode()
    assert Client().get(link[1][:-4] + "abc/").status_code == 410


def test_a_second_click_declares_nothing_new(company: Company, mailbox: None) -> None:
    for _ in range(2):
        assert Client().post(CANCEL, CANCELS).status_code == 200

    assert Conversation.objects.count() == 1 and Message.objects.filter(direction="OUT").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"contract": ""},
        {"name": ""},
        {"email": "nobody"},
        {"kind": "CAUSE"},
        {"on": "2020-01-01"},
        {"website": "https://spam.example"},
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(wrong: dict[str, str], company: Company, page: Said) -> None:
    answer = Client().post(CANCEL, CANCELS | {"reason": ""} | wrong)

    assert answer.status_code == 422 and not Conversation.objects.exists()
    assert "contract" in wrong or "Wartung 88-2077" in page(answer)


def test_a_reason_counts_where_one_is_needed(company: Company, mailbox: None) -> None:
    Client().post(CANCEL, CANCELS | {"kind": "CAUSE", "reason": "Der Ofen war dreimal defekt."})

    assert "Der Ofen war dreimal defekt." in Message.objects.get(direction="IN").text


def test_every_clock_of_the_law_says_who_says_so_and_ends_with_a_day() -> None:
    for (country, act), each in CLOCKS.items():
        due_at = due_after(act, country=country, at=MONDAY_MORNING, zone="Europe/Berlin")
        assert due_at is not None and (due_at.hour, due_at.minute) == (23, 59)
        assert act is Act.CANCEL or each.source
    assert due_after(Act.WITHDRAW, country="CH", at=MONDAY_MORNING, zone="Europe/Zurich") is None


def test_what_is_switched_off_is_linked_nowhere_and_old_links_say_where_to_write(company: Company, page: Said) -> None:
    Tenant.objects.update(offers_cancelling=False)

    gone, still = Client().get(CANCEL), page(Client().get(WITHDRAW))

    assert gone.status_code == 404 and "nimmt das schriftlich entgegen" in page(gone)
    assert Client().post(CANCEL, CANCELS).status_code == 404 and not Conversation.objects.exists()
    assert "Verträge hier kündigen" not in still and "Vertrag widerrufen" in still
    Tenant.objects.update(offers_withdrawing=False)
    assert "Ihr Vertrag" not in page(Client().get(WITHDRAW))


def test_receipts_stay_open_when_the_page_is_switched_off(company: Company, mailbox: None, page: Said) -> None:
    path = re.search(r"/k/beleg/[^/]+/", page(Client().post(CANCEL, CANCELS)))
    Tenant.objects.update(offers_cancelling=False)

    assert path is not None and Client().get(path[0]).status_code == 200
