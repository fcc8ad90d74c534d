"""Helping people in by the command line: nobody but themselves ever knows a password."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.house import diagnosis, whereabouts
from golddraht.house.cli import golddraht
from golddraht.plumbing.models import Trace
from golddraht.team.models import Membership, User
from tests.cast import PASSWORD, Company, a_company, a_conversation

CHOSEN = "Birnbaum trifft Leuchtturm"
Command = Callable[..., Any]


@pytest.fixture
def command(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Runs a command on the rows of the test. Gives what it said, as JSON where it was asked for."""
    # With an address of its own it starts no database; Django is set up already.
    monkeypatch.setenv(whereabouts.APP, "postgresql://somebody@localhost/somewhere")
    monkeypatch.setenv(whereabouts.OWNER, "postgresql://somebody@localhost/somewhere")
    cache.clear()

    def run(*words: str, code: int = 0, typed: str = "") -> Any:
        answer = CliRunner().invoke(golddraht, list(words), input=typed)
        assert answer.exit_code == code, answer.output
        return json.loads(answer.stdout) if "--json" in words else answer.output

    yield run
    whereabouts.open_database.cache_clear()


def path_of(link: str) -> str:
    return link[link.index("/konto/") :].strip()


def test_a_new_person_gets_a_link_and_chooses_a_password(company: Company, command: Command) -> None:
    told = command("user", "add", "Uli@heizwerk.example", "--name", "Uli", "--tenant", "heizwerk", "--json")

    uli = User.objects.get(email="uli@heizwerk.example")
    before = uli.has_usable_password()
    Client().post(path_of(told["link"]), {"password": CHOSEN, "again": CHOSEN})

    uli.refresh_from_db()
    assert not before and uli.check_password(CHOSEN)
    assert Membership.objects.filter(user=uli, tenant=company.tenant, active=True, role="agent").exists()
    assert Trace.objects.filter(subject="team_membership", verb="insert").exists()


def test_who_is_known_keeps_the_password(company: Company, command: Command) -> None:
    other = a_company("moebelhaus", "Möbelhaus")

    said = command("user", "add", "nina@moebelhaus.example", "--name", "Nina", "--tenant", "heizwerk")

    other.nina.user.refresh_from_db()
    assert "with the password they have" in said and "/konto/" not in said
    assert other.nina.user.check_password(PASSWORD)


def test_a_forgotten_password_ends_and_a_link_is_printed(company: Company, command: Command) -> None:
    said = command("user", "password", "nina@heizwerk.example")

    company.nina.user.refresh_from_db()
    assert not company.nina.user.has_usable_password()
    assert Client().get(path_of(said)).status_code == 200


def test_a_password_can_be_read_from_the_input_but_not_a_weak_one(company: Company, command: Command) -> None:
    command("user", "password", "nina@heizwerk.example", "--stdin", typed=CHOSEN + "\n")
    refused = command("user", "password", "nina@heizwerk.example", "--stdin", typed="Sägewerk1\n", code=1)

    company.nina.user.refresh_from_db()
    assert company.nina.user.check_password(CHOSEN)
    assert refused.startswith("Error: This password is too short") and "Sägewerk1" not in refused


def test_a_company_is_founded_with_a_link_for_its_first_admin(command: Command) -> None:
    words = ["tenant", "add", "probe", "Probe GmbH", "--admin", "ada@probe.example", "--admin-name", "Ada Dorn"]

    told = command(*words, "--json")

    assert told["tenant"] == "probe"
    assert Client().get(path_of(told["link"])).status_code == 200


def test_a_role_is_changed_and_traced(company: Company, command: Command) -> None:
    command("user", "role", "tom@heizwerk.example", "lead", "--tenant", "heizwerk")

    company.tom.refresh_from_db()
    assert company.tom.role == "lead"
    assert Trace.objects.filter(subject="team_membership", subject_id=company.tom.pk, fields=["role"]).exists()


@pytest.mark.parametrize("words", [["role", "ada@heizwerk.example", "agent"], ["deactivate", "ada@heizwerk.example"]])
def test_the_last_admin_stays(company: Company, command: Command, words: list[str]) -> None:
    said = command("user", *words, "--tenant", "heizwerk", code=1)

    company.ada.refresh_from_db()
    assert company.ada.active and company.ada.role == "admin"
    assert said.startswith("Error: At least one person must be able to change the settings.")


def test_who_leaves_hands_everything_over_first(company: Company, command: Command) -> None:
    concern = a_conversation()
    Conversation.objects.filter(pk=concern.pk).update(owner=company.nina)

    told = command("user", "deactivate", "nina@heizwerk.example", "--tenant", "heizwerk", "--json")

    concern.refresh_from_db()
    company.nina.refresh_from_db()
    assert told["handed_over"] == 1
    assert concern.owner_id != company.nina.pk and not company.nina.active
    assert Trace.objects.filter(subject="team_membership", subject_id=company.nina.pk, fields=["active"]).exists()


def test_people_are_listed_for_programs(company: Company, command: Command) -> None:
    rows = command("user", "list", "--tenant", "heizwerk", "--json")

    assert {"tenant": "heizwerk", "email": "ada@heizwerk.example", "name": "Ada Dorn", "role": "admin"}.items() <= rows[
        0
    ].items()


def test_pause_and_resume_answer_programs(command: Command) -> None:
    paused = command("pause", "--reason", "Umzug", "--json")
    resumed = command("resume", "--json")

    assert paused["paused"] and datetime.fromisoformat(paused["since"]) > datetime.now(UTC) - timedelta(minutes=5)
    assert resumed == {"paused": False, "since": None, "reason": None, "ended": True}


def test_asking_for_the_clock_changes_nothing_and_gives_an_answer() -> None:
    assert diagnosis.is_kept_in_time() in {True, False, None}
