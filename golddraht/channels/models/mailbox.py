from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.channels.rules import Provider
from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Team


class Mailbox(TenantRow):
    """A mailbox of the tenant: how mail comes in (IMAP, or the listener alone) and how it leaves (SMTP)."""

    address = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=120)
    team = TenantKey(Team, null=True, blank=True)
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    imap_host = models.CharField(max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, default="TLS")
    imap_folder = models.CharField(max_length=200, default="INBOX")
    imap_user = models.CharField(max_length=254, blank=True)
    imap_password = SecretField(blank=True, default="")
    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, default="TLS")
    smtp_user = models.CharField(max_length=254, blank=True)
    smtp_password = SecretField(blank=True, default="")
    # Opened by the token of its SignIn, not by a password.
    uses_oauth = models.BooleanField(default=False)
    # The name (authserv-id, RFC 8601 §2.5) of the server in front whose Authentication-Results are believed.
    trusted_server = models.CharField(max_length=253, blank=True, default="")

    # Health, in facts; the words are made where they are shown.
    fetched_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    sending_failing_since = models.DateTimeField(null=True)
    sending_failure = models.TextField(blank=True)

    class Meta:
        constraints = [
            *walls("channels_mailbox", "team", traced=True),
            models.UniqueConstraint(fields=["tenant", "address"], name="mailbox_once"),
            models.UniqueConstraint(fields=["tenant"], condition=Q(is_default=True), name="one_default_mailbox"),
        ]

    def __str__(self) -> str:
        return self.address


class SignIn(TenantRow):
    """How a mailbox of Microsoft 365 or Google is opened without a password (OAuth 2.0, RFC 6749): what an admin entered."""

    mailbox = TenantKey(Mailbox, on_delete=models.CASCADE)
    provider = models.CharField(max_length=12)
    # Without any person: the program signs in for itself (RFC 6749 §4.4).
    by_app = models.BooleanField(default=False)
    # Microsoft's name for the company: an id or a domain.
    directory = models.CharField(max_length=100, blank=True)
    client_id = models.CharField(max_length=200)
    client_secret = SecretField(blank=True, default="")
    secret_ends_on = models.DateField(null=True, blank=True)
    # Whose sign-in opens the mailbox: itself, or whoever may open a shared one.
    account = models.CharField(max_length=254, blank=True)
    is_testing = models.BooleanField(default=False)
    connected_as = models.CharField(max_length=254, blank=True)
    connected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_signin", "mailbox", traced=True),
            models.UniqueConstraint(fields=["tenant", "mailbox"], name="one_sign_in_per_mailbox"),
            models.CheckConstraint(
                condition=Q(provider__in=[provider.value for provider in Provider]), name="provider_is_known"
            ),
        ]


class Token(TenantRow):
    """What opens the mailbox right now. Its row is locked while the service is asked, so that one process alone renews it."""

    sign_in = TenantKey(SignIn, on_delete=models.CASCADE)
    access = SecretField(blank=True, default="")
    expires_at = models.DateTimeField(null=True)
    refresh = SecretField(blank=True, default="")
    # When the grant itself ends, as far as anybody can know.
    grant_ends_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    # Why it could not be renewed, in words, and when the service is asked again.
    refusal = models.TextField(blank=True)
    needs_person = models.BooleanField(default=False)
    ask_again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_token", "sign_in"),
            models.UniqueConstraint(fields=["tenant", "sign_in"], name="one_token_per_sign_in"),
        ]


class Doorplate(models.Model):
    """Which mailbox of which tenant an address belongs to: asked by the listener before any tenant is known. No customer data."""

    address = models.CharField(max_length=254, primary_key=True)
    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.CASCADE, related_name="+")
    mailbox_id = models.BigIntegerField()


class FolderPosition(TenantRow):
    """How far a folder of a mailbox has been fetched; a changed UIDVALIDITY starts again at the beginning (RFC 3501 §2.3.1.1)."""

    mailbox = TenantKey(Mailbox, on_delete=models.CASCADE)
    folder = models.CharField(max_length=200)
    uidvalidity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("channels_folderposition", "mailbox"),
            models.UniqueConstraint(fields=["tenant", "mailbox", "folder"], name="one_position_per_folder"),
        ]
