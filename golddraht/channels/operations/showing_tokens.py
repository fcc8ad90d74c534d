"""Signing in to a mail server by a token that its sign-in service gave (SASL XOAUTH2, and OAUTHBEARER by RFC 7628)."""

from __future__ import annotations

import imaplib
import smtplib

from django.utils.translation import gettext as _

from golddraht.channels.rules import mechanism_for
from golddraht.ground.text import one_line


class TokenRefused(Exception):
    """The server does not take the token, although the service gave it; the message says what to look at."""


def show_to_imap(client: imaplib.IMAP4, *, user: str, token: str) -> None:
    """Sign in. A server that refuses tells why and waits for an answer first. Raises TokenRefused, or imaplib's abort."""
    offered = frozenset(one.removeprefix("AUTH=") for one in client.capabilities if one.startswith("AUTH="))
    mechanism = mechanism_for(offered)
    said = iter([mechanism.shows(user=user, token=token, host=client.host, port=client.port)])
    try:
        client.authenticate(mechanism, lambda _challenge: next(said, mechanism.gives_in).encode())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refusal:
        raise TokenRefused(_words(client.host, str(refusal))) from refusal


def show_to_smtp(client: smtplib.SMTP, *, user: str, token: str, host: str, port: int) -> None:
    """Sign in after EHLO. Raises TokenRefused, or what smtplib raises for a lost connection."""
    mechanism = mechanism_for(frozenset(client.esmtp_features.get("auth", "").upper().split()))
    said = mechanism.shows(user=user, token=token, host=host, port=port)
    try:
        # An empty challenge (334) asks for what we have to say, a full one tells what was wrong with it.
        client.auth(mechanism, lambda challenge=None: mechanism.gives_in if challenge else said)
    except smtplib.SMTPAuthenticationError as refusal:
        told = refusal.smtp_error
        words = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        raise TokenRefused(_words(host, f"{refusal.smtp_code} {words}")) from refusal


def _words(host: str, told: str) -> str:
    return _(
        "%(host)s does not let us in although the sign-in was renewed (%(told)s). Are IMAP and authenticated SMTP switched"
        " on for this mailbox, and may the account open it?"
    ) % {"host": host, "told": one_line(told, 160)}
