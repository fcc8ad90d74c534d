"""What each process of the house does with its life."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from types import FrameType

from django.db import connection

from golddraht.house.postgres import check_app_role
from golddraht.house.running.pulse import Pulse
from golddraht.house.running.work import DELIVERY, reading, sweeping, work_off, work_off_all_but_deliveries

DELIVERIES_WAIT = 5
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def live(role: str, *, socket_: socket.socket | None = None) -> int:
    """Be this role until SIGTERM or Ctrl-C; gives the exit code. Raises UnsafeRole before doing anything."""
    _show_name(role)
    check_app_role(connection)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
    if role == "web":
        pulse = Pulse(role, stops_for_pause=False)
        work: Callable[[], None] = lambda: _web(socket_)  # noqa: E731  # It only carries the socket.
    else:
        pulse = Pulse(role, stops_for_pause=True)
        work = {"worker": _worker, "deliverer": _deliverer, "listener": _listener}[role]
    pulse.start()
    with sweeping() if role == "worker" else nullcontext():
        return _live_on(pulse, work)


def _show_name(role: str) -> None:
    """`ps` and `top` tell the processes apart, where the system lets us say who we are (Linux, up to 15 letters)."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(f"draht-{role}")


def _live_on(pulse: Pulse, work: Callable[[], None]) -> int:
    """Work, and after a pause work again, until asked to end."""
    while True:
        _end_by_interruption()
        try:
            pulse.wait_until_resumed()
            work()
        except KeyboardInterrupt:
            pass
        if not pulse.was_paused:
            return 0


def _end_by_interruption() -> None:
    """The first signal interrupts the work; a second one (Ctrl-C reaches all, and the parent tells us too) is only noise."""
    for number in ENDINGS:
        signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _web(socket_: socket.socket | None) -> None:
    from golddraht.house.running.ports import web_socket
    from golddraht.house.serving.server import serve

    serve(socket_ or web_socket())


def _worker() -> None:
    with reading():
        work_off_all_but_deliveries()


def _deliverer() -> None:
    # When the machine is busy, understanding what arrives goes before sending; a delivery can wait a moment.
    os.setpriority(os.PRIO_PROCESS, 0, DELIVERIES_WAIT)
    work_off([DELIVERY])


def _listener() -> None:
    from golddraht.channels.carriers.listening import run

    run()
