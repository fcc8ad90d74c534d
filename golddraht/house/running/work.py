"""Working off jobs. Deliveries have processes of their own: a handful of hanging mail servers must not stop the rest."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from golddraht.house.running.reader import Reader
from golddraht.house.sweeper import Sweeper
from golddraht.house.wiring import SWEEPS

DELIVERY = "delivery"
END_WITHIN = 2.5


@contextmanager
def sweeping() -> Iterator[None]:
    """The sweeper beside whatever is done meanwhile; it goes on through a pause, in which it only says that it lives."""
    stop = threading.Event()
    thread = threading.Thread(target=Sweeper(SWEEPS).run, args=[stop], daemon=True, name="sweeper")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(END_WITHIN)


@contextmanager
def reading() -> Iterator[None]:
    """The reader beside whatever is done meanwhile: what arrives is understood at once."""
    stop = threading.Event()
    thread = threading.Thread(target=Reader().run, args=[stop], daemon=True, name="reader")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(END_WITHIN)


def work_off_all_but_deliveries() -> None:
    work_off(sorted(all_queues() - {DELIVERY}))


def all_queues() -> set[str]:
    """Every queue that one of our jobs is put into."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # The library has no types here.
    return {task.queue for task in app.tasks.values()}


def work_off(queues: Iterable[str]) -> None:
    """Work off these queues until asked to end; what is under way then starts again elsewhere."""
    asyncio.run(_work_off(list(queues)))


async def _work_off(queues: list[str]) -> None:
    async with working_app().open_async() as working:
        await working.run_worker_async(
            queues=queues,
            concurrency=settings.JOBS,
            shutdown_graceful_timeout=END_WITHIN,
            delete_jobs="successful",
            install_signal_handlers=True,
        )


def working_app() -> App:
    """The worker's own connections, and the tasks as everybody else knows them.

    Procrastinate's `replace_connector` would also lead what a job defers away from Django's connection, and so out of
    the job's transaction.
    """
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3)
    working = App(connector=connector, worker_defaults=app.worker_defaults)
    working.tasks = app.tasks
    return working
