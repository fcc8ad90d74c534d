"""What a member of a team may do."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

INVITATION = "invitation"
"""What a signed link that lets somebody join is for."""
INVITATION_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(days=3)


class Role(StrEnum):
    """The roles in their order: a lead may all that an agent may, an admin all that a lead may."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def is_at_least(self, other: Role) -> bool:
        return self.rank >= other.rank

    def may(self, act: Act) -> bool:
        return self.is_at_least(ALLOWED_FROM[act])


class Act(StrEnum):
    """What not everybody may do."""

    CARE = "care"
    REASSIGN = "reassign"
    REVIEW_NO_ANSWER = "review_no_answer"
    """The lead's daily list of what needs no answer. To take up a single one of them again is care, for everybody."""
    ANSWER_MANY = "answer_many"
    PUBLISH_KNOWLEDGE = "publish_knowledge"
    """To show an article to everybody. Writing, and publishing for colleagues, is care."""
    ANNOUNCE_DISTURBANCE = "announce_disturbance"
    PLAN_ABSENCES = "plan_absences"
    SHAPE_WORK = "shape_work"
    """Text modules, macros and tags: what everybody in the house works with."""
    SEE_FIGURES = "see_figures"
    """Of groups. Their own figures everybody sees, and nobody else's."""
    SEE_AUDIT_TRAIL = "see_audit_trail"
    HAND_OUT = "hand_out"
    """To hand out a copy of everything about a person who asked for it."""
    ERASE = "erase"
    """To decide about a request to be erased. To take it down is care."""
    CONFIGURE = "configure"
    MANAGE_MEMBERS = "manage_members"
    FOUND = "found"
    """To found a company that this one serves. It must be allowed some as well (`Viewer.may`)."""


ALLOWED_FROM = {
    Act.CARE: Role.AGENT,
    Act.REASSIGN: Role.AGENT,
    Act.REVIEW_NO_ANSWER: Role.LEAD,
    Act.ANSWER_MANY: Role.LEAD,
    Act.PUBLISH_KNOWLEDGE: Role.LEAD,
    Act.ANNOUNCE_DISTURBANCE: Role.LEAD,
    Act.PLAN_ABSENCES: Role.LEAD,
    Act.SHAPE_WORK: Role.LEAD,
    Act.SEE_FIGURES: Role.LEAD,
    Act.SEE_AUDIT_TRAIL: Role.LEAD,
    Act.HAND_OUT: Role.LEAD,
    Act.ERASE: Role.LEAD,
    Act.CONFIGURE: Role.ADMIN,
    Act.MANAGE_MEMBERS: Role.ADMIN,
    Act.FOUND: Role.ADMIN,
}
