"""Changing a connection to TLS before anything is said on it, or not going on at all.

Whoever sits in between could take the offer of STARTTLS out of the greeting, or say that we are signed in already
(RFC 3207 §6, RFC 9051 §11.3): then nothing is sent, for no password may go in the clear where TLS was asked for.
"""

from __future__ import annotations

import imaplib
import smtplib
import ssl

from django.utils.translation import gettext as _

from golddraht.plumbing import outgoing

EXPIRED, NOT_YET, SELF_SIGNED, OF_NOBODY = {10}, {9}, {18, 19}, {2, 20, 21}
OTHER_NAME = {62, 64}
"""OpenSSL's numbers (X509_V_ERR_…) for what may be wrong with a certificate."""


class NoTls(OSError):
    """The server does not offer TLS where it was asked for; nothing was said to it."""


def secure_imap(client: imaplib.IMAP4) -> None:
    """STARTTLS. Raises NoTls, or OSError for a certificate that is not valid."""
    if "STARTTLS" not in client.capabilities or client.state != "NONAUTH":
        raise NoTls(_no_tls(client.host))
    client.starttls(outgoing.trusted())


def secure_smtp(client: smtplib.SMTP, host: str) -> None:
    """STARTTLS and a new EHLO. Raises NoTls, or OSError for a certificate that is not valid."""
    client.ehlo_or_helo_if_needed()
    if not client.has_extn("starttls"):
        raise NoTls(_no_tls(host))
    client.starttls(context=outgoing.trusted())
    client.ehlo()


def _no_tls(host: str) -> str:
    words = _("%(host)s offers no encryption (STARTTLS), so nothing was sent there. Choose “TLS from the beginning”.")
    return words % {"host": host}


def words_of_certificate(host: str, failure: ssl.SSLCertVerificationError) -> str:
    """What is wrong with the certificate, and what to do."""
    names = {"host": host, "reason": failure.verify_message}
    code = failure.verify_code
    if code in OTHER_NAME:
        return _("The certificate of %(host)s is for another name. Enter the name your provider tells.") % names
    if code in EXPIRED:
        return _("The certificate of %(host)s has expired. Whoever runs that server must renew it.") % names
    if code in NOT_YET:
        return _("The certificate of %(host)s is not valid yet. Is the clock of this machine right?") % names
    if code in SELF_SIGNED | OF_NOBODY:
        return (
            _(
                "The certificate of %(host)s was signed by nobody we trust. If it is your own server, whoever runs this"
                " installation can add its authority (GOLDDRAHT_AUTHORITIES)."
            )
            % names
        )
    return _("The certificate of %(host)s is not valid: %(reason)s") % names
