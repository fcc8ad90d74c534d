from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class DomainPlate(models.Model):
    """Which tenants have proven that a domain is theirs: asked before another one may set up a mailbox there. No customer data."""

    domain = models.CharField(max_length=253)
    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.CASCADE, related_name="+")
    proven_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["domain", "tenant"], name="domain_proven_once")]


class MailDomain(TenantRow):
    """A domain of the tenant's addresses, and when somebody last looked whether it is set up right."""

    domain = models.CharField(max_length=253)
    added_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_maildomain", traced=True),
            models.UniqueConstraint(fields=["tenant", "domain"], name="domain_once"),
        ]

    def __str__(self) -> str:
        return self.domain


class DomainFinding(TenantRow):
    """One thing that was looked at: how it is, why, and what was found; the words are made where it is shown."""

    domain = TenantKey(MailDomain, on_delete=models.CASCADE)
    topic = models.CharField(max_length=16)
    state = models.CharField(max_length=8)
    reason = models.CharField(max_length=32)
    found = ArrayField(models.TextField(), default=list)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("channels_domainfinding", "domain"),
            models.UniqueConstraint(fields=["tenant", "domain", "topic"], name="one_finding_per_topic"),
        ]


class DomainKey(TenantRow):
    """A key with which mail of a domain is signed: made, published, switched on, and one day replaced."""

    domain = TenantKey(MailDomain, on_delete=models.CASCADE)
    selector = models.CharField(max_length=63)
    algorithm = models.CharField(max_length=8)
    private_key = SecretField()
    record = models.TextField()
    made_at = models.DateTimeField()
    # Seen in the DNS; only then it can be switched on.
    published_at = models.DateTimeField(null=True)
    signs_since = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_domainkey", "domain", traced=True),
            models.UniqueConstraint(fields=["tenant", "domain", "selector"], name="selector_once"),
            models.UniqueConstraint(
                fields=["tenant", "domain", "algorithm"],
                condition=Q(signs_since__isnull=False, retired_at=None),
                name="one_signing_key_per_algorithm",
            ),
        ]
