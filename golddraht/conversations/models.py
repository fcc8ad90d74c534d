from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When

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

    class Meta:
        constraints = [
            *walls("conversations_conversation", "customer", "team", "merged_into", traced=True),
            SameTenant(
                field="owner",
                also={"owner_needed": "active"},
                name="a_live_conversation_has_an_active_owner",
            ),
            SameTenant(field="owner", name="conversations_conversation_owner_same_tenant"),
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
            models.Index(
                fields=["tenant", "team"], condition=Q(status="OPEN", latest_direction="IN"), name="waiting_by_team"
            ),
            models.Index(fields=["tenant", "customer", "-latest_at"], name="conversation_of_customer"),
            models.Index(fields=["tenant", "-latest_at"], name="conversation_by_latest"),
        ]

    def is_live(self) -> bool:
        return self.status in LIVE


class Inquiry(TenantRow):
    """A question to a third party (carrier, workshop, accounts) within a concern; the customer does not see its thread."""

    conversation = TenantKey(Conversation)
    asked = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = TenantKey(Membership)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*walls("conversations_inquiry", "conversation", "asked_by", traced=True)]


class Message(TenantRow):
    """One utterance, in or out, on one channel. Words from a person unless `automatic` says why the system wrote."""

    conversation = TenantKey(Conversation, related_name="messages")
    inquiry = TenantKey(Inquiry, null=True, blank=True)
    direction = models.CharField(max_length=3)
    channel = models.CharField(max_length=10)
    customer = TenantKey(Customer, null=True)
    author = TenantKey(Membership, null=True)
    # Who wrote, as it is shown: the customer's name, the colleague's, the third party's.
    author_name = models.CharField(max_length=200, blank=True)
    automatic = models.CharField(max_length=16, blank=True)
    # A machine wrote to us (out of office, bounce): kept, shown, never answered.
    machine_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    quoted_text = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    problems = ArrayField(models.TextField(), default=list)
    recipients = ArrayField(models.CharField(max_length=254), default=list)
    # Whom an answer to it goes to: the writer first, then whoever took part; never an address of ours, a list, or nobody.
    answer_to = ArrayField(models.CharField(max_length=254), default=list)
    # Our words did not reach the customer: refused, came back, held, or unknown for too long.
    lost_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("conversations_message", "conversation", "inquiry", "customer", "author"),
            models.CheckConstraint(
                condition=Q(direction="IN") | Q(author__isnull=False) | ~Q(automatic=""),
                name="what_we_say_has_an_author_or_says_it_is_automatic",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "conversation", "received_at"], name="message_in_order")]


class Attachment(TenantRow):
    """A file that came or went with a message. The content lies in Django's storage under a name nobody can guess."""

    message = TenantKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=250, blank=True)
    file = models.FileField(max_length=200)

    class Meta:
        constraints = [*walls("conversations_attachment", "message")]


class Note(TenantRow):
    """An internal note. Never sent."""

    conversation = TenantKey(Conversation)
    author = TenantKey(Membership)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [*walls("conversations_note", "conversation", "author")]


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


class Escalation(TenantRow):
    """A next touch that passed unkept, told to the lead. One for each missed moment."""

    conversation = TenantKey(Conversation)
    missed_at = models.DateTimeField()
    lead = TenantKey(Membership)
    at = models.DateTimeField()
    # When the lead was told last: again every day for as long as the moment stays missed.
    told_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_escalation", "conversation", "lead", "taken_by"),
            models.UniqueConstraint(fields=["tenant", "conversation", "missed_at"], name="escalated_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "conversation"], condition=Q(taken_at=None), name="escalation_in_no_hand"),
        ]


class Solution(TenantRow):
    """A proposal that the concern is solved, and what came of it; confirmed and presumed are never the same (M1)."""

    conversation = TenantKey(Conversation)
    proposed_at = models.DateTimeField()
    proposed_by = TenantKey(Membership)
    asked_again_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    objection = models.TextField(blank=True)
    presumed_at = models.DateTimeField(null=True)
    recurred_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("conversations_solution", "conversation", "proposed_by"),
            models.UniqueConstraint(
                fields=["tenant", "conversation"],
                condition=Q(confirmed_at=None, objected_at=None, presumed_at=None, withdrawn_at=None),
                name="one_open_proposal_per_conversation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(presumed_at=None),
                name="confirmed_is_not_presumed",
            ),
            models.CheckConstraint(
                condition=Q(presumed_at=None) | Q(asked_again_at__isnull=False),
                name="nothing_is_presumed_without_asking_twice",
            ),
        ]


class Goodwill(TenantRow):
    """What an owner granted to put things right, with its reason."""

    conversation = TenantKey(Conversation)
    granted_by = TenantKey(Membership)
    cents = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("conversations_goodwill", "conversation", "granted_by", traced=True),
            models.CheckConstraint(condition=~Q(reason=""), name="goodwill_has_a_reason"),
        ]


class Link(TenantRow):
    """Two concerns that have to do with each other."""

    earlier = TenantKey(Conversation)
    later = TenantKey(Conversation)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_link", "earlier", "later", "by"),
            models.UniqueConstraint(fields=["tenant", "earlier", "later", "kind"], name="linked_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="nothing_links_to_itself"),
        ]


class Move(TenantRow):
    """What a merge or a split moved from one conversation to another, so that it can be undone."""

    source = TenantKey(Conversation)
    target = TenantKey(Conversation)
    kind = models.CharField(max_length=5, default="MERGE")
    message_ids = ArrayField(models.BigIntegerField(), default=list)
    note_ids = ArrayField(models.BigIntegerField(), default=list)
    milestone_ids = ArrayField(models.BigIntegerField(), default=list)
    inquiry_ids = ArrayField(models.BigIntegerField(), default=list)
    goodwill_ids = ArrayField(models.BigIntegerField(), default=list)
    status_before = models.CharField(max_length=10)
    next_touch_before = models.DateTimeField(null=True)
    target_status_before = models.CharField(max_length=10, default="")
    target_solved_before = models.DateTimeField(null=True)
    target_quiet_before = models.CharField(max_length=40, default="")
    by = TenantKey(Membership, null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*walls("conversations_move", "source", "target", "by")]


class Reading(TenantRow):
    """How far a member has read a conversation."""

    conversation = TenantKey(Conversation)
    member = TenantKey(Membership)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("conversations_reading", "conversation", "member"),
            models.UniqueConstraint(fields=["tenant", "conversation", "member"], name="one_reading_per_member"),
        ]


class AutomaticHour(TenantRow):
    """How many automatic mails left in one hour; the brake that stops a run-away is a conditional update on it."""

    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("conversations_automatichour"),
            models.UniqueConstraint(fields=["tenant", "hour"], name="one_count_per_hour"),
        ]
