from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import Customer
from golddraht.improvement.models.problem import Problem
from golddraht.improvement.rules import LetterState
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class FixLetter(TenantRow):
    """The word to one customer that the cause of their trouble is gone: waiting, sent, stopped, or left out with a reason."""

    problem = TenantKey(Problem, related_name="letters")
    customer = TenantKey(Customer)
    conversation = TenantKey(Conversation)
    text = models.TextField()
    by = TenantKey(Membership)
    state = models.CharField(max_length=10, default=LetterState.WAITING)
    why = models.CharField(max_length=12, blank=True)
    message = TenantKey(Message, null=True)
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("improvement_fixletter", "problem", "customer", "conversation", "by", "message", traced=True),
            # Nobody is told twice of the same fix, whatever becomes of the first letter short of being stopped.
            models.UniqueConstraint(
                fields=["tenant", "problem", "customer"], condition=~Q(state="STOPPED"), name="one_letter_per_customer"
            ),
            models.CheckConstraint(
                condition=Q(state="SENT") ^ Q(message__isnull=True), name="a_sent_letter_names_its_message"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "leaves_at"], condition=Q(state="WAITING"), name="letter_to_leave"),
        ]
