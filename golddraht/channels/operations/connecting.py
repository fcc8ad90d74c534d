"""Connecting a mailbox of Microsoft 365 or Google: what an admin enters, where they are sent, and what they come back with."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.models import FolderPosition, Mailbox, SignIn, Token
from golddraht.channels.operations.asking_tokens import Answer, NoToken, ask
from golddraht.channels.operations.health import note_access_mended
from golddraht.channels.operations.providers import (
    KNOWN_HOSTS,
    authorize_url,
    form_for_code,
    form_for_renewal,
    missing_permissions,
    name_of,
    servers_for,
)
from golddraht.channels.operations.tokens import keep
from golddraht.channels.rules import Provider
from golddraht.ground.addresses import is_plausible_address
from golddraht.team.queries import current_tenant

DIRECTORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
OF_ALL = {"common", "consumers", "organizations"}
WHOSE = ("provider", "by_app", "directory", "client_id", "account")


class SignInRefused(ValueError):
    """It cannot be connected like that; the message says why."""


@dataclass(frozen=True)
class Departure:
    """Where the browser goes, and what we must remember until it comes back."""

    url: str
    state: str
    verifier: str = field(repr=False)


@transaction.atomic
def keep_sign_in(
    *,
    mailbox_id: int,
    provider: Provider,
    by_app: bool,
    directory: str,
    client_id: str,
    client_secret: str,
    secret_ends_on: date | None,
    account: str,
    is_testing: bool,
) -> SignIn:
    """How the mailbox is to be opened. An empty secret keeps the stored one. Raises SignInRefused.

    Another program, provider or person has to be connected anew; until it is, a password goes on opening the mailbox.
    """
    mailbox: Mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    sign_in = SignIn.objects.filter(mailbox=mailbox).first() or SignIn(mailbox=mailbox)
    wanted: dict[str, Any] = {
        "provider": provider,
        "by_app": by_app and provider is Provider.MICROSOFT,
        "directory": directory.strip() if provider is Provider.MICROSOFT else "",
        "client_id": client_id.strip(),
        "account": account.strip() or mailbox.address,
    }
    _refuse_nonsense(wanted)
    is_another = any(getattr(sign_in, name) != value for name, value in wanted.items())
    if not client_secret and (not sign_in.client_secret or is_another):
        raise SignInRefused(_("Enter the client secret; it goes to the program it was made for and nowhere else."))
    for name, value in wanted.items():
        setattr(sign_in, name, value)
    sign_in.is_testing = is_testing and provider is Provider.GOOGLE
    sign_in.secret_ends_on = secret_ends_on
    if client_secret:
        sign_in.client_secret = client_secret
    sign_in.save()
    if is_another:
        disconnect(mailbox_id=mailbox_id)
    else:
        Token.objects.filter(sign_in=sign_in).update(ask_again_at=None)
    sign_in.refresh_from_db()
    return sign_in


def _refuse_nonsense(wanted: dict[str, Any]) -> None:
    if wanted["provider"] is Provider.MICROSOFT and not DIRECTORY.fullmatch(wanted["directory"]):
        raise SignInRefused(_("Enter the directory (tenant) as an id or as a domain such as example.onmicrosoft.com."))
    if wanted["by_app"] and wanted["directory"].lower() in OF_ALL:
        raise SignInRefused(_("Without a person we must know your own directory: enter its id or its domain."))
    if not wanted["client_id"]:
        raise SignInRefused(_("Enter the client id of the program you registered."))
    if not is_plausible_address(wanted["account"]):
        raise SignInRefused(_("Enter the e-mail address of the account that opens the mailbox."))


def begin_connecting(*, mailbox_id: int, return_to: str) -> Departure:
    """Where a person signs in. State and verifier are known to nobody else (RFC 6749 §10.12, RFC 7636 §4.1). Raises SignInRefused."""
    sign_in = _sign_in_of(mailbox_id)
    if sign_in.by_app:
        raise SignInRefused(_("This mailbox is connected without a person."))
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    url = authorize_url(sign_in, return_to=return_to, state=state, challenge=challenge)
    return Departure(url, state, verifier)


def finish_connecting(*, mailbox_id: int, code: str, verifier: str, return_to: str, at: datetime) -> str:
    """Exchange the code that the person came back with; gives whose account opens the mailbox now.

    Raises SignInRefused for another account than the one entered, for missing permissions, and when the service refuses.
    """
    sign_in = _sign_in_of(mailbox_id)
    answer = _asked(sign_in, form_for_code(sign_in, code=code, verifier=verifier, return_to=return_to))
    who = _checked_account(sign_in, answer)
    _refuse_missing(sign_in, answer)
    if not answer.refresh:
        raise SignInRefused(
            _(
                "%(who)s gave no lasting access. Remove Golddraht from the account's connected programs and connect again."
            )
            % {"who": name_of(sign_in)}
        )
    _keep_connection(sign_in, answer, who, at)
    return who


def connect_app(*, mailbox_id: int, at: datetime) -> None:
    """Let the program sign in for itself (RFC 6749 §4.4). Raises SignInRefused."""
    sign_in = _sign_in_of(mailbox_id)
    if not sign_in.by_app:
        raise SignInRefused(_("Somebody has to sign in to connect this mailbox."))
    answer = _asked(sign_in, form_for_renewal(sign_in, ""))
    _keep_connection(sign_in, answer, "", at)


@transaction.atomic
def disconnect(*, mailbox_id: int) -> None:
    """Forget what opened the mailbox; what was entered stays, so that it can be connected again."""
    Token.objects.filter(sign_in__mailbox=mailbox_id).delete()
    SignIn.objects.filter(mailbox=mailbox_id).update(connected_as="", connected_at=None)
    Mailbox.objects.filter(pk=mailbox_id).update(uses_oauth=False)


def _sign_in_of(mailbox_id: int) -> SignIn:
    if current_tenant().is_demo:
        # Everybody knows the passwords of a demo.
        raise SignInRefused(_("This is a demo: it connects to no server, and its mail stays in the house."))
    found = SignIn.objects.select_related("mailbox").filter(mailbox=mailbox_id).first()
    if found is None:
        raise SignInRefused(_("Enter first which program opens the mailbox."))
    sign_in: SignIn = found
    return sign_in


def _asked(sign_in: SignIn, form: dict[str, str]) -> Answer:
    try:
        return ask(sign_in, form)
    except NoToken as refusal:
        raise SignInRefused(str(refusal)) from refusal


def _checked_account(sign_in: SignIn, answer: Answer) -> str:
    names = [str(answer.claims.get(name) or "") for name in ("email", "preferred_username", "upn")]
    told = [name for name in names if name]
    if answer.claims.get("aud") != sign_in.client_id or not told:
        raise SignInRefused(_("%(who)s did not say who signed in.") % {"who": name_of(sign_in)})
    if sign_in.account.casefold() in {name.casefold() for name in told}:
        return sign_in.account
    raise SignInRefused(
        _(
            "You signed in as %(told)s, but %(account)s is to open this mailbox. Sign in as %(account)s, or enter"
            " %(told)s as the account if it may open the mailbox."
        )
        % {"told": told[0], "account": sign_in.account}
    )


def _refuse_missing(sign_in: SignIn, answer: Answer) -> None:
    if missing := missing_permissions(sign_in, answer.granted):
        raise SignInRefused(
            _(
                "%(who)s did not give us everything that mail needs: %(missing)s is missing. Agree to it when you connect."
            )
            % {"who": name_of(sign_in), "missing": ", ".join(missing)}
        )


@transaction.atomic
def _keep_connection(sign_in: SignIn, answer: Answer, who: str, at: datetime) -> None:
    sign_in.connected_as, sign_in.connected_at = who, at
    sign_in.save(update_fields=["connected_as", "connected_at"])
    token = Token.objects.select_for_update().filter(sign_in=sign_in).first() or Token(sign_in=sign_in)
    token.sign_in = sign_in
    keep(token, answer, at=at)
    _put_servers(sign_in)
    # What the token opens needs no password any more.
    Mailbox.objects.filter(pk=sign_in.mailbox_id).update(uses_oauth=True, imap_password="", smtp_password="")
    note_access_mended(mailbox_id=sign_in.mailbox_id, at=at)


def _put_servers(sign_in: SignIn) -> None:
    """Those of the provider, unless somebody entered others without a password, as for a national cloud."""
    mailbox: Mailbox = Mailbox.objects.select_for_update().get(pk=sign_in.mailbox_id)
    hosts = {mailbox.imap_host, mailbox.smtp_host} - {""}
    has_password = bool(mailbox.imap_password or mailbox.smtp_password)
    if hosts and not has_password and not hosts & KNOWN_HOSTS:
        return
    wanted = servers_for(mailbox, sign_in)
    if any(getattr(mailbox, name) != wanted[name] for name in ("imap_host", "imap_user")):
        # Another account counts its mails anew.
        FolderPosition.objects.filter(mailbox=mailbox).delete()
    Mailbox.objects.filter(pk=mailbox.pk).update(**wanted)
