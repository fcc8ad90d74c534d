"""How far an errand is, in words, and where it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from golddraht.conversations.queries.errands import ErrandState, Left, latest_errand
from golddraht.conversations.rules import WhyNot
from golddraht.pages.conversation.place import url_of
from golddraht.pages.shown import person_name
from golddraht.team.queries import Viewer
from golddraht.team.rules import Act


@dataclass(frozen=True)
class LeftShown:
    number: str
    url: str
    customer_name: str
    subject: str
    why_not: str


@dataclass(frozen=True)
class ErrandShown:
    """What components/errand.html and errands/show.html take."""

    id: int
    name: str
    text: str
    begun_at: datetime
    whole: int
    through: int
    is_over: bool
    url: str
    undo_url: str
    has_left: bool
    left: list[LeftShown]
    by_name: str
    only_number: int | None


def errand_shown(state: ErrandState, viewer: Viewer) -> ErrandShown:
    slug = viewer.tenant_slug
    may_undo = state.may_be_undone and (state.by_id == viewer.membership_id or viewer.may(Act.ANSWER_MANY))
    return ErrandShown(
        id=state.id,
        name=state.name,
        text=_text(state),
        begun_at=state.begun_at,
        whole=state.whole,
        through=state.through,
        is_over=state.is_over,
        url=reverse("errand", args=[slug, state.id]),
        undo_url=reverse("undo_errand", args=[slug, state.id]) if may_undo else "",
        has_left=bool(state.left),
        left=[_left(one, slug) for one in state.left],
        by_name=state.by_name,
        only_number=state.only_number,
    )


def latest_shown(viewer: Viewer, *, at: datetime, conversation_id: int | None = None) -> ErrandShown | None:
    """What the viewer did just now, here or in this concern."""
    state = latest_errand(viewer=viewer, at=at, conversation_id=conversation_id)
    return errand_shown(state, viewer) if state else None


def _text(state: ErrandState) -> str:
    if not state.is_over:
        words = (
            gettext("%(name)s: undoing, %(through)s of %(whole)s")
            if state.is_undoing
            else gettext("%(name)s: %(through)s of %(whole)s")
        )
        return words % {"name": state.name, "through": state.through, "whole": state.whole}
    if state.is_undoing:
        return gettext("%(name)s: undone") % {"name": state.name}
    if state.whole == 1 and state.refused:
        return gettext("%(name)s was not done: %(why)s") % {
            "name": state.name,
            "why": why_in_words(state.left[0].why_not),
        }
    done = ngettext("%(name)s: done to %(count)s concern", "%(name)s: done to %(count)s concerns", state.done)
    words = done % {"name": state.name, "count": state.done}
    if state.refused:
        words += ". " + ngettext("%(count)s was left as it is", "%(count)s were left as they are", state.refused) % {
            "count": state.refused
        }
    return words


def _left(left: Left, slug: str) -> LeftShown:
    return LeftShown(
        left.spoken,
        url_of(slug, left.number),
        person_name(left.customer_name),
        left.subject,
        why_in_words(left.why_not),
    )


def why_in_words(why_not: str) -> str:
    """Each reason as a sentence; what is missing is named."""
    first, _, more = why_not.partition(" ")
    if first == WhyNot.MISSING:
        return gettext("Nothing is known for the placeholder %(names)s.") % {"names": more}
    words = {
        WhyNot.NOT_LIVE: gettext("This concern is not open any more."),
        WhyNot.STALE: gettext("The customer wrote again while you were writing."),
        WhyNot.ANSWERED: gettext("It was answered already."),
        WhyNot.UNPROVEN: gettext(
            "The first line says Frau or Herr, and nothing shows that it is right. Begin with {greeting} instead."
        ),
        WhyNot.NO_MAIL: gettext("This customer cannot be reached by mail."),
        WhyNot.TOUCH: gettext("The next touch would lie in the past or too far away."),
        WhyNot.NOBODY: gettext("Choose a colleague who works here and is active."),
        WhyNot.MERGE: gettext("The two concerns could not be merged or parted."),
        WhyNot.SENT: gettext("The answer has left the house and stays; everything else was undone."),
        WhyNot.CHANGED: gettext("Somebody else cares for it by now; that stays."),
    }
    return " ".join(words.get(WhyNot(one), one) for one in why_not.split())
