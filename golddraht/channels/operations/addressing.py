"""Addresses and ids by which an answer finds its way back into its conversation."""

from __future__ import annotations

from collections.abc import Iterable

from golddraht.channels import rules
from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.threading import tokens_in
from golddraht.channels.rules import Opened, Thread
from golddraht.plumbing.secrets import derived_key
from golddraht.plumbing.tenancy import current_tenant_id

PURPOSE = "reply-token"


def token_for(thread: Thread, id_: int) -> str:
    """The reply token of a conversation or an inquiry of the tenant."""
    return rules.reply_token(derived_key(PURPOSE), tenant_id=current_tenant_id(), thread=thread, id_=id_)


def loop_key() -> str:
    """What the tenant's automatic mails carry."""
    return rules.loop_key(derived_key(PURPOSE), tenant_id=current_tenant_id())


def opened_in_addresses(recipients: Iterable[str]) -> Opened | None:
    """What the first valid token among the addresses stands for."""
    return _first(tokens_in(recipients))


def opened_in_ids(mail_ids: Iterable[str]) -> Opened | None:
    """What the first of our own Message-IDs (`token.random@domain`) stands for."""
    return _first(mail_id.partition(".")[0] for mail_id in mail_ids)


def opened_tokens(tokens: Iterable[str]) -> list[Opened]:
    """What the valid ones among the tokens stand for, in their order."""
    key, tenant_id = derived_key(PURPOSE), current_tenant_id()
    return [one for token in tokens if (one := rules.opened_token(key, token, tenant_id=tenant_id)) is not None]


def is_own_loop(mail: Mail) -> bool:
    """Whether the mail is one of our own automatic ones that came back."""
    return loop_key() in {key.strip() for key in mail.loop_keys}


def _first(tokens: Iterable[str]) -> Opened | None:
    key, tenant_id = derived_key(PURPOSE), current_tenant_id()
    opened = (rules.opened_token(key, token, tenant_id=tenant_id) for token in tokens)
    return next((one for one in opened if one), None)
