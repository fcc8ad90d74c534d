from __future__ import annotations

from django.db import models

from golddraht.channels.models.mailbox import Mailbox
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class TrialMail(TenantRow):
    """A mail that a mailbox writes to itself, to see whether it goes out and comes back."""

    mailbox = TenantKey(Mailbox, on_delete=models.CASCADE)
    mail_id = models.CharField(max_length=250)
    asked_at = models.DateTimeField()
    # When the server took it; `answer` is what it said, or why it did not.
    taken_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            *walls("channels_trialmail", "mailbox"),
            models.UniqueConstraint(fields=["tenant", "mailbox"], name="one_trial_per_mailbox"),
        ]
