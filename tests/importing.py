"""Imports as tests need them: a file from text, worked off to its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from golddraht.imports.models import Import
from golddraht.imports.operations import keep_file, open_source, take_over, try_out, undo, work_on
from golddraht.imports.operations.judging import Seen
from tests.cast import MONDAY_MORNING

LATER = MONDAY_MORNING + timedelta(hours=1)
SHOP = """Kundennummer;Anrede;Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Geburtsdatum;Notiz
K-1;Frau;Petra;Huber;petra@huber.example;0316/12 34 56;Lendkai 12;80331;München;17.5.1980;Stammkundin
K-2;Herr;Jörg;von der Tann;joerg@tann.example;;Ring 1;01067;Dresden;3. Mai 1961;
K-3;;Kim;Lee;keine Adresse;;;;;;
"""


def kept(
    text: str | bytes = SHOP,
    *,
    source: str = "Shop",
    kind: str = "import",
    at: datetime = LATER,
    about: str = "customers",
) -> Import:
    content = text if isinstance(text, bytes) else text.encode()
    opened = open_source(name=source, kind=kind, at=at)
    return keep_file(
        source_id=opened.pk, file=ContentFile(content), file_name="kunden.csv", by=None, at=at, about=about
    )


def worked_off(file: Import, *, at: datetime = LATER) -> Import:
    seen = Seen()
    while work_on(import_id=file.pk, at=at, seen=seen):
        pass
    file.refresh_from_db()
    return file


def tried(file: Import, *, at: datetime = LATER) -> Import:
    return worked_off(try_out(import_id=file.pk, at=at), at=at)


def taken_over(file: Import, *, at: datetime = LATER) -> Import:
    return worked_off(take_over(import_id=file.pk, at=at), at=at)


def undone(file: Import, *, at: datetime = LATER + timedelta(hours=1)) -> Import:
    return worked_off(undo(import_id=file.pk, at=at), at=at)
