"""SMTP out: handing mail to the mailbox's server."""

from golddraht.channels.carriers.smtp.delivering import deliver, drain_deliveries
from golddraht.channels.carriers.smtp.telling import tell_alarm

__all__ = ["deliver", "drain_deliveries", "tell_alarm"]
