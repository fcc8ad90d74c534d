"""How children notice that their parent is gone, however it died: the read end of a pipe that only the parent can close."""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE_SECONDS = 5.0


class Lifeline:
    """Made by the parent before it forks; each child holds on."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def hold(self) -> None:
        """In the child: end this process when the parent is gone, kindly first."""
        os.close(self._write)
        threading.Thread(target=self._wait, daemon=True, name="lifeline").start()

    def close(self) -> None:
        """In the parent, when the children have ended."""
        os.close(self._read)
        os.close(self._write)

    def _wait(self) -> None:
        os.read(self._read, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)
