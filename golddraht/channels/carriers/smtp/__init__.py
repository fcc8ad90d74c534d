"""SMTP out: handing mail to the mailbox's server."""

from golddraht.channels.carriers.smtp.delivering import deliver, drain_deliveries

__all__ = ["deliver", "drain_deliveries"]
