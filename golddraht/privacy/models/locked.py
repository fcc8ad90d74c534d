from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.privacy.models.erasure import Erasure


class Locked(TenantRow):
    """What the law wants kept of somebody who was erased (Article 18 GDPR, § 35 (3) BDSG): sealed, never changed, gone on its day.

    The database refuses to change it, and to delete it before `over_on`.
    """

    erasure = TenantKey(Erasure, null=True)
    kind = models.CharField(max_length=10)
    keeping = models.CharField(max_length=10)
    # Who wants it kept, such as “§ 257 (1) no. 2, 3 HGB”.
    law = models.CharField(max_length=80)
    happened_on = models.DateField()
    over_on = models.DateField()
    # Of the concern it was part of.
    number = models.BigIntegerField(null=True)
    size = models.PositiveBigIntegerField()
    # Keyed hashes of addresses and numbers, by which whoever may open it finds it.
    marks = ArrayField(models.CharField(max_length=64), default=list)
    content = models.BinaryField()
    locked_at = models.DateTimeField()

    class Meta:
        constraints = [*walls("privacy_locked", "erasure")]
        indexes = [models.Index(fields=["tenant", "over_on"], name="locked_by_end")]
