"""Whether the mails behind messages come from whom they say, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from golddraht.channels.mail.lookalikes import Likeness
from golddraht.channels.mail.verdict import Reason, Result
from golddraht.channels.models import Authenticity
from golddraht.plumbing.asking import Asked, Question


@dataclass(frozen=True)
class SenderJudged:
    """What is known of a sender: the result, why, and what to mind; `warnings` is empty where nothing speaks against it."""

    message_id: int
    result: Result
    domain: str
    reason: str
    dkim: str
    spf: str
    dmarc: str
    told_by: str
    warnings: tuple[str, ...]


_JUDGED: Question[Authenticity] = Question(lambda: Authenticity.objects.filter(message__pk__among=Asked("messages")))


def senders_judged(message_ids: Iterable[int]) -> dict[int, SenderJudged]:
    """By message; those that nobody has looked at are missing."""
    return {row.message_id: _judged(row) for row in _JUDGED.all(messages=list(message_ids))}


def doubts_about(message_ids: Iterable[int]) -> dict[int, list[str]]:
    """What to mind about the senders of these messages, in words; without a doubt a message is missing."""
    doubted = {key: list(one.warnings) for key, one in senders_judged(message_ids).items()}
    return {key: warnings for key, warnings in doubted.items() if warnings}


def _judged(row: Authenticity) -> SenderJudged:
    return SenderJudged(
        message_id=row.message_id,
        result=Result(row.result),
        domain=row.domain,
        reason=reason_words(row),
        dkim=row.dkim,
        spf=row.spf,
        dmarc=row.dmarc,
        told_by=row.told_by,
        warnings=tuple(_warnings(row)),
    )


def _warnings(row: Authenticity) -> list[str]:
    found = [] if row.result != Result.FAIL else [f"{reason_words(row)} {_what_to_do()}"]
    words = _likeness_words(row)
    return [*found, words] if words else found


def _what_to_do() -> str:
    return _(
        "Nothing happens by itself because of it. Before you tell, change or pay anything, ask the customer on a way you"
        " already know. If it does not belong here, split it off."
    )


def reason_words(row: Authenticity) -> str:
    """Why the result is what it is, as a sentence."""
    names = {"domain": row.domain}
    match row.reason:
        case Reason.PROVEN:
            return _("The mail really comes from %(domain)s.") % names
        case Reason.NOT_PROVEN:
            return (
                _("This mail may not come from whom it says: %(domain)s could prove its mails, and this one does not.")
                % names
            )
        case Reason.SERVER_NOT_ALLOWED:
            return (
                _("This mail may not come from whom it says: it was sent by a server that %(domain)s does not allow.")
                % names
            )
        case Reason.BROKEN_SEAL:
            return _("The seal of %(domain)s does not fit; mailing lists and forwarding do that, too.") % names
        case Reason.NO_ANSWER:
            return _("Whether it comes from %(domain)s is not known: nobody answered our questions in time.") % names
        case Reason.NO_SENDER:
            return _("The mail names no sender.")
    return _("%(domain)s does not let its mails be proven; nothing speaks for or against it.") % names


def _likeness_words(row: Authenticity) -> str:
    names = {"words": row.likeness_words, "domain": row.domain}
    match row.likeness:
        case Likeness.OTHER_ADDRESS:
            return (
                _(
                    "The name of the sender shows the address %(words)s, but the mail comes from %(domain)s. Mind whom you answer."
                )
                % names
            )
        case Likeness.OUR_NAME:
            return (
                _("The sender is called “%(words)s” like ourselves, but the mail comes from outside, from %(domain)s.")
                % names
            )
        case Likeness.OUR_DOMAIN:
            return _("%(domain)s reads like our own %(words)s, but it is another one.") % names
    return ""


def is_doubted(message_id: int) -> bool:
    """Whether it was found that the mail may not come from whom it says."""
    return bool(Authenticity.objects.filter(message_id=message_id, result=Result.FAIL).exists())
