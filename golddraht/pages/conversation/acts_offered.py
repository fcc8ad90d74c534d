"""What the menu of a concern offers to this viewer, in this state of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.rules import LIVE, Status
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class Offer:
    """An entry of the menu: a small page that asks something, or (`is_post`) an act done at once."""

    name: str = ""
    text: str = ""
    url: str = ""
    icon: str = ""
    is_post: bool = False
    question: str = ""
    is_line: bool = False
    is_page: bool = False


LINE = Offer(is_line=True)


def _marking_url(conversation: Any, viewer: Viewer, query: str) -> str:
    url = reverse("conversation", args=[viewer.tenant_slug, conversation.number])
    return f"{url}{query}{'&' if query else '?'}marking=1"


def offers(conversation: Any, viewer: Viewer, query: str) -> list[Offer]:
    """The acts that make sense now, in groups."""
    if conversation.status == Status.MERGED:
        return []

    def act(name: str, text: str, icon: str, *, is_post: bool = False, question: str = "") -> Offer:
        url = reverse(name, args=[viewer.tenant_slug, conversation.number]) + query
        return Offer(name, text, url, icon, is_post, question)

    is_live = conversation.status in LIVE
    heard = act("heard", gettext("Enter a call, visit or letter"), "phone")
    caring = [
        act("next_touch", gettext("Set the next touch"), "bell"),
        heard,
        act("ask", gettext("Ask somebody else"), "truck"),
        act("goodwill", gettext("Put it right"), "gift"),
    ]
    if conversation.owner_id != viewer.membership_id:
        caring.insert(0, act("take", gettext("I care for it"), "hand", is_post=True))
    sorting = [
        act("priority", gettext("Priority"), "flag"),
        act("tags", gettext("Tags"), "tag"),
        act("article_from_concern", gettext("Write an article from it"), "book"),
        act("belongs", gettext("Belongs to a problem"), "flag"),
        act("nobody_knew", gettext("We did not know the answer"), "help"),
        act("link", gettext("Link with another concern"), "link"),
        act("merge", gettext("Merge with another concern"), "merge"),
        Offer(
            "split",
            gettext("Split into two concerns"),
            _marking_url(conversation, viewer, query),
            "split",
            is_page=True,
        ),
    ]
    ending = [
        act("needs_no_answer", gettext("Needs no answer"), "eye-off", is_post=True),
        act("spam", gettext("Spam"), "shield", is_post=True, question=gettext("Is this really spam?")),
        act("block", gettext("Block this sender"), "shield"),
    ]
    return [*caring, LINE, *sorting, LINE, *ending] if is_live else [heard, *sorting, LINE, ending[-1]]
