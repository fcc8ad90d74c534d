"""Work that leaves much behind is done by a process that ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Callable

import click

from golddraht.house.running.lifeline import Lifeline


class FellApart(RuntimeError):
    """The process apart did not finish; it has said why on the error output."""


def apart(act: Callable[[], object]) -> None:
    """Do this in a process of its own and wait for it. Raises FellApart.

    Nobody may hold a database connection that the other process would share. Whoever is interrupted while waiting takes
    the other process along.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    lifeline = Lifeline()
    pid = os.fork()
    if pid == 0:
        lifeline.hold()
        _do(act)
    try:
        _, status = os.waitpid(pid, 0)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        raise
    finally:
        lifeline.close()
    if ended := os.waitstatus_to_exitcode(status):
        raise FellApart(f"Preparing ended with {ended}; what it said stands above.")


def _do(act: Callable[[], object]) -> None:
    code = 1
    try:
        act()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except Exception as error:
        click.echo(f"golddraht: {error}", err=True)
        if os.environ.get("GOLDDRAHT_DEBUG"):
            traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
