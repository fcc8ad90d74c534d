"""The team over the wire: who works here, who is away, what needs a person. No secrets."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Id, Moment, example
from golddraht.team.rules import Priority


class TokenOut(Schema):
    """For whom a token speaks, and what it opens."""

    tenant: str
    tenant_name: str
    member_id: int
    member_name: str
    role: str
    scopes: list[str]
    model_config = example(
        tenant="heizwerk",
        tenant_name="Heizwerk",
        member_id=7,
        member_name="Nina Aigner",
        role="agent",
        scopes=["conversations:read", "conversations:write"],
    )


class MemberOut(Schema):
    id: int
    name: str
    role: str
    is_present: bool
    deputy_name: str


class Members(Schema):
    members: list[MemberOut]
    model_config = example(members=[samples.MEMBER])


class PaceOut(Schema):
    """What a team promises for concerns of a priority, in minutes of its opening hours; without a touch it is the usual days."""

    priority: Priority
    answer_within_minutes: int
    touch_within_minutes: int | None


class TeamOut(Schema):
    """A team, with the working hours within which it promises a first answer, and what it promises by priority."""

    id: int
    name: str
    lead_id: int
    lead_name: str
    is_default: bool
    zone: str
    answer_within_minutes: int
    member_ids: list[int]
    hours: list[str]
    promises: list[PaceOut]
    model_config = example(**samples.TEAM)


class Teams(Schema):
    teams: list[TeamOut]
    model_config = example(teams=[samples.TEAM])


class PaceIn(Schema):
    priority: Priority
    answer_within_minutes: int = Field(ge=15, le=30_000)
    touch_within_minutes: int | None = Field(None, ge=15, le=30_000)


class PromisesIn(Schema):
    """What a team promises from now on: NORMAL is named always, a priority that is not named is as usual."""

    promises: list[PaceIn] = Field(max_length=3)
    model_config = example(
        promises=[
            {"priority": "NORMAL", "answer_within_minutes": 240},
            {"priority": "URGENT", "answer_within_minutes": 60, "touch_within_minutes": 480},
        ]
    )


class AbsenceOut(Schema):
    id: int
    member_id: int
    member_name: str
    deputy_id: int | None
    deputy_name: str
    starts_at: datetime
    ends_at: datetime
    model_config = example(**samples.ABSENCE)


class Absences(Schema):
    absences: list[AbsenceOut]
    model_config = example(absences=[samples.ABSENCE])


class AbsenceIn(Schema):
    member_id: Id
    deputy_id: Id | None = None
    starts_at: Moment
    ends_at: Moment
    model_config = example(
        member_id=7, deputy_id=8, starts_at="2026-12-21T00:00:00+01:00", ends_at="2027-01-04T00:00:00+01:00"
    )


class AlarmOut(Schema):
    """Something that needs a person now."""

    id: int
    kind: str
    subject: str
    words: str
    raised_at: datetime


class Alarms(Schema):
    alarms: list[AlarmOut]
    model_config = example(alarms=[samples.ALARM])


class MailboxOut(Schema):
    """How a mailbox fares, in words."""

    id: int
    address: str
    is_default: bool
    is_healthy: bool
    receiving: str
    sending: str
    fetched_at: datetime | None
    sent_at: datetime | None


class Mailboxes(Schema):
    mailboxes: list[MailboxOut]
    model_config = example(mailboxes=[samples.MAILBOX])
