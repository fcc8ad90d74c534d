"""The sweeper looks at every tenant, whatever fails, in one process at a time, and rests during a pause."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from golddraht.house.sweeper import Sweeper
from golddraht.plumbing import pausing
from golddraht.plumbing.models import Presence
from golddraht.plumbing.tenancy import current_tenant_id
from tests.cast import MONDAY_MORNING, a_company


@dataclass
class Portioned:
    """A sweep that needs several portions."""

    left: int
    calls: int = 0

    def __call__(self, *, at: datetime) -> Portioned:
        self.calls += 1
        self.left -= 1
        return self

    @property
    def is_done(self) -> bool:
        return self.left <= 0


@pytest.fixture
def seen() -> list[tuple[int, datetime]]:
    return []


@pytest.fixture
def tenants(committed: None) -> list[int]:
    return [a_company().tenant.pk, a_company("moebelhaus", "Möbelhaus").tenant.pk]


def test_a_failing_sweep_stops_neither_the_next_one_nor_the_next_tenant(
    tenants: list[int], seen: list[tuple[int, datetime]], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*, at: datetime) -> None:
        raise RuntimeError("Valentina schrieb")

    def notes(*, at: datetime) -> None:
        seen.append((current_tenant_id(), at))

    with caplog.at_level(logging.ERROR):
        Sweeper([fails, notes], clock=lambda: MONDAY_MORNING).round()
    assert seen == [(tenant, MONDAY_MORNING) for tenant in tenants]
    assert [record.tenant for record in caplog.records] == tenants  # type: ignore[attr-defined]  # Our extra field.
    assert "Valentina" not in "".join(record.getMessage() for record in caplog.records)


def test_a_sweep_in_portions_is_called_until_nothing_is_left(tenants: list[int]) -> None:
    portioned = Portioned(left=3)
    Sweeper([portioned], clock=lambda: MONDAY_MORNING).sweep_tenant(tenants[0])
    assert portioned.calls == 3


def test_a_round_says_that_the_sweeper_lives(tenants: list[int]) -> None:
    Sweeper([], clock=lambda: MONDAY_MORNING).round()
    assert Presence.objects.get(role="sweeper").seen_at == MONDAY_MORNING


def test_during_a_pause_nothing_is_swept_and_readiness_still_sees_the_sweeper(
    tenants: list[int], seen: list[tuple[int, datetime]]
) -> None:
    pausing.pause(reason="restored", at=MONDAY_MORNING)
    Sweeper([lambda *, at: seen.append((0, at))], clock=lambda: MONDAY_MORNING).round()
    assert seen == []
    assert Presence.objects.filter(role="sweeper").exists()
    assert pausing.resume(at=MONDAY_MORNING + timedelta(hours=1))
    Sweeper([lambda *, at: seen.append((0, at))], clock=lambda: MONDAY_MORNING).round()
    assert len(seen) == len(tenants)


def test_only_one_process_sweeps_at_a_time_and_another_takes_over(tenants: list[int]) -> None:
    first, second = Sweeper([]), Sweeper([])
    assert first._is_ours() and first._is_ours()
    assert not second._is_ours()
    first._let_go()
    assert second._is_ours()
    second._let_go()


def test_the_sweeper_goes_on_after_its_connection_was_lost(tenants: list[int]) -> None:
    sweeper = Sweeper([])
    assert sweeper._is_ours()
    assert sweeper._lock is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [sweeper._lock.info.backend_pid])
    assert sweeper._is_ours()
    sweeper._let_go()


def test_it_sweeps_at_once_and_ends_when_asked(tenants: list[int]) -> None:
    stop = Event()
    Sweeper([lambda *, at: stop.set()], every=60).run(stop)
    assert stop.is_set()


def a_job_of_a_dead_worker(*, attempts: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, queueing_lock)"
            " VALUES ('mail', 'channels.deliver', '{}', 'doing', %s, 'lock') RETURNING id",
            [attempts],
        )
        return int(cursor.fetchone()[0])


def state_of(job_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job_id])
        return str(cursor.fetchone()[0])


def test_the_job_of_a_dead_worker_starts_again(tenants: list[int]) -> None:
    job = a_job_of_a_dead_worker()
    Sweeper([]).round()
    assert state_of(job) == "todo"


def test_a_job_that_has_brought_down_five_workers_is_given_up(tenants: list[int]) -> None:
    job = a_job_of_a_dead_worker(attempts=5)
    Sweeper([]).round()
    assert state_of(job) == "failed"


def test_a_job_that_was_asked_for_again_meanwhile_is_not_needed_twice(tenants: list[int]) -> None:
    job = a_job_of_a_dead_worker()
    app.configure_task("channels.deliver", queue="mail", queueing_lock="lock").defer(tenant_id=1, delivery_id=1)
    Sweeper([]).round()
    assert state_of(job) == "failed"
