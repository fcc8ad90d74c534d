"""Errands and macros: what is done to many concerns, done once, and given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from golddraht.conversations.models import Conversation, Draft, Errand, ErrandLine, Macro, Message, Note
from golddraht.conversations.operations import (
    hand_over,
    mark_spam,
    receive_message,
    set_next_touch,
    set_priority,
    set_tags,
)
from golddraht.conversations.operations.errands import (
    AT_ONCE,
    NothingToDo,
    NotTheirs,
    OnlyLeads,
    begin_errand,
    sweep,
    undo_errand,
    work_on,
)
from golddraht.conversations.operations.macros import (
    MacroRefused,
    bring_back_macro,
    keep_macro,
    retire_macro,
    run_macro,
)
from golddraht.conversations.operations.sending import let_leave
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.conversations.queries import undoable_of
from golddraht.conversations.queries.errands import NoSuchErrand, errand_for, latest_errand, macros
from golddraht.conversations.rules import Acts, LineState, Status
from golddraht.customers.operations import declare_salutation
from golddraht.customers.rules import Salutation
from golddraht.team.models import Membership
from golddraht.team.operations import form_team
from golddraht.team.rules import Priority
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox

NOON = MONDAY_MORNING + timedelta(hours=2)
AFTERNOON = MONDAY_MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from; answers leave at once, except where a test is about taking them back."""
    a_mailbox()
    Membership.objects.update(undo_seconds=0)


def concerns(count: int = 3) -> list[Conversation]:
    return [a_conversation(customer=bjoern() if i % 2 else valentina(), subject=f"Anliegen {i}") for i in range(count)]


def done(company: Company, chosen: list[Conversation], acts: Acts, token: str = "eins", **more: Any) -> Errand:
    told: dict[str, Any] = {"name": "Probe", "by": company.lea.pk, "at": NOON} | more
    return begin_errand(conversation_ids=[one.pk for one in chosen], acts=acts, token=token, **told)


def states(chosen: list[Conversation]) -> list[dict[str, Any]]:
    fields = ["status", "priority", "tags", "owner_id", "team_id", "next_touch_at", "quiet_reason", "merged_into_id"]
    return list(Conversation.objects.filter(pk__in=[one.pk for one in chosen]).order_by("pk").values(*fields))


@pytest.mark.parametrize(
    "acts",
    [
        Acts(tags=("Lieferung", "eilig")),
        Acts(priority="URGENT"),
        Acts(touch_at=NOON + timedelta(days=1)),
        Acts(puts_aside=True),
        Acts(is_spam=True),
        Acts(note="Bitte Tour 7 beachten."),
    ],
)
def test_what_was_done_is_undone_and_the_world_is_as_before(company: Company, acts: Acts) -> None:
    chosen = concerns()
    set_tags(conversation_id=chosen[0].pk, tags=["eilig"], by=None, at=MONDAY_MORNING)
    before = states(chosen)

    errand = done(company, chosen, acts)
    assert acts.note or states(chosen) != before
    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON + timedelta(minutes=5))

    assert states(chosen) == before
    assert not Note.objects.exists()
    assert {line.state for line in ErrandLine.objects.all()} == {LineState.UNDONE}


def test_handing_over_is_undone_and_customers_who_heard_hear_again(company: Company) -> None:
    chosen = concerns(2)
    for one in chosen:
        hand_over(conversation_id=one.pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)
    before = states(chosen)
    errand = done(company, chosen, Acts(to_id=company.tom.pk, note="Kennst du dich aus?"))
    assert {one["owner_id"] for one in states(chosen)} == {company.tom.pk}

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON + timedelta(minutes=1))

    assert states(chosen) == before
    assert not Note.objects.exists()


def test_a_team_gets_it_where_least_lies_on_a_desk(company: Company) -> None:
    technik = form_team(name="Technik", lead=company.lea, members=[company.tom, company.lea], hours=WEEKDAYS)
    chosen = concerns(4)
    for one in chosen[1:]:
        hand_over(conversation_id=one.pk, to_id=company.tom.pk, by=None, at=MONDAY_MORNING)
    hand_over(conversation_id=chosen[0].pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)

    done(company, chosen[:1], Acts(team_id=technik.pk))

    chosen[0].refresh_from_db()
    assert (chosen[0].team_id, chosen[0].owner_id) == (technik.pk, company.lea.pk)


