"""The command `golddraht`. Each command lives in a file of its own and is loaded when it is called."""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from typing import Any, NamedTuple, NoReturn

import click


class Place(NamedTuple):
    """Where a command is written, and what it does in one line."""

    module: str
    summary: str


COMMANDS = {
    "run": Place("running", "Run everything on this machine: database, web, workers, mail listener."),
    "web": Place("running", "Run one web process, beside others or alone."),
    "worker": Place("running", "Run one worker process with the sweeper."),
    "deliverer": Place("running", "Run one process that delivers what is to leave the house."),
    "listener": Place("running", "Run the process that receives mail."),
    "migrate": Place("migrating", "Bring the database to the form this version needs."),
    "demo": Place("demo", "Fill the demo companies, or remove them."),
    "doctor": Place("doctor", "Look whether everything is well, and say what to do."),
    "mail": Place("mail", "Import mail, or show what is understood of it."),
    "mailbox": Place("mailbox", "Connect the mailboxes of a tenant."),
    "domain": Place("domain", "Look whether domains are set up right, and make keys that sign their mail."),
    "customers": Place("customers", "Import customers from a file, or undo that."),
    "salutation": Place("salutation", "Say how the people in a file are addressed, and why."),
    "identity": Place("identity", "Say who in a file is one person, and why."),
    "key": Place("key", "Keys that open encrypted mail, and keys whose signatures count."),
    "tenant": Place("tenant", "Found client companies and list them."),
    "user": Place("user", "Add people, set their passwords and roles."),
    "export": Place("moving", "Write one company into a file, to keep or to take along."),
    "import": Place("moving", "Read a company from such a file; nothing is sent."),
    "commerce": Place("commerce", "Facts from outside: orders, deliveries, visits and returns."),
    "privacy": Place("privacy", "Data protection: the record of processing, and the ledger of erasures."),
    "backup": Place("backup", "Write database and files into one file."),
    "restore": Place("backup", "Read a backup into a fresh place; the copy stays paused."),
    "pause": Place("pause", "Send and fetch nothing until further notice."),
    "resume": Place("pause", "End a pause: send and fetch again."),
    "django": Place("django", "Django's own management commands, for developers."),
}


class Commands(click.Group):
    """A group that knows its commands by name and loads one only to run or explain it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        return _named(importlib.import_module(f"{__name__}.{place.module}"), cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in COMMANDS.items()])


def _named(module: Any, name: str) -> click.Command:
    """The command; one whose name is a word of Python's own has an underscore behind it."""
    command: click.Command = getattr(module, f"{name}_" if keyword.iskeyword(name) else name)
    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def golddraht() -> None:
    """Golddraht: customer care that never lets the wire to a customer break.

    Settings are environment variables; GOLDDRAHT_DATA names the data folder and GOLDDRAHT_PORT the port.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """The program's entry. Ends with 0 when all is well, 1 with one sentence on the error output, 2 for wrong use."""
    try:
        answer: Any = golddraht.main(arguments, prog_name="golddraht", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if os.environ.get("GOLDDRAHT_DEBUG"):
            raise
        click.echo(f"golddraht: {_sentence(error)}", err=True)
        sys.exit(1)
    sys.exit(answer if isinstance(answer, int) else 0)


def _sentence(error: Exception) -> str:
    """What went wrong, in one sentence; a stranger's exception is named so that it can be looked up."""
    said = str(error).strip()
    if type(error).__module__.startswith("golddraht."):
        return said or type(error).__name__
    said = " ".join(said.split()) or "no further words"
    return f"{type(error).__name__}: {said} (GOLDDRAHT_DEBUG=1 shows where.)"
