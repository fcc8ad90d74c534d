from __future__ import annotations

import click

from golddraht.house.cli.speaking import Refused, as_json, print_json


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@as_json
def salutation(file: str, in_json: bool) -> None:
    """Say for each row of the CSV file FILE how the person is addressed, how sure that is, and why.

    Columns, all optional: title, given_name, family_name, organisation, declared_salutation, signature, language.
    Touches no database.
    """
    from golddraht.customers.rules.salutation_rows import salutations
    from golddraht.ground.sheets import NotASheet, rows_of

    try:
        for answer in salutations(rows_of(file)):
            if in_json:
                print_json(answer)
            else:
                click.echo(f"{answer['row']}  {answer['greeting_letter']}  ({answer['reason']})")
    except NotASheet as refusal:
        raise Refused(str(refusal)) from None
