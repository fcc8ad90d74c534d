"""One attempt to hand one mail to one server, and what came of it."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from golddraht.channels.carriers.smtp.wire import Refused, TakenBack, Unanswered, Wire
from golddraht.channels.mail.signing import sealed
from golddraht.channels.operations.composing import Dispatch, Server
from golddraht.channels.operations.delivering import Outcome, accepted, answered, later, unknown
from golddraht.channels.operations.securing import NoTls, words_of_certificate
from golddraht.channels.operations.showing_tokens import TokenRefused, show_to_smtp
from golddraht.plumbing import outgoing

NO_BUSINESS = {421, 450, 451, 452}


class NoAccess(Exception):
    """The server cannot be reached, or does not let us in; no mail of this mailbox would go through."""


def hand_over(
    dispatch: Dispatch,
    *,
    token: str = "",
    before_dot: Callable[[], bool],
    mistrusted: Callable[[], None] = lambda: None,
    step: float = outgoing.STEP,
) -> Outcome | None:
    """Try it once, each step within `step` seconds; None when the delivery was taken back in the middle.

    `before_dot` is asked after the last byte and before the dot that makes the mail theirs; `mistrusted` is called when
    the server does not take the token.
    """
    content = sealed(dispatch.content, dispatch.keys)
    try:
        with _open(dispatch.server, token, step) as wire:
            wire.announce(len(content))
            wire.address(dispatch.sender, dispatch.recipient)
            return accepted(wire.transmit(content, before_dot))
    except TokenRefused as failure:
        mistrusted()
        return later(str(failure), is_ours=True)
    except NoAccess as failure:
        return later(str(failure), is_ours=True)
    except Refused as refused:
        return answered(refused.code, refused.status, str(refused), at_recipient=refused.step == "recipient")
    except TakenBack:
        return None
    except Unanswered:
        return unknown(_("The connection broke after the mail was handed over; whether it arrived is unknown."))
    except (OSError, smtplib.SMTPException) as failure:
        return later(_("The connection broke before the mail was handed over: %(failure)s") % {"failure": failure})


@contextmanager
def _open(server: Server, token: str, step: float) -> Iterator[Wire]:
    wire = _connected(server, token, step)
    try:
        yield wire
    finally:
        # Whatever the server says to our good-bye, the mail's fate is known by now.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            wire.quit()
        wire.close()


def _connected(server: Server, token: str, step: float) -> Wire:
    wire: Wire | None = None
    try:
        wire = Wire(
            server.host, server.port, server.security, is_own=server.is_catcher or server.is_operators, step=step
        )
        wire.secure()
        _sign_in(wire, server, token)
    except (OSError, UnicodeError, smtplib.SMTPException, TokenRefused) as failure:
        if wire is not None:
            wire.close()
        if isinstance(failure, TokenRefused):
            raise
        raise NoAccess(in_words(server.host, failure)) from failure
    return wire


def _sign_in(wire: Wire, server: Server, token: str) -> None:
    if token:
        show_to_smtp(wire, user=server.user, token=token, host=server.host, port=server.port)
    elif server.user:
        wire.login(server.user, server.password)


def in_words(host: str, failure: Exception) -> str:
    """Why a server could not be used, so that whoever reads it knows what to do."""
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return _("%(host)s refused user name or password.") % {"host": host}
    if isinstance(failure, ssl.SSLCertVerificationError):
        return words_of_certificate(host, failure)
    if isinstance(failure, NoTls):
        return str(failure)
    if isinstance(failure, socket.gaierror):
        return _("There is no server called %(host)s. Please look at the name again.") % {"host": host}
    if isinstance(failure, TimeoutError):
        return _("%(host)s did not answer in time.") % {"host": host}
    if isinstance(failure, ConnectionRefusedError):
        return _("%(host)s refused the connection.") % {"host": host}
    return _("%(host)s cannot be used: %(reason)s") % {"host": host, "reason": str(failure) or type(failure).__name__}
