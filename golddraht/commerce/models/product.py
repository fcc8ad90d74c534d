from __future__ import annotations

from django.db import models

from golddraht.commerce.models.outside import Outside, outside


class Product(Outside):
    name = models.CharField(max_length=200, blank=True)
    cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [*outside("commerce_product")]
