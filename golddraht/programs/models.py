from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.programs.rules import DeliveryState
from golddraht.team.models import Membership


class Webhook(TenantRow):
    """An address of a program that is told what happens. While it fails it rests, longer each time."""

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    news = ArrayField(models.CharField(max_length=40))
    secret = SecretField()
    # Signs besides, until then, so that a receiver can change over without losing anything.
    old_secret = SecretField(blank=True, default="")
    old_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = TenantKey(Membership, null=True)
    # One worker at a time tells it; after this moment another may think that the first has died.
    busy_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*walls("programs_webhook", "created_by", traced=True)]

    def __str__(self) -> str:
        return self.name


class Occurrence(TenantRow):
    """Something that happened and that a webhook is told, as it is sent: names and numbers, no words of customers."""

    news = models.CharField(max_length=40)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [*walls("programs_occurrence")]
        indexes = [models.Index(fields=["tenant", "at"], name="occurrence_by_age")]


class HookDelivery(TenantRow):
    """One occurrence for one webhook: waiting until it was delivered or given up."""

    webhook = TenantKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    occurrence = TenantKey(Occurrence, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("programs_hookdelivery", "webhook", "occurrence"),
            models.UniqueConstraint(fields=["tenant", "webhook", "occurrence"], name="told_once_each"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]), name="hook_delivery_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "webhook", "occurrence"],
                condition=Q(state=DeliveryState.WAITING),
                name="hook_delivery_waiting",
            ),
        ]


class HookAttempt(TenantRow):
    """One try: what the receiver answered, or why there was no answer, and how long it took."""

    delivery = TenantKey(HookDelivery, on_delete=models.CASCADE)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    answer = models.CharField(max_length=1000, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [*walls("programs_hookattempt", "delivery")]
        indexes = [models.Index(fields=["tenant", "delivery", "at"], name="attempt_of_delivery")]
