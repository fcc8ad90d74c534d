"""Figures for Prometheus: counts and ages, never a name."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily

from golddraht.house.serving.bodies import Scope, header
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants

registry = CollectorRegistry()
ProcessCollector(registry=registry)
requests = Counter("golddraht_requests", "Answered requests of this process.", ["status"], registry=registry)
seconds = Histogram("golddraht_request_seconds", "Time from whole request to answer.", registry=registry)

JOBS = "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
DELIVERIES = "SELECT state, count(*) FROM channels_delivery GROUP BY 1"
UNREAD = "SELECT count(*) FROM channels_rawmail WHERE read_at IS NULL"
OVERDUE = """
SELECT count(*) FROM conversations_conversation c
WHERE c.next_touch_at < now() - interval '60 seconds' AND c.status IN ('OPEN', 'WAITING', 'PROPOSED')
  AND NOT EXISTS (SELECT FROM conversations_escalation e WHERE e.conversation_id = c.id AND e.tenant_id = c.tenant_id
                  AND e.missed_at >= c.next_touch_at)
"""
SWEEPER = "SELECT extract(epoch FROM now() - seen_at) FROM plumbing_presence WHERE role = 'sweeper'"
RETENTION = """
SELECT t.slug, extract(epoch FROM now() - coalesce(max(r.ended_at), min(r.began_at)))
FROM privacy_keepingrun r JOIN plumbing_tenant t ON t.id = r.tenant_id GROUP BY 1
"""
PAST_PERIOD = """
SELECT t.slug, coalesce(sum(l.count), 0) FROM plumbing_tenant t
JOIN LATERAL (SELECT id FROM privacy_keepingrun WHERE tenant_id = t.id AND ended_at IS NOT NULL ORDER BY "on" DESC LIMIT 1) r ON true
LEFT JOIN privacy_keepingline l ON l.tenant_id = t.id AND l.run_id = r.id AND l.outcome = 'due' GROUP BY 1
"""

SAID_BY_PROXIES = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip", b"forwarded", b"via")


class Rows:
    """Figures that come from the database, asked anew at each scrape, over all tenants."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with seeing(*(tenant.pk for tenant in all_tenants()), read_only=True):
            yield _gauge("golddraht_jobs", "Jobs in the queue.", ["queue", "status"], JOBS)
            yield _gauge("golddraht_deliveries", "Deliveries by state.", ["state"], DELIVERIES)
            yield _gauge("golddraht_unread_mails", "Stored mails that are not yet read.", [], UNREAD)
            yield _gauge("golddraht_overdue_without_escalation", "What must not be.", [], OVERDUE)
            yield _gauge("golddraht_retention_age_seconds", "Since a run came through.", ["company"], RETENTION)
            yield _gauge("golddraht_past_period", "Found past its period and still here.", ["company"], PAST_PERIOD)
            yield _gauge("golddraht_sweeper_age_seconds", "Since the sweeper was last seen.", [], SWEEPER)


def figures() -> bytes:
    """Everything in Prometheus' text format."""
    rows = CollectorRegistry()
    rows.register(Rows())
    return generate_latest(registry) + generate_latest(rows)


@contextmanager
def timed() -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds.observe(time.perf_counter() - began)


def may_read_figures(scope: Scope) -> bool:
    """With GOLDDRAHT_METRICS_TOKEN whoever sends it as Bearer; without it this machine alone, and nobody through a proxy."""
    token: str = settings.METRICS_TOKEN
    if token:
        sent = header(scope, b"authorization") or b""
        return hmac.compare_digest(sent, f"Bearer {token}".encode())
    is_forwarded = any(header(scope, name) for name in SAID_BY_PROXIES)
    return not is_forwarded and _is_loopback(scope)


def _is_loopback(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _gauge(name: str, words: str, labels: list[str], sql: str) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, words, labels=labels)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for row in cursor.fetchall():
            gauge.add_metric([str(part) for part in row[:-1]], _number(row[-1]))
    return gauge


def _number(value: Any) -> float:
    return float(value or 0)
