"""Founding the demo companies and playing their scripts, at once or behind pages that are served already."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from golddraht.channels.operations import add_mailbox
from golddraht.conversations.models import TextModule
from golddraht.conversations.operations.blocking import block_sender
from golddraht.conversations.operations.macros import keep_macro
from golddraht.conversations.operations.tags import describe_tag
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.house.demo.causes import name_causes
from golddraht.house.demo.companies import COMPANIES, CompanyScript
from golddraht.house.demo.knowing import write_down
from golddraht.house.demo.ordering import bring_a_file, tell_of_orders
from golddraht.house.demo.playing import Player
from golddraht.house.demo.settling import history_is_quiet
from golddraht.pages.home.demo import PASSWORD
from golddraht.plumbing.live import announce
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.search.operations import keep_filter, pin_filter
from golddraht.search.rules.filters import Sharing
from golddraht.team.models import Membership, Team, User
from golddraht.team.operations import (
    form_team,
    found_tenant,
    invite,
    keep_arrival_rule,
    promise_by_priority,
    put_up_logo,
)
from golddraht.team.operations.clients import seat_client
from golddraht.team.queries import pace_of
from golddraht.team.rules import Pace, Priority

LOGINS = [person.login for company in COMPANIES for person in company.people]
__all__ = ["LOGINS", "PASSWORD", "fill", "found_companies", "move_in", "waiting"]
SCRIPTS = Path(__file__).parent
SHOWN_EVERY = 8
"""After so many concerns an open list is told to look again; more often it would do nothing else."""


def fill(*, at: datetime) -> int:
    """Make the demo companies that are not there yet, seen from the moment `at`. Gives the number of conversations played."""
    found_companies(at=at)
    return sum(1 for _ in move_in())


@transaction.atomic
def found_companies(*, at: datetime) -> None:
    """The companies that are not there yet: their people, teams and mailboxes; their household is still to move in."""
    for company in COMPANIES:
        if not Tenant.objects.filter(slug=company.slug).exists():
            _found(company, at=at)


def waiting() -> int:
    """How many conversations of the demo are still to be played."""
    return sum(Tenant.objects.filter(is_demo=True).values_list("demo_left", flat=True))


def move_in() -> Iterator[int]:
    """Play what is still to be played, each conversation whole in a transaction of its own; gives how many are left.

    It can be interrupted at any moment and goes on where it was, also beside another process that does the same.
    """
    with history_is_quiet():
        for tenant in Tenant.objects.filter(is_demo=True, demo_left__gt=0).order_by("pk"):
            company = next((one for one in COMPANIES if one.slug == tenant.slug), None)
            if company is not None:
                yield from _move_in(company, tenant)


def _move_in(company: CompanyScript, tenant: Tenant) -> Iterator[int]:
    with seeing(tenant.pk):
        people = _people(company, tenant)
        player = Player(people=people, mailbox=company.mailbox, at=tenant.created_at)
        write_down(company.slug, people=people, at=tenant.created_at)
    scenes = player.scenes(scripts_of(company))

    def play(left: int) -> None:
        player.play(scenes[len(scenes) - left])
        if left == 1:
            name_causes(company.slug, people=people, at=tenant.created_at)
            tell_of_orders(company.slug, at=tenant.created_at)
            bring_a_file(company.slug, at=tenant.created_at)

    left = tenant.demo_left
    while left:
        left = _play_next(tenant.pk, play)
        yield left


def _play_next(tenant_id: int, play: Callable[[int], None]) -> int:
    """One conversation more. The lock on the company's row keeps two who do this at once from playing the same one."""
    with seeing(tenant_id):
        left: int = Tenant.objects.select_for_update(no_key=True).get(pk=tenant_id).demo_left
        if left:
            play(left)
            left -= 1
            Tenant.objects.filter(pk=tenant_id).update(demo_left=left)
        if left % SHOWN_EVERY == 0:
            announce("inbox")
    return left


