from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Draft(TenantRow):
    """An answer that has not left yet: being written, or sent and waiting for the moment after which it cannot be taken back.

    When it leaves, it becomes a message and the row is gone, in one transaction: there is never both, and never neither.
    """

    conversation = TenantKey(Conversation)
    member = TenantKey(Membership)
    text = models.TextField(blank=True)
    channel = models.CharField(max_length=10, default="EMAIL")
    # None where nothing was chosen: whoever takes part when it leaves.
    recipients = ArrayField(models.CharField(max_length=254), null=True)
    next_touch_at = models.DateTimeField(null=True)
    still_ours = models.BooleanField(default=False)
    # The newest message of the customer that its writer had before them.
    seen_message_id = models.BigIntegerField(null=True)
    # A program wrote it: its signs are just signs, and no formatting.
    is_plain = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField()
    # Sent: it leaves by itself at this moment unless it is taken back or stopped before.
    leaves_at = models.DateTimeField(null=True)
    # Its writer chose that moment; otherwise it is only the seconds in which it can be undone.
    is_timed = models.BooleanField(default=False)
    # It was sent and did not leave, and why.
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            *walls("conversations_draft", "conversation", "member"),
            models.UniqueConstraint(
                fields=["tenant", "conversation", "member"],
                condition=Q(leaves_at=None),
                name="one_draft_per_member_and_conversation",
            ),
            models.CheckConstraint(
                condition=Q(leaves_at=None) | Q(stopped_at=None), name="what_was_stopped_does_not_leave"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "leaves_at"], condition=Q(leaves_at__isnull=False), name="draft_that_leaves"
            ),
            models.Index(fields=["tenant", "conversation"], name="draft_in_conversation"),
            models.Index(fields=["tenant", "member"], name="draft_of_member"),
        ]


class DraftFile(TenantRow):
    """A file that goes along when the draft leaves; then it belongs to the message."""

    draft = TenantKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    # By which the words point at a picture that stands between them.
    content_id = models.CharField(max_length=250)
    file = models.FileField(max_length=200)

    class Meta:
        constraints = [*walls("conversations_draftfile", "draft")]
