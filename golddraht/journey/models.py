from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Event(TenantRow):
    """One thing that happened to a customer, on whatever channel. Added, never changed: the database refuses.

    It holds no words of its own, only what it was about, so that nothing has to be erased here twice.
    """

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=10, blank=True)
    conversation = TenantKey(Conversation, on_delete=models.CASCADE, null=True)
    message = TenantKey(Message, on_delete=models.CASCADE, null=True)
    promise_id = models.BigIntegerField(null=True)
    merge_id = models.BigIntegerField(null=True)
    # What is known from outside: an order, a delivery, a visit, a return.
    order_id = models.BigIntegerField(null=True)
    delivery_id = models.BigIntegerField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    return_id = models.BigIntegerField(null=True)
    # What it is, so that it happens once however often it is told: "message:17".
    mark = models.CharField(max_length=60)

    class Meta:
        constraints = [
            *walls("journey_event", "customer", "conversation", "message"),
            models.UniqueConstraint(fields=["tenant", "mark"], name="it_happened_once"),
            models.CheckConstraint(condition=~Q(mark=""), name="what_happened_has_a_mark"),
        ]
        indexes = [models.Index(fields=["tenant", "customer", "-at", "-id"], name="journey_in_order")]