def test_what_somebody_changed_since_stays_as_they_left_it(company: Company) -> None:
    [one] = concerns(1)
    hand_over(conversation_id=one.pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)
    acts = Acts(priority="HIGH", to_id=company.tom.pk, tags=("a",), touch_at=NOON + timedelta(days=1))
    errand = done(company, [one], acts)
    set_priority(conversation_id=one.pk, priority=Priority.URGENT, by=company.tom.pk, at=AFTERNOON)
    set_next_touch(conversation_id=one.pk, next_touch_at=NOON + timedelta(days=2), by=company.tom.pk, at=AFTERNOON)
    set_tags(conversation_id=one.pk, tags=["a", "b"], by=company.tom.pk, at=AFTERNOON)
    hand_over(conversation_id=one.pk, to_id=company.lea.pk, by=company.tom.pk, at=AFTERNOON)

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=AFTERNOON)

    one.refresh_from_db()
    assert (one.priority, one.owner_id, one.tags) == ("URGENT", company.lea.pk, ["b"])
    assert one.next_touch_at == NOON + timedelta(days=2)
    assert ErrandLine.objects.get().why_not == "CHANGED"


def test_merging_is_undone(company: Company) -> None:
    chosen = concerns()
    before = states(chosen)
    errand = done(company, chosen, Acts(into_id=chosen[2].pk))
    assert [one["merged_into_id"] for one in states(chosen)] == [chosen[2].pk, chosen[2].pk, None]

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON)

    after = states(chosen)
    assert [(one["status"], one["merged_into_id"]) for one in after] == [(one["status"], None) for one in before]


def test_the_same_errand_sent_twice_is_done_once(company: Company) -> None:
    chosen = concerns(2)
    first = done(company, chosen, Acts(text="{anrede} wir sind dran."))
    again = done(company, chosen, Acts(text="{anrede} wir sind dran."))

    assert first.pk == again.pk
    assert Message.objects.filter(direction="OUT", automatic="").count() == 2


def test_the_same_answer_to_the_same_concerns_goes_out_once_even_as_another_errand(company: Company) -> None:
    chosen = concerns(2)
    done(company, chosen, Acts(text="{anrede} wir sind dran."))
    second = done(company, chosen, Acts(text="{anrede} wir sind dran."), token="zwei")

    assert Message.objects.filter(direction="OUT", automatic="").count() == 2
    assert {line.why_not for line in ErrandLine.objects.filter(errand=second)} == {"ANSWERED"}


def test_one_that_cannot_be_done_stops_none_of_the_others(company: Company) -> None:
    chosen = concerns(3)
    mark_spam(conversation_ids=[chosen[1].pk], by=None, at=MONDAY_MORNING)
    seen = {one.pk: Message.objects.filter(conversation=one).latest("pk").pk for one in chosen}
    receive_message(customer=chosen[2].customer, words=words("Noch etwas!"), conversation=chosen[2], at=NOON)

    errand = done(company, chosen, Acts(text="Gern.", tags=("x",)), seen_message_ids=seen, at=AFTERNOON)

    lines = ErrandLine.objects.filter(errand=errand).order_by("conversation_id")
    assert [(line.state, line.why_not) for line in lines] == [
        ("DONE", ""),
        ("REFUSED", "NOT_LIVE"),
        ("REFUSED", "STALE"),
    ]
    assert [one["tags"] for one in states(chosen)] == [["x"], [], []]  # All of it, or nothing.


def test_a_group_is_answered_with_a_personal_message_each(company: Company) -> None:
    chosen = concerns(2)

    done(company, chosen, Acts(text="{greeting}\n\ndie Störung ist behoben."))

    assert {one.text for one in sent()} == {
        "Guten Tag Valentina Moser,\n\ndie Störung ist behoben.",
        "Guten Tag Björn Petersen,\n\ndie Störung ist behoben.",
    }


def test_nobody_of_many_is_called_frau_or_herr_without_evidence(company: Company) -> None:
    declared, other = concerns(2)
    declare_salutation(customer_id=declared.customer_id, salutation=Salutation.FRAU, at=MONDAY_MORNING)

    errand = done(company, [declared, other], Acts(text="Sehr geehrte Frau Moser,\n\nbald."))

    lines = ErrandLine.objects.filter(errand=errand).order_by("conversation_id")
    assert [line.why_not for line in lines] == ["", "UNPROVEN"]


