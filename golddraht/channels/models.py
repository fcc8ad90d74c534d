from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.channels.rules import DeliveryState, Provider
from golddraht.conversations.models import Message
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


class RawMail(TenantRow):
    """A mail exactly as it came, stored before anything was understood or acknowledged."""

    mailbox = TenantKey(Mailbox, null=True)
    # Where it came from: IMAP, SMTP, IMPORT.
    source = models.CharField(max_length=8)
    folder = models.CharField(max_length=200, blank=True)
    uidvalidity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    envelope_from = models.CharField(max_length=254, blank=True)
    envelope_to = ArrayField(models.CharField(max_length=254), default=list)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    message = TenantKey(Message, null=True)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Who handed it to our own listener: address and greeting, for SPF.
    client_address = models.CharField(max_length=45, blank=True)
    client_greeting = models.CharField(max_length=253, blank=True)
    # When it was looked whether it comes from whom it says; imported history is not asked.
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("channels_rawmail", "mailbox", "message"),
            models.UniqueConstraint(
                fields=["tenant", "mailbox", "folder", "uidvalidity", "uid"],
                condition=Q(uid__isnull=False),
                name="fetched_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "received_at"], condition=Q(read_at=None), name="mail_unread"),
            models.Index(fields=["tenant", "sha256"], name="mail_by_content"),
            models.Index(
                fields=["tenant", "received_at"],
                condition=Q(judged_at=None) & ~Q(source="IMPORT"),
                name="mail_unjudged",
            ),
        ]


class MailRecord(TenantRow):
    """The mail side of a message: its ids for threading, and who it went between."""

    message = TenantKey(Message, on_delete=models.CASCADE)
    mailbox = TenantKey(Mailbox, null=True)
    # Message-ID without its brackets (RFC 5322 §3.6.4).
    mail_id = models.CharField(max_length=998, blank=True)
    references = ArrayField(models.CharField(max_length=998), default=list)
    from_address = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=254, blank=True)
    to_addresses = ArrayField(models.CharField(max_length=254), default=list)
    cc_addresses = ArrayField(models.CharField(max_length=254), default=list)
    reply_to = models.CharField(max_length=254, blank=True)
    normal_subject = models.CharField(max_length=250, blank=True)
    # Of what arrived: the same mail twice (redelivered, two mailboxes) has one fingerprint; a reused Message-ID
    # with another body has another one.
    fingerprint = models.CharField(max_length=64, blank=True)
    warnings = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            *walls("channels_mailrecord", "message", "mailbox"),
            models.UniqueConstraint(fields=["tenant", "message"], name="one_record_per_message"),
            models.UniqueConstraint(
                fields=["tenant", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="the_same_mail_is_one_message",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "mail_id"], name="record_by_message_id"),
            models.Index(fields=["tenant", "from_address", "normal_subject"], name="record_by_sender_subject"),
        ]


class Reference(TenantRow):
    """One Message-ID that a mail refers to, so that a late ancestor finds its descendants (in any arrival order)."""

    record = TenantKey(MailRecord, on_delete=models.CASCADE)
    mail_id = models.CharField(max_length=998)

    class Meta:
        constraints = [*walls("channels_reference", "record")]
        indexes = [models.Index(fields=["tenant", "mail_id"], name="reference_by_message_id")]


class Delivery(TenantRow):
    """One message to one recipient: waiting → sending → handing over → accepted, refused or honestly unknown."""

    message = TenantKey(Message, on_delete=models.CASCADE)
    mailbox = TenantKey(Mailbox, null=True)
    recipient = models.CharField(max_length=254)
    state = models.CharField(max_length=12, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    # Told by the peer, or by us when the peer could not be reached.
    answer = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    # A later fact: the mail came back.
    bounced_at = models.DateTimeField(null=True)
    bounce = models.TextField(blank=True)
    # How often it came back for a passing reason and was sent once more.
    returned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("channels_delivery", "message", "mailbox"),
            models.UniqueConstraint(fields=["tenant", "message", "recipient"], name="one_delivery_per_recipient"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "next_attempt_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_due",
            ),
            models.Index(
                fields=["tenant", "changed_at"],
                condition=Q(state__in=["SENDING", "HANDING_OVER", "UNKNOWN", "HELD"]),
                name="delivery_unsettled",
            ),
        ]


class CaughtMail(TenantRow):
    """A mail that stayed in the house: the demo's catcher keeps what would have gone to a customer, so that a visitor can read it."""

    recipient = models.CharField(max_length=254)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=400, blank=True)
    content = models.BinaryField()
    caught_at = models.DateTimeField()

    class Meta:
        constraints = [*walls("channels_caughtmail")]
        indexes = [models.Index(fields=["tenant", "recipient", "-caught_at"], name="caught_by_recipient")]


class Authenticity(TenantRow):
    """Whether the mail behind a message comes from whom it says, as it was when the mail had just arrived."""

    message = TenantKey(Message, on_delete=models.CASCADE)
    # pass, fail, none, unknown; and why (channels/mail/verdict.py).
    result = models.CharField(max_length=8)
    reason = models.CharField(max_length=24)
    domain = models.CharField(max_length=253, blank=True)
    # The words of RFC 8601 §2.7.
    dkim = models.CharField(max_length=12, blank=True)
    spf = models.CharField(max_length=12, blank=True)
    dmarc = models.CharField(max_length=12, blank=True)
    # The trusted server that said so; empty when we looked ourselves.
    told_by = models.CharField(max_length=253, blank=True)
    # In what the sender looks like somebody else (channels/mail/lookalikes.py), and by which words.
    likeness = models.CharField(max_length=16, blank=True)
    likeness_words = models.CharField(max_length=254, blank=True)
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("channels_authenticity", "message"),
            models.UniqueConstraint(fields=["tenant", "message"], name="one_verdict_per_message"),
        ]


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
