from __future__ import annotations

from pathlib import Path

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import Refused, answer, as_json


@click.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
def export(slug: str, file: Path, in_json: bool) -> None:
    """Write everything of the company SLUG into the one FILE, which must not exist yet. Works beside the running program.

    JSON Lines for each table, its files, and a manifest with checksums, in a ZIP; no passwords, tokens or keys.
    """
    whereabouts.open_django()
    from golddraht.house.moving.writing import export_tenant
    from golddraht.plumbing.clock import now
    from golddraht.team.queries import tenant_by_slug

    tenant = tenant_by_slug(slug)
    if tenant is None:
        raise Refused(f"There is no company {slug!r}: golddraht tenant list")
    if file.exists():
        raise Refused(f"{file} exists already.")
    written = export_tenant(tenant, file, at=now(), tell=lambda table: click.echo(table, err=True))
    words = f"{file} holds {tenant.name}: {written.rows} rows and {written.files} files, {written.size / 1e6:.1f} MB."
    answer(
        words, {"file": str(file), "rows": written.rows, "files": written.files, "bytes": written.size}, in_json=in_json
    )


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "slug", default="", metavar="SLUG", help="Another short name than the one it had.")
@click.option("--dry-run", is_flag=True, help="Try everything, and leave nothing.")
@as_json
def import_(file: Path, slug: str, dry_run: bool, in_json: bool) -> None:
    """Read the archive FILE of a company into this installation, as a new company. Nothing is sent.

    All or nothing: an import that breaks off leaves nothing behind and can be begun again. Mailboxes arrive closed and
    what was under way is held, so that nothing leaves twice. People who are new here get a link to choose a password
    from `golddraht user`.
    """
    whereabouts.open_django()
    from golddraht.house.moving.reading import ArchiveRefused, import_tenant
    from golddraht.plumbing.clock import now

    if slug and (slug != slug.lower() or not slug.replace("-", "").isalnum() or len(slug) > 40 or not slug.isascii()):
        raise Refused("A short name has at most 40 lower-case letters, digits and hyphens, such as heizwerk-graz.")
    try:
        arrived = import_tenant(
            file, slug=slug, is_dry=dry_run, at=now(), tell=lambda table: click.echo(table, err=True)
        )
    except ArchiveRefused as refused:
        raise Refused(str(refused)) from None
    done = "would arrive" if dry_run else "has arrived"
    words = f"{arrived.slug} {done}: {arrived.rows} rows and {arrived.files} files."
    if arrived.left_out:
        words += f" {arrived.left_out} people who had been erased here were left out."
    told = {
        "tenant": arrived.slug,
        "rows": arrived.rows,
        "files": arrived.files,
        "left_out": arrived.left_out,
        "dry_run": dry_run,
    }
    answer(words, told, in_json=in_json)
