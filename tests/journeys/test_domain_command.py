"""`golddraht domain`: the same as the page, for whoever likes a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import override_settings

from golddraht.channels.models import DomainKey
from golddraht.channels.operations import add_mailbox
from golddraht.channels.operations.sealing import seal_keys
from golddraht.house import whereabouts
from golddraht.house.cli import golddraht
from tests.cast import Company, a_company
from tests.journeys.name_server import NameServer, name_server

DOMAIN = "heizwerk.example"


@pytest.fixture
def server() -> Iterator[NameServer]:
    with name_server({(DOMAIN, "MX"): ["10 mx.heizwerk.example"]}) as running:
        yield running


@pytest.fixture
def heizwerk(committed: None, server: NameServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    company = a_company()
    with company.seen():
        add_mailbox(address="care@heizwerk.example", sender_name="Heizwerk", is_default=True)
    # The house is open already, and on the database of the tests.
    monkeypatch.setattr(whereabouts, "open_django", lambda: None)
    with override_settings(NAME_SERVERS=[server.address]):
        yield company


def said(*words: str) -> Any:
    return CliRunner().invoke(golddraht, ["domain", *words])


def test_a_domain_is_looked_at_and_its_key_switched_on(heizwerk: Company, server: NameServer) -> None:
    looked = said("check", "heizwerk", DOMAIN, "--json")
    states = {one["topic"]: one["state"] for one in json.loads(looked.stdout)}
    assert states["mx"] == "good" and states["spf"] == "mend"

    made = said("key", "heizwerk", DOMAIN, "--ed25519")
    assert made.exit_code == 0 and "._domainkey.heizwerk.example TXT v=DKIM1; k=ed25519" in made.stdout
    with heizwerk.seen():
        key = DomainKey.objects.get()
    assert said("switch-on", "heizwerk", DOMAIN, key.selector).exit_code == 1

    server.records[f"{key.selector}._domainkey.{DOMAIN}", "TXT"] = [key.record]
    assert said("switch-on", "heizwerk", DOMAIN, key.selector).exit_code == 0
    with heizwerk.seen():
        assert [one.selector for one in seal_keys(f"care@{DOMAIN}")] == [key.selector]
    assert DOMAIN in said("list", "heizwerk").stdout


def test_a_key_or_domain_that_is_none_is_said_in_one_sentence(heizwerk: Company) -> None:
    assert "no key" in said("switch-on", "heizwerk", DOMAIN, "gd0000a").output
    assert said("check", "heizwerk", "kein name").exit_code == 1
