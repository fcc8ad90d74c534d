from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.commerce.models.outside import Theirs, outside, theirs


class Delivery(Theirs):
    """Something that is brought. `order` is the number of the order in the same source: it may be known before the order is."""

    order = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=200, blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    tour = models.CharField(max_length=80, blank=True)
    promised_from = models.DateTimeField(null=True)
    promised_until = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)  # When the source named this date.
    agreed = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    packed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    near_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*outside("commerce_delivery", "customer")]
        indexes = [
            *theirs("delivery"),
            models.Index(fields=["tenant", "source", "order"], condition=~Q(order=""), name="delivery_of_order"),
            models.Index(fields=["tenant", "tracking"], condition=~Q(tracking=""), name="delivery_tracking"),
        ]
