"""The tables of this room, a file for each noun."""

from __future__ import annotations

from golddraht.channels.models.arrived import Authenticity, MailRecord, RawMail, Reference
from golddraht.channels.models.delivery import CaughtMail, Delivery
from golddraht.channels.models.domain import DomainFinding, DomainKey, DomainPlate, MailDomain
from golddraht.channels.models.keys import KnownKey, MessageSeal, OwnKey
from golddraht.channels.models.mailbox import Doorplate, FolderPosition, Mailbox, SignIn, Token
from golddraht.channels.models.trial import TrialMail

__all__ = [
    "Authenticity",
    "CaughtMail",
    "Delivery",
    "DomainFinding",
    "DomainKey",
    "DomainPlate",
    "Doorplate",
    "FolderPosition",
    "KnownKey",
    "MailDomain",
    "MailRecord",
    "Mailbox",
    "MessageSeal",
    "OwnKey",
    "RawMail",
    "Reference",
    "SignIn",
    "Token",
    "TrialMail",
]
