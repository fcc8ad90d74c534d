"""The child that fills the demo while pages are served already."""

from __future__ import annotations

import os
import signal

from golddraht.house import demo

YIELDS = 10
"""Whoever looks at a page goes first."""


def move_in_quietly() -> int:
    """Play what is still to be played of the demo; gives the exit code. It goes on at the next start when interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    os.setpriority(os.PRIO_PROCESS, 0, YIELDS)
    for _left in demo.move_in():
        pass
    return 0
