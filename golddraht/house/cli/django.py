from __future__ import annotations

import click

from golddraht.house import whereabouts


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Django's own management commands, for developers: golddraht django makemigrations."""
    whereabouts.open_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["golddraht django", *(arguments or ("help",))])
