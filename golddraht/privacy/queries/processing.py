"""The record of processing activities (Article 30 GDPR), made from the catalogue: it cannot say anything else than the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import get_language

from golddraht.ground.citing import cited
from golddraht.ground.retention_law import Keeping, period
from golddraht.privacy.catalogue import ACTIVITIES, BY_LABEL, entries, fields_about_colleagues, tables_for
from golddraht.privacy.catalogue.forms import Activity, Entry, Kind
from golddraht.privacy.catalogue.words import KEEPINGS, KINDS, PROTECTION, fate_words, keeping_words


@dataclass(frozen=True)
class Kept:
    """One class of keeping: what it is called, how long, and who says so."""

    title: str
    length: str
    source: str


@dataclass(frozen=True)
class Processing:
    """One entry of the record, in the language that is spoken."""

    key: str
    title: str
    purpose: str
    basis: str
    people: str
    kinds: list[str]
    recipients: str
    source: str
    keeping: list[Kept]
    erasure: list[str]
    fields: int


NOTHING_CHOSEN: Mapping[Keeping, int] = {}


def record_of_processing(*, country: str, on: date, months: Mapping[Keeping, int] = NOTHING_CHOSEN) -> list[Processing]:
    """All activities with the periods of `country` that are valid on that day; `months` are what a company has chosen for itself."""
    return [_processing(activity, country, on, months) for activity in ACTIVITIES]


def _processing(activity: Activity, country: str, on: date, months: Mapping[Keeping, int]) -> Processing:
    tables = tables_for(activity)
    found = {kind for table in tables for kind in table.personal.values()}
    return Processing(
        key=activity.key,
        title=str(activity.title),
        purpose=str(activity.purpose),
        basis=str(activity.basis),
        people=str(activity.people),
        kinds=[str(KINDS[kind]) for kind in Kind if kind in found],
        recipients=str(activity.recipients),
        source=str(activity.source),
        keeping=list(_kept(activity, country, on, months)),
        erasure=sorted({fate_words(table) for table in tables}),
        fields=sum(len(table.personal) for table in tables),
    )


def _kept(activity: Activity, country: str, on: date, months: Mapping[Keeping, int]) -> Iterator[Kept]:
    for keeping in activity.keeping:
        found = period(keeping, country=country, on=on)
        words = keeping_words(keeping, country=country, on=on, months=months.get(keeping))
        yield Kept(str(KEEPINGS[keeping]), words, cited(found.source, get_language() or "en") if found else "")


def protection() -> list[str]:
    """Technical and organisational measures, in words."""
    return [str(words) for words in PROTECTION]


@dataclass(frozen=True)
class StaffTable:
    """A table that tells something of colleagues: which fields, what for, on which ground, and how long."""

    name: str
    fields: list[str]
    purpose: str
    basis: str
    keeping: list[Kept]


def staff_tables(*, country: str, on: date, months: Mapping[Keeping, int] = NOTHING_CHOSEN) -> dict[str, StaffTable]:
    """By their names in the database, for the overview of a works council; made from the catalogue as the record is."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        fields, activity = fields_about_colleagues(model._meta.label), BY_LABEL[model._meta.label].activity
        if fields:
            name = model._meta.db_table
            kept = list(_kept(activity, country, on, months))
            found[name] = StaffTable(name, fields, str(activity.title), str(activity.basis), kept)
    return found


def as_plain(*, country: str, on: date) -> dict[str, Any]:
    """Activities, protection and every single field, for programs."""
    return {
        "country": country,
        "on": on.isoformat(),
        "activities": [_plain(one) for one in record_of_processing(country=country, on=on)],
        "protection": protection(),
        "fields": [_plain_field(entry) for entry in entries()],
    }


def _plain(one: Processing) -> dict[str, Any]:
    return one.__dict__ | {"keeping": [kept.__dict__ for kept in one.keeping]}


def _plain_field(entry: Entry) -> dict[str, Any]:
    table = entry.table
    told: dict[str, Any] = {
        "table": table.label,
        "field": entry.field,
        "holds": entry.kind.value,
        "holds_words": str(KINDS[entry.kind]),
        "personal": entry.is_personal,
        "activity": table.activity.key,
    }
    if entry.is_personal:
        return told | {
            "purpose": str(table.activity.purpose),
            "basis": str(table.activity.basis),
            "retention": [keeping.value for keeping in table.activity.keeping],
            "recipients": str(table.activity.recipients),
            "source": str(table.activity.source),
            "erasure": fate_words(table),
        }
    return told | {"reason": table.why or str(KINDS[entry.kind])}
