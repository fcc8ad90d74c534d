from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Note(TenantRow):
    """An internal note. Never sent."""

    conversation = TenantKey(Conversation)
    author = TenantKey(Membership)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [*walls("conversations_note", "conversation", "author")]


class Mention(TenantRow):
    """A note names a colleague, who is told; over once they have read it."""

    note = TenantKey(Note, on_delete=models.CASCADE)
    member = TenantKey(Membership)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("conversations_mention", "note", "member"),
            models.UniqueConstraint(fields=["tenant", "note", "member"], name="mentioned_once_in_a_note"),
        ]
        indexes = [models.Index(fields=["tenant", "member"], condition=Q(read_at=None), name="mention_unread")]


class Milestone(TenantRow):
    """One line in the thread that nobody said: handed over, merged, promised. `words` hold the names and times in it."""

    conversation = TenantKey(Conversation)
    kind = models.CharField(max_length=24)
    by = TenantKey(Membership, null=True)
    at = models.DateTimeField()
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [*walls("conversations_milestone", "conversation", "by")]
        indexes = [models.Index(fields=["tenant", "conversation", "at"], name="milestone_in_order")]
