from __future__ import annotations

from datetime import time

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, answer, as_json, print_json, print_table

WEEKDAYS = [(day, time(8), time(17)) for day in range(5)]


@click.group()
def tenant() -> None:
    """Found client companies and list them."""


@tenant.command()
@click.argument("slug")
@click.argument("name")
@click.option(
    "--admin", required=True, metavar="EMAIL", help="Who administrates it; a link to choose a password is printed."
)
@click.option("--admin-name", required=True, help="The name colleagues and customers see.")
@click.option("--language", default="de", show_default=True)
@click.option("--country", default="DE", show_default=True, help="For public holidays.")
@as_json
def add(slug: str, name: str, admin: str, admin_name: str, language: str, country: str, in_json: bool) -> None:
    """Found the company NAME with the short name SLUG, its first admin, and a team open on weekdays from 8 to 17.

    SLUG stands in addresses: lower-case letters, digits and hyphens.
    """
    whereabouts.open_django()
    from django.db import transaction

    from golddraht.house.cli.user import invite_kindly
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.operations import form_team, found_tenant
    from golddraht.team.queries import is_slug_free
    from golddraht.team.rules import Role, is_slug

    if not is_slug(slug):
        raise Refused("A short name has at most 40 lower-case letters, digits and hyphens, such as heizwerk-graz.")
    if not is_slug_free(slug):
        raise Refused(f"There is a tenant {slug!r} already.")
    with transaction.atomic():
        founded = found_tenant(slug=slug, name=name, at=now(), language=language, country=country)
        told = invite_kindly(tenant=founded, email=admin, name=admin_name, role=Role.ADMIN)
        lead = told.member
        with seeing(founded.pk):
            form_team(name="Service", lead=lead, members=[lead], hours=WEEKDAYS, is_default=True, country=country)
    words = f"{told.words}\n{name} is founded. Next: golddraht mailbox add {slug} ADDRESS"
    answer(words, {"tenant": slug, "admin": told.email, "link": told.link}, in_json=in_json)


@tenant.command("list")
@as_json
def list_(in_json: bool) -> None:
    """List the companies of this installation."""
    whereabouts.open_django()
    from golddraht.team.queries import all_tenants

    rows = [{"slug": each.slug, "name": each.name, "demo": each.is_demo} for each in all_tenants()]
    if in_json:
        print_json(rows)
    else:
        print_table(rows, ["slug", "name"], nothing="No company yet: golddraht tenant add")


@tenant.command()
@click.argument("slug")
@click.argument("most", type=click.IntRange(0, 1000))
def clients(slug: str, most: int) -> None:
    """Let the admins of the company SLUG found up to MOST companies on its pages; 0 is none.

    Companies that are there already stay.
    """
    whereabouts.open_django()
    from golddraht.house.cli.speaking import tenant_named
    from golddraht.plumbing.clock import now
    from golddraht.team.operations import allow_clients

    company = tenant_named(slug)
    allow_clients(tenant_id=company.pk, most=most, at=now())
    click.echo(f"Admins of {company.name} may found up to {most} companies.")
