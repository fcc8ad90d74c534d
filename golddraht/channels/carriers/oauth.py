"""Access tokens for mailboxes that are opened by OAuth 2 (RFC 6749 §6), refreshed before they expire."""

from __future__ import annotations

import http.client
import json
import ssl
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from golddraht.channels.models import Mailbox
from golddraht.plumbing import outgoing
from golddraht.plumbing.tenancy import seeing

EARLY = timedelta(minutes=5)
LARGEST_ANSWER = 64 * 1024


class NoToken(Exception):
    """No access token can be had; the message says why in plain words."""


def fresh_token(*, tenant_id: int, mailbox_id: int, at: datetime) -> str:
    """A token that is valid for some minutes yet. Raises NoToken. Call it outside of any transaction."""
    with seeing(tenant_id):
        mailbox: Mailbox = Mailbox.objects.get(pk=mailbox_id)
    if mailbox.oauth_access_token and mailbox.oauth_expires_at and mailbox.oauth_expires_at > at + EARLY:
        return str(mailbox.oauth_access_token.reveal())
    answer = _ask(mailbox)
    token, lifetime = str(answer["access_token"]), int(answer.get("expires_in") or 3600)
    changes: dict[str, Any] = {"oauth_access_token": token, "oauth_expires_at": at + timedelta(seconds=lifetime)}
    if answer.get("refresh_token"):
        changes["oauth_refresh_token"] = str(answer["refresh_token"])
    with seeing(tenant_id):
        Mailbox.objects.filter(pk=mailbox_id).update(**changes)
    return token


def _ask(mailbox: Mailbox) -> dict[str, Any]:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": mailbox.oauth_refresh_token.reveal(),
        "client_id": mailbox.oauth_client_id,
    }
    if mailbox.oauth_client_secret:
        form["client_secret"] = mailbox.oauth_client_secret.reveal()
    try:
        status, body = _post(mailbox.oauth_token_url, urlencode(form))
        answer = json.loads(body)
    except (OSError, http.client.HTTPException, ValueError) as failure:
        raise NoToken(_("The sign-in service could not be asked: %(failure)s") % {"failure": failure}) from failure
    if status != 200 or not isinstance(answer, dict) or "access_token" not in answer:
        reason = answer.get("error_description") or answer.get("error") if isinstance(answer, dict) else status
        raise NoToken(_("The sign-in service refused: %(reason)s. Connect the mailbox again.") % {"reason": reason})
    return answer


def _post(url: str, form: str) -> tuple[int, bytes]:
    target = urlsplit(url)
    is_tls = target.scheme == "https"
    host, port = target.hostname or "", target.port or (443 if is_tls else 80)
    connection = http.client.HTTPConnection(host, port, timeout=outgoing.STEP)
    if is_tls:
        connection.sock = outgoing.connect_tls(host, port, ssl.create_default_context())
    else:
        connection.sock = outgoing.connect(host, port)
    try:
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        connection.request("POST", path, body=form, headers=headers)
        response = connection.getresponse()
        return response.status, response.read(LARGEST_ANSWER)
    finally:
        connection.close()
