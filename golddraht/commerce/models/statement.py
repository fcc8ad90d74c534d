from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.commerce.models.appointment import Appointment
from golddraht.commerce.models.delivery import Delivery
from golddraht.commerce.models.giveback import Return
from golddraht.commerce.models.order import Order
from golddraht.commerce.models.product import Product
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Statement(TenantRow):
    """What a source said of a thing at one moment, in its own values. Added, never changed: the database refuses.

    What holds by now is written into the thing itself (`operations.settling`), out of all of these.
    """

    product = TenantKey(Product, on_delete=models.CASCADE, null=True)
    order = TenantKey(Order, on_delete=models.CASCADE, null=True)
    delivery = TenantKey(Delivery, on_delete=models.CASCADE, null=True)
    appointment = TenantKey(Appointment, on_delete=models.CASCADE, null=True)
    giveback = TenantKey(Return, on_delete=models.CASCADE, null=True)
    said_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    told = models.JSONField()
    # The customer, where the source named them by our own id.
    customer_id = models.BigIntegerField(null=True)
    # What it is known by: the same words at the same moment are kept once.
    mark = models.CharField(max_length=64)
    # The import of a file that said it; null for what a program told.
    import_id = models.BigIntegerField(null=True)
    # Whose token or sign-in brought it (a membership).
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("commerce_statement", "product", "order", "delivery", "appointment", "giveback"),
            *(
                models.UniqueConstraint(
                    fields=["tenant", name, "mark"],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"stated_once_of_{name}",
                )
                for name in ("product", "order", "delivery", "appointment", "giveback")
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False)
                ^ Q(order__isnull=False)
                ^ Q(delivery__isnull=False)
                ^ Q(appointment__isnull=False)
                ^ Q(giveback__isnull=False),
                name="statement_names_its_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "import_id"], condition=Q(import_id__isnull=False), name="statements_of_an_import"
            )
        ]
