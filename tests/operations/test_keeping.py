"""What is past its period goes by itself, every day; nothing else does, and each run proves what it did."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golddraht.channels.models import RawMail
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.goodwill import grant_goodwill
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.operations import recognise
from golddraht.ground.retention_law import Keeping
from golddraht.plumbing import ledger
from golddraht.plumbing.audit import trail
from golddraht.plumbing.models import Trace
from golddraht.privacy.models import Erasure, KeepingLine, KeepingPolicy, KeepingRun, Locked
from golddraht.privacy.operations import (
    ErasureRefused,
    KeepingRefused,
    approve_erasure,
    ask_erasure,
    begin_keeping,
    begin_run,
    carry_on,
    choose_period,
    end_hold,
    hold,
    stop_keeping,
)
from golddraht.privacy.operations.sweeping import keep, watch
from golddraht.privacy.queries import keeping_runs, keeping_state
from golddraht.privacy.rules.redacting import OVER
from golddraht.promises.models import Promise
from golddraht.team.models import Alarm
from golddraht.team.operations import TenantRefused, change_tenant
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina
from tests.mails import a_mail, a_mailbox, arrives

pytestmark = pytest.mark.django_db
LONG_AGO = MONDAY_MORNING - timedelta(days=400)
TODAY = MONDAY_MORNING.date()


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


def run(company: Company, *, at: datetime = MONDAY_MORNING) -> KeepingRun:
    run_id = begin_run(at=at)
    while carry_on(tenant_id=company.tenant.pk, run_id=run_id, at=at):
        pass
    return KeepingRun.objects.get(pk=run_id)


def test_another_country_is_looked_at_before_anything_goes(company: Company) -> None:
    switched_on(company)
    choose_period(keeping=Keeping.LETTER, months=120, by=company.ada.pk, at=MONDAY_MORNING)

    changed = change_tenant(
        name="Heizwerk", language="de", country="AT", brand_colour="", watch_period=timedelta(days=14),
        automatic_per_hour=500, at=MONDAY_MORNING,
    )  # fmt: skip

    assert "country" in changed
    state = keeping_state(at=MONDAY_MORNING)
    assert not state.is_on and "Das Land der Firma hat sich geändert" in state.stopped_why
    assert run(company).is_trial
    with pytest.raises(TenantRefused):
        change_tenant(
            name="Heizwerk", language="de", country="FR", brand_colour="", watch_period=timedelta(0),
            automatic_per_hour=500, at=MONDAY_MORNING,
        )  # fmt: skip


def switched_on(company: Company) -> None:
    KeepingPolicy.objects.create(begun_at=LONG_AGO, begun_by=company.ada)


def rests(concern: Conversation, *, at: datetime = LONG_AGO) -> Conversation:
    """It was solved then, and nothing is promised any more."""
    Promise.objects.filter(conversation=concern).update(state="KEPT", settled_at=at)
    Conversation.objects.filter(pk=concern.pk).update(
        status="SOLVED", solved_at=at, latest_at=at, next_touch_at=None, touched_at=at
    )
    concern.refresh_from_db()
    return concern


def an_old_concern(text: str = "Wie entkalkt man das?", *, at: datetime = LONG_AGO, **more: Any) -> Conversation:
    return rests(a_conversation(text=text, subject="Frage", at=at, **more), at=at)


def outcomes(run_: KeepingRun, what: str) -> dict[str, int]:
    return dict(KeepingLine.objects.filter(run=run_, what=what).values_list("outcome", "count"))


def test_a_fresh_company_only_counts(company: Company) -> None:
    an_old_concern()
    ended = run(company)
    assert ended.is_trial and ended.ended_at and outcomes(ended, "concerns") == {"due": 1}
    assert Conversation.objects.count() == 1


def test_it_begins_when_somebody_has_looked_and_goes_the_same_day(company: Company) -> None:
    an_old_concern()
    with pytest.raises(KeepingRefused):
        begin_keeping(seen_run=4711, by=company.ada.pk, at=MONDAY_MORNING)
    begin_keeping(seen_run=run(company).pk, by=company.ada.pk, at=MONDAY_MORNING)
    ended = run(company)
    assert not ended.is_trial and outcomes(ended, "concerns") == {"erased": 1}
    assert not Conversation.objects.exists() and not Message.objects.exists()


def test_it_stops_for_a_reason(company: Company) -> None:
    begin_keeping(seen_run=run(company).pk, by=company.ada.pk, at=MONDAY_MORNING)
    with pytest.raises(KeepingRefused):
        stop_keeping(why=" ", by=company.ada.pk, at=MONDAY_MORNING)
    stop_keeping(why="Umzug", by=company.ada.pk, at=MONDAY_MORNING)
    assert run(company).is_trial and not keeping_state(at=MONDAY_MORNING).is_on


@pytest.mark.parametrize("reason", ["open", "promised", "held", "asked", "inside"])
def test_what_is_held_stays_and_the_run_says_why(company: Company, reason: str) -> None:
    switched_on(company)
    text = "Meine Rechnung stimmt nicht." if reason == "inside" else "Wie entkalkt man das?"
    concern = a_conversation(text=text, at=LONG_AGO) if reason == "open" else an_old_concern(text)
    if reason == "promised":
        Promise.objects.filter(conversation=concern).update(state="OPEN", settled_at=None)
    elif reason == "held":
        hold(customer_id=concern.customer_id, why="Klage 3 O 12/26", by=company.lea.pk, at=MONDAY_MORNING)
    elif reason == "asked":
        ask_erasure(customer_id=concern.customer_id, by=None, at=MONDAY_MORNING)
    assert outcomes(run(company), "concerns") == {reason: 1} and Conversation.objects.count() == 1


def test_a_hold_stops_an_erasure_too_and_ends(company: Company) -> None:
    concern = an_old_concern()
    hold_id = hold(customer_id=concern.customer_id, why="Klage", by=company.lea.pk, at=MONDAY_MORNING)
    erasure_id = ask_erasure(customer_id=concern.customer_id, by=None, at=MONDAY_MORNING)
    with pytest.raises(ErasureRefused):
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=MONDAY_MORNING)
    end_hold(hold_id=hold_id, by=company.lea.pk, at=MONDAY_MORNING)
    approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=MONDAY_MORNING)
    with pytest.raises(KeepingRefused):
        hold(customer_id=concern.customer_id, why=" ", by=company.lea.pk, at=MONDAY_MORNING)


def test_a_letter_goes_after_its_years_and_its_voucher_is_locked_away_for_its_own(company: Company) -> None:
    switched_on(company)
    then = datetime(2019, 5, 6, 9, 0, tzinfo=MONDAY_MORNING.tzinfo)
    concern = a_conversation(text="Meine Rechnung stimmt nicht.", at=then)
    grant_goodwill(conversation_id=concern.pk, by=company.nina.pk, cents=500, kind="CREDIT", reason="Ärger", at=then)
    rests(concern, at=then)
    ended = run(company, at=datetime(2025, 12, 31, 9, 0, tzinfo=MONDAY_MORNING.tzinfo))
    assert outcomes(ended, "concerns") == {"inside": 1}
    ended = run(company, at=datetime(2026, 1, 1, 9, 0, tzinfo=MONDAY_MORNING.tzinfo))
    assert outcomes(ended, "concerns") == {"erased": 1, "locked": 1} and not Conversation.objects.exists()
    kept = Locked.objects.get()
    assert (kept.kind, kept.keeping, kept.over_on) == ("goodwill", "voucher", date(2030, 1, 1))


def test_a_chosen_period_counts_and_keeps_within_the_law(company: Company) -> None:
    switched_on(company)
    an_old_concern()
    choose_period(keeping=Keeping.ENQUIRY, months=24, by=company.ada.pk, at=MONDAY_MORNING)
    assert outcomes(run(company), "concerns") == {} and Conversation.objects.count() == 1
    for keeping, months in ((Keeping.LETTER, 71), (Keeping.ENQUIRY, 37), (Keeping.ENQUIRY, 0), (Keeping.STAFF, 1)):
        with pytest.raises(KeepingRefused):
            choose_period(keeping=keeping, months=months, by=company.ada.pk, at=MONDAY_MORNING)


def test_the_bytes_of_a_mail_go_after_a_month_those_of_a_letter_stay(company: Company) -> None:
    switched_on(company)
    a_mailbox()
    arrives(a_mail(id_="1@kunde.example"))
    concern = Conversation.objects.get()
    month_ago = MONDAY_MORNING - timedelta(days=40)
    RawMail.objects.update(received_at=month_ago)
    assert outcomes(run(company), "mails") == {"open": 1}
    rests(concern, at=month_ago)
    KeepingRun.objects.all().delete()
    assert outcomes(run(company), "mails") == {"erased": 1}
    raw = RawMail.objects.get()
    assert bytes(raw.content) == OVER and raw.envelope_from == "" and Message.objects.exists()
    KeepingRun.objects.all().delete()
    assert outcomes(run(company), "mails") == {}


def test_whoever_has_not_been_in_touch_is_erased_as_if_they_had_asked(company: Company) -> None:
    switched_on(company)
    old = MONDAY_MORNING - timedelta(days=365 * 4)
    forgotten, other = valentina(at=old), bjoern(at=old)
    ContactPoint.objects.filter(customer=forgotten).update(last_used_at=old)
    ContactPoint.objects.filter(customer=other).update(last_used_at=MONDAY_MORNING - timedelta(days=30))
    ended = run(company)
    assert outcomes(ended, "people") == {"erased": 1}
    assert list(Customer.objects.values_list("pk", flat=True)) == [other.pk]
    erasure = Erasure.objects.get()
    assert erasure.asker == "RETENTION" and erasure.done_at and ledger.head().count == 1


def test_what_is_looked_for_twice_or_broken_off_is_done_once(company: Company) -> None:
    switched_on(company)
    for _ in range(3):
        an_old_concern()
    run_id = begin_run(at=MONDAY_MORNING)
    assert begin_run(at=MONDAY_MORNING) == run_id
    carry_on(tenant_id=company.tenant.pk, run_id=run_id, at=MONDAY_MORNING)
    ended = run(company)
    assert outcomes(ended, "concerns") == {"erased": 3}
    assert not carry_on(tenant_id=company.tenant.pk, run_id=run_id, at=MONDAY_MORNING)
    assert outcomes(ended, "concerns") == {"erased": 3}


def test_the_trail_is_kept_a_year(company: Company) -> None:
    switched_on(company)
    Trace.objects.create(verb="see", subject="customers_customer", subject_id=1, at=LONG_AGO)
    Trace.objects.create(verb="see", subject="customers_customer", subject_id=2, at=MONDAY_MORNING)
    run(company)
    assert [one.subject_id for one in trail() if one.subject == "customers_customer" and one.verb == "see"] == [2]


def test_a_run_that_stands_still_is_woken_and_somebody_is_told_when_none_comes_through(company: Company) -> None:
    keep(at=MONDAY_MORNING)
    begun = KeepingRun.objects.get()
    KeepingRun.objects.update(moved_at=MONDAY_MORNING)
    keep(at=MONDAY_MORNING + timedelta(minutes=11))
    later = MONDAY_MORNING + timedelta(days=3)
    assert keeping_state(at=later).is_late
    keep(at=later)
    assert Alarm.objects.filter(kind="KEEPING", cleared_at=None).count() == 1 and KeepingRun.objects.count() == 2
    KeepingRun.objects.exclude(pk=begun.pk).update(ended_at=later)
    watch(at=later)
    assert not Alarm.objects.filter(cleared_at=None).exists()


def test_a_run_begins_at_night_and_by_day_only_where_no_night_was(company: Company) -> None:
    first = datetime(2026, 11, 16, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    begun = {}
    for hours in range(60):
        keep(at=first + timedelta(hours=hours))
        begun |= dict.fromkeys(KeepingRun.objects.exclude(on__in=begun).values_list("on", flat=True), hours)
    assert list(begun.values()) == [0, 12, 36]

    waking = first + timedelta(days=9)
    keep(at=waking)
    assert KeepingRun.objects.filter(on=waking.date()).exists()
    KeepingRun.objects.filter(on=waking.date()).delete()
    switched_on(company)
    keep(at=waking + timedelta(minutes=1))
    assert not KeepingRun.objects.get(on=waking.date()).is_trial


def test_what_stays_past_its_period_for_a_month_is_told(company: Company) -> None:
    an_old_concern()
    for days in (0, 31):
        run(company, at=MONDAY_MORNING + timedelta(days=days))
    state = keeping_state(at=MONDAY_MORNING + timedelta(days=31))
    assert state.is_overdue and not state.is_late and state.due == 1
    watch(at=MONDAY_MORNING + timedelta(days=31))
    assert "Art. 5" in Alarm.objects.get().words


def test_a_run_is_told_with_its_law(company: Company) -> None:
    an_old_concern()
    run(company)
    (told,) = keeping_runs()
    assert told.due == told.looked == 1 and told.lines[0].law.startswith("Art. 5")


AGES = st.integers(min_value=0, max_value=4000)
HISTORY = st.lists(
    st.tuples(AGES, st.booleans(), st.sampled_from(["rests", "rests", "rests", "open", "promised", "held"])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY)
def test_nothing_inside_its_period_goes_and_everything_past_it_is_gone(
    company: Company, history: list[tuple[int, bool, str]]
) -> None:
    """For any history: judged anew here by the days alone, in other words than those of the program."""
    KeepingRun.objects.all().delete()
    KeepingPolicy.objects.get_or_create(defaults={"begun_at": LONG_AGO, "begun_by": company.ada})
    stays, goes = [], []
    for place, (days, is_deal, state) in enumerate(history):
        at = MONDAY_MORNING - timedelta(days=days)
        person = recognise(
            channel="EMAIL", address=f"k{place}-{days}@kunde.example", shown="", name="", source="mail:from", at=at
        )
        text = "Wo bleibt meine Bestellung?" if is_deal else "Wie entkalkt man das?"
        concern = rests(a_conversation(customer=person, text=text, subject="Frage", at=at), at=at)
        if state == "open":
            Conversation.objects.filter(pk=concern.pk).update(
                status="OPEN", solved_at=None, next_touch_at=at + timedelta(days=1)
            )
        elif state == "promised":
            Promise.objects.filter(conversation=concern).update(state="OPEN", settled_at=None)
        elif state == "held":
            hold(customer_id=person.pk, why="Klage", by=company.lea.pk, at=MONDAY_MORNING)
        ended = at.date()
        last = date(ended.year + 6, 12, 31) if is_deal else ended.replace(year=ended.year + 1, day=min(ended.day, 28))
        is_over = last + timedelta(days=4) < TODAY if not is_deal else last < TODAY
        is_near = not is_deal and abs((last - TODAY).days) < 5
        if state == "rests" and is_over:
            goes.append(concern.pk)
        elif not is_near:
            stays.append(concern.pk)
    run(company)
    left = set(Conversation.objects.values_list("pk", flat=True))
    assert set(stays) <= left and not left & set(goes)
