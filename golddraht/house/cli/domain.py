from __future__ import annotations

from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, as_json, print_json, print_table, tenant_named


@click.group()
def domain() -> None:
    """Look whether domains are set up right, and make keys that sign their mail."""


@domain.command()
@click.argument("slug")
@click.argument("name", metavar="DOMAIN")
@as_json
def check(slug: str, name: str, in_json: bool) -> int:
    """Look at DOMAIN of the company SLUG now. Exit code 1 when something is to be mended."""
    whereabouts.open_django()
    from golddraht.channels.carriers.dns import look_at_domain
    from golddraht.plumbing.clock import now

    tenant = tenant_named(slug)
    if tenant.is_demo:
        raise Refused("This is a demo: its domains are made up, and nobody is asked about them.")
    look_at_domain(tenant_id=tenant.pk, mail_domain_id=_added(tenant, name), at=now())
    lines = _shown(tenant, name).lines
    if in_json:
        print_json(
            [{"topic": one.topic, "state": one.state, "words": one.words, "found": list(one.found)} for one in lines]
        )
    else:
        for one in lines:
            click.echo(f"{one.state:9} {one.title}: {one.words}")
            if one.publish:
                click.echo(f"{'':9} {one.publish.name} {one.publish.kind} {one.publish.value}")
    return 1 if any(one.state == "mend" and one.topic != "proof" for one in lines) else 0


@domain.command("list")
@click.argument("slug")
@as_json
def list_(slug: str, in_json: bool) -> None:
    """List the domains of the company SLUG and what the last look found."""
    whereabouts.open_django()
    from golddraht.channels.queries.domains import domains_of
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    with seeing(tenant.pk, read_only=True):
        rows = [
            {
                "domain": one.domain,
                "proven": "yes" if one.is_proven else "no",
                "looked_at": f"{one.looked_at:%Y-%m-%d %H:%M}" if one.looked_at else "",
                "to_mend": ", ".join(one.to_mend),
            }
            for one in domains_of(viewer=_seer(tenant))
        ]
    if in_json:
        print_json(rows)
    else:
        print_table(rows, ["domain", "proven", "looked_at", "to_mend"], nothing="No domain yet: golddraht mailbox add")


@domain.command()
@click.argument("slug")
@click.argument("name", metavar="DOMAIN")
@click.option("--ed25519", is_flag=True, help="A short key, beside an RSA one: not every receiver can check it yet.")
def key(slug: str, name: str, ed25519: bool) -> None:
    """Make a key for DOMAIN of the company SLUG and print the record to publish."""
    whereabouts.open_django()
    from golddraht.channels.mail.signing import Algorithm
    from golddraht.channels.operations.domains import DomainRefused
    from golddraht.channels.operations.sealing import make_key
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    mail_domain_id = _added(tenant, name)
    try:
        with seeing(tenant.pk):
            made = make_key(
                mail_domain_id=mail_domain_id, algorithm=Algorithm.ED25519 if ed25519 else Algorithm.RSA, at=now()
            )
    except DomainRefused as refusal:
        raise Refused(str(refusal)) from None
    click.echo(f"{made.selector}._domainkey.{_shown(tenant, name).domain} TXT {made.record}")
    click.echo(f"When it is published: golddraht domain switch-on {slug} {name} {made.selector}", err=True)


@domain.command("switch-on")
@click.argument("slug")
@click.argument("name", metavar="DOMAIN")
@click.argument("selector")
def switch_on_(slug: str, name: str, selector: str) -> None:
    """Sign the mail of DOMAIN with the key SELECTOR from now on, if the DNS shows it."""
    whereabouts.open_django()
    from golddraht.channels.carriers.dns import look_at_domain
    from golddraht.channels.operations.domains import DomainRefused
    from golddraht.channels.operations.sealing import switch_on
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    look_at_domain(tenant_id=tenant.pk, mail_domain_id=_added(tenant, name), at=now())
    found = next((one.id for one in _shown(tenant, name).keys if one.selector == selector), None)
    if found is None:
        raise Refused(f"{name} has no key {selector}.")
    try:
        with seeing(tenant.pk):
            switch_on(key_id=found, at=now())
    except DomainRefused as refusal:
        raise Refused(str(refusal)) from None
    click.echo(f"The mail of {name} is signed with {selector}.")


def _added(tenant: Any, name: str) -> int:
    from golddraht.channels.operations.domains import DomainRefused, add_domain
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    try:
        with seeing(tenant.pk):
            return int(add_domain(domain=name, at=now()).pk)
    except DomainRefused as refusal:
        raise Refused(str(refusal)) from None


def _shown(tenant: Any, name: str) -> Any:
    from golddraht.channels.operations.domains import proof_of, setup_of
    from golddraht.channels.queries.domains import domain_for
    from golddraht.plumbing.tenancy import seeing

    mail_domain_id = _added(tenant, name)
    with seeing(tenant.pk, read_only=True):
        setup = setup_of(mail_domain_id=mail_domain_id)
        assert setup is not None
        proof = proof_of(setup.domain, tenant.pk)
        return domain_for(viewer=_seer(tenant), domain_id=mail_domain_id, proof=proof, servers=setup.sends_by)


def _seer(tenant: Any) -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(tenant_id=tenant.pk)
