"""IMAP in: fetching the mailboxes that live elsewhere."""

from golddraht.channels.carriers.imap.watching import Watch

__all__ = ["Watch"]