def test_an_agent_does_not_answer_many_and_words_that_nobody_can_fill_go_to_nobody(company: Company) -> None:
    chosen = concerns(2)

    with pytest.raises(OnlyLeads):
        done(company, chosen, Acts(text="Hallo"), by=company.nina.pk)
    errand = done(company, chosen, Acts(text="Die Störung {ist} behoben."))

    assert set(ErrandLine.objects.filter(errand=errand).values_list("why_not", flat=True)) == {"MISSING ist"}
    assert not sent()


def test_what_is_not_known_is_not_sent(company: Company) -> None:
    [one] = concerns(1)

    done(company, [one], Acts(text="Bis {zusage}."), at=MONDAY_MORNING + timedelta(days=20))

    assert ErrandLine.objects.get().why_not == "MISSING zusage"
    assert not Message.objects.filter(direction="OUT", automatic="").exists()


def test_an_answer_that_left_the_house_stays_and_is_told(company: Company) -> None:
    [one] = concerns(1)
    errand = done(company, [one], Acts(text="Gern.", tags=("x",)))

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=AFTERNOON)

    state = errand_for(viewer=company.viewer(company.nina), errand_id=errand.pk)
    assert [left.why_not for left in state.left] == ["SENT"]
    one.refresh_from_db()
    assert (one.status, one.tags) == (Status.WAITING, [])


def test_the_question_whether_it_is_solved_is_withdrawn(company: Company) -> None:
    [one] = concerns(1)
    errand = done(company, [one], Acts(asks_whether_solved=True))
    one.refresh_from_db()
    assert one.status == Status.PROPOSED
    assert "gelöst" in Message.objects.latest("pk").text

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=AFTERNOON)

    one.refresh_from_db()
    assert one.status == Status.OPEN


def test_many_are_done_portion_by_portion_and_undone_in_between(company: Company) -> None:
    chosen = concerns(45)
    errand = done(company, chosen, Acts(tags=("x",)))
    viewer = company.viewer(company.nina)
    assert len(chosen) > AT_ONCE
    assert errand_for(viewer=viewer, errand_id=errand.pk).through == 0

    assert work_on(errand_id=errand.pk, at=NOON)
    assert errand_for(viewer=viewer, errand_id=errand.pk).through == 20
    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON)
    while work_on(errand_id=errand.pk, at=NOON):
        pass
    work_on(errand_id=errand.pk, at=NOON)

    state = errand_for(viewer=viewer, errand_id=errand.pk)
    assert (state.done, state.undone, state.is_over, state.through) == (0, 20, True, 45)
    assert {tuple(one["tags"]) for one in states(chosen)} == {()}


def test_a_job_that_was_lost_is_found_by_the_sweeper(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    from golddraht.conversations import jobs

    errand, nudged = done(company, concerns(11), Acts(tags=("x",))), []
    monkeypatch.setattr(jobs, "nudge_errand", nudged.append)

    sweep(at=NOON + timedelta(seconds=30))
    sweep(at=NOON + timedelta(seconds=90))
    sweep(at=NOON + timedelta(seconds=95))

    assert nudged == [errand.pk]


def test_only_who_did_it_or_a_lead_undoes_it(company: Company) -> None:
    errand = done(company, concerns(1), Acts(tags=("x",)))

    with pytest.raises(NotTheirs):
        undo_errand(errand_id=errand.pk, by=company.tom.pk, at=NOON)
    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON)
    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON)

    assert errand_for(viewer=company.viewer(company.tom), errand_id=errand.pk).undone == 1


def test_nothing_chosen_is_nothing_to_do(company: Company) -> None:
    with pytest.raises(NothingToDo):
        done(company, [], Acts(tags=("x",)))
    with pytest.raises(NothingToDo):
        done(company, concerns(1), Acts())


def test_another_companys_concerns_are_none_of_it(company: Company) -> None:
    [one] = concerns(1)
    errand = done(company, [one], Acts(tags=("x",)))
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen():
        with pytest.raises(NothingToDo):
            done(other, [one], Acts(tags=("y",)))
        with pytest.raises(NoSuchErrand):
            errand_for(viewer=other.viewer(other.ada), errand_id=errand.pk)
        with pytest.raises(Errand.DoesNotExist):
            undo_errand(errand_id=errand.pk, by=other.ada.pk, at=NOON)


# Macros


def a_macro(company: Company, **told: Any) -> Macro:
    known: dict[str, Any] = {"name": "Verspätet", "key": "1", "by": company.lea.pk, "at": MONDAY_MORNING}
    return keep_macro(**(known | told))


