from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, as_json, print_json, refusing, tenant_named

LARGEST = 500 * 1000 * 1000
SHOWN = 100
"""So many bad rows are named; the page of the import has them all."""
tenant_ = click.option("--tenant", "slug", required=True, metavar="SLUG", help="Whose customers they are.")


@click.group()
def customers() -> None:
    """Import customers from a file, or undo that."""


@customers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@tenant_
@click.option("--source", required=True, metavar="NAME", help="Where the file comes from, the same name each time.")
@click.option(
    "--kind",
    type=click.Choice(["import", "contract", "list"]),
    default="import",
    show_default=True,
    help="A program, one with contracts (believed more), or a mere list (believed less); counts for a new source.",
)
@click.option(
    "--map", "mapped", multiple=True, metavar="MEANING=COLUMN", help="What a column means; =COLUMN leaves it out."
)
@click.option("--keep-as", default="", metavar="NAME", help="Keep the mapping for the next file of this source.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen; the file is not kept.")
@as_json
def import_(
    file: str,
    slug: str,
    source: str,
    kind: str,
    mapped: Sequence[str],
    keep_as: str,
    dry_run: bool,
    in_json: bool,
) -> int:
    """Import customers from FILE: CSV, an Excel workbook, or vCards. Nobody is written to, and nothing known is overwritten.

    MEANING is one of name, given, family, title, salutation, organisation, role, household, number, email, phone, street, house_number,
    postcode, city, country, address, born_on, language, note and more; columns with usual names are known. Bad rows are kept and mended
    on the page of the import. Exit code 1 when there are some.
    """
    whereabouts.open_django()
    from golddraht.imports import operations as importing
    from golddraht.imports.operations import ImportRefused

    tenant = tenant_named(slug)
    with refusing(ImportRefused):
        kept = keep(tenant, file, source, kind, mapped, keep_as)
        begin = importing.try_out if dry_run else importing.take_over
        done = worked_off(tenant.pk, kept.pk, begin)
        told = told_of(tenant, done, dry_run=dry_run)
        if dry_run:
            throw_file_away(tenant.pk, kept.pk)
    say_outcome(told, in_json)
    return 1 if told["bad"] else 0


@customers.command()
@click.argument("import_id", type=int, metavar="IMPORT")
@tenant_
@as_json
def undo(import_id: int, slug: str, in_json: bool) -> None:
    """Undo the import of that number: whoever nobody has dealt with since is gone again."""
    whereabouts.open_django()
    from golddraht.imports import operations as importing
    from golddraht.imports.models import Import
    from golddraht.imports.operations import ImportRefused

    tenant = tenant_named(slug)
    with refusing(ImportRefused, Import.DoesNotExist):
        done = worked_off(tenant.pk, import_id, importing.undo)
    told = {"import": done.pk, "gone": done.gone_count, "stayed": done.stayed_count, "withdrawn": done.withdrawn_count}
    if in_json:
        print_json(told)
    else:
        click.echo(
            f"{told['gone']} customers are gone again, {told['stayed']} stay, {told['withdrawn']} statements were withdrawn."
        )


def keep(
    tenant: Any, path: str, source: str, kind: str, mapped: Sequence[str], keep_as: str, about: str = "customers"
) -> Any:
    """The file as it is kept, with what its columns mean. Raises ImportRefused, Refused."""
    from django.core.files import File

    from golddraht.imports import operations as importing
    from golddraht.imports.rules.states import State
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    with seeing(tenant.pk), Path(path).open("rb") as content:
        opened = importing.open_source(name=source, kind=kind, at=now())
        kept = importing.keep_file(
            source_id=opened.pk,
            file=File(content),
            file_name=Path(path).name,
            by=None,
            at=now(),
            largest=LARGEST,
            at_hand=True,
            about=about,
        )
        if kept.state is State.UNREADABLE:
            words = kept.unreadable
            importing.throw_away(import_id=kept.pk)
        elif mapped or keep_as:
            targets = _targets(kept, mapped)
            importing.map_columns(import_id=kept.pk, targets=targets, by=None, at=now(), keep_as=keep_as)
    if kept.state is State.UNREADABLE:
        raise Refused(words)
    return kept


