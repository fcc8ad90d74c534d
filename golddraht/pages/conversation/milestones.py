"""What happened in a concern, in one line each."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from golddraht.consent.rules import MessageClass, Reason
from golddraht.conversations.queries import Happened
from golddraht.conversations.rules import Happening, Stopped
from golddraht.pages.consent.wording import class_name, reason_words
from golddraht.pages.shown import moment, money, satisfaction_word
from golddraht.team.rules import Priority

LATE = frozenset(
    {
        "ESCALATED",
        "OBJECTED",
        "RECURRED",
        "INQUIRY_OVERDUE",
        "PROMISE_BROKEN",
        "ANSWER_WITHDRAWN",
        "NOT_DELIVERED",
        "ANSWER_STOPPED",
    }
)
SOON = frozenset({"NOT_ALLOWED", "MAY_OBJECT", "REMINDED", "DANGER", "PROMISE_DUE", "DELIVERY_UNKNOWN", "MACHINE_ASKS"})
ICONS = {
    "HANDED_OVER": "handshake",
    "ESCALATED": "alert",
    "OBJECTED": "undo",
    "RECURRED": "refresh",
    "PROMISED": "clock",
    "PROMISE_KEPT": "check",
    "PROMISE_BROKEN": "alert",
    "DANGER": "alert",
    "CHOSEN": "hand",
    "CONFIRMED": "check-circle",
    "GOODWILL": "gift",
    "MERGED_IN": "merge",
    "SPLIT": "split",
    "LINKED": "link",
    "ASKED": "send",
    "NOT_ALLOWED": "shield",
    "NO_ADVERTISING": "shield",
    "MAY_OBJECT": "help",
    "NO_OBJECTION": "undo",
    "OBJECTION": "shield",
    "UNSAID": "undo",
    "NOT_DELIVERED": "alert-circle",
    "DELIVERY_UNKNOWN": "help",
    "MACHINE_ASKS": "mail",
    "IMPORTED": "history",
}


def state_of(happened: Happened) -> str:
    if happened.happening in LATE:
        return "late"
    return "soon" if happened.happening in SOON else "none"


def icon_of(happened: Happened) -> str:
    return ICONS.get(happened.happening, "")


def words_of(happened: Happened, at: datetime) -> str:
    """The line: what happened, and who did it where somebody did."""
    said = _sentence(happened, at)
    return f"{said} · {happened.by_name}" if happened.by_name else said


def _sentence(happened: Happened, at: datetime) -> str:
    words = happened.words
    if happened.happening in {Happening.NEXT_TOUCH, Happening.REMINDED, Happening.FOLLOW_UP}:
        return _about_time(happened, at)
    if happened.happening == Happening.GOODWILL:
        return _about_goodwill(words)
    if happened.happening == Happening.PRIORITY:
        words = {Priority.NORMAL: gettext("as usual"), Priority.HIGH: gettext("important")}.get(
            Priority(words), gettext("urgent")
        )
    if happened.happening == Happening.ANSWER_STOPPED:
        return _about_stopped(words)
    if happened.happening == Happening.NOT_ALLOWED:
        return _about_refusal(words)
    if happened.happening == Happening.RATED:
        return _about_rating(words)
    sentence = _sentences().get(happened.happening)
    return sentence % {"words": words} if sentence else words or happened.happening


def _about_time(happened: Happened, at: datetime) -> str:
    when = _moment(happened.words, at)
    if happened.happening == Happening.NEXT_TOUCH:
        return gettext("Next touch set to %(when)s") % {"when": when}
    if happened.happening == Happening.REMINDED:
        return gettext("Reminder: the customer hears from us by %(when)s") % {"when": when}
    return gettext("The customer has not answered; we ask again by %(when)s") % {"when": when}


def _moment(words: str, at: datetime) -> str:
    try:
        return moment(datetime.fromisoformat(words), at)
    except ValueError:
        return words


def _about_goodwill(words: str) -> str:
    cents, _, rest = words.partition(" ")
    reason = rest.partition(" ")[2]
    if not cents.isdecimal():
        return words
    return gettext("Put right with %(amount)s: %(reason)s") % {"amount": money(int(cents)), "reason": reason}


def _about_stopped(why: str) -> str:
    words = {
        Stopped.CUSTOMER_WROTE: gettext("An answer was held back: the customer wrote before it left"),
        Stopped.RESTS: gettext("An answer was held back: the concern was merged or marked as spam"),
        Stopped.RESTORED: gettext("An answer was held back: it waited when this copy was made"),
    }
    return words.get(Stopped(why), gettext("An answer was held back: it does not fit any more"))


def _about_refusal(words: str) -> str:
    message_class, _, reason = words.partition(" ")
    told = {"what": class_name(MessageClass(message_class)), "why": reason_words(Reason(reason))}
    return gettext("Not sent: %(what)s. %(why)s") % told


def _about_rating(words: str) -> str:
    score, _, said = words.partition(" ")
    rated = gettext("The customer is %(how)s") % {"how": satisfaction_word(score)}
    return gettext("%(rated)s: “%(said)s”") % {"rated": rated, "said": said} if said else rated


def _sentences() -> dict[str, str]:
    return {
        Happening.WANTS_NO_ADVERTISING: gettext("The customer wants no advertising: “%(words)s”"),
        Happening.MAY_OBJECT: gettext(
            "Does the customer object to advertising? “%(words)s” Until somebody says so, none leaves"
        ),
        Happening.OBJECTION_MISREAD: gettext("No objection to advertising: %(words)s"),
        Happening.OBJECTION_UPHELD: gettext("It is an objection to advertising"),
        Happening.OBJECTION_UNSAID: gettext("Taken back: the words stand as they were read"),
        Happening.HANDED_OVER: gettext("%(words)s cares from now on"),
        Happening.ESCALATED: gettext("The next touch passed; %(words)s knows"),
        Happening.PROPOSED: gettext("The customer is asked whether it is solved"),
        Happening.ASKED_AGAIN: gettext("The customer was asked once more whether it is solved"),
        Happening.WITHDRAWN: gettext("The question whether it is solved was taken back"),
        Happening.CONFIRMED: gettext("Confirmed by the customer: solved"),
        Happening.CONFIRMED_LATE: gettext("The customer said “solved” to a question that was over already"),
        Happening.PRESUMED: gettext("Presumed to be solved: asked twice, no answer"),
        Happening.OBJECTED: gettext("The customer says that it is not solved"),
        Happening.RECURRED: gettext("It came back, so it is open again"),
        Happening.MERGED: gettext("Merged into %(words)s"),
        Happening.MERGED_IN: gettext("%(words)s was merged into this concern"),
        Happening.SPLIT: gettext("%(words)s was split off"),
        Happening.SPLIT_FROM: gettext("Split off from %(words)s"),
        Happening.MOVE_UNDONE: gettext("Separated again from %(words)s"),
        Happening.LINKED: gettext("Linked with %(words)s"),
        Happening.UNLINKED: gettext("No longer linked with %(words)s"),
        Happening.QUIETED: gettext("Put aside: needs no answer"),
        Happening.WOKEN: gettext("It does need an answer"),
        Happening.SPAM: gettext("Marked as spam"),
        "DANGER_UNTOLD": gettext("In danger, and no mail reaches the customer: tell them yourself. %(words)s"),
        "WORD_TAKEN_BACK": gettext(
            "The date was taken back, and the customer had been told of it: tell them yourself. %(words)s"
        ),
        Happening.NOT_SPAM: gettext("No spam after all"),
        Happening.BLOCKED: gettext("Sender blocked: %(words)s"),
        Happening.FREED: gettext("Freed, although its sender was blocked"),
        Happening.PRIORITY: gettext("Priority: %(words)s"),
        Happening.TAGS: gettext("Tags: %(words)s"),
        Happening.ERRAND_UNDONE: gettext("Undone: %(words)s"),
        Happening.ASKED: gettext("%(words)s was asked"),
        Happening.INQUIRY_OVERDUE: gettext("%(words)s has not answered in time"),
        Happening.MACHINE_ASKS: gettext("A machine wrote, but somebody may be waiting for an answer"),
        Happening.IMPORTED: gettext("Brought along from earlier mail"),
        "ANSWER_WITHDRAWN": gettext("Our answer did not arrive, so it does not count: the customer is owed one again"),
        Happening.MACHINE_LIKE: gettext(
            "Perhaps a machine answered our automatic message; nothing automatic is sent here"
        ),
        Happening.INQUIRY_ANSWERED: gettext("%(words)s has answered, so it is open again"),
        "PROMISE_WAIVED": gettext("Solved, so no longer needed: %(words)s"),
        "PROMISED": gettext("Promised: %(words)s"),
        "PROMISE_KEPT": gettext("Promise kept: %(words)s"),
        "PROMISE_BROKEN": gettext("Promise not kept: %(words)s"),
        "PROMISE_CHANGED": gettext("Promise changed by agreement: %(words)s"),
        "PROMISE_DUE": gettext("Promise due: %(words)s"),
        "DANGER": gettext("Promise in danger: %(words)s"),
        "DANGER_OVER": gettext("No longer in danger: %(words)s"),
        "CHOSEN": gettext("The customer has chosen: %(words)s"),
    }
