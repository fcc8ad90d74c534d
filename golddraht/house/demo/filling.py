"""Founding the demo companies and playing their scripts."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from golddraht.channels.operations import add_mailbox
from golddraht.house.demo.companies import COMPANIES, CompanyScript
from golddraht.house.demo.playing import Player
from golddraht.house.demo.settling import history_is_quiet, settle_history
from golddraht.pages.home.demo import PASSWORD
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import ArrivalRule, Membership
from golddraht.team.operations import form_team, found_tenant, invite

LOGINS = [person.login for company in COMPANIES for person in company.people]
__all__ = ["LOGINS", "PASSWORD", "fill"]
SCRIPTS = Path(__file__).parent


@transaction.atomic
def fill(*, at: datetime) -> int:
    """Make the demo companies that are not there yet, seen from the moment `at`. Gives the number of conversations played."""
    return sum(_found(company, at=at) for company in COMPANIES if not Tenant.objects.filter(slug=company.slug).exists())


def _found(company: CompanyScript, *, at: datetime) -> int:
    tenant = found_tenant(slug=company.slug, name=company.name, at=at, is_demo=True)
    people = {person.key: _invite(tenant.pk, person) for person in company.people}
    with seeing(tenant.pk), history_is_quiet():
        _form_teams(company, people)
        count = Player(people=people, mailbox=company.mailbox, at=at).play(_scripts(company))
        settle_history(at=at)
    return count


def _invite(tenant_id: int, person: Any) -> Membership:
    return invite(
        tenant_id=tenant_id,
        email=person.login,
        name=person.name,
        role=person.role,
        password=PASSWORD,
        languages=person.languages,
        skills=person.skills,
        goodwill_cents=person.goodwill_cents,
    )


def _form_teams(company: CompanyScript, people: dict[str, Membership]) -> None:
    teams = {
        script.name: form_team(
            name=script.name,
            lead=people[script.lead],
            members=[people[key] for key in script.members],
            hours=list(script.hours),
            is_default=script.is_default,
            state=script.state,
        )
        for script in company.teams
    }
    for position, (words, name) in enumerate(company.rules, start=1):
        ArrivalRule.objects.create(position=position, words=words, team=teams[name])
    add_mailbox(address=company.mailbox, sender_name=company.sender_name, is_default=True)


def _scripts(company: CompanyScript) -> list[dict[str, Any]]:
    """Every conversation of the company's script files, in the order of their names."""
    found: list[dict[str, Any]] = []
    for path in sorted((SCRIPTS / company.slug).glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["conversation"]
    return found
