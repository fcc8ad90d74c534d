"""Looking at a domain: one question after the other, each answer written down at once so that a page can show it."""

from __future__ import annotations

from datetime import datetime

from golddraht.channels.carriers.dns.judging import Within
from golddraht.channels.carriers.dns.resolving import look_afresh
from golddraht.channels.mail.asking import Look, NotKnown
from golddraht.channels.mail.domain_setup import Published, Setup, Topic, finding_of, is_published
from golddraht.channels.operations.domains import note_finding, note_looked, setup_of
from golddraht.channels.operations.sealing import keys_to_check, note_published
from golddraht.plumbing.tenancy import seeing

PATIENCE = 8.0
"""Seconds for all questions about one topic; an SPF record alone can ask ten."""


def look_at_domain(*, tenant_id: int, mail_domain_id: int, at: datetime, within: Within = look_afresh) -> None:
    """Look at everything about a domain. Call it outside of any transaction; safe to run twice."""
    with seeing(tenant_id, read_only=True):
        setup, keys = setup_of(mail_domain_id=mail_domain_id), keys_to_check(mail_domain_id=mail_domain_id)
    if setup is None:
        return
    for key_id, selector, record in keys:
        _look_at_key(tenant_id, setup, key_id, Published(selector, record), within(PATIENCE), at)
    for topic in Topic:
        finding = finding_of(topic, setup, within(PATIENCE))
        with seeing(tenant_id):
            note_finding(mail_domain_id=mail_domain_id, finding=finding, at=at)
    with seeing(tenant_id):
        note_looked(mail_domain_id=mail_domain_id, at=at)


def _look_at_key(tenant_id: int, setup: Setup, key_id: int, key: Published, look: Look, at: datetime) -> None:
    try:
        is_there = is_published(setup.domain, key, look)
    except NotKnown:
        return
    with seeing(tenant_id):
        note_published(key_id=key_id, is_published=is_there, at=at)
