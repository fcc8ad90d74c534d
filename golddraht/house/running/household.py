"""The parent of `golddraht run`: prepares the house, starts a child for each role, watches them, ends them."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass

import click

from golddraht.house import whereabouts
from golddraht.house.postgres import Cluster, ClusterError
from golddraht.house.running.lifeline import Lifeline
from golddraht.house.running.ports import web_socket
from golddraht.house.running.preloading import find_database_and_load

log = logging.getLogger(__name__)

ROLES = ("web", "worker", "deliverer", "listener")
MOVING_IN = "movers"
"""Fills the demo while pages are served already, and ends when it is done."""
END_WITHIN = 3.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0


@dataclass
class Child:
    """A role and the process that fills it, or the moment of its next try."""

    role: str
    pid: int = 0
    started: float = 0.0
    failures: int = 0
    starts_again: float = 0.0

    def note_end(self, now: float) -> float:
        """The child has ended; gives the pause before the next try, growing while it keeps falling."""
        self.failures = 0 if now - self.started > STEADY_AFTER else self.failures + 1
        self.pid = 0
        pause = min(LONGEST_PAUSE, 0.5 * 2.0 ** max(0, self.failures - 1))
        self.starts_again = now + pause
        return pause


class Household:
    """One installation on one machine, with `web` processes that serve pages, or as many as the settings say. `live` returns when everything has ended."""

    def __init__(self, *, demo: bool, web: int | None = None) -> None:
        self.demo, self.web = demo, web
        self.children: list[Child] = []
        self.is_ending = False
        self.cluster: Cluster | None = None

    def live(self) -> int:
        for number in (signal.SIGTERM, signal.SIGHUP):
            # Asked to end while preparing: leave in order, so that the database is not left running.
            signal.signal(number, lambda number, frame: sys.exit(128 + number))
        socket_ = web_socket()
        # Until all is loaded there is no garbage worth looking for.
        gc.disable()
        find_database_and_load()
        self.cluster = whereabouts.open_django()
        from golddraht.house.running.preparing import demo_waits, prepare, welcome

        self.children = self._children()
        prepare(demo=self.demo)
        if demo_waits():
            self.children.append(Child(MOVING_IN))
        say_welcome = welcome()
        self._warm_up()
        self.lifeline = Lifeline()
        self._listen_for_signals()
        for child in self.children:
            self._start(child, socket_)
        click.echo(say_welcome)
        try:
            self._watch(socket_)
        finally:
            self._end()
        return 0

    def _children(self) -> list[Child]:
        from django.conf import settings

        serving = [Child("web") for _ in range(self.web or settings.WEB_PROCESSES)]
        return serving + [Child(role) for role in ROLES if role != "web"]

    def _warm_up(self) -> None:
        """Load what every child needs, once: forked, they share the memory and start at once."""
        from golddraht.house.asgi import application
        from golddraht.house.running.preparing import leave_connections

        application.warm_up()
        leave_connections()
        gc.freeze()
        gc.enable()

    def _listen_for_signals(self) -> None:
        self._wakes, write = os.pipe()
        os.set_blocking(write, False)
        os.set_blocking(self._wakes, False)
        signal.set_wakeup_fd(write)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_end)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _asked_to_end(self, number: int, frame: object) -> None:
        self.is_ending = True

    def _start(self, child: Child, socket_: socket.socket) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            self._be(child.role, socket_)

    def _be(self, role: str, socket_: socket.socket) -> None:
        """The child's whole life; never returns into the parent's code."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.lifeline.hold()
            if role != "web":
                socket_.close()
            code = self._live(role, socket_)
            if self.cluster is not None:
                self.cluster.leave()
        except KeyboardInterrupt:
            code = 0
        except OSError as trouble:
            log.error("The %s cannot work: %s (%s)", role, trouble.strerror, trouble.errno)
        except BaseException:
            log.exception("The %s has fallen.", role)
        finally:
            os._exit(code)

    def _live(self, role: str, socket_: socket.socket) -> int:
        if role == MOVING_IN:
            from golddraht.house.running.moving_in import move_in_quietly

            return move_in_quietly()
        from golddraht.house.running.roles import live

        return live(role, socket_=socket_)

    def _watch(self, socket_: socket.socket) -> None:
        while not self.is_ending:
            select.select([self._wakes], [], [], 1.0)
            self._drain_wakes()
            self._reap()
            self._heal_database()
            now = time.monotonic()
            for child in self.children:
                if not child.pid and not self.is_ending and now >= child.starts_again:
                    self._start(child, socket_)

    def _drain_wakes(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wakes, 4096)

    def _reap(self) -> None:
        for child in list(self.children):
            if not child.pid:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            ended = os.waitstatus_to_exitcode(status)
            if pid and self.is_ending:
                child.pid = 0
            elif pid and child.role == MOVING_IN and ended == 0:
                self.children.remove(child)
            elif pid:
                pause = child.note_end(time.monotonic())
                log.error("The %s ended with %d and starts again in %.1f s.", child.role, ended, pause)

    def _heal_database(self) -> None:
        if self.cluster is None or self.is_ending:
            return
        try:
            if self.cluster.watch():
                log.error("The database had ended and was started again.")
        except ClusterError as trouble:
            log.error("The database cannot be healed: %s", trouble)

    def _end(self) -> None:
        """Children first, the database last."""
        self.is_ending = True
        self._tell(signal.SIGTERM)
        until = time.monotonic() + END_WITHIN
        while any(child.pid for child in self.children) and time.monotonic() < until:
            self._reap()
            time.sleep(0.02)
        self._tell(signal.SIGKILL)
        for child in self.children:
            if child.pid:
                os.waitpid(child.pid, 0)
        if self.cluster is not None:
            self.cluster.leave()
        click.echo("Golddraht has ended.")

    def _tell(self, number: int) -> None:
        for child in self.children:
            if child.pid:
                os.kill(child.pid, number)
