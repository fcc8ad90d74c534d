"""Whether a person wrote a mail or a machine (RFC 3834), and which kind of machine."""

from __future__ import annotations

import re

from .headers import Headers
from .mail import Address, Bounce
from .structure import Node

LOOP_HEADER = "X-Golddraht-Loop"
REPLY_MARK = re.compile(r"^\s*(?:re|aw|antw|antwort|wg|fwd?|tr|sv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
ABSENCE = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)?(?:automatische (?:antwort|rückantwort|abwesenheits\w+|e-?mail-?antwort)|automatic reply|auto(?:matic)?[- ]?(?:reply|response|antwort)"
    r"|abwesenheits(?:notiz|meldung|nachricht|benachrichtigung|agent|assistent|info)|abwesend|out of (?:the )?office(?: auto-?reply)?|vacation(?: reply| message)?"
    r"|urlaubs(?:notiz|meldung|benachrichtigung)|réponse automatique|auto)\s*(?::|\(|$|-\s)",
    re.IGNORECASE,
)
ABSENCE_WORDS = re.compile(
    r"nicht (?:im (?:büro|haus)|erreichbar|am platz)|außer haus|abwesend|abwesenheit|im urlaub|in elternzeit|out of (?:the )?office|on (?:vacation|holiday|leave)"
    r"|wieder (?:im büro|erreichbar|für sie da)|bin (?:ich )?(?:bis|ab|vom)\b|limited access to (?:my )?e-?mail",
    re.IGNORECASE,
)
RECEIPT_WORDS = re.compile(
    r"(?:eingegangen|erhalten und)\b|ticket|vorgangsnummer|wir haben ihre (?:nachricht|anfrage|e-?mail)|received your (?:request|message|e-?mail|inquiry)",
    re.IGNORECASE,
)
READ_SUBJECT = re.compile(
    r"^\s*(?:gelesen|ungelesen gelöscht|nicht gelesen|read|not read|lesebestätigung|read receipt|return receipt \(displayed\))\s*(?::|$|-)",
    re.IGNORECASE,
)
BOUNCE_SUBJECT = re.compile(
    r"undeliver(?:able|ed)|unzustellbar|nicht zustellbar|delivery (?:status notification|failure|has failed|report)|mail delivery (?:failed|system|subsystem)"
    r"|returned mail|failure notice|returning message to sender|zustellung .{0,40}(?:fehlgeschlagen|verzögert)|nachricht (?:konnte )?nicht zugestellt"
    r"|message (?:could not be delivered|not delivered)|mail system error|fehler bei der zustellung|rückläufer|delayed mail|warning: could not send|zustellung nicht möglich",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"(?:please |bitte )?(?:confirm|verify|bestätigen sie) (?:that you|your (?:message|e-?mail|mail|identity)|ihre (?:nachricht|absender|e-?mail an|mail an))"
    r"|sender (?:address )?verification|verification (?:required|needed) to deliver|your (?:message|e-?mail) (?:is being|was) held|spamarrest|\bboxbe\b|challenge[/-]response",
    re.IGNORECASE,
)
DAEMON = re.compile(r"^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|maildaemon|bounces?)$", re.IGNORECASE)
NOBODY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht[-_.]?antworten|noreply\w*|keine?[-_.]?antwort|notifications?|automailer)(?:[-+.].*)?$",
    re.IGNORECASE,
)
REPLIED_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-vacation",
)
NOT_SET = {"", "no", "none", "false", "0"}


def automatic_kind(
    *, tree: Node, subject: str, text: str, sender: Address | None, reply_to: tuple[Address, ...], bounce: Bounce | None
) -> str | None:
    """The kind of an automatic mail, or None for a mail that a person wrote.

    One strong sign suffices (RFC 3834 §2, a report, an empty return path); what ordinary programs set on
    ordinary mail (X-Mailer, `Precedence: normal`, Exchange's X-Auto-Response-Suppress) is no sign by itself.
    """
    headers = tree.headers
    if LOOP_HEADER.lower() in headers:
        return "loop"
    return (
        _report_kind(tree, subject, bounce)
        or _answering_machine(headers, subject, text)
        or _sent_to_many(headers)
        or _generated(headers, subject, sender, reply_to)
    )


