from __future__ import annotations

import secrets
import sys
from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, as_json, print_json, print_table, tenant_named

ROLES = click.Choice(["agent", "lead", "admin"])
of_tenant = click.option("--tenant", "slug", required=True, metavar="SLUG", help="For which company.")


@click.group()
def user() -> None:
    """Add people, set their passwords and roles."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name colleagues and customers see.")
@of_tenant
@click.option("--role", type=ROLES, default="agent", show_default=True)
@click.option("--language", "languages", multiple=True, default=("de",), show_default=True, help="Repeatable.")
@click.option("--skill", "skills", multiple=True, help="Repeatable.")
def add(email: str, name: str, slug: str, role: str, languages: tuple[str, ...], skills: tuple[str, ...]) -> None:
    """Add EMAIL to a company; who is known already keeps the password and may now speak for both.

    A new person's password is printed once.
    """
    whereabouts.open_django()
    from golddraht.team.rules import Role

    invite_kindly(
        tenant=tenant_named(slug), email=email, name=name, role=Role(role), languages=languages, skills=skills
    )


@user.command("list")
@click.option("--tenant", "slug", metavar="SLUG", help="Of one company alone.")
@as_json
def list_(slug: str | None, in_json: bool) -> None:
    """List who works for whom."""
    whereabouts.open_django()
    from golddraht.team.models import Membership

    found = Membership.objects.select_related("user", "tenant").order_by("tenant__slug", "name")
    if slug:
        found = found.filter(tenant=tenant_named(slug))
    rows = [
        {
            "tenant": each.tenant.slug,
            "email": each.user.email,
            "name": each.name,
            "role": each.role,
            "active": each.active and each.user.is_active,
        }
        for each in found
    ]
    if in_json:
        print_json(rows)
    else:
        for row in rows:
            row["active"] = "" if row["active"] else "left"
        print_table(rows, ["tenant", "email", "name", "role", "active"], nothing="Nobody yet: golddraht user add")


@user.command()
@click.argument("email")
@click.option("--stdin", "from_input", is_flag=True, help="Read the new password from the input.")
def password(email: str, from_input: bool) -> None:
    """Set a new password for EMAIL: typed twice, read from the input, or made and printed once. Ends their sessions."""
    whereabouts.open_django()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    person = _person(email)
    word = sys.stdin.readline().rstrip("\n") if from_input else _typed_or_made()
    try:
        validate_password(word, person)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages)) from None
    person.set_password(word)
    person.save(update_fields=["password"])
    click.echo(f"{person.email} signs in with the new password from now on.")


@user.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@of_tenant
def role(email: str, role: str, slug: str) -> None:
    """Give EMAIL another ROLE in a company."""
    whereabouts.open_django()
    member = _member(email, slug)
    member.role = role
    member.save(update_fields=["role"])
    click.echo(f"{member.name} is {role} of {member.tenant.name} now.")


@user.command()
@click.argument("email")
@of_tenant
def deactivate(email: str, slug: str) -> None:
    """EMAIL no longer works for a company: all open concerns go to the deputy or the lead first."""
    whereabouts.open_django()
    from golddraht.conversations.operations.leaving import leave
    from golddraht.conversations.operations.owning import CannotCare
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    member = _member(email, slug)
    try:
        with seeing(member.tenant_id):
            count = leave(member_id=member.pk, by=None, at=now())
    except CannotCare as refusal:
        raise Refused(str(refusal)) from None
    click.echo(f"{member.name} has left {member.tenant.name}; {count} concerns have new owners.")


def invite_kindly(*, tenant: Any, email: str, name: str, role: Any, **more: Any) -> Any:
    """The membership; a new person's password is printed. Raises Refused for what is no address."""
    from golddraht.ground.addresses import is_plausible_address
    from golddraht.team.models import User
    from golddraht.team.operations import invite

    if not is_plausible_address(email):
        raise Refused(f"{email!r} is no e-mail address.")
    is_new = not User.objects.filter(email=email.lower()).exists()
    word = made_password() if is_new else None
    member = invite(tenant_id=tenant.pk, email=email, name=name, role=role, password=word, **more)
    click.echo(f"{name} signs in as {email.lower()}" + (f" with the password {word}" if word else "."))
    return member


def made_password() -> str:
    """100 bits in groups that can be read out."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def _typed_or_made() -> str:
    if sys.stdin.isatty():
        word: str = click.prompt("New password", hide_input=True, confirmation_prompt=True)
        return word
    word = made_password()
    click.echo(f"The new password is {word}")
    return word


def _person(email: str) -> Any:
    from golddraht.team.models import User

    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        raise Refused(f"Nobody signs in as {email}. golddraht user list shows who does.")
    return person


def _member(email: str, slug: str) -> Any:
    from golddraht.team.models import Membership

    rows = Membership.objects.filter(user=_person(email), tenant=tenant_named(slug), active=True)
    member = rows.select_related("tenant", "user").first()
    if member is None:
        raise Refused(f"{email} does not work for {slug}.")
    return member
