"""How commands speak: to people in sentences, to programs in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON for programs.")


class Refused(click.ClickException):
    """The command cannot do this; the sentence says why. Exit code 1."""


def print_json(content: object) -> None:
    """One line of JSON in UTF-8, whatever the terminal's encoding and whatever is in the text."""
    line = json.dumps(content, ensure_ascii=False, default=str) + "\n"
    # A lone surrogate becomes its escape, which is JSON again.
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


@contextmanager
def refusing(*refusals: type[Exception]) -> Iterator[None]:
    """What an operation refuses inside is the command's refusal, in the command's language."""
    from django.utils import translation

    with translation.override("en"):
        try:
            yield
        except refusals as refusal:
            raise Refused(str(refusal)) from None


def answer(words: str, content: Mapping[str, Any], *, in_json: bool) -> None:
    """What a command did: a sentence for people, or the same for programs."""
    if in_json:
        print_json(content)
    else:
        click.echo(words)


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, nothing: str) -> None:
    """The rows under each other, or the sentence `nothing`."""
    if not rows:
        click.echo(nothing)
        return
    texts = [[str(row[column]) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in texts) for place in range(len(columns))]
    for line in texts:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def tenant_named(slug: str) -> Any:
    """The tenant of that slug. Raises Refused with the slugs there are."""
    from golddraht.team.queries import all_tenants, tenant_by_slug

    tenant = tenant_by_slug(slug)
    if tenant is None:
        known = ", ".join(each.slug for each in all_tenants()) or "none yet: golddraht tenant add"
        raise Refused(f"There is no tenant {slug!r}. Known tenants: {known}")
    return tenant
