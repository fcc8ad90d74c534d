"""SMTP and LMTP in: mail that other servers hand to us."""

from golddraht.channels.carriers.listener.servers import lmtp_server, smtp_server

__all__ = ["lmtp_server", "smtp_server"]
