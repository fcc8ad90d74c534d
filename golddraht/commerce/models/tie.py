from __future__ import annotations

from django.db import models

from golddraht.commerce.models.order import Order
from golddraht.conversations.models import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Tie(TenantRow):
    """A concern is about an order. By itself only where the number in its words belongs to that very customer."""

    conversation = TenantKey(Conversation, on_delete=models.CASCADE)
    order = TenantKey(Order, on_delete=models.CASCADE)
    # "number" (its number was found in the customer's words) or "member".
    found_by = models.CharField(max_length=10)
    by = TenantKey(Membership, null=True)
    at = models.DateTimeField()
    untied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("commerce_tie", "conversation", "order", "by", traced=True),
            models.UniqueConstraint(fields=["tenant", "conversation", "order"], name="tied_once"),
        ]
        indexes = [models.Index(fields=["tenant", "order"], name="ties_of_order")]
