from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.channels.models.mailbox import Mailbox
from golddraht.channels.rules import DeliveryState
from golddraht.consent.models import Permission
from golddraht.consent.rules import MessageClass
from golddraht.conversations.models import Message
from golddraht.plumbing.tenancy import SameTenant, TenantKey, TenantRow, walls


class Delivery(TenantRow):
    """One message to one recipient: waiting → sending → handing over → accepted, refused or honestly unknown."""

    message = TenantKey(Message, on_delete=models.CASCADE)
    mailbox = TenantKey(Mailbox, null=True)
    recipient = models.CharField(max_length=254)
    # As its message has them: nothing but service is delivered without permission.
    message_class = models.CharField(max_length=12, default=MessageClass.SERVICE)
    permission = TenantKey(Permission, null=True, db_index=False)
    state = models.CharField(max_length=12, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    # Told by the peer, or by us when the peer could not be reached.
    answer = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    # A later fact: the mail came back.
    bounced_at = models.DateTimeField(null=True)
    bounce = models.TextField(blank=True)
    # How often it came back for a passing reason and was sent once more.
    returned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("channels_delivery", "message", "mailbox"),
            SameTenant(
                field="permission",
                name="channels_delivery_permission_same_tenant",
                also={"message_class": "message_class"},
            ),
            models.CheckConstraint(
                condition=Q(message_class="SERVICE", permission=None)
                | (~Q(message_class="SERVICE") & Q(permission__isnull=False)),
                name="only_service_is_delivered_without_permission",
            ),
            models.UniqueConstraint(fields=["tenant", "message", "recipient"], name="one_delivery_per_recipient"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "next_attempt_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_due",
            ),
            models.Index(
                fields=["tenant", "changed_at"],
                condition=Q(state__in=["SENDING", "HANDING_OVER", "UNKNOWN", "HELD"]),
                name="delivery_unsettled",
            ),
            models.Index(
                fields=["tenant", "permission"],
                condition=Q(permission__isnull=False),
                name="delivery_by_permission",
            ),
        ]


class CaughtMail(TenantRow):
    """A mail that stayed in the house: the demo's catcher keeps what would have gone to a customer, so that a visitor can read it."""

    recipient = models.CharField(max_length=254)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=400, blank=True)
    content = models.BinaryField()
    caught_at = models.DateTimeField()

    class Meta:
        constraints = [*walls("channels_caughtmail")]
        indexes = [models.Index(fields=["tenant", "recipient", "-caught_at"], name="caught_by_recipient")]
