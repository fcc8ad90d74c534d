"""Writing a company into one archive: JSON Lines for each table, its files, and a manifest with checksums."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from golddraht.house.moving.catalogue import FORMAT, PERSON, Model, columns, company_columns, tables
from golddraht.house.moving.values import spoken_value
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Membership, User

CHUNK = 1000
PIECE = 1024 * 1024
Told = Callable[[str], None]


@dataclass
class Written:
    """What went into an archive."""

    rows: int = 0
    files: int = 0
    size: int = 0
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)


def export_tenant(tenant: Tenant, file: Path, *, at: datetime, tell: Told = lambda _: None) -> Written:
    """Everything of the company as one moment saw it, without secrets, in a new file. Raises FileExistsError."""
    written, unfinished = Written(), file.with_name(file.name + ".part")
    if file.exists():
        raise FileExistsError(f"{file} exists already.")
    # What customers wrote is for whoever asked for it alone.
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            with _one_moment(tenant):
                _write_all(archive, tenant, written, tell)
            manifest = _manifest(tenant, written, at)
            archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    written.size = file.stat().st_size
    return written


@contextmanager
def _one_moment(tenant: Tenant) -> Iterator[None]:
    """What others write meanwhile is not seen."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with seeing(tenant.pk):
            yield


def _write_all(archive: zipfile.ZipFile, tenant: Tenant, written: Written, tell: Told) -> None:
    company = {one.attname: spoken_value(getattr(tenant, one.attname)) for one in company_columns()}
    _write_lines(archive, "company.jsonl", iter([company]), written)
    _write_lines(archive, "people.jsonl", _people(tenant), written)
    for model in tables():
        tell(model._meta.label)
        _write_lines(archive, f"tables/{model._meta.label}.jsonl", _rows(model, tenant, archive, written), written)


def _people(tenant: Tenant) -> Iterator[dict[str, Any]]:
    users = User.objects.filter(pk__in=Membership.objects.filter(tenant=tenant).values("user_id")).order_by("pk")
    for user in users:
        yield {"id": user.pk} | {name: getattr(user, name) for name in PERSON}


def _rows(model: Model, tenant: Tenant, archive: zipfile.ZipFile, written: Written) -> Iterator[dict[str, Any]]:
    fields = columns(model)
    rows = model._default_manager.filter(tenant_id=tenant.pk).order_by("pk")
    for values in rows.values_list(*(one.attname for one in fields)).iterator(chunk_size=CHUNK):
        row = {}
        for one, value in zip(fields, values, strict=True):
            row[one.attname] = spoken_value(value)
            if isinstance(one, models.FileField) and value:
                row[one.attname] = _write_file(archive, str(value), written)
        yield row


def _write_lines(archive: zipfile.ZipFile, name: str, rows: Iterator[dict[str, Any]], written: Written) -> None:
    """Spooled first where files are written between the lines: an archive is written one part at a time."""
    count, digest = 0, hashlib.sha256()
    with TemporaryFile() as spool:
        for row in rows:
            line = (json.dumps(row, ensure_ascii=False) + "\n").encode()
            digest.update(line)
            spool.write(line)
            count += 1
        spool.seek(0)
        with archive.open(name, "w", force_zip64=True) as part:
            while piece := spool.read(PIECE):
                part.write(piece)
    written.rows += count
    written.parts[name] = {"rows": count, "sha256": digest.hexdigest()}


def _write_file(archive: zipfile.ZipFile, stored_as: str, written: Written) -> str:
    """The content of a stored file; gives its name in the archive."""
    written.files += 1
    name, digest = f"files/{written.files:08d}", hashlib.sha256()
    with default_storage.open(stored_as) as stored, archive.open(name, "w", force_zip64=True) as part:
        while piece := stored.read(PIECE):
            digest.update(piece)
            part.write(piece)
    written.parts[name] = {"sha256": digest.hexdigest()}
    return name


def _manifest(tenant: Tenant, written: Written, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "schema": _schema(),
        "tenant": tenant.slug,
        "name": tenant.name,
        "exported_at": at.isoformat(),
        "columns": {model._meta.label: [one.attname for one in columns(model)] for model in tables()},
        "parts": written.parts,
    }


def _schema() -> dict[str, str]:
    """The newest migration of each room."""
    applied = MigrationRecorder(connection).applied_migrations()
    found: dict[str, str] = {}
    for label, name in applied:
        found[label] = max(name, found.get(label, ""))
    ours = {model._meta.app_label for model in tables()}
    return {label: name for label, name in sorted(found.items()) if label in ours}
