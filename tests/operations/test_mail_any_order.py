"""In whatever order mails arrive, the same conversations come of them, and strangers are never merged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golddraht.channels.models import MailRecord
from golddraht.conversations.models import Message
from golddraht.conversations.operations import merge, reply, split, undo_move
from tests.cast import MONDAY_MORNING, Company
from tests.mails import BJOERN, VALENTINA, a_mail, a_mailbox, arrives

PEOPLE = (VALENTINA, BJOERN)
SUBJECTS = ("Waschmaschine pumpt nicht ab", "AW: Waschmaschine pumpt nicht ab", "Frage", "Herd bleibt kalt")


@dataclass(frozen=True)
class Sketch:
    """A mail to be: who wrote it, which earlier ones (by position) it names, and its subject."""

    person: int
    names: tuple[int, ...]
    subject: int


@st.composite
def threads(draw: st.DrawFn) -> tuple[list[Sketch], list[int]]:
    """Up to six mails, each naming any of the earlier ones, and an order in which they arrive."""
    count = draw(st.integers(2, 6))
    sketches = [
        Sketch(
            person=draw(st.sampled_from([0, 0, 0, 1])),
            names=tuple(sorted(draw(st.sets(st.integers(0, place - 1), max_size=2)))) if place else (),
            subject=draw(st.integers(0, len(SUBJECTS) - 1)),
        )
        for place in range(count)
    ]
    return sketches, draw(st.permutations(range(count)))


def written(sketch: Sketch, place: int) -> bytes:
    return a_mail(
        from_=PEOPLE[sketch.person],
        id_=f"{place}@post.example",
        subject=SUBJECTS[sketch.subject],
        references=tuple(f"{one}@post.example" for one in sketch.names),
        text=f"Nachricht {place}: Wann kommt jemand zu mir?",
        at=MONDAY_MORNING + timedelta(minutes=place),
    )


@given(threads())
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_order_of_arrival_gives_the_same_conversations(
    company: Company, drawn: tuple[list[Sketch], list[int]]
) -> None:
    sketches, order = drawn

    with undone():
        in_order = after_arrival(sketches, list(range(len(sketches))))
    with undone():
        shuffled = after_arrival(sketches, order)

    assert shuffled == in_order
    for group in in_order:
        assert len({sketches[place].person for place in group}) == 1


def after_arrival(sketches: list[Sketch], order: list[int]) -> set[frozenset[int]]:
    mailbox = a_mailbox()
    for minute, place in enumerate(order):
        arrives(
            written(sketches[place], place), mailbox=mailbox, at=MONDAY_MORNING + timedelta(hours=1, minutes=minute)
        )
    return groups()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def groups() -> set[frozenset[int]]:
    """Which mails are in one conversation, by their positions."""
    found: dict[int, set[int]] = {}
    for record in MailRecord.objects.filter(message__direction="IN").select_related("message"):
        found.setdefault(record.message.conversation_id, set()).add(int(record.mail_id.partition("@")[0]))
    return {frozenset(places) for places in found.values()}


def test_what_a_person_took_apart_is_not_joined_again(company: Company) -> None:
    mailbox = a_mailbox()
    first = arrives(written(Sketch(0, (), 0), 0), mailbox=mailbox).conversation
    other = arrives(written(Sketch(0, (), 3), 1), mailbox=mailbox).conversation
    move = merge(source_id=other.pk, target_id=first.pk, by=company.nina.pk, at=MONDAY_MORNING)
    undo_move(move_id=move.pk, by=company.nina.pk, at=MONDAY_MORNING)

    arrives(written(Sketch(0, (0, 1), 2), 2), mailbox=mailbox)

    assert len({message.conversation_id for message in Message.objects.filter(direction="IN")}) == 2


def test_an_answer_to_a_message_that_was_split_off_goes_where_it_went(company: Company) -> None:
    mailbox = a_mailbox()
    old = arrives(written(Sketch(0, (), 0), 0), mailbox=mailbox).conversation
    asked_too = arrives(written(Sketch(0, (0,), 1), 1), mailbox=mailbox)
    ours = reply(conversation_id=old.pk, author_id=company.nina.pk, text="Zum Herd: morgen.", at=MONDAY_MORNING)
    record = MailRecord.objects.get(message=ours)
    move = split(conversation_id=old.pk, message_ids=[asked_too.pk, ours.pk], by=company.nina.pk, at=MONDAY_MORNING)

    answer = arrives(
        a_mail(id_="z@post.example", to=record.reply_to, references=(record.mail_id,), text="Wann morgen?")
    )

    assert answer.conversation == move.target
