"""What an operation refused, in the words of the page: kind, and with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext

from golddraht.conversations.operations import (
    DraftMovedOn,
    NextTouchRefused,
    NothingToSay,
    NotLive,
    RecipientRefused,
    SendTimeRefused,
    StaleAnswer,
)
from golddraht.conversations.operations.asking import CannotAsk
from golddraht.conversations.operations.goodwill import GoodwillRefused, GoodwillTooHigh
from golddraht.conversations.operations.linking import LinkRefused
from golddraht.conversations.operations.merging import MergeRefused, SplitRefused, UndoRefused
from golddraht.conversations.operations.owning import CannotCare
from golddraht.pages.shown import moment, money
from golddraht.promises.operations import AlreadySettled, NotYet, PromiseRefused


@contextmanager
def told_in(form: forms.Form, *refusals: type[Exception], field: str | None = None, at: datetime) -> Iterator[None]:
    """Whatever is refused inside is said in the form, at `field` or on top, and what was typed stays."""
    try:
        yield
    except refusals as refusal:
        form.add_error(field, words_of(refusal, at=at))


def words_of(refusal: Exception, *, at: datetime) -> str:
    match refusal:
        case NextTouchRefused(latest_at=latest_at):
            return gettext("The next touch must lie in the future and not after %(latest)s.") % {
                "latest": moment(timezone.localtime(latest_at), at)
            }
        case SendTimeRefused(latest_at=latest_at) if latest_at <= at:
            return gettext("The customer is waiting already: send it now.")
        case SendTimeRefused(latest_at=latest_at):
            return gettext(
                "Choose a time in the future and not after %(latest)s: by then the customer hears from us."
            ) % {"latest": moment(timezone.localtime(latest_at), at)}
        case DraftMovedOn():
            return gettext(
                "This answer was continued or sent on another device meanwhile. Look at the thread; if it is still"
                " needed, send it again."
            )
        case GoodwillTooHigh(left_cents=left_cents):
            return gettext("This is more than you may grant here: %(left)s are left. Please ask your lead.") % {
                "left": money(left_cents)
            }
        case GoodwillRefused():
            return gettext("Give an amount and a reason.")
        case NotLive():
            return gettext(
                "This concern rests: it was merged, marked as spam or closed. Nothing can be sent from here."
            )
        case RecipientRefused():
            return gettext("Choose recipients who take part in this concern.")
        case NothingToSay():
            return gettext("Write something first.")
        case CannotCare():
            return gettext("Choose a colleague who works here and is active.")
        case CannotAsk():
            return gettext("Give an e-mail address that exists, and a time in the future for the answer.")
        case StaleAnswer():
            return gettext(
                "The customer wrote again while you were writing. Read the new message first; your text is still here."
            )
        case PromiseRefused(reason=reason):
            return _words_of_promise(reason)
        case AlreadySettled():
            return gettext("This promise is settled already.")
        case NotYet():
            return gettext("Choose a moment that has passed.")
        case MergeRefused():
            return gettext("These two cannot become one: it is the same concern, or one was merged already or is spam.")
        case SplitRefused():
            return gettext("Choose messages of this concern, and leave at least one of them here.")
        case UndoRefused():
            return gettext("Something later stands on this; take that back first.")
        case LinkRefused():
            return gettext("Choose another concern than this one.")
    return str(refusal)


def _words_of_promise(reason: str) -> str:
    words = {
        "PAST": gettext("A promise is about the future: choose a later time."),
        "TOO_FAR": gettext("That is more than a year away: agree on a date that somebody can be held to."),
        "WINDOW": gettext("The window starts after it ends."),
        "WORDS": gettext("Say in a few words what you promise."),
    }
    return words.get(reason, gettext("This cannot be promised like that."))
