"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

from procrastinate.contrib.django import app

from golddraht.access import sending
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id


@app.task(name="access.send_code", queue="delivery")
def send_code(tenant_id: int, code_id: int) -> None:
    sending.send_code(tenant_id=tenant_id, code_id=code_id, at=now())


def send_code_soon(code_id: int) -> None:
    send_code.defer(tenant_id=current_tenant_id(), code_id=code_id)
