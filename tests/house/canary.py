"""A canary: somebody with a word of their own in every store, and a search through all of them.

Rows come from the models themselves, so that a table that is new tomorrow gets its canary, too. Where a row needs more than
types can tell, `NEEDS` says it; a table for which no row can be made fails the test.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, connections, models, transaction
from procrastinate.contrib.django import app

from golddraht.conversations.models import Conversation, Message
from golddraht.ground.numbers import spoken
from golddraht.plumbing.files import new_name
from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate, Kind, Table
from golddraht.privacy.catalogue.order import in_order, model_of, ties
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.queries.reaching import Reach, reach_of
from golddraht.search.operations import read_some
from tests.cast import MONDAY_MORNING, Company
from tests.mails import a_mail, arrives

SEEDED = frozenset({Kind.NAME, Kind.CONTACT, Kind.WORDS, Kind.TRAIT, Kind.NETWORK, Kind.FILE, Kind.KEY})
LATER = MONDAY_MORNING + timedelta(days=1)

NEEDS: dict[str, dict[str, Any]] = {
    "conversations.Solution": {"objected_at": LATER, "objection": "", "proposed_at": MONDAY_MORNING},
    "conversations.Move": {"kind": "SPLIT", "status_before": "OPEN", "target_status_before": "OPEN"},
    "conversations.Link": {"kind": "RELATED"},
    "conversations.ErrandLine": {"state": "DONE", "status_before": "", "priority_before": ""},
    "conversations.Milestone": {"kind": "NOTE"},
    "conversations.Goodwill": {"kind": "CREDIT", "cents": 500},
    "promises.Promise": {"kind": "OTHER", "state": "OPEN", "due_at": LATER},
    "promises.Option": {"kind": "KEEP"},
    "customers.Belonging": {"source": "test", "ended_at": None, "ended_actor_id": None},
    "customers.FormerWay": {"source": "test", "ended_source": "test", "ended_at": LATER},
    "customers.Doubt": {"kind": "name", "settled_as": "", "settled_at": None, "attribute": ""},
    "customers.Resemblance": {"settled_as": "", "settled_at": None},
    "customers.Merge": {"decided_by": "person", "undone_at": LATER},
    "channels.KnownKey": {"is_authority": False, "method": "PGP"},
    "channels.Delivery": {"state": "ACCEPTED"},
    "channels.MessageSeal": {"wanted_at": None},
    "privacy.Hold": {"ended_at": LATER},
    "improvement.FixLetter": {"state": "STOPPED"},
    "improvement.Satisfaction": {"asked_at": LATER, "answered_at": LATER, "score": 3, "not_asked": ""},
    "notices.Notice": {"kind": "MENTIONED"},
    "consent.ConsentAct": {
        "kind": "OBJECTED",
        "keep_until": date(2026, 1, 1),
        "way": "",
        "purpose": "",
        "text_id": None,
    },
    "consent.Permission": {"message_class": "ADVERTISING", "basis": "CONSENT", "way": "EMAIL", "purpose": "NEWS"},
    "consent.Refusal": {"reason": "NO_CONSENT", "message_class": "ADVERTISING", "way": "EMAIL", "purpose": "NEWS"},
    "commerce.Order": {"source": "shop"},
    "commerce.Delivery": {"source": "shop", "promised_from": None, "promised_until": None},
    "commerce.Appointment": {"source": "shop", "promised_from": None, "promised_until": None},
    "commerce.Return": {"source": "shop"},
    "commerce.Statement": {"delivery_id": None, "appointment_id": None, "giveback_id": None, "told": {}},
    "access.Visit": {"proof": "LINK", "began_at": MONDAY_MORNING, "ends_at": LATER},
    "access.Code": {"purpose": "ENTER", "ends_at": LATER, "visit_id": None},
    "access.Copy": {"state": "READY", "ends_at": LATER},
    "commerce.BadRow": {"settled_as": "let_in", "settled_at": LATER},
    "imports.Row": {"state": "waiting", "verdict": "", "let_in_at": LATER},
    "knowledge.Asking": {"source": "CONCERN"},
    "conversations.BlockedSender": {"lifted_at": LATER},
    "conversations.Draft": {"leaves_at": None, "stopped_at": None, "is_timed": False},
}
"""What a row must say besides what its columns' types tell."""


SPOKEN_OF = {"programs.HookDelivery", "programs.HookAttempt"}
"""Rows that follow what programs are told; see `speaks_to_programs`."""


