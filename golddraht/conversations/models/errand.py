from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models.conversation import Conversation
from golddraht.conversations.models.draft import Draft
from golddraht.conversations.models.message import Message
from golddraht.conversations.models.move import Move
from golddraht.conversations.models.note import Note
from golddraht.conversations.models.solution import Solution
from golddraht.conversations.models.text_module import TextModule
from golddraht.conversations.rules import LineState
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership, Team


class ActsTold(TenantRow):
    """The acts that a macro or an errand consists of; what is empty is not done."""

    note = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    priority = models.CharField(max_length=8, blank=True)
    to = TenantKey(Membership, null=True)
    team = TenantKey(Team, null=True)
    asks_whether_solved = models.BooleanField(default=False)
    puts_aside = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Macro(ActsTold):
    """Several acts under one name and perhaps one key."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=1, blank=True)
    module = TenantKey(TextModule, null=True)
    touch_in_days = models.PositiveSmallIntegerField(null=True)
    made_by = TenantKey(Membership, null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("conversations_macro", "to", "team", "module", "made_by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "key"], condition=Q(retired_at=None) & ~Q(key=""), name="one_macro_by_key"
            ),
            models.UniqueConstraint(fields=["tenant", "name"], condition=Q(retired_at=None), name="one_macro_by_name"),
        ]


class Errand(ActsTold):
    """Something that one person has done to one or many concerns, one after the other, so that it can be undone."""

    name = models.CharField(max_length=120)
    # Named by whoever asks: sent twice, it is one errand.
    token = models.CharField(max_length=40)
    by = TenantKey(Membership)
    text = models.TextField(blank=True)
    touch_at = models.DateTimeField(null=True)
    is_spam = models.BooleanField(default=False)
    into = TenantKey(Conversation, null=True)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_errand", "to", "team", "by", "into", "undone_by"),
            models.UniqueConstraint(fields=["tenant", "by", "token"], name="an_errand_is_begun_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "by", "-begun_at"], name="errands_of_member"),
            models.Index(fields=["tenant", "moved_at"], condition=Q(ended_at=None), name="errands_under_way"),
        ]


class ErrandLine(TenantRow):
    """One concern of an errand: whether it was done, what was before, and what came into being."""

    errand = TenantKey(Errand, on_delete=models.CASCADE)
    conversation = TenantKey(Conversation)
    state = models.CharField(max_length=8, default=LineState.WAITING)
    why_not = models.CharField(max_length=200, blank=True)
    seen_message_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)

    status_before = models.CharField(max_length=10, blank=True)
    priority_before = models.CharField(max_length=8, blank=True)
    tags_before = ArrayField(models.CharField(max_length=40), default=list)
    next_touch_before = models.DateTimeField(null=True)
    # Where the errand itself moved it.
    next_touch_after = models.DateTimeField(null=True)
    owner_before = TenantKey(Membership, null=True)
    team_before = TenantKey(Team, null=True)
    quiet_before = models.CharField(max_length=40, blank=True)
    owner_after = TenantKey(Membership, null=True)

    # The answer while it can be taken back; then it is the message.
    draft = TenantKey(Draft, null=True, on_delete=models.SET_NULL)
    message = TenantKey(Message, null=True)
    note = TenantKey(Note, null=True, on_delete=models.SET_NULL)
    solution = TenantKey(Solution, null=True)
    move = TenantKey(Move, null=True)

    class Meta:
        constraints = [
            *walls(
                "conversations_errandline",
                "errand",
                "conversation",
                "owner_before",
                "team_before",
                "owner_after",
                "draft",
                "message",
                "note",
                "solution",
                "move",
            ),
            models.UniqueConstraint(fields=["tenant", "errand", "conversation"], name="a_concern_once_in_an_errand"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LineState]), name="state_of_an_errand_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "conversation", "-at"], name="errands_of_conversation"),
            models.Index(fields=["tenant", "draft"], condition=Q(draft__isnull=False), name="errand_of_draft"),
        ]
