"""Nothing forbidden passes, whatever somebody said before, and in whatever order it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.consent.rules import (
    Act,
    Basis,
    History,
    Kind,
    Leaving,
    MessageClass,
    Need,
    Proof,
    Purpose,
    Reason,
    State,
    Way,
    judge,
    norm_for,
)
from golddraht.consent.rules.law import NORMS, kept_until
from golddraht.consent.rules.quiet import quiet_until
from golddraht.consent.rules.words import PROVES

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ASKING = [one for one in MessageClass if one is not MessageClass.SERVICE]
ADDRESSES = ("", "v@kundin.example", "andere@kundin.example")

acts = st.builds(
    Act,
    id=st.integers(1, 9),
    kind=st.sampled_from(Kind),
    at=st.integers(-900, 5).map(lambda days: NOW + days * DAY),
    way=st.none() | st.sampled_from(Way),
    purpose=st.none() | st.sampled_from(Purpose),
    proof=st.none() | st.sampled_from(Proof),
    address=st.sampled_from(ADDRESSES),
    used_at=st.none() | st.just(NOW - DAY),
)
histories = st.builds(
    History,
    acts=st.lists(acts, max_size=8).map(tuple),
    chosen=st.none() | st.frozensets(st.sampled_from(Way)),
    quiet=st.none() | st.tuples(st.times(), st.times()),
)
leavings = st.builds(
    Leaving,
    message_class=st.sampled_from(ASKING),
    way=st.sampled_from(Way),
    at=st.just(NOW),
    country=st.sampled_from(["DE", "AT", "CH", "FR", ""]),
    is_business=st.booleans(),
    address=st.sampled_from(ADDRESSES),
    points_out=st.booleans(),
)


def noes(leaving: Leaving, history: History) -> list[Act]:
    """Told anew and plainly, so that the judgement is not its own witness."""
    return [
        one
        for one in history.acts
        if one.kind in {Kind.WITHDRAWN, Kind.OBJECTED}
        and one.at <= NOW
        and (one.way is None or one.way == leaving.way)
        and (one.purpose is None or one.purpose == leaving.purpose)
    ]


def yeses(leaving: Leaving, history: History) -> list[Act]:
    return [
        one
        for one in history.acts
        if one.kind in {Kind.GIVEN, Kind.CONFIRMED}
        and one.at <= NOW
        and (one.way is None or one.way == leaving.way)
        and (one.purpose is None or one.purpose == leaving.purpose)
        and one.address in ("", leaving.address)
        and one.proof is not None
        and leaving.way in PROVES[one.proof]
    ]


@given(leavings, histories)
def test_no_history_lets_a_forbidden_message_through(leaving: Leaving, history: History) -> None:
    verdict = judge(leaving, history)
    if verdict.state is State.REFUSED:
        assert verdict.reason is not None and verdict.basis is None
        return
    said_no, said_yes = noes(leaving, history), yeses(leaving, history)
    last_no = max((one.at for one in said_no), default=None)
    standing = [one for one in said_yes if last_no is None or one.at > last_no]
    assert history.chosen is None or leaving.way in history.chosen
    assert leaving.norm.need is not Need.NEVER
    if verdict.basis is Basis.CONSENT:
        assert verdict.act_id in {one.id for one in standing}
        return
    assert said_no == []
    if verdict.basis is Basis.EXISTING:
        assert leaving.norm.existing and leaving.points_out and leaving.way is not Way.CALL
        assert any(one.kind is Kind.SALE and one.address in ("", leaving.address) for one in history.acts)
    elif verdict.basis is Basis.PRESUMED:
        assert (leaving.country, leaving.is_business, leaving.way) == ("DE", True, Way.CALL)
        assert any(one.kind is Kind.PRESUMED for one in history.acts)
    else:
        assert verdict.basis is Basis.UNOPPOSED and leaving.way is Way.LETTER and leaving.country in {"DE", "AT", "CH"}


@given(leavings, histories, st.randoms(use_true_random=False))
def test_the_order_in_which_acts_are_told_makes_no_difference(leaving: Leaving, history: History, chance: Any) -> None:
    told = list(history.acts)
    chance.shuffle(told)
    there, back = judge(leaving, history), judge(leaving, replace(history, acts=tuple(told)))
    assert (there.state, there.basis, there.reason, there.until) == (back.state, back.basis, back.reason, back.until)


@given(leavings, histories, st.sampled_from([Kind.WITHDRAWN, Kind.OBJECTED]))
def test_a_no_of_today_ends_everything(leaving: Leaving, history: History, kind: Kind) -> None:
    said = (*history.acts, Act(99, kind, NOW))
    assert judge(leaving, replace(history, acts=said)).state is State.REFUSED


@given(leavings, histories, st.data())
def test_saying_less_never_allows_more(leaving: Leaving, history: History, data: st.DataObject) -> None:
    """Without a yes, or with a no more, nothing that was refused becomes allowed."""
    if judge(leaving, history).state is not State.REFUSED or not history.acts:
        return
    left_out = data.draw(st.sampled_from(list(history.acts)))
    if left_out.kind not in {Kind.WITHDRAWN, Kind.OBJECTED}:
        fewer = tuple(one for one in history.acts if one is not left_out)
        assert judge(leaving, replace(history, acts=fewer)).state is State.REFUSED
    a_no = replace(left_out, kind=Kind.OBJECTED)
    assert judge(leaving, replace(history, acts=(*history.acts, a_no))).state is State.REFUSED


@given(histories, st.sampled_from(Way))
def test_service_is_never_refused_and_rings_only_outside_quiet_hours(history: History, way: Way) -> None:
    verdict = judge(Leaving(MessageClass.SERVICE, way, NOW), history)
    assert verdict.basis is Basis.SERVICE and verdict.state is not State.REFUSED
    if way in {Way.EMAIL, Way.LETTER}:
        assert verdict.state is State.ALLOWED


@given(leavings, histories)
def test_what_is_held_may_leave_when_the_quiet_ends(leaving: Leaving, history: History) -> None:
    verdict = judge(leaving, history)
    if verdict.until is not None:
        assert verdict.state is State.HELD and NOW < verdict.until <= NOW + DAY
        assert quiet_until(history.quiet, at=verdict.until, zone=leaving.zone) is None


@given(
    begins=st.integers(0, 24 * 365 * 60).map(lambda minutes: NOW + minutes * timedelta(minutes=1)),
    wished=st.lists(
        st.tuples(st.integers(0, 72), st.none() | st.tuples(st.times(), st.times())),
        max_size=5,
        unique_by=lambda one: one[0],
    ),
    message_class=st.sampled_from(MessageClass),
)
def test_whatever_quiet_hours_are_wished_meanwhile_nothing_that_can_wait_leaves_within_them(
    begins: datetime, wished: list[tuple[int, tuple[time, time] | None]], message_class: MessageClass
) -> None:
    """As deliveries do it: asked when it is written, and once more whenever it is due, until it leaves."""
    sale = Act(1, Kind.SALE, begins - DAY), Act(2, Kind.GIVEN, begins - DAY, proof=Proof.CONFIRMED)

    def quiet_at(moment: datetime) -> tuple[time, time] | None:
        told = [one for one in sorted(wished, key=lambda one: one[0]) if begins + one[0] * HOUR <= moment]
        return told[-1][1] if told else None

    at, asked = begins, 0
    while True:
        leaving = Leaving(message_class, Way.EMAIL, at, points_out=True, may_wait=True)
        verdict = judge(leaving, History(sale, quiet=quiet_at(at)))
        if verdict.until is None:
            break
        assert verdict.until > at
        at, asked = verdict.until, asked + 1
    assert verdict.state is not State.ALLOWED or quiet_until(quiet_at(at), at=at, zone=leaving.zone) is None
    assert asked <= len(wished) + 2


@given(histories, st.sampled_from([Way.EMAIL, Way.LETTER]))
def test_service_that_somebody_waits_for_comes_at_once_where_it_makes_no_sound(history: History, way: Way) -> None:
    assert judge(Leaving(MessageClass.SERVICE, way, NOW), history).state is State.ALLOWED


def letter(**more: Any) -> Leaving:
    return Leaving(**{"message_class": MessageClass.ADVERTISING, "way": Way.EMAIL, "at": NOW, **more})


def given_on(way: Way = Way.EMAIL, proof: Proof = Proof.CONFIRMED, days: int = 10, **more: Any) -> Act:
    return Act(1, Kind.GIVEN, NOW - days * DAY, way, Purpose.NEWS, proof, **more)


def test_a_mail_that_was_confirmed_is_no_consent_for_the_telephone() -> None:
    """BGH, 10 February 2011, I ZR 164/09."""
    said = History((given_on(Way.CALL, Proof.CONFIRMED), given_on(Way.SMS, Proof.OWN_PAGE)))
    for way in (Way.CALL, Way.ROBOT, Way.SMS):
        assert judge(letter(way=way), said).reason is Reason.NO_CONSENT


def test_leave_for_a_person_to_call_is_none_for_a_machine() -> None:
    said = History((given_on(Way.CALL, Proof.RECORDED),))
    assert judge(letter(way=Way.CALL), said).basis is Basis.CONSENT
    assert judge(letter(way=Way.ROBOT), said).reason is Reason.NO_CONSENT


def test_leave_for_news_is_none_for_questions() -> None:
    said = History((given_on(),))
    assert judge(letter(), said).basis is Basis.CONSENT
    assert judge(letter(message_class=MessageClass.SURVEY), said).reason is Reason.NO_CONSENT


def test_existing_customers_are_told_each_time_that_they_can_object() -> None:
    sale = Act(3, Kind.SALE, NOW - DAY, Way.EMAIL, address="v@kundin.example")
    told = letter(points_out=True, address="v@kundin.example")
    assert judge(told, History((sale,))).basis is Basis.EXISTING
    assert judge(replace(told, points_out=False), History((sale,))).reason is Reason.NOT_POINTED_OUT
    assert judge(replace(told, address="neu@kundin.example"), History((sale,))).reason is Reason.NO_CONSENT
    assert judge(replace(told, message_class=MessageClass.SURPRISE), History((sale,))).reason is Reason.NO_CONSENT
    objected = Act(4, Kind.OBJECTED, NOW - 2 * DAY)
    # A new sale does not undo what somebody objected to.
    assert judge(told, History((sale, objected))).reason is Reason.OBJECTED


def test_austria_wants_a_fresh_look_at_the_list_and_knows_no_exception_for_text_messages() -> None:
    sale = Act(3, Kind.SALE, NOW - DAY)
    told = letter(points_out=True, country="AT")
    looked = Act(5, Kind.LISTED_NOT, NOW - 29 * DAY)
    old = replace(looked, at=NOW - 31 * DAY)
    assert judge(told, History((sale,))).reason is Reason.LIST_UNCHECKED
    assert judge(told, History((sale, old))).reason is Reason.LIST_UNCHECKED
    assert judge(told, History((sale, looked))).basis is Basis.EXISTING
    assert judge(replace(told, way=Way.SMS), History((sale, looked))).reason is Reason.NO_CONSENT


def test_businesses_may_be_presumed_to_agree_in_germany_alone_and_to_calls_of_people_alone() -> None:
    said = History((Act(6, Kind.PRESUMED, NOW - DAY),))
    for country, is_business, way in product(("DE", "AT", "CH"), (True, False), Way):
        found = judge(letter(country=country, is_business=is_business, way=way), said).basis is Basis.PRESUMED
        assert found == ((country, is_business, way) == ("DE", True, Way.CALL))


def test_switzerland_has_no_advertising_by_machines_on_the_telephone() -> None:
    said = History((given_on(Way.ROBOT, Proof.SIGNED),))
    assert judge(letter(way=Way.ROBOT, country="CH"), said).reason is Reason.FORBIDDEN
    assert judge(letter(way=Way.ROBOT), said).basis is Basis.CONSENT


def test_what_nobody_used_for_two_years_is_asked_for_anew() -> None:
    old = given_on(days=731)
    assert judge(letter(), History((old,))).reason is Reason.LAPSED
    assert judge(letter(), History((replace(old, used_at=NOW - DAY),))).basis is Basis.CONSENT


def test_what_was_asked_and_not_confirmed_is_no_consent() -> None:
    asked = Act(1, Kind.ASKED, NOW - DAY, Way.EMAIL, Purpose.NEWS, Proof.FORM)
    assert judge(letter(), History((asked,))).reason is Reason.UNCONFIRMED
    typed = given_on(proof=Proof.FORM)
    assert judge(letter(), History((typed,))).reason is Reason.NO_CONSENT


def test_every_country_says_something_of_every_way_for_people_and_businesses() -> None:
    for country, is_business, way in product(("DE", "AT", "CH"), (True, False), Way):
        norm = norm_for(country=country, is_business=is_business, way=way, on=date(2026, 11, 28))
        assert norm.country == country and norm.source
    assert norm_for(country="FR", is_business=False, way=Way.LETTER, on=date(2026, 11, 28)).need is Need.EXPRESS
    assert norm_for(country="DE", is_business=False, way=Way.LETTER, on=date(2001, 1, 1)).need is Need.EXPRESS


def test_no_two_rows_hold_for_the_same_on_one_day() -> None:
    for one, other in product(NORMS, NORMS):
        if one is not other and (one.country, one.is_business, one.way) == (
            other.country,
            other.is_business,
            other.way,
        ):
            assert not (one.holds_on(other.since) or other.holds_on(one.since))


def test_a_proof_is_kept_for_five_years() -> None:
    assert kept_until(country="DE", on=date(2026, 11, 28)) == date(2031, 11, 28)
    assert kept_until(country="DE", on=date(2024, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("clock", "until"),
    [("19:59", ""), ("20:00", "09:00"), ("23:30", "09:00"), ("08:59", "09:00"), ("09:00", "")],
)
def test_quiet_hours_go_past_midnight(clock: str, until: str) -> None:
    at = datetime.combine(date(2026, 11, 16), time.fromisoformat(clock), UTC)
    found = quiet_until((time(20), time(9)), at=at, zone="UTC")
    assert (found.strftime("%H:%M") if found else "") == until
