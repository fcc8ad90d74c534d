from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, answer, as_json, print_json, print_table, refusing, tenant_named

COLUMNS = ["use", "kind", "whose", "fingerprint", "valid_until", "state"]
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def key() -> None:
    """Keys that open encrypted mail, and keys of others whose signatures count."""


@key.command()
@click.argument("slug")
@file_argument
@click.option("--stdin", "from_input", is_flag=True, help="Read the password of the file from the input, one line.")
@as_json
def add(slug: str, file: Path, from_input: bool, in_json: bool) -> None:
    """Add a private key of the company SLUG from FILE: .p12, .pfx, .pem or .asc.

    The password is asked for, never taken from the command line; an empty one is none.
    """
    whereabouts.open_django()
    from golddraht.channels.operations.keys import KeyRefused, add_own_key
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    password = _password(from_input)
    with refusing(KeyRefused), seeing(tenant.pk):
        row = add_own_key(written=file.read_bytes(), password=password, by=None, at=now())
    words = f"What is encrypted to {row.address} is opened from now on. Fingerprint {row.fingerprint}"
    answer(words, {"tenant": slug, "address": row.address, "fingerprint": row.fingerprint}, in_json=in_json)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password of the file", default="", hide_input=True, show_default=False))


@key.command()
@click.argument("slug")
@file_argument
@click.option("--address", default="", help="Whose it is; it then counts for that address alone.")
@as_json
def trust(slug: str, file: Path, address: str, in_json: bool) -> None:
    """Let signatures count at the company SLUG that are made by, or vouched for by, what is in FILE."""
    whereabouts.open_django()
    from golddraht.channels.operations.keys import KeyRefused, add_known_keys
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    with refusing(KeyRefused), seeing(tenant.pk):
        rows = add_known_keys(written=file.read_bytes(), address=address, by=None, at=now())
    told = [{"whose": row.address or row.name, "fingerprint": row.fingerprint} for row in rows]
    words = "\n".join(
        f"Signatures of {one['whose']} count from now on. Fingerprint {one['fingerprint']}" for one in told
    )
    answer(words, {"tenant": slug, "keys": told}, in_json=in_json)


@key.command("list")
@click.argument("slug")
@as_json
def list_(slug: str, in_json: bool) -> None:
    """List the keys of the company SLUG. Private parts are never shown."""
    whereabouts.open_django()

    rows = _rows(tenant_named(slug))
    if in_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, nothing="No key yet: golddraht key add")


@key.command()
@click.argument("slug")
@click.argument("fingerprint")
def retire(slug: str, fingerprint: str) -> None:
    """Take the key FINGERPRINT out of service: ours still opens old mail, that of others counts no more."""
    whereabouts.open_django()
    from golddraht.channels.operations.keys import retire_known_key, retire_own_key
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    for row in _named(tenant, fingerprint):
        act = retire_own_key if row["use"] == "opens" else retire_known_key
        with seeing(tenant.pk):
            act(key_id=row["id"], at=now())
    click.echo(f"{fingerprint} is out of service.")


@key.command()
@click.argument("slug")
@click.argument("fingerprint")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(slug: str, fingerprint: str, yes: bool) -> None:
    """Forget the key FINGERPRINT for good. What comes for it later cannot be opened any more."""
    whereabouts.open_django()
    from golddraht.channels.operations.keys import remove_known_key, remove_own_key
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    found = _named(tenant, fingerprint)
    if not yes:
        click.confirm(f"Forget {found[0]['fingerprint']} of {found[0]['whose']} for good?", abort=True)
    for row in found:
        act = remove_own_key if row["use"] == "opens" else remove_known_key
        with seeing(tenant.pk):
            act(key_id=row["id"])
    click.echo(f"{fingerprint} is forgotten.")


def _named(tenant: Any, fingerprint: str) -> list[dict[str, Any]]:
    wanted = fingerprint.replace(" ", "").lower()
    found = [row for row in _rows(tenant) if len(wanted) >= 8 and row["fingerprint"].startswith(wanted)]
    if not found:
        raise Refused(f"{tenant.slug} has no key {fingerprint}; give at least its first eight signs.")
    if len({row["fingerprint"] for row in found}) > 1:
        raise Refused("Several keys begin like that; give more of the fingerprint.")
    return found


def _rows(tenant: Any) -> list[dict[str, Any]]:
    from golddraht.channels.queries.keys import KeyLine, known_keys, own_keys
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    def row(line: KeyLine, use: str) -> dict[str, Any]:
        return {
            "id": line.id,
            "use": use,
            "kind": "S/MIME" if line.method == "smime" else "PGP",
            "whose": line.whose or line.name,
            "fingerprint": line.fingerprint.replace(" ", "").lower(),
            "valid_until": f"{line.valid_until:%Y-%m-%d}" if line.valid_until else "",
            "state": line.state,
        }

    seer = SimpleNamespace(tenant_id=tenant.pk)
    with seeing(tenant.pk, read_only=True):
        ours = [row(line, "opens") for line in own_keys(viewer=seer, at=now())]
        return [*ours, *(row(line, "vouches") for line in known_keys(viewer=seer, at=now()))]
