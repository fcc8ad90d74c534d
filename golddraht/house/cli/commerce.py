from __future__ import annotations

from pathlib import Path

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import answer, as_json, refusing, tenant_named

THINGS = ("product", "order", "delivery", "appointment", "return")


@click.group()
def commerce() -> None:
    """Facts from outside: orders, deliveries, visits and returns."""


@commerce.command("import")
@click.argument("slug")
@click.argument("thing", type=click.Choice(THINGS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="The system that says so, such as shop: numbers count within it.")
@as_json
def import_(slug: str, thing: str, file: Path, source: str, in_json: bool) -> None:
    """Take down a CSV FILE of the company SLUG, with names of columns in its first line.

    The same file again changes nothing. Rows that cannot be understood are kept, and mended on the page *Orders from a
    file*.
    """
    whereabouts.open_django()
    from golddraht.commerce.operations import take_sheet
    from golddraht.commerce.rules import Thing
    from golddraht.ground.sheets import NotASheet
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    tenant = tenant_named(slug)
    with refusing(NotASheet), seeing(tenant.pk):
        taken = take_sheet(thing=Thing(thing), source=source, path=file, file_name=file.name, at=now())
    told = {outcome.value: count for outcome, count in sorted(taken.outcomes.items())}
    words = ", ".join(f"{count} {name}" for name, count in told.items()) or "no rows"
    if taken.unknown_columns:
        words += f"\nWithout a meaning: {', '.join(taken.unknown_columns)}"
    answer(words, {"outcomes": told, "unknown_columns": list(taken.unknown_columns)}, in_json=in_json)