@dataclass
class Canary:
    """One customer with a word that stands in everything of theirs."""

    company: Company
    word: str
    customer_id: int = 0
    serial: int = 0
    files: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Tables in which no row could be made, and what the database said: tell in `NEEDS` what a row must say."""

    @property
    def address(self) -> str:
        return f"{self.word}@kundin.example"

    @property
    def name(self) -> str:
        return f"Kanari Vogel{self.word}"

    def words(self, longest: int | None = None) -> str:
        """The word, never twice the same."""
        self.serial += 1
        said = f"{self.word}-{self.serial}"
        return said if longest is None or len(said) <= longest else ""

    def sing(self) -> None:
        """Be everywhere: in the rows that mail brings, in one of every other table, in every column, and on the disk."""
        first = arrives(
            a_mail(
                from_=f"{self.name} <{self.address}>",
                text=f"Guten Tag,\n\n{self.word} wackelt.\n\n{self.name}\n",
                subject=f"Ofen {self.word}",
                id_=f"{self.word}@mail.example",
            )
        )
        assert first.customer_id is not None
        self.customer_id = first.customer_id
        read_some()
        for table in in_order(TABLES):
            self._perch(table)
        for table in in_order(TABLES):
            self._fill(table)
        self._leave_jobs(first)

    def reach(self) -> Reach:
        return reach_of(person_of(self.customer_id))

    def _perch(self, table: Table) -> None:
        """At least one row in each table that hangs on a customer."""
        reach = self.reach()
        if reach.gone[table.label] or not _is_ours(table) or table.label in SPOKEN_OF:
            return
        goals = self._goals(table, reach)
        values = self._values(table, goals) | NEEDS.get(table.label, {})
        if table.label == "customers.Belonging":
            values["household_id"] = _any_row(apps.get_model("customers.Household"))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                model_of(table)._base_manager.create(**values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except DatabaseError as refusal:
            self.refused[table.label] = str(refusal).splitlines()[0]

    def _goals(self, table: Table, reach: Reach) -> dict[str, int | None]:
        """What the row hangs on: rows of theirs, and where two are wanted one of theirs and one of a bystander's."""
        found: dict[str, int | None] = {}
        for goal, columns in _columns_by_goal(table).items():
            own = min(reach.gone[goal], default=None)
            others = _others(goal, reach.gone[goal]) if len(columns) > 1 else []
            known = sorted([one for one in (own, *others) if one is not None])[: len(columns)]
            found |= dict(zip(columns, [*known, *([None] * len(columns))], strict=False))
        return found

    def _values(self, table: Table, goals: dict[str, int | None]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in model_of(table)._meta.fields:
            if one.primary_key or one.name == "tenant" or isinstance(one, models.GeneratedField):
                continue
            if one.column in goals:
                found[one.attname] = goals[one.column]
            elif one.is_relation:
                found[one.attname] = None if one.null else _any_row(one.related_model)
            else:
                found[one.attname] = self._value(one, table.fields[one.name])
        return found

    def _value(self, one: Any, kind: Kind) -> Any:
        if isinstance(one, models.FileField):
            return self._file()
        if isinstance(one, ArrayField):
            return [self._value(one.base_field, kind)] if kind in SEEDED and _speaks(one.base_field) else []
        if isinstance(one, SecretField):
            return self.word
        if _speaks(one):
            return (self.address if kind is Kind.CONTACT else self.words(one.max_length)) if kind in SEEDED else ""
        return _plain_value(one)

    def _file(self) -> str:
        name = default_storage.save(new_name(), ContentFile(f"Rechnung {self.word}".encode()))
        self.files.append(name)
        return name

    def _fill(self, table: Table) -> None:
        """Every column of every row of theirs that can hold a word holds it."""
        ids = self.reach().gone[table.label]
        if not ids or not _is_ours(table):
            return
        for name, kind in table.fields.items():
            one: Any = model_of(table)._meta.get_field(name)
            if kind not in SEEDED or one.is_relation or table.label == "journey.Event":
                continue
            for id_ in sorted(ids):
                value = self._column(one, kind)
                if value is not None:
                    _set(
                        table,
                        one.column,
                        id_,
                        value,
                        word=self.word,
                        is_vector=type(one).__name__ == "SearchVectorField",
                    )

    def _column(self, one: Any, kind: Kind) -> Any:
        if isinstance(one, models.FileField | SecretField):
            return None
        if isinstance(one, models.BinaryField):
            return f"Von: {self.address}\r\n\r\n{self.words()}".encode()
        if type(one).__name__ == "SearchVectorField":
            return self.word
        if isinstance(one, ArrayField):
            return [self.address if kind is Kind.CONTACT else self.words()] if _speaks(one.base_field) else None
        if not _speaks(one) or (one.max_length or 999) < 20:
            return None
        return self.address if kind is Kind.CONTACT else self.words()

    def _leave_jobs(self, message: Message) -> None:
        app.configure_task("conversations.gather_evidence").defer(
            tenant_id=current_tenant_id(), message_id=message.pk, note=self.words()
        )
        app.configure_task("conversations.gather_evidence").defer(tenant_id=current_tenant_id(), note=self.address)

    def speaks_to_programs(self) -> None:
        """What programs were told and answered names the concern by its number."""
        from golddraht.programs.models import HookAttempt, HookDelivery, Occurrence
        from golddraht.team.models import RememberedAnswer

        number = Conversation.objects.filter(customer_id=self.customer_id).values_list("number", flat=True)[0]
        told = {"type": "message.received", "data": {"conversation": spoken(number), "words": self.words()}}
        occurrence = Occurrence.objects.create(news="message.received", body=json.dumps(told), at=MONDAY_MORNING)
        webhook = _any_row(HookDelivery._meta.get_field("webhook").related_model)
        delivery = HookDelivery.objects.create(webhook_id=webhook, occurrence=occurrence)
        HookAttempt.objects.create(
            delivery=delivery, at=MONDAY_MORNING, status=200, milliseconds=3, answer=self.words(), failure=""
        )
        RememberedAnswer.objects.create(
            member=self.company.nina,
            key=f"key {self.company.nina.pk} {number}",
            fingerprint="f",
            status=200,
            body=json.dumps({"id": self.customer_id, "name": self.name}),
            at=MONDAY_MORNING,
        )


def _is_ours(table: Table) -> bool:
    model = model_of(table)
    return (
        model is not None
        and any(one.name == "tenant" for one in model._meta.fields)
        and table.erasing.fate is Fate.GOES
    )


def _columns_by_goal(table: Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tie in ties(table):
        found.setdefault(tie.goal, []).append(tie.column)
    return found


def _others(goal: str, own: set[int]) -> list[int]:
    rows = apps.get_model(goal)._base_manager.filter(tenant_id=current_tenant_id()).exclude(pk__in=own)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


def _speaks(one: Any) -> bool:
    return isinstance(one, models.CharField | models.TextField) and not isinstance(one, SecretField)


def _plain_value(one: Any) -> Any:
    if one.null:
        return None
    for kind, value in (
        (models.BinaryField, b"x"),
        (models.DateTimeField, MONDAY_MORNING),
        (models.DateField, date(2026, 11, 16)),
        (models.TimeField, time(9)),
        (models.DurationField, timedelta(days=1)),
        (models.BooleanField, False),
        (models.FloatField, 0.5),
        (models.DecimalField, 1),
        (models.IntegerField, 1),
    ):
        if isinstance(one, kind):
            return value
    return one.get_default()


def _any_row(model: Any) -> int:
    found = model._base_manager.filter(tenant_id=current_tenant_id()).order_by("pk").first()
    assert found is not None, f"The test needs a row of {model._meta.label}."
    return int(found.pk)


def _set(table: Table, column: str, id_: int, value: Any, *, word: str, is_vector: bool) -> None:
    put = "to_tsvector('simple', %s)" if is_vector else "%s"
    statement = (
        f'UPDATE "{model_of(table)._meta.db_table}" SET "{column}" = {put}'
        f" WHERE tenant_id = %s AND id = %s AND position(%s in coalesce(\"{column}\"::text, '')) = 0"
    )
    # What is never changed has its word from its first moment.
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [value, current_tenant_id(), id_, word])


def stores_with(word: str) -> dict[str, int]:
    """How often the word stands in each table (as the owner of all of them), in the files, and in the ledger."""
    found = dict(_tables_with(word))
    found |= {"files": _files_with(word)}
    return {store: count for store, count in found.items() if count}


def _tables_with(word: str) -> Iterator[tuple[str, int]]:
    coded = word.encode().hex()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS one WHERE one::text ILIKE %s OR one::text ILIKE %s',
                [f"%{word}%", f"%{coded}%"],
            )
            yield table, cursor.fetchone()[0]
    connections["owner"].close()


def _files_with(word: str) -> int:
    root = Path(default_storage.path(""))
    return sum(word.encode() in path.read_bytes() or word in path.name for path in root.rglob("*") if path.is_file())


def said_in(archive: Path, word: str) -> list[str]:
    """The parts of an export in which the word stands."""
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as parts:
        return [name for name in parts.namelist() if word.encode() in parts.read(name)]


NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
