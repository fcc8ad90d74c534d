from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import as_json, print_json, tenant_named

if TYPE_CHECKING:
    from golddraht.channels.operations.importing import ImportReport

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

    Run it again after an interruption: what is there already is left as it is. Exit code 1 when a mail failed.
    """
    whereabouts.open_django()
    from golddraht.channels.operations.importing import count_mails, import_mails
    from golddraht.improvement.operations import count_anew
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    # The bar goes to the error output, where it does not mix with what a program reads.
    with click.progressbar(length=count_mails(paths), file=sys.stderr, label="Reading mail") as bar:
        report = import_mails(tenant=tenant, paths=paths, at=now(), dry_run=dry_run, progress=lambda _: bar.update(1))
    if report.imported and not dry_run:
        with seeing(tenant.pk):
            count_anew(since=date.min)
    if in_json:
        print_json(asdict(report) | {"dry_run": dry_run})
    else:
        _print_report(report, dry_run=dry_run)
    return 1 if report.failed else 0


def _print_report(report: ImportReport, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    click.echo(f"{report.seen} mails seen, {report.imported} {would}imported, {report.known} were there already.")
    click.echo(f"Of these {report.ours} were written by you and {report.automatic} by machines.")
    if report.left_out:
        click.echo(f"{report.left_out} were of people who have been erased since, and were left out.")
    if not dry_run:
        click.echo(f"{report.conversations} new conversations, {report.opened} of them wait for you. Nothing was sent.")
    for path, index, reason in report.failed:
        click.echo(f"Not imported: {path} [{index}]: {reason}", err=True)


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
