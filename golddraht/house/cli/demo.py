from __future__ import annotations

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused


@click.group(invoke_without_command=True)
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Fill the demo companies into this installation, or go on where filling was interrupted."""
    if ctx.invoked_subcommand is not None:
        return
    whereabouts.open_django()
    from golddraht.house.demo import found_companies, move_in, waiting
    from golddraht.house.running.preparing import migrate_when_needed
    from golddraht.plumbing.clock import now

    migrate_when_needed()
    found_companies(at=now())
    with click.progressbar(length=waiting(), label="The demo companies move in") as bar:
        for _left in move_in():
            bar.update(1)


@demo.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(yes: bool) -> None:
    """Remove the demo companies with all that belongs to them; a real company beside them is not touched."""
    whereabouts.open_django()
    from golddraht.house.demo.leaving import demo_companies, move_out

    companies = demo_companies()
    if not companies:
        raise Refused("There is no demo company here.")
    names = ", ".join(company.name for company in companies)
    if not yes:
        click.confirm(f"Remove {names} with all their concerns, files and sign-ins, for good?", abort=True)
    for company in companies:
        gone = move_out(company)
        click.echo(f"{company.name} is gone: {gone.rows} rows, {gone.files} files, {gone.people} sign-ins.")
