from __future__ import annotations

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import as_json, print_json, tenant_named

paths = click.argument("paths", nargs=-1, required=True, type=click.Path())


@click.group()
def mail() -> None:
    """Import mail, or show what is understood of it."""


@mail.command()
@paths
@as_json
def show(paths: tuple[str, ...], in_json: bool) -> None:
    """Show what is understood of the mails in PATHS: .eml files, mboxes, Maildirs and folders.

    Touches no database. A file that cannot be read gives its problems, not an error.
    """
    from golddraht.channels.mail.showing import mails_in
    from golddraht.channels.mail.showing import show as shown

    for path, index, raw in mails_in(paths):
        understood = shown(path, index, raw)
        if in_json:
            print_json(understood)
        else:
            _print(understood)


@mail.command("import")
@paths
@click.option("--tenant", "slug", required=True, metavar="SLUG", help="Whose mail it is.")
@click.option("--dry-run", is_flag=True, help="Only count what would happen.")
@as_json
def import_(paths: tuple[str, ...], slug: str, dry_run: bool, in_json: bool) -> int:
    """Import the mails in PATHS: .eml files, mboxes, Maildirs and folders. Nothing is sent to anybody.

    Run it again after an interruption: what is there already is left as it is.
    """
    whereabouts.open_django()
    from golddraht.house.importing import import_with_progress

    return import_with_progress(paths, tenant=tenant_named(slug), dry_run=dry_run, in_json=in_json)


def _print(understood: dict[str, object]) -> None:
    click.echo(click.style(f"{understood['path']} [{understood['index']}]", bold=True))
    for name in ("date", "from", "to", "subject", "is_automatic", "problems"):
        if understood.get(name):
            click.echo(f"  {name}: {_plain(understood[name])}")
    text = understood.get("reply_text") or understood.get("text")
    if isinstance(text, str) and text.strip():
        click.echo("\n".join(f"  | {line}" for line in text.strip().splitlines()))
    click.echo()


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in (value.get("name"), value.get("address")) if part)
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)
