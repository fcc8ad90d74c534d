from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.commerce.models.outside import Theirs, outside, theirs


class Appointment(Theirs):
    """A visit of a technician in a window of time."""

    order = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=200, blank=True)
    technician = models.CharField(max_length=120, blank=True)
    tour = models.CharField(max_length=80, blank=True)
    promised_from = models.DateTimeField(null=True)
    promised_until = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)  # When the source named this date.
    agreed = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*outside("commerce_appointment", "customer")]
        indexes = [
            *theirs("visit"),
            models.Index(fields=["tenant", "source", "order"], condition=~Q(order=""), name="visit_of_order"),
        ]
