"""Making a copy: one look at everything, one archive, and how far it is for whoever waits."""

from __future__ import annotations

import contextlib
import json
import logging
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone, translation

from golddraht.access.models import Copy
from golddraht.access.operations.setting import as_pdf
from golddraht.access.queries.copying import EnclosedFile, OwnCopy, own_copy
from golddraht.access.rules.copying import KEPT_FOR, LEASE, MOST_ATTEMPTS, CopyState
from golddraht.plumbing.files import new_name
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import default_team

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
SCHEMA = "own-copy.schema.json"


def make_copy(*, tenant_id: int, copy_id: int, clock: Clock) -> None:
    """Make it, if nobody else does; safe to run twice. Call it outside of any transaction."""
    with seeing(tenant_id):
        copy = _claim(copy_id, clock())
    if copy is None:
        return
    try:
        with tempfile.TemporaryFile() as archive:
            _write(archive, tenant_id, copy, clock)
            archive.seek(0)
            _keep(archive, tenant_id, copy, clock)
    except Exception:
        log.exception("A copy could not be made.", extra={"tenant": tenant_id, "copy": copy_id})
        with seeing(tenant_id):
            _give_back(copy_id)


def _claim(copy_id: int, at: datetime) -> Copy | None:
    rows = Copy.objects.filter(Q(busy_until=None) | Q(busy_until__lte=at), pk=copy_id)
    rows = rows.filter(state__in=[CopyState.WAITING, CopyState.MAKING])
    if rows.filter(attempts__gte=MOST_ATTEMPTS).update(state=CopyState.FAILED, busy_until=None):
        return None
    if not rows.update(state=CopyState.MAKING, busy_until=at + LEASE, attempts=F("attempts") + 1, done=0):
        return None
    copy: Copy = Copy.objects.get(pk=copy_id)
    return copy


def _give_back(copy_id: int) -> None:
    rows = Copy.objects.filter(pk=copy_id, state=CopyState.MAKING)
    rows.filter(attempts__gte=MOST_ATTEMPTS).update(state=CopyState.FAILED)
    rows.update(busy_until=None)


def _write(archive: IO[bytes], tenant_id: int, copy: Copy, clock: Clock) -> None:
    with translation.override(copy.language):
        with seeing(tenant_id, read_only=True), timezone.override(default_team().zone):
            found = own_copy(customer_id=copy.customer_id, at=clock())
            readable = as_pdf(found.told, language=copy.language)
        _tell(tenant_id, copy, 40)
        _bind(archive, found, readable, lambda share: _tell(tenant_id, copy, 40 + int(50 * share)))


def _bind(archive: IO[bytes], found: OwnCopy, readable: bytes, tell: Callable[[float], None]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bound:
        bound.writestr("data.json", json.dumps(found.told, ensure_ascii=False, indent=1))
        bound.writestr("data.schema.json", files("golddraht.access").joinpath(SCHEMA).read_text())
        bound.writestr("read-me.pdf", readable)
        for count, one in enumerate(found.files, start=1):
            _enclose(bound, one)
            if count % 20 == 0:
                tell(count / len(found.files))


def _enclose(bound: zipfile.ZipFile, one: EnclosedFile) -> None:
    """A file that has gone meanwhile is left out; its row says that there was one."""
    with (
        contextlib.suppress(FileNotFoundError),
        default_storage.open(one.stored_as) as file,
        bound.open(one.path, "w") as place,
    ):
        for chunk in file.chunks():
            place.write(chunk)


def _tell(tenant_id: int, copy: Copy, done: int) -> None:
    with seeing(tenant_id):
        Copy.objects.filter(pk=copy.pk, state=CopyState.MAKING).update(done=done)


def _keep(archive: IO[bytes], tenant_id: int, copy: Copy, clock: Clock) -> None:
    with seeing(tenant_id):
        place = default_storage.save(new_name(), File(archive))
        size, at = default_storage.size(place), clock()
        told = {"file": place, "size": size, "made_at": at, "ends_at": at + KEPT_FOR}
        is_kept = Copy.objects.filter(pk=copy.pk, state=CopyState.MAKING).update(
            state=CopyState.READY, done=100, busy_until=None, **told
        )
    if not is_kept:
        default_storage.delete(place)


def delete_file(copy: Copy) -> None:
    """The archive goes; that there was one stays."""
    default_storage.delete(copy.file)
    Copy.objects.filter(pk=copy.pk).update(state=CopyState.GONE, file="", size=0)
