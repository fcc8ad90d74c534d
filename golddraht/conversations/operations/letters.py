"""The few words the system writes itself, in the customer's language. Templates: templates/conversations/mail/."""

from __future__ import annotations

import re
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from golddraht.conversations.models import Conversation
from golddraht.customers.queries import greeting_for
from golddraht.ground.moments import day_and_time, spoken_language
from golddraht.ground.numbers import spoken
from golddraht.team.queries import current_tenant


def letter(conversation: Conversation, template: str, **said: object) -> str:
    """The text of `template` with greeting, owner, number and company, in the customer's language as far as we speak it."""
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
        text = render_to_string(f"conversations/mail/{template}.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def interim(conversation: Conversation, *, next_touch_at: datetime, at: datetime) -> str:
    """The next touch passed: automatic, who cares, and the new time on the clocks of the team."""
    when = day_and_time(next_touch_at, conversation.team.zone, conversation.language, at)
    return letter(conversation, "interim", when=when)


def handover(conversation: Conversation, *, at: datetime) -> str:
    """Another person cares from now on and knows everything; the announced time stands."""
    assert conversation.next_touch_at is not None  # Only a live conversation is handed over with a word.
    when = day_and_time(conversation.next_touch_at, conversation.team.zone, conversation.language, at)
    return letter(conversation, "handover", when=when)


def solved_question(conversation: Conversation, *, link: str, text: str) -> str:
    """A colleague's answer with the question below it whether all is well now."""
    return letter(conversation, "solved_question", link=link, text=text.strip())


def solved_question_again(conversation: Conversation, *, link: str) -> str:
    """The same question, asked once more by the system."""
    return letter(conversation, "solved_question_again", link=link)
