from __future__ import annotations

from django.db import models

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Attendance(TenantRow):
    """Who has a conversation open right now. Gone within seconds after they close it, written to no log and no backup.

    The table is unlogged: it is not in the write-ahead log, and a crash empties it.
    """

    conversation = TenantKey(Conversation)
    member = TenantKey(Membership)
    seen_at = models.DateTimeField()
    # Writing an answer; NULL while they only read.
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("conversations_attendance", "conversation", "member"),
            models.UniqueConstraint(fields=["tenant", "conversation", "member"], name="attends_once"),
        ]
