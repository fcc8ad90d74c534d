"""Reading an archive into a fresh company: other ids, the same numbers, and nothing is sent."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from golddraht.house.moving.arriving import as_it_arrives
from golddraht.house.moving.catalogue import BELONGS_TO, FORMAT, Model, columns, company_columns, relations, tables
from golddraht.house.moving.values import heard_value
from golddraht.plumbing.files import new_name
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.operations.replaying import leave_out_the_erased
from golddraht.team.models import User

CHUNK = 500
PIECE = 1024 * 1024
Told = Callable[[str], None]


class ArchiveRefused(ValueError):
    """This archive cannot be read in here; the message says why."""


class _DryRun(Exception):
    """Everything was tried, and nothing is to stay."""


@dataclass
class Arrived:
    """What was read in."""

    slug: str
    rows: int = 0
    files: int = 0
    left_out: int = 0
    """People who had been erased before: they were not let in."""
    by_table: dict[str, int] = field(default_factory=dict)


def import_tenant(
    file: Path, *, at: datetime, slug: str = "", is_dry: bool = False, tell: Told = lambda _: None
) -> Arrived:
    """A new company from an archive, in one transaction: an import that breaks off leaves nothing and can be begun again.

    With `is_dry` everything is tried and nothing stays. Raises ArchiveRefused.
    """
    with zipfile.ZipFile(file) as archive:
        manifest = checked_manifest(archive)
        moving = _Moving(archive, manifest, slug or manifest["tenant"], at, is_dry, tell)
        try:
            with transaction.atomic():
                moving.arrive()
                if is_dry:
                    raise _DryRun
                moving.leave_out_the_erased()
        except _DryRun:
            pass
        except BaseException:
            moving.take_files_back()
            raise
    return moving.arrived


def checked_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the archive says of itself, after every part was compared with its checksum. Raises ArchiveRefused."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError):
        raise ArchiveRefused("This is no archive of a company, or it is not whole.") from None
    if manifest.get("format") != FORMAT:
        raise ArchiveRefused("This archive was written by a program of another generation.")
    for name, told in manifest["parts"].items():
        if name not in archive.namelist() or _digest(archive, name) != told["sha256"]:
            raise ArchiveRefused(f"{name} is damaged or was changed.")
    return _known(manifest)


def _known(manifest: dict[str, Any]) -> dict[str, Any]:
    ours = {model._meta.label: {one.attname for one in columns(model)} for model in tables()}
    for label, names in manifest["columns"].items():
        strange = set(names) - ours.get(label, set())
        if strange:
            raise ArchiveRefused(
                f"{label} has {', '.join(sorted(strange))}, unknown here: bring this program up to date."
            )
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


class _Moving:
    """One import: the new ids by table and old id, and what has been stored so far."""

    def __init__(
        self, archive: zipfile.ZipFile, manifest: dict[str, Any], slug: str, at: datetime, is_dry: bool, tell: Told
    ) -> None:
        self.archive, self.manifest, self.at, self.is_dry, self.tell = archive, manifest, at, is_dry, tell
        self.arrived = Arrived(slug)
        self.new_ids: dict[str, dict[int, int]] = {}
        self.stored: list[str] = []

    def arrive(self) -> None:
        tenant = self._company()
        self.new_ids["team.User"] = {row["id"]: _user(row) for row in self._lines("people.jsonl")}
        models_here = [model for model in tables() if f"tables/{model._meta.label}.jsonl" in self.manifest["parts"]]
        with seeing(tenant.pk):
            for model in models_here:
                self._number(model)
            for model in models_here:
                self.tell(model._meta.label)
                self._put(model, tenant)
            with connection.cursor() as cursor:
                # Now and not at the end, so that a trial finds out, too.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def leave_out_the_erased(self) -> None:
        """An archive of earlier times may hold people who were erased here since."""
        tenant = Tenant.objects.get(slug=self.arrived.slug)
        with seeing(tenant.pk):
            companies = {self.manifest["tenant"], tenant.slug}
            self.arrived.left_out = leave_out_the_erased(companies=companies, at=self.at)

    def _company(self) -> Tenant:
        if Tenant.objects.filter(slug=self.arrived.slug).exists():
            raise ArchiveRefused(f"There is a company {self.arrived.slug!r} already; choose another short name.")
        (row,) = self._lines("company.jsonl")
        known = {one.attname: heard_value(one, row[one.attname]) for one in company_columns() if one.attname in row}
        return Tenant.objects.create(slug=self.arrived.slug, **known)

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self.archive.open(name) as part:
            for line in part:
                yield json.loads(line)

    def _number(self, model: Model) -> None:
        """New ids for all rows of a table, before any is written: rows point at each other in circles."""
        old = [row["id"] for row in self._lines(f"tables/{model._meta.label}.jsonl")]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s::int)",
                [model._meta.db_table, len(old)],
            )
            self.new_ids[model._meta.label] = dict(zip(old, sorted(one for (one,) in cursor), strict=True))

    def _put(self, model: Model, tenant: Tenant) -> None:
        label, fields = model._meta.label, {one.attname: one for one in columns(model)}
        if label == "plumbing.Trace":
            # Reading in has left lines of its own; the company's trail is the one it brings along.
            model._default_manager.filter(tenant_id=tenant.pk).delete()
        lines = self._lines(f"tables/{label}.jsonl")
        while some := list(islice(lines, CHUNK)):
            rows = [model(tenant_id=tenant.pk, **self._values(model, fields, row)) for row in some]
            model._default_manager.bulk_create(rows)
            self.arrived.rows += len(rows)
            self.arrived.by_table[label] = self.arrived.by_table.get(label, 0) + len(rows)

    def _values(self, model: Model, fields: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
        label = model._meta.label
        told = self._pointed(model, as_it_arrives(label, row, self.at))
        values = {name: heard_value(fields[name], value) for name, value in told.items()}
        for name, one in fields.items():
            if isinstance(one, models.FileField) and values.get(name):
                values[name] = self._store(told[name])
        return values

    def _pointed(self, model: Model, row: dict[str, Any]) -> dict[str, Any]:
        """The row with the new ids of itself and of everything it names."""
        label, told = model._meta.label, dict(row)
        told["id"] = self.new_ids[label][row["id"]]
        for one in relations(model):
            if told.get(one.attname) is not None:
                told[one.attname] = self.new_ids[one.related_model._meta.label][told[one.attname]]
        for name, target in BELONGS_TO.get(label, {}).items():
            told[name] = self._renamed(told[name], target, row)
        return told

    def _renamed(self, value: Any, target: str, row: dict[str, Any]) -> Any:
        """Numbers without a foreign key may name what is gone by now: those stay as they are."""
        known = self.new_ids.get(_label_of(row["subject"]) if target == "*" else target, {})
        if isinstance(value, list):
            return [known.get(one, one) for one in value]
        return known.get(value, value)

    def _store(self, name: str) -> str:
        self.arrived.files += 1
        if self.is_dry:
            return name
        with self.archive.open(name) as part:
            stored = default_storage.save(new_name(), File(part))
        self.stored.append(stored)
        return stored

    def take_files_back(self) -> None:
        for name in self.stored:
            default_storage.delete(name)


def _user(row: dict[str, Any]) -> int:
    """Whoever has that address here already, else somebody new who cannot sign in until they get a link."""
    known = User.objects.filter(email=row["email"]).first()
    if known is None:
        known = User.objects.create_user(row["email"], None, name=row["name"], language=row["language"])
        User.objects.filter(pk=known.pk).update(is_active=row["is_active"])
    return int(known.pk)


def _label_of(table: str) -> str:
    found = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    return found._meta.label if found else ""