def may_be_bounce(tree: Node, subject: str, sender: Address | None) -> bool:
    """Whether a mail without a machine-readable report still speaks of one: who sent it, or how it is headed."""
    if "x-failed-recipients" in tree.headers:
        return True
    is_daemon = bool(DAEMON.match(_local(sender)))
    empty_path = (tree.headers.raw("return-path") or "").strip() == "<>"
    return not REPLY_MARK.match(subject) and bool(BOUNCE_SUBJECT.search(subject)) and (is_daemon or empty_path)


def _report_kind(tree: Node, subject: str, bounce: Bounce | None) -> str | None:
    kinds = {child.content_type for child in (tree, *tree.children)}
    report = tree.parameters.get("report-type", "").lower() if tree.content_type == "multipart/report" else ""
    if report == "disposition-notification" or "message/disposition-notification" in kinds:
        return "read-receipt"
    if report == "feedback-report" or "message/feedback-report" in kinds:
        return "feedback-report"
    if bounce is not None:
        good = bounce.recipients and not any(one.action in {"failed", None} for one in bounce.recipients)
        return "delivery-report" if good else "bounce"
    return "bounce" if report == "delivery-status" or "x-failed-recipients" in tree.headers else None


def _answering_machine(headers: Headers, subject: str, text: str) -> str | None:
    submitted = headers.word("auto-submitted")
    is_headed = bool(ABSENCE.match(subject))
    empty_path = (headers.raw("return-path") or "").strip() == "<>"
    strong = (submitted not in NOT_SET) or empty_path or _says_replied(headers)
    weak = "x-auto-response-suppress" in headers or headers.word("precedence") in {"bulk", "junk", "list"}
    if strong and READ_SUBJECT.match(subject):
        return "read-receipt"
    is_tmda = "TMDA" in (headers.raw("x-delivery-agent") or "")
    if is_tmda or ((strong or weak) and CHALLENGE.search(subject)):
        return "challenge"
    if is_headed and (strong or weak or ":" in subject):
        return "out-of-office"
    if strong and ABSENCE_WORDS.search(subject):
        return "out-of-office"
    if submitted.startswith("auto-replied") or _says_replied(headers):
        is_receipt = RECEIPT_WORDS.search(subject + "\n" + text[:3_000]) and not ABSENCE_WORDS.search(text[:3_000])
        return "notification" if is_receipt else "out-of-office"
    return None


def _says_replied(headers: Headers) -> bool:
    set_headers = any(headers.word(name) not in NOT_SET for name in REPLIED_HEADERS if name in headers)
    return (
        set_headers
        or headers.word("precedence") in {"auto_reply", "auto-reply"}
        or headers.word("preference") == "auto_reply"
    )


def _sent_to_many(headers: Headers) -> str | None:
    if "x-google-group-id" in headers and headers.word("auto-submitted") in NOT_SET:
        return None  # companies receive their service mail through such groups; a customer wrote it
    is_list = any(name in headers for name in ("list-id", "list-unsubscribe", "list-post", "list-help"))
    return "list" if is_list or headers.word("precedence") in {"bulk", "list", "junk"} else None


def _generated(headers: Headers, subject: str, sender: Address | None, reply_to: tuple[Address, ...]) -> str | None:
    if DAEMON.match(_local(sender)) and BOUNCE_SUBJECT.search(subject):
        return "bounce"
    if headers.word("auto-submitted") not in NOT_SET or (headers.raw("return-path") or "").strip() == "<>":
        return "notification"
    # A web form writes from no-reply@ with the person's own address in Reply-To.
    has_person = any(one.address and not NOBODY.match(_local(one)) for one in reply_to)
    return "notification" if NOBODY.match(_local(sender)) and not has_person else None


def _local(sender: Address | None) -> str:
    return ((sender and (sender.address or sender.name)) or "").partition("@")[0].strip()