def _targets(kept: Any, mapped: Sequence[str]) -> list[str]:
    from golddraht.imports.rules.subjects import subject_of

    subject, columns = subject_of(kept), kept.columns
    found = dict(zip(columns, kept.targets, strict=True))
    for word in mapped:
        meaning, sign, column = (part.strip() for part in word.partition("="))
        if not sign or meaning not in subject.targets:
            known = ", ".join(sorted(filter(None, subject.targets)))
            raise Refused(f"--map {word}: say MEANING=COLUMN, where MEANING is one of {known}.")
        if column not in found:
            raise Refused(f"--map {word}: there is no column {column!r}. The columns are {', '.join(columns)}.")
        if meaning not in subject.many:
            found |= {other: "" for other, told in found.items() if told == meaning}
        found[column] = meaning
    return [found[column] for column in columns]


def worked_off(tenant_id: int, import_id: int, begin: Any) -> Any:
    """Begun, and done portion by portion with a bar on the error output; a worker that has taken it up is waited for."""
    from golddraht.imports.models import Import
    from golddraht.imports.operations import work_on
    from golddraht.imports.operations.judging import Seen
    from golddraht.imports.rules.states import AT_WORK
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    with seeing(tenant_id):
        file = begin(import_id=import_id, at=now(), at_hand=True)
    seen = Seen()
    with click.progressbar(length=max(file.row_count, 1), file=sys.stderr, label="Rows") as bar:
        while file.state in AT_WORK:
            with seeing(tenant_id):
                is_ours = work_on(import_id=import_id, at=now(), seen=seen)
                file = Import.objects.select_related("source").get(pk=import_id)
            bar.update(max(_through(file) - bar.pos, 0))
            if not is_ours and file.state in AT_WORK:
                # A worker holds this portion: look again when it may be through.
                time.sleep(1)
    return file


def _through(file: Any) -> int:
    return int(file.new_count + file.changed_count + file.known_count + file.doubtful_count + file.bad_count)


def told_of(tenant: Any, file: Any, *, dry_run: bool) -> dict[str, Any]:
    from golddraht.imports.queries import bad_rows
    from golddraht.plumbing.tenancy import seeing

    with seeing(tenant.pk, read_only=True):
        bad = [{"row": row.number, "reasons": row.odd} for row in bad_rows(import_id=file.pk, limit=SHOWN)]
    columns = {name: target for name, target in zip(file.columns, file.targets, strict=True) if target}
    counts = {name: getattr(file, f"{name}_count") for name in ("new", "changed", "known", "doubtful", "bad")}
    return {
        "import": file.pk,
        "dry_run": dry_run,
        "rows": file.row_count,
        "columns": columns,
        **counts,
        "bad_rows": bad,
    }


def throw_file_away(tenant_id: int, import_id: int) -> None:
    from golddraht.imports.operations import throw_away
    from golddraht.plumbing.tenancy import seeing

    with seeing(tenant_id):
        throw_away(import_id=import_id)


def say_outcome(told: dict[str, Any], in_json: bool, *, room: str = "customers") -> None:
    if in_json:
        print_json(told)
        return
    would = "would be " if told["dry_run"] else ""
    click.echo(", ".join(f"{column} is {meaning}" for column, meaning in told["columns"].items()) + ".")
    click.echo(
        f"{told['rows']} rows: {told['new']} {would}new, {told['known']} known, {told['doubtful']} doubtful, {told['bad']} bad."
        + (f" {told['changed']} {would}changed." if told["changed"] else "")
    )
    if not told["dry_run"]:
        click.echo(f"It is import {told['import']}: golddraht {room} undo {told['import']} takes it back.")
    for row in told["bad_rows"]:
        click.echo(f"Row {row['row']}: {', '.join(row['reasons'])}", err=True)
