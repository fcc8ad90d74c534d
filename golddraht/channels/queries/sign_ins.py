"""Questions about mailboxes that a token opens: who connected them, how they fare, and when what they stand on ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golddraht.channels.models import SignIn, Token
from golddraht.channels.rules import Provider, warned_ahead

NAMES = {Provider.MICROSOFT: "Microsoft 365", Provider.GOOGLE: "Google"}


class Ground(StrEnum):
    """What the access to a mailbox stands on, and what may end."""

    SECRET = "secret"  # noqa: S105  # It names a kind.
    GRANT = "grant"


@dataclass(frozen=True)
class Ending:
    """Something ends. `due` is "day" or "week" when it is time to say so."""

    ground: Ground
    ends_at: datetime
    due: str
    words: str


@dataclass(frozen=True)
class Access:
    """How the token of a mailbox fares, in words that say what to do."""

    mailbox_id: int
    is_fine: bool
    words: str


def sign_in_of(mailbox_id: int) -> SignIn | None:
    """What was entered for this mailbox, in the tenant being seen."""
    return SignIn.objects.filter(mailbox=mailbox_id).first()


def held_tokens() -> list[Token]:
    """The tokens of the active mailboxes of the tenant being seen."""
    return list(Token.objects.select_related("sign_in__mailbox").filter(sign_in__mailbox__active=True).order_by("pk"))


def accesses(*, at: datetime) -> dict[int, Access]:
    """By mailbox, for those that a token opens."""
    return {token.sign_in.mailbox_id: _access(token, at) for token in held_tokens()}


def _access(token: Token, at: datetime) -> Access:
    ending = next((one for one in endings_of(token, at=at) if one.due), None)
    if token.needs_person:
        return Access(token.sign_in.mailbox_id, is_fine=False, words=token.refusal)
    if ending:
        return Access(token.sign_in.mailbox_id, is_fine=False, words=ending.words)
    return Access(token.sign_in.mailbox_id, is_fine=True, words=_words_of_health(token))


def _words_of_health(token: Token) -> str:
    names = {"provider": NAMES[Provider(token.sign_in.provider)], "account": token.sign_in.connected_as}
    if token.sign_in.by_app:
        return _("Connected to %(provider)s without a person; the access is renewed by itself.") % names
    return _("Connected to %(provider)s as %(account)s; the access is renewed by itself.") % names


def endings_of(token: Token, *, at: datetime) -> list[Ending]:
    """What ends some day, the soonest first."""
    sign_in = token.sign_in
    found = []
    if sign_in.secret_ends_on:
        ends_at = timezone.make_aware(datetime.combine(sign_in.secret_ends_on, time.min))
        words = _(
            "The client secret for %(address)s ends on %(day)s. Make a new one at %(provider)s and enter it here."
        )
        found.append(_ending(Ground.SECRET, ends_at, words, sign_in, at))
    if token.grant_ends_at:
        words = _("What %(provider)s granted for %(address)s ends on %(day)s. Connect the mailbox again before that.")
        found.append(_ending(Ground.GRANT, token.grant_ends_at, words, sign_in, at))
    return sorted(found, key=lambda one: one.ends_at)


def _ending(ground: Ground, ends_at: datetime, words: str, sign_in: SignIn, at: datetime) -> Ending:
    told = words % {
        "address": sign_in.mailbox.address,
        "day": date_format(timezone.localtime(ends_at), "DATE_FORMAT"),
        "provider": NAMES[Provider(sign_in.provider)],
    }
    return Ending(ground, ends_at, warned_ahead(ends_at, at), told)
