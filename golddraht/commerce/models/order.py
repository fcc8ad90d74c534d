from __future__ import annotations

from django.db import models

from golddraht.commerce.models.outside import Theirs, outside, theirs
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Order(Theirs):
    """What a customer ordered."""

    ordered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [*outside("commerce_order", "customer")]
        indexes = theirs("order")


class Line(TenantRow):
    """One line of an order. `product` is the number of the product in the same source, where there is one."""

    order = TenantKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=3)
    cents = models.IntegerField(null=True)

    class Meta:
        ordering = ("order_id", "position")
        constraints = [
            *walls("commerce_line", "order"),
            models.UniqueConstraint(fields=["tenant", "order", "position"], name="one_line_at_a_place"),
        ]
