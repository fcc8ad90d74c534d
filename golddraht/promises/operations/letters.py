"""The few words the system says itself, in the language of the customer and on the clocks of the team."""

from __future__ import annotations

import re
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from golddraht.conversations.models import Conversation
from golddraht.customers.queries import greeting_for
from golddraht.ground.moments import spoken_language
from golddraht.ground.numbers import spoken
from golddraht.plumbing.links import absolute, token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.promises.models import Promise
from golddraht.team.queries import current_tenant


def letter(name: str, *, conversation: Conversation, at: datetime, **said: object) -> str:
    """The text of `promises/mail/<name>.txt` for this conversation; what is `said` comes on top of who cares and the number.

    Wrap the call in `in_words_of(conversation)`, together with whatever makes the values in `said`.
    """
    context = {
        "greeting": greeting_for(conversation.customer, language=translation.get_language() or "de"),
        "owner": conversation.owner,
        "number": spoken(conversation.number),
        "tenant": current_tenant(),
        "at": at,
        **said,
    }
    return tidy(render_to_string(f"promises/mail/{name}.txt", context))


def in_words_of(conversation: Conversation) -> translation.override:
    """The customer's language, as far as we speak it."""
    return translation.override(spoken_language(conversation.language))


def tidy(text: str) -> str:
    """The text without the blank lines that template tags leave behind."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def choice_link(promise: Promise) -> str:
    """Where the customer chooses without signing in; opening it changes nothing."""
    token = token_for("promise", tenant_id=current_tenant_id(), id_=promise.pk)
    return absolute(f"/k/wahl/{token}/")
