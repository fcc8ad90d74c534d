"""What happened to mails. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MailKept:
    """The bytes of a mail are in the house; nobody has read them yet."""

    raw_mail_id: int
    at: datetime


@dataclass(frozen=True)
class DeliveryQueued:
    """A message waits to be handed to a server for one recipient; `due_at` is None when it may go at once.

    `again` when that was said before.
    """

    delivery_id: int
    at: datetime
    due_at: datetime | None = None
    again: bool = False


@dataclass(frozen=True)
class DeliveryChanged:
    """A delivery was accepted, refused, put off, or came back."""

    delivery_id: int
    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class TokenEnding:
    """The token that opens a mailbox ends within minutes, and should be renewed."""

    mailbox_id: int
    at: datetime


@dataclass(frozen=True)
class AlarmUntold:
    """An alarm that nobody could be told of yet; it is tried again every minute."""

    alarm_id: int
    at: datetime


@dataclass(frozen=True)
class SendersUnjudged:
    """Mails have arrived, and nobody has looked yet whether they come from whom they say."""

    at: datetime


@dataclass(frozen=True)
class SenderDoubted:
    """A mail may not come from whom it says, or its sender looks like somebody else."""

    message_id: int
    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class DomainAsked:
    """Somebody wants to know, or it is time to know again, whether a domain is set up right."""

    mail_domain_id: int
    at: datetime


@dataclass(frozen=True)
class DomainLookedAt:
    """One thing about a domain was looked at, or the whole look is over."""

    mail_domain_id: int
    at: datetime


@dataclass(frozen=True)
class SealsWanted:
    """There is a new key, or somebody asks: sealed mails are to be looked at again."""

    at: datetime


@dataclass(frozen=True)
class SealsLookedAt:
    """The signatures and encryption around a mail were looked at again."""

    message_id: int
    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class TrialAsked:
    """Somebody who sets up a mailbox wants to see whether mail goes out and comes back."""

    trial_id: int
    at: datetime