def test_a_macro_does_all_of_it_with_one_key_and_all_of_it_is_undone(company: Company) -> None:
    module = keep_text_module(name="Spät", text="{anrede}\n\nes wird später.", by=None, at=MONDAY_MORNING)
    macro = a_macro(
        company, module_id=module.pk, tags=["Lieferung"], priority="HIGH", to_id=company.tom.pk, touch_in_days=2
    )
    [one] = concerns(1)
    viewer = company.viewer(company.nina)

    errand = run_macro(macro_id=macro.pk, conversation_ids=[one.pk], by=company.nina.pk, token="t", at=NOON)

    one.refresh_from_db()
    assert (one.status, one.priority, one.tags) == (Status.WAITING, "HIGH", ["Lieferung"])
    assert (one.owner_id, one.next_touch_at) == (company.tom.pk, NOON + timedelta(days=2))
    latest = latest_errand(viewer=viewer, at=NOON, conversation_id=one.pk)
    assert latest is not None and latest.name == "Verspätet"
    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=NOON)
    one.refresh_from_db()
    assert (one.priority, one.tags) == ("NORMAL", [])
    assert latest_errand(viewer=viewer, at=NOON + timedelta(minutes=11)) is None


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"name": ""}, "NAME"),
        ({"key": "j", "tags": ["x"]}, "KEY"),
        ({}, "EMPTY"),
        ({"asks_whether_solved": True, "puts_aside": True}, "ENDS"),
    ],
)
def test_a_macro_that_cannot_serve_is_refused(company: Company, told: dict[str, Any], reason: str) -> None:
    with pytest.raises(MacroRefused) as refused:
        a_macro(company, **told)

    assert refused.value.reason == reason


def test_a_key_serves_one_macro_and_is_free_again_when_that_is_out_of_use(company: Company) -> None:
    first = a_macro(company, tags=["x"])
    with pytest.raises(MacroRefused):
        a_macro(company, name="Anders", tags=["y"])

    retire_macro(macro_id=first.pk, at=NOON)
    second = a_macro(company, name="Anders", tags=["y"])

    assert [one.pk for one in macros(viewer=company.viewer(company.nina))] == [second.pk]
    with pytest.raises(MacroRefused):
        bring_back_macro(macro_id=first.pk)


def undoable(company: Company, **acts: object) -> tuple[Errand, list[Conversation]]:
    Membership.objects.update(undo_seconds=15)
    chosen = concerns(2)
    return done(company, chosen, Acts(text="{anrede} wir sind dran.", **acts)), chosen  # type: ignore[arg-type]  # Forwarded.


def test_answers_of_an_errand_wait_as_others_do_and_are_taken_back_with_it(company: Company) -> None:
    errand, _ = undoable(company, tags=("x",))
    assert Draft.objects.filter(leaves_at__isnull=False).count() == 2 and not sent()
    assert undoable_of(viewer=company.viewer(company.lea), at=errand.begun_at) == []

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=errand.begun_at + timedelta(seconds=5))

    assert not Draft.objects.exists() and not sent()
    assert set(ErrandLine.objects.values_list("state", "why_not")) == {("UNDONE", "")}


def test_what_has_left_stays_said_when_the_errand_is_undone(company: Company) -> None:
    errand, _ = undoable(company)
    later = errand.begun_at + timedelta(seconds=20)
    for draft in Draft.objects.order_by("pk"):
        let_leave(draft_id=draft.pk, at=later)
    assert len(sent()) == 2
    assert set(ErrandLine.objects.values_list("message_id", flat=True)) == {one.pk for one in sent()}

    undo_errand(errand_id=errand.pk, by=company.lea.pk, at=later)

    assert set(ErrandLine.objects.values_list("why_not", flat=True)) == {"SENT"}


def test_nobody_is_answered_twice_while_an_answer_waits(company: Company) -> None:
    _, chosen = undoable(company)

    again = done(company, chosen, Acts(text="{anrede} noch einmal."), token="zwei")

    assert set(ErrandLine.objects.filter(errand=again).values_list("why_not", flat=True)) == {"ANSWERED"}


def test_an_answer_with_which_the_concern_goes_on_leaves_at_once(company: Company) -> None:
    undoable(company, to_id=company.tom.pk)

    assert not Draft.objects.exists() and len(sent()) == 2


def sent() -> list[Message]:
    return list(Message.objects.filter(direction="OUT", automatic=""))
