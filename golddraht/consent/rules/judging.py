"""The one judgement: whether this may leave for this person, on this way, now, and why.

A no holds against everything but a consent that was given later; no exception, presumption or silence outweighs it. Of two things
said at the same moment the no counts, so the order in which acts are told makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from golddraht.consent.rules.law import UNUSED_FOR, Need, Norm, norm_for
from golddraht.consent.rules.quiet import Quiet, quiet_until
from golddraht.consent.rules.words import (
    NOES,
    PURPOSE_OF,
    READINGS,
    RINGING,
    YESES,
    Basis,
    Kind,
    MessageClass,
    Proof,
    Purpose,
    Reason,
    State,
    Way,
    may_prove,
)


@dataclass(frozen=True)
class Act:
    """One thing said or done about a consent. Without a way or purpose it is about all of them."""

    id: int
    kind: Kind
    at: datetime
    way: Way | None = None
    purpose: Purpose | None = None
    proof: Proof | None = None
    # The address it is about, folded; "" for all of the person's.
    address: str = ""
    used_at: datetime | None = None
    # Read in a message by the program, not declared to us.
    is_heard: bool = False
    # To a colleague's reading: the act that was read.
    read_id: int | None = None

    def covers(self, way: Way, purpose: Purpose) -> bool:
        return self.covers_all(way, purpose)

    def covers_all(self, way: Way | None, purpose: Purpose | None) -> bool:
        """Whether it is about this way and purpose, or all of them where None is named, and maybe more."""
        return self.way in (None, way) and self.purpose in (None, purpose)


@dataclass(frozen=True)
class History:
    """What is known of the person: their acts in any order, and the ways they chose for the purpose, None for never chosen."""

    acts: tuple[Act, ...] = ()
    chosen: frozenset[Way] | None = None
    quiet: Quiet | None = None

    @cached_property
    def counted(self) -> list[Act]:
        """The acts that count, the same for whatever wants to leave."""
        return settled(self.acts)


@dataclass(frozen=True)
class Leaving:
    """What wants to leave, and under whose law. `points_out` when it says how to object, as existing customers must be told;
    `may_wait` for service that nobody waits for."""

    message_class: MessageClass
    way: Way
    at: datetime
    country: str = "DE"
    is_business: bool = False
    address: str = ""
    points_out: bool = False
    zone: str = "Europe/Berlin"
    purpose_named: Purpose | None = None
    may_wait: bool = False

    @property
    def purpose(self) -> Purpose:
        return self.purpose_named or PURPOSE_OF[self.message_class]

    @property
    def norm(self) -> Norm:
        day = self.at.astimezone(ZoneInfo(self.zone)).date()
        return norm_for(country=self.country, is_business=self.is_business, way=self.way, on=day)


@dataclass(frozen=True)
class Verdict:
    """Allowed with its basis, refused with its reason, or held: allowed, but not before `until`. `source` is the law that says so."""

    state: State
    basis: Basis | None = None
    act_id: int | None = None
    reason: Reason | None = None
    until: datetime | None = None
    source: str = ""


REASON_OF = {Kind.OBJECTED: Reason.OBJECTED, Kind.WITHDRAWN: Reason.WITHDRAWN, Kind.DOUBTED: Reason.DOUBTED}


def settled(acts: Iterable[Act]) -> list[Act]:
    """The acts that count, once colleagues have said what was meant: what was misread is none, a doubt that was upheld is an objection.

    Only what was read in a message can be misread; what somebody declared stands, whatever a colleague says of it.
    """
    told = list(acts)
    readings = sorted((one for one in told if one.kind in READINGS), key=lambda one: (one.at, one.id))
    said = {one.read_id: one.kind for one in readings}
    counted = (one for one in told if one.kind not in READINGS)
    return [_as_read(one, said.get(one.id)) for one in counted if not is_misread(one, said.get(one.id))]


def is_misread(act: Act, reading: Kind | None) -> bool:
    return act.is_heard and act.id != 0 and reading is Kind.MISREAD


def _as_read(act: Act, reading: Kind | None) -> Act:
    is_upheld = act.kind is Kind.DOUBTED and reading is Kind.UPHELD
    return replace(act, kind=Kind.OBJECTED) if is_upheld else act


def judge(leaving: Leaving, history: History) -> Verdict:
    """Whether it may leave. What is not known to be allowed is refused."""
    if leaving.message_class is MessageClass.SERVICE:
        return _or_held(Verdict(State.ALLOWED, Basis.SERVICE), leaving, history)
    verdict = _judged(leaving, _applying(history.counted, leaving), history.chosen)
    return _or_held(verdict, leaving, history)


def _or_held(verdict: Verdict, leaving: Leaving, history: History) -> Verdict:
    keeps_quiet = leaving.may_wait or leaving.way in RINGING or leaving.message_class is not MessageClass.SERVICE
    until = quiet_until(history.quiet, at=leaving.at, zone=leaving.zone) if keeps_quiet else None
    if until is None or verdict.state is State.REFUSED:
        return verdict
    return Verdict(State.HELD, verdict.basis, verdict.act_id, until=until, source=verdict.source)


def _applying(acts: Iterable[Act], leaving: Leaving) -> list[Act]:
    """What speaks to this way, purpose and address, up to now. A no to one address is a no to the person."""
    found = (one for one in acts if one.at <= leaving.at and one.covers(leaving.way, leaving.purpose))
    return [one for one in found if one.kind in NOES or one.address in ("", leaving.address)]


def _judged(leaving: Leaving, acts: list[Act], chosen: frozenset[Way] | None) -> Verdict:
    norm = leaving.norm
    if norm.need is Need.NEVER:
        return _refused(Reason.FORBIDDEN, norm)
    no = max((one for one in acts if one.kind in NOES), key=_in_order, default=None)
    yeses = _consents(acts, leaving.way, after=no)
    if no is not None and not yeses:
        return _refused(REASON_OF[no.kind], norm)
    if chosen is not None and leaving.way not in chosen:
        return _refused(Reason.NOT_CHOSEN, norm)
    fresh = [one for one in yeses if leaving.at - (one.used_at or one.at) < UNUSED_FOR]
    if fresh:
        return _allowed(Basis.CONSENT, max(fresh, key=_in_order), norm)
    if no is not None:
        return _refused(Reason.LAPSED, norm)
    return _without_consent(leaving, acts, norm, has_lapsed=bool(yeses))


def _consents(acts: list[Act], way: Way, *, after: Act | None) -> list[Act]:
    """What was said yes to, provably for this way, and later than the last no."""
    said = [one for one in acts if one.kind in YESES and one.proof is not None and may_prove(one.proof, way)]
    return [one for one in said if after is None or one.at > after.at]


def _without_consent(leaving: Leaving, acts: list[Act], norm: Norm, *, has_lapsed: bool) -> Verdict:
    """The exceptions that exist; nobody said no here."""
    if norm.need is Need.NO_OBJECTION:
        return Verdict(State.ALLOWED, Basis.UNOPPOSED, source=norm.source)
    presumed = _latest(acts, Kind.PRESUMED)
    if norm.need is Need.PRESUMED and presumed is not None:
        return _allowed(Basis.PRESUMED, presumed, norm)
    sale = _latest(acts, Kind.SALE)
    if norm.existing and sale is not None and leaving.message_class is not MessageClass.SURPRISE:
        return _as_existing(leaving, acts, sale, norm)
    if has_lapsed:
        return _refused(Reason.LAPSED, norm)
    asked = _latest(acts, Kind.ASKED)
    return _refused(Reason.UNCONFIRMED if asked else Reason.NO_CONSENT, norm)


def _as_existing(leaving: Leaving, acts: list[Act], sale: Act, norm: Norm) -> Verdict:
    if not leaving.points_out:
        return _refused(Reason.NOT_POINTED_OUT, norm)
    looked = _latest(acts, Kind.LISTED_NOT)
    if norm.list_within is not None and (looked is None or leaving.at - looked.at > norm.list_within):
        return _refused(Reason.LIST_UNCHECKED, norm)
    return _allowed(Basis.EXISTING, sale, norm)


def _latest(acts: list[Act], kind: Kind) -> Act | None:
    return max((one for one in acts if one.kind is kind), key=_in_order, default=None)


def _in_order(act: Act) -> tuple[datetime, bool, int]:
    return act.at, act.kind is Kind.OBJECTED, act.id


def _allowed(basis: Basis, act: Act, norm: Norm) -> Verdict:
    return Verdict(State.ALLOWED, basis, act.id, source=norm.source)


def _refused(reason: Reason, norm: Norm) -> Verdict:
    return Verdict(State.REFUSED, reason=reason, source=norm.source)
