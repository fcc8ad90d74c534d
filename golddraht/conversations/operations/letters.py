"""The few words the system writes itself, in the customer's language. Templates: templates/conversations/mail/."""

from __future__ import annotations

import re
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.automatic_words import in_own_words
from golddraht.conversations.rules import Automatic
from golddraht.customers.queries import greeting_for
from golddraht.ground.automatic_words import body_of
from golddraht.ground.moments import day_and_time, spoken_language
from golddraht.ground.numbers import spoken
from golddraht.plumbing.links import absolute, token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant

OWN = {"interim": Automatic.INTERIM, "solved_question_again": Automatic.SOLVED_QUESTION}
"""What a company may say in its own words."""


def letter(conversation: Conversation, template: str, *, own: str | None = None, **said: object) -> str:
    """The text of `template` with greeting, owner, number and company, in the customer's language as far as we speak it.

    A company's own words stand in its place where there are any; `own` tries words out that nobody has kept yet.
    """
    language = spoken_language(conversation.language)
    context = {
        "greeting": greeting_for(conversation.customer, language=language),
        "owner": conversation.owner.name if conversation.owner else "",
        "company": current_tenant().name,
        "subject": conversation.subject,
        "number": spoken(conversation.number),
        **said,
    }
    with translation.override(language):
        shipped = _tidy(render_to_string(f"conversations/mail/{template}.txt", context))
    if template not in OWN:
        return shipped
    values = {name: str(value) for name, value in context.items()} | {"until": str(said.get("when", ""))}
    return in_own_words(OWN[template], language, shipped=shipped, values=values, text=own)


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def shipped_words(kind: Automatic, language: str) -> str:
    """What is shipped for it, with blanks in the place of what changes; without the closing that nobody can take away."""
    blanks = {name: "{" + name + "}" for name in ("greeting", "owner", "company", "subject", "number", "link")}
    template = next(name for name, of in OWN.items() if of is kind)
    with translation.override(language):
        text = render_to_string(f"conversations/mail/{template}.txt", blanks | {"when": "{until}"})
    return body_of(_tidy(text))


OWN_PAGE = "own"
"""What the links to the customer's own page are signed for."""


def with_own_page(text: str, conversation: Conversation, *, point_id: int) -> str:
    """The text with the way to the customer's own page below it; the link stands for the address that gets the mail."""
    language = spoken_language(conversation.language)
    token = token_for(OWN_PAGE, tenant_id=current_tenant_id(), id_=point_id)
    with translation.override(language):
        words = gettext("All your concerns and promises at a glance:")
    return f"{text.rstrip()}\n\n{words}\n{absolute(f'/my/{current_tenant().slug}/{language}/enter/{token}/')}\n"


def interim(conversation: Conversation, *, next_touch_at: datetime, at: datetime, own: str | None = None) -> str:
    """The next touch passed: automatic, who cares, and the new time on the clocks of the team."""
    when = day_and_time(next_touch_at, conversation.team.zone, conversation.language, at)
    return letter(conversation, "interim", own=own, when=when)


def handover(conversation: Conversation, *, at: datetime) -> str:
    """Another person cares from now on and knows everything; the announced time stands."""
    assert conversation.next_touch_at is not None  # Only a live conversation is handed over with a word.
    when = day_and_time(conversation.next_touch_at, conversation.team.zone, conversation.language, at)
    return letter(conversation, "handover", when=when)


def solved_question(conversation: Conversation, *, link: str, text: str) -> str:
    """A colleague's answer with the question below it whether all is well now."""
    return letter(conversation, "solved_question", link=link, text=text.strip())


def solved_question_again(conversation: Conversation, *, link: str, own: str | None = None) -> str:
    """The same question, asked once more by the system."""
    return letter(conversation, "solved_question_again", own=own, link=link)
