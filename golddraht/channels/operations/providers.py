"""What is particular about Microsoft 365 and Google: where they are asked, for what, and what their answers mean.

Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth" and "OAuth 2.0 authorization code flow" of the identity
platform. Google: "Using OAuth 2.0 for Web Server Applications" and "IMAP, POP, and SMTP" of Gmail.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings

from golddraht.channels.models import Mailbox, SignIn
from golddraht.channels.rules import Provider

NAMES = {Provider.MICROSOFT: "Microsoft", Provider.GOOGLE: "Google"}

BY_PERSON = {
    Provider.MICROSOFT: (
        "offline_access openid email profile"
        " https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"
    ),
    Provider.GOOGLE: "openid email https://mail.google.com/",
}
BY_APP = "https://outlook.office365.com/.default"
NEEDED = {
    Provider.MICROSOFT: ("IMAP.AccessAsUser.All", "SMTP.Send"),
    Provider.GOOGLE: ("https://mail.google.com/",),
}


@dataclass(frozen=True)
class Places:
    """Where a provider's mailboxes are read and written."""

    imap_host: str
    smtp_host: str
    smtp_port: int
    smtp_security: str


SERVERS = {
    Provider.MICROSOFT: Places("outlook.office365.com", "smtp.office365.com", 587, "STARTTLS"),
    Provider.GOOGLE: Places("imap.gmail.com", "smtp.gmail.com", 465, "TLS"),
}
KNOWN_HOSTS = {host for places in SERVERS.values() for host in (places.imap_host, places.smtp_host)}


def name_of(sign_in: SignIn) -> str:
    """How people call the provider."""
    return NAMES[Provider(sign_in.provider)]


def servers_for(mailbox: Mailbox, sign_in: SignIn) -> dict[str, object]:
    """The fields of the mailbox that lead to the provider. A shared mailbox of Microsoft is opened under its own address."""
    places = SERVERS[Provider(sign_in.provider)]
    user = sign_in.account if sign_in.provider == Provider.GOOGLE else mailbox.address
    return {
        "imap_host": places.imap_host,
        "imap_port": 993,
        "imap_security": "TLS",
        "imap_user": user,
        "smtp_host": places.smtp_host,
        "smtp_port": places.smtp_port,
        "smtp_security": places.smtp_security,
        "smtp_user": user,
    }


def authorize_url(sign_in: SignIn, *, return_to: str, state: str, challenge: str) -> str:
    """Where a person signs in and agrees (RFC 6749 §4.1.1, RFC 7636 §4.3); Google gives a lasting grant only when asked so."""
    provider = Provider(sign_in.provider)
    asked = {
        "client_id": sign_in.client_id,
        "response_type": "code",
        "redirect_uri": return_to,
        "scope": BY_PERSON[provider],
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": sign_in.account,
    }
    if provider is Provider.GOOGLE:
        asked |= {"access_type": "offline", "prompt": "consent"}
        return f"{settings.GOOGLE_URL}?{urlencode(asked)}"
    asked |= {"response_mode": "query"}
    return f"{_microsoft(sign_in)}/authorize?{urlencode(asked)}"


def token_url(sign_in: SignIn) -> str:
    return settings.GOOGLE_TOKEN_URL if sign_in.provider == Provider.GOOGLE else f"{_microsoft(sign_in)}/token"


def _microsoft(sign_in: SignIn) -> str:
    return f"{settings.MICROSOFT_URL.rstrip('/')}/{quote(sign_in.directory, safe='')}/oauth2/v2.0"


def form_for_code(sign_in: SignIn, *, code: str, verifier: str, return_to: str) -> dict[str, str]:
    """The exchange of a code (RFC 6749 §4.1.3, RFC 7636 §4.5)."""
    return _client(sign_in) | {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": return_to,
    }


def form_for_renewal(sign_in: SignIn, refresh_token: str) -> dict[str, str]:
    """The renewal by a refresh token (RFC 6749 §6), or the program's own sign-in (§4.4)."""
    if sign_in.by_app:
        return _client(sign_in) | {"grant_type": "client_credentials", "scope": BY_APP}
    return _client(sign_in) | {"grant_type": "refresh_token", "refresh_token": refresh_token}


def _client(sign_in: SignIn) -> dict[str, str]:
    secret = sign_in.client_secret.reveal()
    return {"client_id": sign_in.client_id} | ({"client_secret": secret} if secret else {})


def missing_permissions(sign_in: SignIn, granted: str) -> tuple[str, ...]:
    """What is needed for mail and was not granted; a service that does not say what it granted has granted all."""
    if not granted:
        return ()
    held = granted.split()
    needed = NEEDED[Provider(sign_in.provider)]
    return tuple(one for one in needed if not any(each.endswith(one) for each in held))
