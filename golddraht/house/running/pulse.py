"""A process says every few seconds that it lives, and notices when the installation is paused."""

from __future__ import annotations

import logging
import os
import signal
import threading

from django.db import DatabaseError, connection

from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Presence
from golddraht.plumbing.pausing import is_paused

log = logging.getLogger(__name__)

EVERY = 5.0


class Pulse:
    """Beats beside the process's own work. With `stops_for_pause` a pause ends that work as SIGTERM would."""

    def __init__(self, role: str, *, stops_for_pause: bool) -> None:
        self.role, self.stops_for_pause = role, stops_for_pause
        self.is_at_work = threading.Event()
        self.was_paused = False

    def start(self) -> None:
        threading.Thread(target=self._beat_on, daemon=True, name="pulse").start()

    def wait_until_resumed(self) -> None:
        """Returns at once unless the installation is paused."""
        self.was_paused = False
        while self.stops_for_pause and is_paused():
            connection.close()
            threading.Event().wait(1.0)
        connection.close()
        self.is_at_work.set()

    def _beat_on(self) -> None:
        while True:
            try:
                self._beat()
            except DatabaseError:
                log.warning("The %s cannot reach the database.", self.role)
            finally:
                connection.close()
            threading.Event().wait(EVERY)

    def _beat(self) -> None:
        Presence.objects.update_or_create(role=self.role, defaults={"seen_at": now()})
        if self.stops_for_pause and self.is_at_work.is_set() and is_paused():
            self.was_paused = True
            self.is_at_work.clear()
            os.kill(os.getpid(), signal.SIGTERM)
