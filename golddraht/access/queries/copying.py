"""Everything about a person as one document: what holds, where it is from, every row, who else has it, what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from golddraht.access.queries.others import others_in
from golddraht.access.queries.plain_rows import Plain, plain_row, texts_in
from golddraht.access.queries.recipients import recipients_of
from golddraht.access.queries.rows import LEFT_OUT, Rows, rows_of_person
from golddraht.access.rules.redacting import Others, redacted
from golddraht.access.rules.sharing import may_be_same
from golddraht.conversations.rules import Direction
from golddraht.customers.models import Customer
from golddraht.customers.queries import ids_of_person
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules.golden import golden
from golddraht.ground.numbers import spoken
from golddraht.privacy.catalogue import BY_LABEL
from golddraht.privacy.queries import chosen_months, record_of_processing
from golddraht.team.queries import current_tenant, names_of_members

FORMAT, VERSION = "golddraht-own-copy", 1
MESSAGE, FILE = "conversations.Message", "conversations.Attachment"
SAID_BY_PEOPLE = ("subject", "text", "html", "quoted_text", "signature")


@dataclass(frozen=True)
class EnclosedFile:
    """A file that goes along: where it lies in the storage, and where in the copy."""

    stored_as: str
    path: str


@dataclass(frozen=True)
class OwnCopy:
    told: Plain
    files: list[EnclosedFile] = field(default_factory=list)


def own_copy(*, customer_id: int, at: datetime) -> OwnCopy:
    """Complete but for other people: they are taken out, and it is said where. In the language that is active."""
    ids = ids_of_person(customer_id=customer_id)
    rows = rows_of_person(ids)
    foreign = _foreign(rows, ids)
    rows = _without_what_hangs_on(foreign, rows)
    participants = {one.author_name for one in rows.get(MESSAGE, []) if one.pk in foreign and one.author_name}
    others = others_in(texts_in(rows), customer_id=customer_id, ids=ids, participants=participants)
    plain = _plain(rows, others, foreign)
    asked = {one.pk for one in rows.get(MESSAGE, []) if one.inquiry_id}
    files = _files(rows, asked)
    _name_files(plain, files)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at.isoformat(),
        "company": {"name": current_tenant().name, "country": current_tenant().country},
        "record": _record(customer_id, others, foreign),
        "concerns": _concerns(plain),
        "recipients": [asdict(one) for one in recipients_of(rows)],
        "processing": _processing(rows, at),
        "withheld": _withheld(foreign, sum(one.message_id in asked for one in rows.get(FILE, []))),
        "rows": plain,
    }
    return OwnCopy(told, list(files.values()))


def _foreign(rows: Rows, ids: list[int]) -> set[int]:
    """Messages that another person wrote: known to be another customer, or of a name that cannot be theirs."""
    names = [one.name for one in Customer.objects.filter(pk__in=ids)]
    found = set()
    for message in rows.get(MESSAGE, []):
        if message.direction != Direction.IN or message.inquiry_id:
            continue
        is_other = message.customer_id is not None and message.customer_id not in ids
        if is_other or not may_be_same(message.author_name, names):
            found.add(message.pk)
    return found


def _without_what_hangs_on(foreign: set[int], rows: Rows) -> Rows:
    """Without the addresses, judgements and files of what another person wrote, and the words that were read in it."""
    kept: Rows = {}
    for label, found in rows.items():
        if label == "customers.Fact":
            for fact in found:
                fact.evidence = "" if fact.message_id in foreign else fact.evidence
        kept[label] = [one for one in found if not _hangs_on(one, foreign)] if label in OF_A_MESSAGE else found
    return {label: found for label, found in kept.items() if found}


OF_A_MESSAGE = frozenset(
    {"channels.MailRecord", "channels.Authenticity", "channels.MessageSeal", "channels.Delivery", FILE}
)


def _hangs_on(row: Any, foreign: set[int]) -> bool:
    return row.message_id in foreign


def _plain(rows: Rows, others: Others, foreign: set[int]) -> dict[str, list[Plain]]:
    colleagues = names_of_members()
    plain = {label: [plain_row(label, row, others, colleagues) for row in found] for label, found in rows.items()}
    for message, row in zip(plain.get(MESSAGE, []), rows.get(MESSAGE, []), strict=True):
        if row.direction == Direction.IN:
            message["author_name"] = redacted(row.author_name, others)
        if row.pk in foreign:
            message |= dict.fromkeys(SAID_BY_PEOPLE, "") | {"author_name": others.somebody, "text": others.somebody}
    return plain


def _files(rows: Rows, asked: set[int]) -> dict[int, EnclosedFile]:
    """The files of the messages that stand in the copy, by the number of their row.

    The person knows what they sent and were sent. What went between us and a third party (`asked`) may show anybody: a list of
    the day's tour, for instance.
    """
    found = {}
    for row in rows.get(FILE, []):
        if row.file.name and row.message_id not in asked:
            found[row.pk] = EnclosedFile(row.file.name, f"files/{row.pk}-{_harmless(row.name)}")
    return found


def _harmless(name: str) -> str:
    """A name that leads nowhere and that every system can keep."""
    return "".join(one if one.isalnum() or one in " ._-" else "_" for one in name).strip(" .")[:100] or "file"


def _name_files(plain: Mapping[str, list[Plain]], files: Mapping[int, EnclosedFile]) -> None:
    for row in plain.get(FILE, []):
        row["path"] = files[row["id"]].path if row["id"] in files else ""


def _record(customer_id: int, others: Others, foreign: set[int]) -> list[Plain]:
    """Everything that was said of them, with its source; `holds` is what is held to be true."""
    said = said_of(customer_id=customer_id)
    held = {one.statement for found in golden(note.statement for note in said).values() for one in found}
    return [
        {
            "attribute": str(one.statement.attribute),
            "value": one.statement.value,
            "source": one.statement.source,
            "said_at": one.statement.said_at.isoformat(),
            "certainty": one.statement.certainty,
            "evidence": "" if one.message_id in foreign else redacted(one.statement.evidence, others),
            "says_it_is_wrong": one.statement.denies,
            "holds": one.statement in held,
        }
        for one in said
    ]


def _concerns(plain: Mapping[str, list[Plain]]) -> list[Plain]:
    """Concern by concern, as a person reads it; the rows stand whole below `rows`."""
    within = {name: _by(plain.get(label, []), "conversation") for name, label in WITHIN.items()}
    files = _by(plain.get(FILE, []), "message")
    return [
        {
            "number": spoken(one["number"]),
            "subject": one["subject"],
            "status": one["status"],
            "opened_at": one["created_at"],
            "solved_at": one["solved_at"],
            "owner": one["owner"],
            "messages": [
                _message(message, files.get(message["id"], [])) for message in within["messages"].get(one["id"], [])
            ],
        }
        | {name: within[name].get(one["id"], []) for name in WITHIN if name != "messages"}
        for one in plain.get("conversations.Conversation", [])
    ]


WITHIN = {
    "messages": MESSAGE,
    "notes": "conversations.Note",
    "promises": "promises.Promise",
    "satisfaction": "improvement.Satisfaction",
    "asked_third_parties": "conversations.Inquiry",
    "calls": "telephone.Call",
}


def _message(row: Plain, files: list[Plain]) -> Plain:
    who = {"IN": "you", "OUT": "us"}[row["direction"]]
    return {
        "at": row["received_at"],
        "from": "third party" if row["inquiry"] and who == "you" else who,
        "author": row["author_name"] or row["author"],
        "channel": row["channel"],
        "is_automatic": bool(row["automatic"]),
        "subject": row["subject"],
        "text": row["text"],
        "files": [one["path"] for one in files],
    }


def _by(rows: list[Plain], column: str) -> dict[int, list[Plain]]:
    found: dict[int, list[Plain]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _processing(rows: Rows, at: datetime) -> list[Plain]:
    """What it is kept for, on which ground, for how long, and from where, for all that there is."""
    keys = {BY_LABEL[label].activity.key for label in rows}
    found = record_of_processing(country=current_tenant().country, on=at.date(), months=chosen_months())
    return [
        {
            "title": one.title,
            "purpose": one.purpose,
            "basis": one.basis,
            "recipients": one.recipients,
            "source": one.source,
            "kept_for": [f"{kept.title}: {kept.length}" for kept in one.keeping],
        }
        for one in found
        if one.key in keys
    ]


def _withheld(foreign: set[int], files_of_third_parties: int) -> list[Plain]:
    """What is not in the copy, and why."""
    told = [{"what": label, "why": why} for label, why in LEFT_OUT.items()]
    if foreign:
        words = gettext("%(count)d messages that somebody else wrote: their words are theirs (Article 15 (4) GDPR)")
        told.append({"what": MESSAGE, "why": words % {"count": len(foreign)}})
    if files_of_third_parties:
        words = gettext(
            "%(count)d files that went between us and third parties: they may show other people. Ask us for them, and"
            " somebody looks at them first (Article 15 (4) GDPR)"
        )
        told.append({"what": FILE, "why": words % {"count": files_of_third_parties}})
    return told
