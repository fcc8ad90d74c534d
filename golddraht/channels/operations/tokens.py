"""Access tokens, renewed before they expire, by one process at a time; what a renewal brings is kept before it is used."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from golddraht.channels.models import SignIn, Token
from golddraht.channels.operations.asking_tokens import Answer, NoToken, ask
from golddraht.channels.operations.health import note_access_mended
from golddraht.channels.operations.providers import form_for_renewal
from golddraht.channels.rules import (
    ASKED_AGAIN_AFTER,
    REFUSED_FOR,
    RENEWED_BEFORE,
    Provider,
    grant_ends_at,
)
from golddraht.ground.text import one_line
from golddraht.plumbing.secrets import UnreadableSecret
from golddraht.plumbing.tenancy import seeing

NEW_FOR = timedelta(minutes=5)


def fresh_token(*, tenant_id: int, mailbox_id: int, at: datetime) -> str:
    """A token that opens the mailbox for some minutes yet. Raises NoToken. Call it outside of any transaction.

    Where the service cannot be reached for a while, the token we hold is used until it expires.
    """
    try:
        held = _held(tenant_id, mailbox_id, at)
        found = _renewed(tenant_id, held, at) if isinstance(held, int) else held
    except UnreadableSecret:
        words = _("What opens this mailbox cannot be read with the key of this installation: connect it again.")
        raise NoToken(words, is_final=True) from None
    # Raised outside of the transaction, so that what was noted of the refusal stays.
    if isinstance(found, NoToken):
        raise found
    return found


def _held(tenant_id: int, mailbox_id: int, at: datetime) -> str | int:
    """The token when it is fresh, else the id of its row."""
    with seeing(tenant_id, read_only=True):
        token = Token.objects.filter(sign_in__mailbox=mailbox_id).first()
        if token is None:
            raise NoToken(_("This mailbox is not connected: connect it in its settings."), is_final=True)
        return str(token.access.reveal()) if _is_fresh(token, at) else int(token.pk)


def _is_fresh(token: Token, at: datetime, ahead: timedelta = RENEWED_BEFORE) -> bool:
    return bool(token.access and token.expires_at and token.expires_at > at + ahead)


def _renewed(tenant_id: int, token_id: int, at: datetime) -> str | NoToken:
    """Renew it under the lock of its row; whoever waited for the lock finds what the other one brought."""
    with seeing(tenant_id):
        rows = Token.objects.select_for_update(of=("self",)).select_related("sign_in")
        token: Token = rows.get(pk=token_id)
        if _is_fresh(token, at):
            return str(token.access.reveal())
        try:
            if token.ask_again_at and token.ask_again_at > at:
                raise NoToken(token.refusal, is_final=token.needs_person)
            answer = ask(token.sign_in, form_for_renewal(token.sign_in, token.refresh.reveal()))
        except NoToken as failure:
            _note_refused(token, failure, at)
            is_usable = not failure.is_final and _is_fresh(token, at, timedelta(minutes=1))
            return str(token.access.reveal()) if is_usable else failure
        keep(token, answer, at=at)
    return answer.access


def _note_refused(token: Token, failure: NoToken, at: datetime) -> None:
    if token.ask_again_at and token.ask_again_at > at:
        return
    token.refusal, token.needs_person = one_line(str(failure), 400), failure.is_final
    token.ask_again_at = at + (REFUSED_FOR if failure.is_final else ASKED_AGAIN_AFTER)
    token.save(update_fields=["refusal", "needs_person", "ask_again_at"])


def mistrust_token(*, tenant_id: int, mailbox_id: int, at: datetime) -> None:
    """A server refused a token that should be good: the next try gets another one, unless this one is new."""
    with seeing(tenant_id):
        rows = Token.objects.filter(sign_in__mailbox=mailbox_id, renewed_at__lt=at - NEW_FOR)
        rows.update(expires_at=None)


def keep(token: Token, answer: Answer, *, at: datetime) -> None:
    """Store what the service gave. A refresh token that it replaced is never needed again (RFC 6749 §6)."""
    sign_in: SignIn = token.sign_in
    token.access, token.expires_at = answer.access, at + timedelta(seconds=answer.lifetime)
    if answer.refresh:
        token.refresh = answer.refresh
    token.renewed_at, token.refusal, token.ask_again_at = at, "", None
    if not sign_in.by_app:
        token.grant_ends_at = grant_ends_at(
            Provider(sign_in.provider),
            connected_at=sign_in.connected_at or at,
            at=at,
            told_seconds=answer.grant_lifetime,
            is_testing=sign_in.is_testing,
        )
    was_refused = token.needs_person
    token.needs_person = False
    token.save()
    if was_refused:
        note_access_mended(mailbox_id=sign_in.mailbox_id, at=at)
