from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.consent.models import Permission
from golddraht.consent.rules import MessageClass
from golddraht.conversations.models.conversation import Conversation
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import SameTenant, TenantKey, TenantRow, walls
from golddraht.team.models import Membership


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
    # What it is in the eyes of the law, and the permission without which nothing but service is written.
    message_class = models.CharField(max_length=12, default=MessageClass.SERVICE)
    permission = TenantKey(Permission, null=True, db_index=False)
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
            SameTenant(
                field="permission",
                name="conversations_message_permission_same_tenant",
                also={"message_class": "message_class"},
            ),
            models.CheckConstraint(
                condition=Q(message_class="SERVICE", permission=None)
                | (~Q(message_class="SERVICE") & Q(permission__isnull=False)),
                name="only_service_is_written_without_permission",
            ),
            models.CheckConstraint(
                condition=Q(direction="IN") | Q(author__isnull=False) | ~Q(automatic=""),
                name="what_we_say_has_an_author_or_says_it_is_automatic",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "conversation", "received_at"], name="message_in_order"),
            models.Index(
                fields=["tenant", "author", "lost_at"], condition=Q(lost_at__isnull=False), name="lost_by_author"
            ),
            models.Index(
                fields=["tenant", "permission"],
                condition=Q(permission__isnull=False),
                name="message_by_permission",
            ),
        ]


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
