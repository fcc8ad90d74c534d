from __future__ import annotations

import sys
from typing import Any
from urllib.parse import unquote, urlsplit

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, answer, as_json, print_json, print_table, tenant_named

SECURITY = {"imaps": "TLS", "smtps": "TLS", "imap": "STARTTLS", "smtp": "STARTTLS"}
PORTS = {"imaps": 993, "smtps": 465, "imap": 143, "smtp": 587}


@click.group()
def mailbox() -> None:
    """Connect the mailboxes of a company."""


@mailbox.command()
@click.argument("slug")
@click.argument("address")
@click.option("--name", "sender_name", help="The sender's name customers see. Default: the company's.")
@click.option("--imap", metavar="URL", help="Where mail is fetched: imaps://user@host or imap://user@host:143")
@click.option("--smtp", metavar="URL", help="Where mail leaves: smtps://user@host or smtp://user@host:587")
@click.option("--folder", default="INBOX", show_default=True)
@click.option("--default", "is_default", is_flag=True, help="Write from this address when nothing else is said.")
@click.option(
    "--stdin", "from_input", is_flag=True, help="Read the passwords from the input: IMAP's line, then SMTP's."
)
@as_json
def add(
    slug: str,
    address: str,
    sender_name: str | None,
    imap: str | None,
    smtp: str | None,
    folder: str,
    is_default: bool,
    from_input: bool,
    in_json: bool,
) -> None:
    """Add the mailbox ADDRESS of the company SLUG.

    imaps and smtps speak TLS from the first byte, imap and smtp change to TLS before the password is sent. Passwords are
    asked for, never taken from the command line. Without --imap mail comes in by the SMTP and LMTP listener, without
    --smtp it stays in the house.
    """
    whereabouts.open_django()
    from golddraht.channels.operations.setting_up import MailboxRefused, add_mailbox
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    settings = _server("imap", imap, from_input) | _server("smtp", smtp, from_input) | {"imap_folder": folder}
    try:
        with seeing(tenant.pk):
            is_first = not _rows(tenant)
            added = add_mailbox(
                address=address, sender_name=sender_name or tenant.name, is_default=is_default or is_first, **settings
            )
    except MailboxRefused as refusal:
        raise Refused(str(refusal)) from None
    words = f"{added.address} is set up. golddraht doctor says how it fares."
    answer(words, {"tenant": slug, "address": added.address}, in_json=in_json)


@mailbox.command("list")
@click.option("--tenant", "slug", metavar="SLUG", help="Of one company alone.")
@as_json
def list_(slug: str | None, in_json: bool) -> None:
    """List mailboxes and how they fare."""
    whereabouts.open_django()
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import all_tenants

    rows = []
    for tenant in [tenant_named(slug)] if slug else all_tenants():
        with seeing(tenant.pk, read_only=True):
            rows += _rows(tenant)
    if in_json:
        print_json(rows)
    else:
        columns = ["tenant", "address", "receiving", "sending"]
        print_table(rows, columns, nothing="No mailbox yet: golddraht mailbox add")


def _rows(tenant: Any) -> list[dict[str, Any]]:
    from golddraht.house.diagnosis import mailbox_healths

    return [
        {
            "tenant": tenant.slug,
            "address": each.address,
            "healthy": each.is_healthy,
            "receiving": each.receiving,
            "sending": each.sending,
            "access": each.access,
        }
        for each in mailbox_healths(tenant)
    ]


def _server(kind: str, url: str | None, from_input: bool) -> dict[str, Any]:
    """The fields of a mailbox for a server's URL. Raises Refused for what is none."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in (kind, f"{kind}s") or not parts.hostname or not parts.username:
        raise Refused(f"Write the server as {kind}s://user@host, not {url!r}.")
    if parts.password:
        raise Refused("The password does not belong on the command line, where others can read it; it is asked for.")
    return {
        f"{kind}_host": parts.hostname,
        f"{kind}_port": parts.port or PORTS[parts.scheme],
        f"{kind}_security": SECURITY[parts.scheme],
        f"{kind}_user": unquote(parts.username),
        f"{kind}_password": _password(kind, from_input),
    }


def _password(kind: str, from_input: bool) -> str:
    if from_input or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    word: str = click.prompt(f"Password for {kind.upper()}", hide_input=True)
    return word
