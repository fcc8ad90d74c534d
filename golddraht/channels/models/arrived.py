from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.channels.models.mailbox import Mailbox
from golddraht.conversations.models import Message
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


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
            models.Index(fields=["tenant", "normal_subject", "from_address"], name="record_by_subject"),
        ]


class Reference(TenantRow):
    """One Message-ID that a mail refers to, so that a late ancestor finds its descendants (in any arrival order)."""

    record = TenantKey(MailRecord, on_delete=models.CASCADE)
    mail_id = models.CharField(max_length=998)

    class Meta:
        constraints = [*walls("channels_reference", "record")]
        indexes = [models.Index(fields=["tenant", "mail_id"], name="reference_by_message_id")]


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
