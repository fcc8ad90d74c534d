"""SMTP out: handing mail to the mailbox's server."""

from golddraht.channels.carriers.smtp.delivering import deliver, drain_deliveries
from golddraht.channels.carriers.smtp.posting import post
from golddraht.channels.carriers.smtp.telling import tell_alarm
from golddraht.channels.carriers.smtp.trying import send_trial

__all__ = ["deliver", "drain_deliveries", "post", "send_trial", "tell_alarm"]
