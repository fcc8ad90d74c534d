from __future__ import annotations

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import as_json, print_json


@click.command()
@as_json
def doctor(in_json: bool) -> int:
    """Look whether everything is well, and say what to do. Exit code 1 when something is not."""
    from golddraht.house.diagnosis import diagnose

    findings = diagnose(whereabouts.open_django)
    if in_json:
        print_json([{"check": each.check, "ok": each.ok, "words": each.words} for each in findings])
    else:
        for each in findings:
            mark = click.style("ok", fg="green") if each.ok else click.style("!!", fg="red", bold=True)
            click.echo(f"{mark}  {each.check}: {each.words}")
    return 0 if all(each.ok for each in findings) else 1
