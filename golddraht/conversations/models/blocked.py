from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class BlockedSender(TenantRow):
    """An address, or everybody at a domain (`@spam.example`): what they write is kept and rests, unless somebody frees it."""

    pattern = models.CharField(max_length=254)
    why = models.CharField(max_length=200, blank=True)
    by = TenantKey(Membership)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_blockedsender", "by", "lifted_by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "pattern"], condition=Q(lifted_at=None), name="a_sender_is_blocked_once"
            ),
            models.CheckConstraint(condition=~Q(pattern=""), name="a_block_names_a_sender"),
        ]
