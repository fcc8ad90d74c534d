"""Whatever happens in whichever order, crashes included: nobody is left in silence, nobody is pestered, nothing is lost.

PostgreSQL is the second witness: its deferred constraints are asked after every step.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from golddraht.conversations.models import Conversation, Escalation, Message, Move, Solution
from golddraht.conversations.operations import (
    CannotCare,
    MergeRefused,
    NotAskedTwice,
    NotLive,
    SplitRefused,
    UndoRefused,
    confirm_in_person,
    confirm_solution,
    hand_over,
    leave,
    mark_quiet,
    mark_spam,
    merge,
    object_to_solution,
    presume_solved,
    propose_solution,
    receive_message,
    reply,
    split,
    sweep,
    take_escalation,
    undo_move,
    unmark_spam,
    wake,
    withdraw_solution,
)
from golddraht.conversations.operations.recounting import automatic_since_a_human, thread
from golddraht.conversations.rules import AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE, LIVE, Status
from golddraht.customers.models import ContactPoint
from golddraht.house.wiring import REACTIONS
from golddraht.plumbing import bus
from golddraht.team.models import Absence, Membership
from golddraht.team.operations import plan_absence
from tests.cast import MONDAY_MORNING, a_company, bjoern, valentina, words
from tests.mails import a_mailbox

which = st.integers(0, 30)
REFUSALS = (CannotCare, MergeRefused, NotAskedTwice, NotLive, SplitRefused, UndoRefused)


class Crash(Exception):
    """The process died here; PostgreSQL takes everything back."""


class NeverSilent(RuleBasedStateMachine):
    """Two customers and four colleagues, with any luck and any weather."""

    @initialize()
    def open_shop(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.company = a_company()
        self.stack.enter_context(self.company.seen())
        self.at = MONDAY_MORNING
        self.crashes_at = 0
        self.known: set[int] = set()
        self.stack.callback(bus.use, REACTIONS)
        bus.use({event: [*reactions, self.perhaps_crash] for event, reactions in REACTIONS.items()})
        a_mailbox()
        for pick in range(3):
            self.receive(pick, "Wo bleibt meine Lieferung?")

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def perhaps_crash(self, event: object) -> None:
        if self.crashes_at:
            self.crashes_at -= 1
            if not self.crashes_at:
                raise Crash(event)

    def attempt(self, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
        except (*REFUSALS, Crash):
            pass
        self.crashes_at = 0

    def one(self, pick: int, *statuses: Status) -> int | None:
        """One of the conversations, if there is any of that kind."""
        rows = Conversation.objects.exclude(status=Status.MERGED)
        if statuses:
            rows = rows.filter(status__in=statuses)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return ids[pick % len(ids)] if ids else None

    def somebody(self, pick: int) -> int:
        active = Membership.objects.filter(tenant=self.company.tenant, active=True).order_by("pk")
        ids = list(active.values_list("pk", flat=True))
        return ids[pick % len(ids)]

    @rule(publishes=st.integers(1, 3))
    def the_next_step_crashes(self, publishes: int) -> None:
        self.crashes_at = publishes

    @rule(pick=which, text=st.sampled_from(["Wo bleibt sie?", "Es tropft.", "Danke!"]))
    def receive(self, pick: int, text: str) -> None:
        customer = valentina() if pick % 2 else bjoern()
        reason = "THANKS" if text == "Danke!" else ""
        self.attempt(lambda: receive_message(customer=customer, words=words(text, quiet_reason=reason), at=self.at))

    @rule(pick=which, text=st.sampled_from(["Noch etwas: wann?", "Danke!"]))
    def receive_more(self, pick: int, text: str) -> None:
        conversation = Conversation.objects.order_by("pk")[pick % Conversation.objects.count()]
        said = words(text, quiet_reason="THANKS" if text == "Danke!" else "")
        self.attempt(
            lambda: receive_message(customer=conversation.customer, words=said, conversation=conversation, at=self.at)
        )

    @rule(pick=which, still_ours=st.booleans())
    def answer(self, pick: int, still_ours: bool) -> None:
        if pk := self.one(pick):
            by = self.somebody(pick)
            self.attempt(
                lambda: reply(conversation_id=pk, author_id=by, text="Gern.", still_ours=still_ours, at=self.at)
            )

    @rule(pick=which)
    def propose(self, pick: int) -> None:
        if pk := self.one(pick):
            by = self.somebody(pick)
            self.attempt(lambda: propose_solution(conversation_id=pk, by=by, text="So geht es.", at=self.at))

    @rule(pick=which, act=st.sampled_from(["confirm", "object", "withdraw", "presume"]))
    def answer_a_proposal(self, pick: int, act: str) -> None:
        ids = list(Solution.objects.order_by("-pk").values_list("pk", flat=True))
        if not ids:
            return
        pk = ids[pick % len(ids)]
        acts: dict[str, Callable[[], object]] = {
            "confirm": lambda: confirm_solution(solution_id=pk, at=self.at),
            "object": lambda: object_to_solution(solution_id=pk, words="Nein, leider nicht." * (pick % 2), at=self.at),
            "withdraw": lambda: withdraw_solution(solution_id=pk, by=None, at=self.at),
            "presume": lambda: presume_solved(solution_id=pk, at=self.at),
        }
        self.attempt(acts[act])

    @rule(pick=which)
    def confirm_on_the_phone(self, pick: int) -> None:
        if pk := self.one(pick):
            by = self.somebody(pick)
            self.attempt(lambda: confirm_in_person(conversation_id=pk, by=by, at=self.at))

    @rule(source=which, into=which)
    def merge_two(self, source: int, into: int) -> None:
        source_id, target_id = self.one(source), self.one(into)
        if source_id and target_id:
            by = self.somebody(source)
            self.attempt(lambda: merge(source_id=source_id, target_id=target_id, by=by, at=self.at))

    @rule(pick=which, take=which)
    def split_off(self, pick: int, take: int) -> None:
        if pk := self.one(pick):
            ids = list(Message.objects.filter(conversation_id=pk).order_by("pk").values_list("pk", flat=True))
            by = self.somebody(pick)
            chosen = ids[take % len(ids) :]
            self.attempt(lambda: split(conversation_id=pk, message_ids=chosen, by=by, at=self.at))

    @rule(pick=which)
    def undo(self, pick: int) -> None:
        ids = list(Move.objects.order_by("-pk").values_list("pk", flat=True))
        if ids:
            self.attempt(lambda: undo_move(move_id=ids[pick % len(ids)], by=None, at=self.at))

    @rule(pick=which, to=which)
    def hand_on(self, pick: int, to: int) -> None:
        if pk := self.one(pick):
            to_id = self.somebody(to)
            self.attempt(lambda: hand_over(conversation_id=pk, to_id=to_id, by=None, at=self.at))

    @rule(pick=which, is_spam=st.booleans())
    def put_aside(self, pick: int, is_spam: bool) -> None:
        if pk := self.one(pick):
            if is_spam:
                self.attempt(lambda: mark_spam(conversation_ids=[pk], by=None, at=self.at))
            else:
                self.attempt(lambda: mark_quiet(conversation_ids=[pk], by=None, reason="INVOICE", at=self.at))

    @rule(pick=which)
    def get_back(self, pick: int) -> None:
        if pk := self.one(pick, Status.QUIET, Status.SPAM):
            self.attempt(lambda: wake(conversation_ids=[pk], by=None, at=self.at))
            self.attempt(lambda: unmark_spam(conversation_ids=[pk], by=None, at=self.at))

    @rule(pick=which)
    def somebody_leaves(self, pick: int) -> None:
        member_id = self.somebody(pick)
        self.attempt(lambda: leave(member_id=member_id, by=None, at=self.at))

    @rule()
    def everybody_comes_back(self) -> None:
        Membership.objects.filter(tenant=self.company.tenant).update(active=True, left_at=None)
        Absence.objects.all().delete()

    @rule(pick=which, deputy=which)
    def somebody_is_ill(self, pick: int, deputy: int) -> None:
        member_id, deputy_id = self.somebody(pick), self.somebody(deputy)
        plan_absence(
            member_id=member_id,
            deputy_id=deputy_id if deputy_id != member_id else None,
            starts_at=self.at,
            ends_at=self.at + timedelta(days=3),
        )

    @rule(is_reachable=st.booleans())
    def an_address_dies_or_lives(self, is_reachable: bool) -> None:
        ContactPoint.objects.update(unreachable_since=None if is_reachable else self.at)

    @rule(pick=which)
    def a_lead_takes_an_escalation(self, pick: int) -> None:
        ids = list(Escalation.objects.order_by("pk").values_list("pk", flat=True))
        if ids:
            by = self.somebody(pick)
            self.attempt(lambda: take_escalation(escalation_id=ids[pick % len(ids)], by=by, at=self.at))

    @rule(hours=st.sampled_from([1, 5, 30, 75, 100, 400]))
    def time_goes_by(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.attempt(lambda: sweep(at=self.at))
        assert any(sweep(at=self.at).is_done for _ in range(5))
        assert unescalated_before(self.at) == []

    @invariant()
    def whoever_is_live_is_cared_for(self) -> None:
        if not hasattr(self, "company"):
            return
        live = Conversation.objects.filter(status__in=sorted(LIVE))
        assert not live.exclude(owner__active=True).exists()
        assert not live.filter(next_touch_at=None).exists()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def nobody_is_pestered(self) -> None:
        if not hasattr(self, "company"):
            return
        for conversation in Conversation.objects.exclude(status=Status.MERGED):
            counted = min(automatic_since_a_human(thread(conversation)), AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE)
            assert conversation.automatic_in_a_row == counted

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "company"):
            return
        there = set(Message.objects.values_list("pk", flat=True))
        assert self.known <= there
        assert not Message.objects.filter(conversation__status=Status.MERGED).exists()
        self.known = there


def unescalated_before(at: datetime) -> list[int]:
    """Live conversations overdue at that moment of which no lead was told."""
    overdue = Conversation.objects.filter(status__in=sorted(LIVE), next_touch_at__lte=at)
    told = set(Escalation.objects.values_list("conversation_id", "missed_at"))
    return [one.pk for one in overdue if (one.pk, one.next_touch_at) not in told]


@pytest.mark.usefixtures("db")
def test_no_sequence_of_events_leaves_anybody_in_silence() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # As hypothesis gives it.
        NeverSilent,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
