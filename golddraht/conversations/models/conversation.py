from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from golddraht.conversations.models.blocked import BlockedSender
from golddraht.conversations.rules import AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE, LIVE, Status
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import SameTenant, TenantKey, TenantRow, walls
from golddraht.team.models import Membership, Team

IS_LIVE = Q(status__in=sorted(LIVE))


class Conversation(TenantRow):
    """One concern of a customer, across channels. While it is live it has an owner and a next touch: PostgreSQL sees to it."""

    number = models.BigIntegerField()
    customer = TenantKey(Customer)
    subject = models.CharField(max_length=250)
    status = models.CharField(max_length=10, default=Status.OPEN)
    language = models.CharField(max_length=8, default="de")
    priority = models.CharField(max_length=8, default="NORMAL")
    tags = ArrayField(models.CharField(max_length=40), default=list)

    owner = TenantKey(Membership, null=True)
    team = TenantKey(Team)
    owner_reason = models.CharField(max_length=200, blank=True)
    # True while live, else NULL: the foreign key (tenant, owner, owner_needed) → (tenant, id, active) then
    # holds exactly as long as the conversation needs an owner who is an active member.
    owner_needed = models.GeneratedField(
        expression=Case(When(IS_LIVE, then=Value(True)), default=Value(None)),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    next_touch_at = models.DateTimeField(null=True)
    # When a person of ours last spoke to the customer, or the concern arrived: silence is counted from here.
    touched_at = models.DateTimeField()
    longest_silence = models.DurationField(default=timedelta(days=21))
    reminded_at = models.DateTimeField(null=True)
    automatic_in_a_row = models.PositiveSmallIntegerField(default=0)
    # Who wrote last, for the list: IN or OUT, and a preview of it.
    latest_direction = models.CharField(max_length=3, default="IN")
    latest_channel = models.CharField(max_length=10, default="EMAIL")
    latest_at = models.DateTimeField()
    preview = models.CharField(max_length=200, blank=True)

    created_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)
    merged_into = TenantKey("conversations.Conversation", null=True)
    # Perhaps a machine opened it by answering one of ours: until a person of ours writes, nothing automatic is said here.
    machine_like_at = models.DateTimeField(null=True)
    quiet_reason = models.CharField(max_length=40, blank=True)
    quiet_reviewed_at = models.DateTimeField(null=True)
    # It rests as spam because its sender is, or was, blocked.
    block = TenantKey(BlockedSender, null=True)

    class Meta:
        constraints = [
            *walls("conversations_conversation", "customer", "team", "merged_into", "block", traced=True),
            SameTenant(
                field="owner",
                also={"owner_needed": "active"},
                name="a_live_conversation_has_an_active_owner",
            ),
            SameTenant(field="owner", name="conversations_conversation_owner_same_tenant"),
            models.CheckConstraint(
                condition=Q(block=None) | Q(status__in=["SPAM", "MERGED"]), name="only_what_rests_is_blocked"
            ),
            models.UniqueConstraint(fields=["tenant", "number"], name="conversation_number_once"),
            models.CheckConstraint(condition=Q(status__in=[status.value for status in Status]), name="status_is_known"),
            models.CheckConstraint(
                condition=~IS_LIVE | (Q(owner__isnull=False) & Q(next_touch_at__isnull=False)),
                name="a_live_conversation_has_owner_and_next_touch",
            ),
            models.CheckConstraint(
                condition=Q(next_touch_at=None) | Q(next_touch_at__lte=F("touched_at") + F("longest_silence")),
                name="the_next_touch_is_not_too_far_away",
            ),
            models.CheckConstraint(
                condition=Q(longest_silence__lte=timedelta(days=92)),
                name="the_longest_silence_is_bounded",
            ),
            models.CheckConstraint(
                condition=Q(automatic_in_a_row__lte=AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE),
                name="nobody_is_pestered",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED) ^ Q(merged_into=None),
                name="merged_names_where_to",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "owner", "next_touch_at"], condition=IS_LIVE, name="live_by_owner"),
            models.Index(fields=["tenant", "next_touch_at"], condition=IS_LIVE, name="live_by_next_touch"),
            models.Index(fields=["tenant", "team", "next_touch_at"], condition=IS_LIVE, name="live_by_team"),
            models.Index(fields=["tenant", "customer", "-latest_at"], name="conversation_of_customer"),
            models.Index(fields=["tenant", "-latest_at"], name="conversation_by_latest"),
            models.Index(
                fields=["tenant", "block", "-latest_at"], condition=Q(block__isnull=False), name="resting_by_block"
            ),
            models.Index(fields=["tenant", "created_at"], name="conversation_by_arrival"),
            models.Index(
                fields=["tenant", "owner", "-solved_at"], condition=Q(status="SOLVED"), name="solved_by_owner"
            ),
            models.Index(fields=["tenant", "team", "-solved_at"], condition=Q(status="SOLVED"), name="solved_by_team"),
            models.Index(
                fields=["tenant", "-latest_at"],
                condition=Q(status="QUIET", quiet_reviewed_at=None),
                name="unreviewed_quiet",
            ),
            models.Index(
                fields=["tenant", "-latest_at"], condition=Q(status="SPAM", block=None), name="spam_by_latest"
            ),
            # Only golddraht_tagged, which runs as the owner, is served by it.
            GinIndex(fields=["tags"], name="conversation_by_tags"),
        ]

    def is_live(self) -> bool:
        return self.status in LIVE