def _found(company: CompanyScript, *, at: datetime) -> None:
    tenant = found_tenant(slug=company.slug, name=company.name, at=at, brand_colour=company.colour, is_demo=True)
    people = {person.key: _invite(tenant.pk, person) for person in company.people}
    _let_in(people.values())
    with seeing(tenant.pk):
        _seat_client(company, at=at)
        _put_up_logo(company, people, at=at)
        _form_teams(company, people)
        _keep_modules(company, at=at)
        _keep_macros(company, at=at)
        _keep_filters(company, people, at=at)
        for name, description, hue, group in company.tags:
            describe_tag(name=name, description=description, hue=hue, group=group, at=at)
        for sender, why in company.blocked:
            block_sender(sender=sender, why=why, by=people["lea"].pk, at=at)
    concerns = len(scripts_of(company))
    # The numbers of the household are kept for it, so that they follow each other in time in whatever order it moves in.
    Tenant.objects.filter(pk=tenant.pk).update(demo_left=concerns, demo_whole=concerns, last_number=concerns)


def _put_up_logo(company: CompanyScript, people: dict[str, Membership], *, at: datetime) -> None:
    content = (SCRIPTS / company.slug / "logo.png").read_bytes()
    by = people[company.teams[0].lead].pk
    put_up_logo(content=content, says_name=company.logo_says_name, by=by, at=at)


def _invite(tenant_id: int, person: Any) -> Membership:
    return invite(
        tenant_id=tenant_id,
        email=person.login,
        name=person.name,
        role=person.role,
        languages=person.languages,
        skills=person.skills,
        goodwill_cents=person.goodwill_cents,
    )


def _let_in(people: Any) -> None:
    """One hash for all: hashing is slow on purpose, and everybody knows this password."""
    new = [person.user_id for person in people if not person.user.has_usable_password()]
    User.objects.filter(pk__in=new).update(password=make_password(PASSWORD))


def _seat_client(company: CompanyScript, *, at: datetime) -> None:
    if company.client is not None:
        name, login = company.client
        user = User.objects.filter(email=login).first() or User.objects.create_user(login, PASSWORD, name=name)
        seat_client(user=user, name=name, at=at)


def _people(company: CompanyScript, tenant: Tenant) -> dict[str, Membership]:
    members = Membership.objects.filter(tenant=tenant).select_related("user")
    known = {member.user.email: member for member in members}
    return {person.key: known[person.login] for person in company.people}


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
    for script in company.teams:
        if script.urgent is not None:
            _promise(teams[script.name], script.urgent)
    for words, name, priority in company.rules:
        keep_arrival_rule(words=words, recipient="", team_id=teams[name].pk, priority=priority)
    add_mailbox(address=company.mailbox, sender_name=company.sender_name, is_default=True)


def _promise(team: Team, urgent: Pace) -> None:
    usual = pace_of(team, Priority.NORMAL)
    promise_by_priority(team_id=team.pk, paces={Priority.NORMAL: usual, Priority.URGENT: urgent})


def _keep_modules(company: CompanyScript, *, at: datetime) -> None:
    for one in company.modules:
        keep_text_module(name=one.name, short=one.short, text=one.text, language=one.language, by=None, at=at)


def _keep_filters(company: CompanyScript, people: dict[str, Membership], *, at: datetime) -> None:
    for script in company.filters:
        kept = keep_filter(
            name=script.name, words=script.words, audience=Sharing.EVERYBODY, by=people[script.owner].pk, at=at
        )
        for key in script.pinned:
            pin_filter(filter_id=kept.pk, by=people[key].pk, at=at)


def _keep_macros(company: CompanyScript, *, at: datetime) -> None:
    modules = dict(TextModule.objects.values_list("short", "pk"))
    teams = dict(Team.objects.values_list("name", "pk"))
    for one in company.macros:
        keep_macro(
            name=one.name,
            key=one.key,
            module_id=modules.get(one.answers_with),
            tags=one.tags,
            priority=one.priority,
            touch_in_days=one.touch_in_days,
            team_id=teams.get(one.team),
            note=one.note,
            by=None,
            at=at,
        )


def scripts_of(company: CompanyScript) -> list[dict[str, Any]]:
    """Every conversation of the company's script files, in the order of their names."""
    found: list[dict[str, Any]] = []
    for path in sorted((SCRIPTS / company.slug).glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["conversation"]
    return found
