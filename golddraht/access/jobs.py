"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

from procrastinate.contrib.django import app

from golddraht.access import sending
from golddraht.access.operations import making
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id


@app.task(name="access.send_code", queue="delivery")
def send_code(tenant_id: int, code_id: int) -> None:
    sending.send_code(tenant_id=tenant_id, code_id=code_id, at=now())


def send_code_soon(code_id: int) -> None:
    send_code.defer(tenant_id=current_tenant_id(), code_id=code_id)


@app.task(name="access.make_copy", queue="copies")
def make_copy(tenant_id: int, copy_id: int) -> None:
    making.make_copy(tenant_id=tenant_id, copy_id=copy_id, clock=now)


def make_copy_soon(copy_id: int) -> None:
    make_copy.defer(tenant_id=current_tenant_id(), copy_id=copy_id)
