"""What can honestly be announced now, and who is on duty: asked once per team, for as many conversations as needed."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.touching import latest_allowed
from golddraht.conversations.queries import backlog
from golddraht.conversations.queries.finding import Backlog
from golddraht.team.models import Absence, Membership, Team
from golddraht.team.queries import absences, answer_time, lead_on_duty, members
from golddraht.team.rules import Priority


class Outlook:
    """The view from one moment. Its answers are kept, so that a sweep over thousands asks each question once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._answers: dict[tuple[int, Priority], datetime] = {}
        self._leads: dict[int, int] = {}
        self._backlog: Backlog | None = None
        self._away: dict[int, Absence] | None = None
        self._members: dict[int, Membership] | None = None

    def answer_at(self, team: Team, priority: Priority = Priority.NORMAL) -> datetime:
        """When this team can honestly answer what waits now and is so urgent, opening hours and backlog counted."""
        if (team.pk, priority) not in self._answers:
            ahead = self.backlog.ahead_of(team.pk, priority)
            self._answers[team.pk, priority] = answer_time(team=team, waiting=ahead, priority=priority, at=self.at)
        return self._answers[team.pk, priority]

    def next_touch_of(self, conversation: Conversation) -> datetime | None:
        """The honest new time for a conversation, within its longest silence; None when that is used up."""
        priority = Priority(conversation.priority)
        moment = min(self.answer_at(conversation.team, priority), latest_allowed(conversation))
        return moment if moment > self.at else None

    def lead_of(self, team: Team) -> Membership:
        """Who is told when something goes wrong."""
        if team.pk not in self._leads:
            self._leads[team.pk] = lead_on_duty(team=team, at=self.at)
        return self.members[self._leads[team.pk]]

    def present_deputy_of(self, member_id: int) -> Membership | None:
        """Who stands in for a member who is away, along the chain of deputies; None when nobody does."""
        seen = {member_id}
        deputy_id = getattr(self.away.get(member_id), "deputy_id", None)
        while deputy_id in self.members and deputy_id not in seen:
            if deputy_id not in self.away:
                return self.members[deputy_id]
            seen.add(deputy_id)
            deputy_id = getattr(self.away[deputy_id], "deputy_id", None)
        return None

    def successor_of(self, member_id: int, team: Team) -> Membership | None:
        """Who takes over from a member: their deputy, the lead on duty, somebody present, anybody; None without others."""
        first = (self.present_deputy_of(member_id), self.lead_of(team))
        others = sorted(self.members.values(), key=lambda member: (member.pk in self.away, member.pk))
        return next((one for one in (*first, *others) if one is not None and one.pk != member_id), None)

    @property
    def backlog(self) -> Backlog:
        if self._backlog is None:
            self._backlog = backlog()
        return self._backlog

    @property
    def away(self) -> dict[int, Absence]:
        if self._away is None:
            self._away = absences(at=self.at)
        return self._away

    @property
    def members(self) -> dict[int, Membership]:
        """The active ones, by id."""
        if self._members is None:
            self._members = {member.pk: member for member in members()}
        return self._members
