"""Mails imported together become the same as when they are imported one by one, in whatever order they lie in their files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golddraht.channels.models import MailRecord, RawMail, Reference
from golddraht.channels.operations import importing
from golddraht.channels.operations.importing import import_mails
from golddraht.conversations.models import Attachment, Conversation, Message, Milestone
from golddraht.customers.models import ContactPoint, Customer
from golddraht.plumbing.models import Tenant
from tests.cast import MONDAY_MORNING, Company
from tests.mails import CARE, VALENTINA, a_mail, a_mailbox
from tests.operations.test_mail_any_order import Sketch, groups, threads, undone, written

MAILS = Path(__file__).parent.parent / "mails"
SLOWLY = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class NotTogether(RuntimeError):
    pass


@contextmanager
def one_by_one(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """As it goes after a portion has failed: each mail in a step of its own, everything looked up in the database."""

    def refuse(mails: object) -> None:
        raise NotTogether

    with patch.context() as patched:
        patched.setattr(importing, "Portion", refuse)
        yield


def a_file(folder: Path, mails: list[bytes]) -> str:
    file = folder / "mails.mbox"
    escaped = (mail.replace(b"\nFrom ", b"\n>From ") for mail in mails)
    file.write_bytes(b"".join(b"From x@post.example Mon Nov 16 08:00:00 2026\n" + mail + b"\n\n" for mail in escaped))
    return str(file)


def imported(company: Company, mails: list[bytes]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        report = import_mails(tenant=company.tenant, paths=[a_file(Path(folder), mails)], at=MONDAY_MORNING)
    return {"report": asdict(report) | {"failed": len(report.failed)}} | everything()


def everything() -> dict[str, Any]:
    """All that an import leaves, without the ids that rows happen to have."""
    # A number is given back when a portion is done once more, so both count alike.
    return {
        "conversations": _all(Conversation, "number", but=("merged_into", "tags")),
        "merged": sorted(Conversation.objects.filter(status="MERGED").values_list("number", "merged_into__number")),
        "messages": _all(Message, "received_at", "text", "subject", "author_name", but=("conversation",)),
        "where": sorted(Message.objects.values_list("text", "conversation__number")),
        "records": _all(MailRecord, "mail_id", "fingerprint", but=("message", "mailbox")),
        "of": sorted(MailRecord.objects.values_list("fingerprint", "message__text")),
        "references": sorted(Reference.objects.values_list("record__mail_id", "mail_id")),
        "files": sorted(Attachment.objects.values_list("message__text", "name", "sha256", "size", "inline")),
        "customers": sorted(
            Customer.objects.values_list("name", "sort_name", "language", "name_source", "known_since")
        ),
        "points": sorted(ContactPoint.objects.values_list("address", "shown", "customer__name", "first_seen_at")),
        "raw": sorted(RawMail.objects.values_list("sha256", "message__text", "received_at", "mailbox__address")),
        "milestones": sorted(Milestone.objects.values_list("kind", "at", "conversation__number")),
    }


def _all(model: Any, *order: str, but: tuple[str, ...]) -> list[dict[str, Any]]:
    left_out = {"id", "customer", *but}
    names = [field.name for field in model._meta.concrete_fields if field.name not in left_out]
    return list(model.objects.order_by(*order).values(*names))


def both_ways(company: Company, patch: pytest.MonkeyPatch, mails: list[bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    with undone():
        a_mailbox()
        together = imported(company, mails)
    with undone(), one_by_one(patch):
        a_mailbox()
        alone = imported(company, mails)
    return together, alone


def same(together: dict[str, Any], alone: dict[str, Any]) -> None:
    for name, found in alone.items():
        assert together[name] == found, name


def _written(sketches: list[Sketch], order: list[int]) -> list[bytes]:
    return [written(sketches[place], place) for place in order]


@given(threads())
@SLOWLY
def test_threads_become_the_same_together_and_one_by_one(
    company: Company, drawn: tuple[list[Sketch], list[int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        same(*both_ways(company, patch, _written(*drawn)))


@given(threads())
@SLOWLY
def test_any_order_in_the_file_gives_the_same_conversations(
    company: Company, drawn: tuple[list[Sketch], list[int]]
) -> None:
    sketches, order = drawn
    found = []
    for places in (list(range(len(sketches))), order):
        with undone():
            a_mailbox()
            imported(company, _written(sketches, places))
            found.append(groups())

    assert found[0] == found[1]


@given(st.integers(0, 2**32))
@settings(SLOWLY, max_examples=3)
def test_the_corpus_becomes_the_same_together_and_one_by_one(company: Company, seed: int) -> None:
    chance = random.Random(seed)  # To shuffle, not to hide.
    files = chance.sample(sorted(MAILS.glob("*.eml")), 40)

    with pytest.MonkeyPatch.context() as patch:
        together, alone = both_ways(company, patch, [file.read_bytes() for file in files])

    same(together, alone)
    assert len(together["messages"]) > 30


def ours(place: int, **settings: Any) -> bytes:
    """An answer of ours to the mail before, as it lies among the sent ones."""
    at = MONDAY_MORNING - timedelta(days=3) + timedelta(minutes=place)
    known = {"from_": f"Nina Aigner <{CARE}>", "to": VALENTINA, "subject": "Re: Waschmaschine pumpt nicht ab"}
    return a_mail(**(known | {"id_": f"{place}@heizwerk.example", "text": f"Antwort {place}.", "at": at} | settings))


def a_life() -> list[bytes]:
    """A customer's mails and our answers, the same mail twice, a machine's, and two threads that turn out to be one."""
    early = MONDAY_MORNING - timedelta(days=4)
    return [
        a_mail(id_="1@k.example", at=early),
        ours(1, references=("1@k.example",)),
        a_mail(id_="2@k.example", at=early + timedelta(hours=5), references=("1@heizwerk.example",), text="Wo ist es?"),
        a_mail(id_="2@k.example", at=early + timedelta(hours=5), references=("1@heizwerk.example",), text="Wo ist es?"),
        a_mail(
            id_="3@k.example", at=early, subject="Herd bleibt kalt", text="Was nun?", references=("late@k.example",)
        ),
        a_mail(id_="4@k.example", at=early, subject="Anderes Thema dabei", text="Und?", references=("late@k.example",)),
        a_mail(id_="late@k.example", at=early, subject="Alles neu", text="Beginn?", references=("2@k.example",)),
        a_mail(id_="5@k.example", at=early, subject="Abwesend", text="Bin weg.", Auto_Submitted="auto-replied"),
        ours(6, to="Neu <neu@kunde.example>", subject="Ihr Termin am Montag", text="Wir kommen."),
        a_mail(from_="Neu <neu@kunde.example>", id_="6@k.example", subject="AW: Ihr Termin am Montag", text="Wann?"),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_life_in_mails_is_the_same_in_any_order(company: Company, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    mails = a_life()
    if seed:
        random.Random(seed).shuffle(mails)  # As above.

    same(*both_ways(company, monkeypatch, mails))


def test_what_came_with_an_earlier_import_is_known(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    life = a_life()
    found = []
    for way in (lambda: one_by_one(monkeypatch), transaction.atomic):
        with undone():
            a_mailbox()
            with way():  # type: ignore[operator]  # Both give a context.
                imported(company, life[::2])
                found.append(imported(company, life))

    same(*found)


def _statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_many_mails_need_few_statements(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a slow machine a portion ends by the clock, and there are more of them.
    monkeypatch.setattr(importing, "PORTION", 600.0)
    a_mailbox()
    mails = [
        a_mail(
            from_=f"Person {place} <p{place}@post.example>", id_=f"{place}@post.example", subject=f"Anliegen {place}"
        )
        for place in range(60)
    ]
    assert Tenant.objects.filter(pk=company.tenant.pk).exists()

    assert _statements(lambda: imported(company, mails)) < 60 * 3
