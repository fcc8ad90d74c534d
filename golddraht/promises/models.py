from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.promises.rules import Kind, State
from golddraht.team.models import Membership


class Disturbance(TenantRow):
    """Something that endangers many promises at once, such as a cancelled tour; everybody affected is told in one go."""

    words = models.CharField(max_length=300)
    reference = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    at = models.DateTimeField()
    by = TenantKey(Membership)

    class Meta:
        constraints = [*walls("promises_disturbance", "by", traced=True)]


class Promise(TenantRow):
    """Something said to a customer with a date: open, kept, broken, or changed by agreement (M4)."""

    customer = TenantKey(Customer)
    conversation = TenantKey(Conversation, null=True, blank=True)
    owner = TenantKey(Membership)
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=300)
    # What it belongs to outside: an order or delivery number, a tour.
    reference = models.CharField(max_length=80, blank=True)
    tour = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = TenantKey(Membership, null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = TenantKey(Membership, null=True, blank=True)
    # The words that settled a first answer: should they never arrive, it was none.
    answered_with = TenantKey(Message, null=True, blank=True)
    # An answer that was counted at first and never arrived.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    endangered_at = models.DateTimeField(null=True, blank=True)
    danger = models.CharField(max_length=300, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    disturbance = TenantKey(Disturbance, null=True, blank=True)
    # The agreed promise that took this one's place, with the customer's consent.
    replaced_by = TenantKey("promises.Promise", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # What is known from outside and this promise follows, such as "delivery:shop:L-1", and when this date was named there.
    outside = models.CharField(max_length=160, blank=True)
    dated_at = models.DateTimeField(null=True, blank=True)
    # Another date that was named there since, to which the customer has not agreed.
    moved_from = models.DateTimeField(null=True, blank=True)
    moved_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *walls(
                "promises_promise",
                *(
                    "customer",
                    "conversation",
                    "owner",
                    "made_by",
                    "settled_by",
                    "answered_with",
                    "disturbance",
                    "replaced_by",
                ),
                traced=True,
            ),
            models.UniqueConstraint(
                fields=["tenant", "conversation"],
                condition=Q(kind=Kind.FIRST_ANSWER, state=State.OPEN),
                name="one_open_first_answer_per_conversation",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN) ^ Q(settled_at__isnull=False),
                name="settled_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CHANGED) | Q(replaced_by__isnull=False),
                name="changed_names_the_new_agreement",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(starts_at__lte=F("due_at")),
                name="a_window_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "due_at"], condition=Q(state="OPEN"), name="promise_due"),
            models.Index(fields=["tenant", "due_at", "state"], name="promise_by_day"),
            models.Index(fields=["tenant", "customer"], name="promise_of_customer"),
            models.Index(fields=["tenant", "conversation"], name="promise_of_conversation"),
            models.Index(fields=["tenant", "reference"], name="promise_by_reference"),
            models.Index(fields=["tenant", "outside"], condition=~Q(outside=""), name="promise_from_outside"),
            models.Index(
                fields=["tenant", "answered_with"],
                condition=Q(answered_with__isnull=False),
                name="promise_by_answer",
            ),
        ]


class Option(TenantRow):
    """One of the ways out offered to the customer while a promise is in danger, with date, cost and condition."""

    promise = TenantKey(Promise, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    condition = models.CharField(max_length=300, blank=True)
    cents = models.IntegerField(default=0)
    starts_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    # The promise that came of the choice.
    made = TenantKey(Promise, null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            *walls("promises_option", "promise", "made"),
            models.UniqueConstraint(
                fields=["tenant", "promise"],
                condition=Q(chosen_at__isnull=False),
                name="one_choice_per_promise",
            ),
        ]
