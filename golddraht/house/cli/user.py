from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import (
    Refused,
    answer,
    as_json,
    print_json,
    print_table,
    refusing,
    tenant_named,
)

if TYPE_CHECKING:
    from golddraht.team.queries import Account, Post

ROLES = click.Choice(["agent", "lead", "admin"])
of_tenant = click.option("--tenant", "slug", required=True, metavar="SLUG", help="For which company.")


@click.group()
def user() -> None:
    """Add people, let them choose a password, and give them roles."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name colleagues and customers see.")
@of_tenant
@click.option("--role", type=ROLES, default="agent", show_default=True)
@click.option("--language", "languages", multiple=True, default=("de",), show_default=True, help="Repeatable.")
@click.option("--skill", "skills", multiple=True, help="Repeatable.")
@as_json
def add(
    email: str,
    name: str,
    slug: str,
    role: str,
    languages: tuple[str, ...],
    skills: tuple[str, ...],
    in_json: bool,
) -> None:
    """Add EMAIL to a company; who is known already keeps the password and may now speak for both.

    For a new person a link is printed, with which they choose their own password. It works once, for three days.
    """
    whereabouts.open_django()
    from golddraht.team.rules import Role

    tenant = tenant_named(slug)
    told = invite_kindly(tenant=tenant, email=email, name=name, role=Role(role), languages=languages, skills=skills)
    answer(told.words, {"email": told.email, "tenant": slug, "role": role, "link": told.link}, in_json=in_json)


@user.command("list")
@click.option("--tenant", "slug", metavar="SLUG", help="Of one company alone.")
@as_json
def list_(slug: str | None, in_json: bool) -> None:
    """List who works for whom."""
    whereabouts.open_django()
    from golddraht.team.queries import posts

    rows: list[dict[str, Any]] = [
        {
            "tenant": each.tenant_slug,
            "email": each.email,
            "name": each.name,
            "role": str(each.role),
            "active": each.is_active,
        }
        for each in posts(tenant_id=tenant_named(slug).pk if slug else None)
    ]
    if in_json:
        print_json(rows)
    else:
        for row in rows:
            row["active"] = "" if row["active"] else "left"
        print_table(rows, ["tenant", "email", "name", "role", "active"], nothing="Nobody yet: golddraht user add")


@user.command()
@click.argument("email")
@click.option("--stdin", "from_input", is_flag=True, help="Read a new password from the input instead.")
@as_json
def password(email: str, from_input: bool, in_json: bool) -> None:
    """End the password and the sessions of EMAIL and print a link with which they choose a new one.

    The link works once, for three days. With --stdin the password is the first line of the input, and no link is made.
    """
    whereabouts.open_django()
    from golddraht.team.operations import PasswordRefused, close_password, set_password

    person = _account(email)
    if from_input:
        with refusing(PasswordRefused):
            set_password(user_id=person.id, password=sys.stdin.readline().rstrip("\n"))
        words, link = f"{person.email} signs in with the new password from now on.", None
    else:
        link = link_for(close_password(user_id=person.id))
        words = f"{person.email} chooses a new password here: {link}"
    answer(words, {"email": person.email, "link": link}, in_json=in_json)


@user.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@of_tenant
@as_json
def role(email: str, role: str, slug: str, in_json: bool) -> None:
    """Give EMAIL another ROLE in a company. The last admin stays one."""
    whereabouts.open_django()
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.operations import MemberRefused, change_role
    from golddraht.team.rules import Role

    post = _post(email, slug)
    with refusing(MemberRefused), seeing(post.tenant_id):
        change_role(member_id=post.membership_id, role=Role(role), at=now())
    words = f"{post.name} is {role} of {post.tenant_name} now."
    answer(words, {"email": post.email, "tenant": slug, "role": role}, in_json=in_json)


@user.command()
@click.argument("email")
@of_tenant
@as_json
def deactivate(email: str, slug: str, in_json: bool) -> None:
    """EMAIL no longer works for a company: all open concerns go to the deputy or the lead first.

    The last admin is refused: make somebody else admin first.
    """
    whereabouts.open_django()
    from golddraht.conversations.operations import CannotCare, let_go
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.operations import MemberRefused

    post = _post(email, slug)
    with refusing(CannotCare, MemberRefused), seeing(post.tenant_id):
        count = let_go(member_id=post.membership_id, by=None, at=now())
    words = f"{post.name} has left {post.tenant_name}; {count} concerns have new owners."
    answer(words, {"email": post.email, "tenant": slug, "handed_over": count}, in_json=in_json)


class Told:
    """Somebody who was added, and what there is to say of it."""

    def __init__(self, member: Any, email: str, link: str | None) -> None:
        self.member, self.email, self.link = member, email, link

    @property
    def words(self) -> str:
        if self.link is None:
            return f"{self.member.name} signs in as {self.email}, with the password they have."
        return f"{self.member.name} signs in as {self.email} and chooses a password here, once, within three days: {self.link}"


def invite_kindly(*, tenant: Any, email: str, name: str, role: Any, **more: Any) -> Told:
    """Somebody works for the tenant from now on. Raises Refused for what is no address."""
    from golddraht.ground.addresses import is_plausible_address
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.operations import add_member, close_password
    from golddraht.team.queries import account_of

    if not is_plausible_address(email):
        raise Refused(f"{email!r} is no e-mail address.")
    is_new = account_of(email=email) is None
    with seeing(tenant.pk):
        member = add_member(email=email, name=name, role=role, at=now(), **more)
    link = link_for(close_password(user_id=member.user_id)) if is_new else None
    return Told(member, email.lower(), link)


def link_for(token: str) -> str:
    """Where the password is chosen, at the address of GOLDDRAHT_URL."""
    from django.urls import reverse

    from golddraht.plumbing.links import absolute

    return absolute(reverse("new_password", args=[token]))


def _account(email: str) -> Account:
    from golddraht.team.queries import account_of

    person = account_of(email=email)
    if person is None:
        raise Refused(f"Nobody signs in as {email}. golddraht user list shows who does.")
    return person


def _post(email: str, slug: str) -> Post:
    from golddraht.team.queries import posts

    _account(email)
    tenant = tenant_named(slug)
    found = next((each for each in posts(tenant_id=tenant.pk, email=email) if each.is_active), None)
    if found is None:
        raise Refused(f"{email} does not work for {slug}.")
    return found
