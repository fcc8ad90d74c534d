from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.commerce.models.outside import Theirs, outside, theirs


class Return(Theirs):
    """Something that a customer gives back."""

    order = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=200, blank=True)
    cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    announced_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*outside("commerce_return", "customer")]
        indexes = [
            *theirs("return"),
            models.Index(fields=["tenant", "source", "order"], condition=~Q(order=""), name="return_of_order"),
        ]
