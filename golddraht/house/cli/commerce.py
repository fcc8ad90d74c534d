from __future__ import annotations

from collections.abc import Sequence

import click

from golddraht.house import whereabouts
from golddraht.house.cli.customers import keep, say_outcome, throw_file_away, told_of, worked_off
from golddraht.house.cli.speaking import answer, as_json, refusing, tenant_named

THINGS = ("product", "order", "delivery", "appointment", "return")


@click.group()
def commerce() -> None:
    """Facts from outside: orders, deliveries, visits and returns."""


@commerce.command("import")
@click.argument("slug")
@click.argument("thing", type=click.Choice(THINGS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--source", required=True, help="The system that says so, such as shop: numbers count within it.")
@click.option(
    "--map", "mapped", multiple=True, metavar="MEANING=COLUMN", help="What a column means; =COLUMN leaves it out."
)
@click.option("--keep-as", default="", metavar="NAME", help="Keep the mapping for the next file of this source.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen; the file is not kept.")
@as_json
def import_(
    slug: str, thing: str, file: str, source: str, mapped: Sequence[str], keep_as: str, dry_run: bool, in_json: bool
) -> int:
    """Take over a FILE of the company SLUG: CSV or an Excel workbook, with names of columns above its rows.

    The same file again changes nothing. Rows that cannot be understood are kept, and mended on the page of the import.
    Exit code 1 when there are some.
    """
    whereabouts.open_django()
    from golddraht.imports import operations as importing
    from golddraht.imports.operations import ImportRefused

    tenant = tenant_named(slug)
    with refusing(ImportRefused):
        kept = keep(tenant, file, source, "import", mapped, keep_as, thing)
        done = worked_off(tenant.pk, kept.pk, importing.try_out if dry_run else importing.take_over)
        told = told_of(tenant, done, dry_run=dry_run)
        if dry_run:
            throw_file_away(tenant.pk, kept.pk)
    say_outcome(told, in_json, room="commerce")
    return 1 if told["bad"] else 0


@commerce.command()
@click.argument("import_id", type=int, metavar="IMPORT")
@click.option("--tenant", "slug", required=True, metavar="SLUG", help="Whose orders they are.")
@as_json
def undo(import_id: int, slug: str, in_json: bool) -> None:
    """Undo the import of that number: what only its file said is withdrawn."""
    whereabouts.open_django()
    from golddraht.imports import operations as importing
    from golddraht.imports.models import Import
    from golddraht.imports.operations import ImportRefused

    tenant = tenant_named(slug)
    with refusing(ImportRefused, Import.DoesNotExist):
        done = worked_off(tenant.pk, import_id, importing.undo)
    told = {"import": done.pk, "gone": done.gone_count, "stayed": done.stayed_count, "withdrawn": done.withdrawn_count}
    words = f"{told['gone']} are gone again, {told['stayed']} stay, {told['withdrawn']} statements were withdrawn."
    answer(words, told, in_json=in_json)
