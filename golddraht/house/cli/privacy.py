from __future__ import annotations

from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, as_json, print_json, print_table, refusing, tenant_named


@click.group()
def privacy() -> None:
    """Data protection: the record of processing activities, retention, and the ledger of erasures."""


@privacy.command()
@click.option("--tenant", "slug", default="", metavar="SLUG", help="With the periods of this company's country.")
@click.option("--language", type=click.Choice(["de", "en"]), default="en", show_default=True)
@as_json
def record(slug: str, language: str, in_json: bool) -> None:
    """Print what personal data are kept for, how long and for whom (Article 30 GDPR), with every single field in JSON."""
    whereabouts.open_django()
    from django.utils import translation

    from golddraht.plumbing.clock import now
    from golddraht.privacy.queries import as_plain

    country = tenant_named(slug).country if slug else "DE"
    with translation.override(language):
        told = as_plain(country=country, on=now().date())
    if in_json:
        print_json(told)
        return
    for one in told["activities"]:
        kept = "; ".join(f"{kept['title']}: {kept['length']}" for kept in one["keeping"])
        click.echo(f"{one['title']}\n  {one['purpose']}\n  {one['basis']}\n  {kept}\n")


@privacy.command()
@as_json
def ledger(in_json: bool) -> None:
    """Print the ledger of erasures: when somebody was erased in which company. It names nobody.

    Keep copies of erasures.ledger and erasures.key away from this machine and away from the backups.
    """
    whereabouts.open_django()
    from golddraht.plumbing import ledger as book

    with refusing(book.LedgerRefused):
        head, lines = book.begin(), book.erasures()
    told = [
        {"at": one.at.isoformat(), "company": one.company, "request": one.request, "marks": len(one.marks)}
        for one in lines
    ]
    if in_json:
        print_json({"ledger": head.id, "file": str(book.ledger_file()), "key": str(book.key_file()), "erasures": told})
        return
    click.echo(f"Ledger {head.id} in {book.ledger_file()}, its key in {book.key_file()}.")
    print_table(told, ("at", "company", "request", "marks"), nothing="Nobody has been erased yet.")


@privacy.command()
@click.option("--tenant", "slug", required=True, metavar="SLUG", help="Whose archive it is.")
def archive(slug: str) -> None:
    """Open what the law wants kept of people who were erased, for an auditor: one line of JSON each. It is noted in the audit trail."""
    whereabouts.open_django()
    from golddraht.plumbing.audit import note_seen
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.privacy.queries.archive import locked_ids, opened

    with seeing(tenant_named(slug).pk):
        ids = locked_ids()
        note_seen([("privacy_locked", id_) for id_ in ids], at=now())
        for told in opened(ids):
            print_json(told)


@privacy.command("archive-right")
@click.option("--tenant", "slug", required=True, metavar="SLUG", help="Whose archive it is.")
@click.option("--member", "email", required=True, metavar="E-MAIL", help="Who may open it from now on.")
@click.option("--end", is_flag=True, help="Take the right back.")
def archive_right(slug: str, email: str, end: bool) -> None:
    """Let somebody open the archive, where no other admin can: nobody gives that right to themselves."""
    whereabouts.open_django()
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.privacy.operations import end_archive_right, give_archive_right
    from golddraht.team.queries import people

    with seeing(tenant_named(slug).pk):
        member_id = next((one.id for one in people() if one.email == email), None)
        if member_id is None:
            raise Refused(f"Nobody with the address {email} works for {slug}.")
        act = end_archive_right if end else give_archive_right
        act(member_id=member_id, by=None, at=now())
    click.echo(f"{email} {'may not open the archive any more' if end else 'may open the archive'}.")


@privacy.command()
@click.option("--tenant", "slug", default="", metavar="SLUG", help="This company alone.")
@click.option("--dry-run", is_flag=True, help="Tell what the last look found, and do nothing.")
@as_json
def keep(slug: str, dry_run: bool, in_json: bool) -> int:
    """Do today's run of retention now, or go on with it; what would go by itself is in Settings, Retention.

    Where it is not switched on it only counts. Exit code 1 when a company's run is late or something is long past its period.
    """
    whereabouts.open_django()
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.privacy.operations import begin_run, carry_on
    from golddraht.privacy.queries import keeping_state
    from golddraht.team.queries import all_tenants

    told, is_fine = [], True
    for tenant in [tenant_named(slug)] if slug else all_tenants():
        if not dry_run:
            with seeing(tenant.pk):
                run_id = begin_run(at=now())
            while carry_on(tenant_id=tenant.pk, run_id=run_id, at=now()):
                pass
        with seeing(tenant.pk, read_only=True):
            state = keeping_state(at=now())
        is_fine = is_fine and state.is_fine
        told += [_told(tenant.slug, state, line) for line in (state.last.lines if state.last else ())]
    if in_json:
        print_json(told)
    else:
        print_table(
            told, ("company", "on", "what", "class", "law", "outcome", "count"), nothing="Nothing is past its period."
        )
    return 0 if is_fine else 1


def _told(company: str, state: Any, line: Any) -> dict[str, Any]:
    return {
        "company": company,
        "on": state.last.on.isoformat(),
        "trial": state.last.is_trial,
        "what": line.what,
        "class": line.keeping,
        "law": line.law,
        "outcome": line.outcome.value,
        "count": line.count,
    }
