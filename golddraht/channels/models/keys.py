from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Message
from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class OwnKey(TenantRow):
    """A private key of the tenant, with which mail that was encrypted to one of its addresses is opened."""

    # smime or pgp.
    method = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64)
    # Fingerprints of an OpenPGP key and its subkeys: a mail names one of them.
    ids = ArrayField(models.CharField(max_length=64), default=list)
    certificate = models.BinaryField()
    secret = SecretField()
    passphrase = SecretField(blank=True, default="")
    valid_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = TenantKey(Membership, null=True)
    # Out of service: nobody is told of its end, and it still opens what was encrypted to it.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_ownkey", "added_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "method", "fingerprint"], name="own_key_once"),
        ]


class KnownKey(TenantRow):
    """A certificate or public key of somebody who writes to us, or of an authority that vouches for others."""

    method = models.CharField(max_length=5)
    # Folded; for whom alone its word counts. Empty for an authority.
    address = models.CharField(max_length=254, blank=True)
    is_authority = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64)
    certificate = models.BinaryField()
    valid_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = TenantKey(Membership, null=True)
    # Its word counts no more.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_knownkey", "added_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "method", "fingerprint", "address"], name="known_key_once"),
            models.CheckConstraint(
                condition=Q(is_authority=True) ^ ~Q(address=""), name="a_key_is_of_an_address_or_an_authority"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "address"], name="known_key_by_address")]


class MessageSeal(TenantRow):
    """A signature or encryption around the mail behind a message, as it was found (channels/mail/mail.py, Seal)."""

    message = TenantKey(Message, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=5)
    kind = models.CharField(max_length=9)
    state = models.CharField(max_length=9)
    signer = models.CharField(max_length=254, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    # The signature is good, and the signer is not whom the mail says it is from.
    is_strangers = models.BooleanField(default=False)
    # Of a signer whom nobody knows, to be remembered by a person.
    certificate = models.BinaryField(null=True)
    # There is a new key: the mail is to be looked at again.
    wanted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_messageseal", "message"),
            models.UniqueConstraint(fields=["tenant", "message", "position"], name="seal_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "wanted_at"], condition=Q(wanted_at__isnull=False), name="seal_wanted"),
            models.Index(
                fields=["tenant", "method"], condition=Q(state__in=["sealed", "untrusted"]), name="seal_unsettled"
            ),
        ]
