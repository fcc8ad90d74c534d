"""What it means that a mail did not arrive: the address is gone, it does not work just now, or this mail is unwanted.

Status codes (RFC 3463, RFC 5248, RFC 7505) come first, as far as servers use them truthfully; where they say nothing, or
use a common number for something else, the words decide, in German and English.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Meaning(StrEnum):
    GONE = "GONE"  # Hard: nobody will ever be reached there.
    PASSING = "PASSING"  # Soft: a full mailbox, too many mails at once; another day it may work.
    UNWANTED = "UNWANTED"  # This mail, or our server, is not taken; it says nothing about the address.
    UNCLEAR = "UNCLEAR"


STATUS = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}$")
NOBODY_THERE = {"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"}
FULL = {"2.2"}

FULL_WORDS = re.compile(
    r"mail ?box (?:is )?(?:full|size limit|over|exceeded)|inbox is (?:full|out of storage)|(?:over|exceed\w*|above) (?:the |its |his |their |storage |disk |mailbox |mail )*(?:quota|limit)|quota (?:is )?(?:exceeded|full|reached)|out of storage"
    r"|insufficient (?:system )?storage|not enough (?:space|storage)|disk ?quota|user is over|postfach\b[^.\n]{0,60}\b(?:voll|überfüllt|überlastet)|(?:speicher\w*|quota|kontingent) (?:ist )?(?:überschritten|erschöpft|voll|aufgebraucht)"
    r"|too many (?:messages|connections|recipients this)|receiving (?:mail|email) (?:at a rate|too quickly)|rate ?limit|try again later|temporar(?:y|ily)|vorübergehend|später (?:noch ?einmal|erneut)|greylist",
    re.IGNORECASE,
)
TIRED_WORDS = re.compile(
    r"retry time|expired|time ?out exceeded|timed? out|gave up|giving up|too long|days|tagen|abgelaufen|aufgegeben",
    re.IGNORECASE,
)
UNWANTED_WORDS = re.compile(
    r"\bspam\b|junk|virus|malware|phishing|blocked|block ?list|black ?list|blacklisted|denylist|\brbl\b|spamhaus|barracuda|sorbs|reputation|policy|prohibited|\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|authentication required"
    r"|not (?:allowed|authori[sz]ed|permitted)|rejected for|unsolicited|content (?:rejected|not)|not this content|message (?:size|too large|too big)|size (?:limit|exceeds)|too (?:large|big)|exceeds? (?:the )?(?:maximum )?(?:message )?size|zu groß|attachment"
    r"|relay(?:ing)? (?:denied|not)|too many hops|mail loop|loop detected|hop count|gesperrt|abgelehnt wegen|unerwünscht|bad (?:reverse )?dns|no ptr|reverse dns|helo",
    re.IGNORECASE,
)
GONE_WORDS = re.compile(
    r"(?:user|recipient|mailbox|account|address|e-?mail(?: account| address)?|local part|alias|name|empfänger\w*|adress\w*|postfach|benutzer\w*|konto)\b[^.\n]{0,80}\b(?:unknown|not found|not known|not exist|n[o']t exist\w*|no longer|invalid|not valid|disabled|deactivated|inactive|suspended|closed|unavailable|"
    r"rejected|not listed|unbekannt|nicht gefunden|existiert nicht|nicht vorhanden|nicht (?:mehr )?(?:gültig|aktiv|erreichbar|verfügbar)|ungültig|deaktiviert|gelöscht|stillgelegt)"
    r"|(?:unknown|no such|invalid|non-?existent|bad destination|nonexistent) (?:\w+ ){0,2}(?:user|recipient|mailbox|address|account|local part|person|destination)|user unknown|(?:does|do) ?(?:not|n't) (?:exist|have (?:an?|any) [\w.-]+ account)|doesn't have an? [\w.-]+ account"
    r"|no mailbox (?:here )?by that name|recipient ?not ?found|recipnotfound|addressunknown|not listed in (?:domino|public)|unbekannter? (?:empfänger|benutzer|adress)|(?:kein\w*|nicht) (?:solche\w* )?(?:empfänger|postfach|benutzer)\b"
    r"|(?:host|domain)(?: or domain)?(?: name)? (?:unknown|not found|does not (?:appear to )?exist)|does not appear to exist|unknown (?:host|domain)|no such (?:host|domain)|nxdomain|null ?mx|does not accept (?:mail|e-?mail)|domäne (?:existiert nicht|nicht gefunden|unbekannt)"
    r"|\b5\.4\.1\b[^\n]{0,80}access denied",
    re.IGNORECASE,
)


def meaning(status: str | None, words: str | None) -> Meaning:
    """What a report or a server's answer says with its enhanced status (may be missing) and in its words."""
    said = " ".join((words or "").split())[:4_000]
    code = status if status and STATUS.match(status) else None
    detail = code.partition(".")[2] if code else ""
    if detail in FULL or (FULL_WORDS.search(said) and detail not in {"1.1", "1.10"}):
        return Meaning.PASSING
    if code and code.startswith("4"):
        return Meaning.PASSING
    if detail in NOBODY_THERE:
        return Meaning.GONE
    is_gone, is_unwanted = bool(GONE_WORDS.search(said)), bool(UNWANTED_WORDS.search(said))
    if _is_office_for_unknown(detail, said):
        return Meaning.GONE
    if detail.startswith(("6.", "7.")) or detail in {"2.3", "3.4", "4.6", "4.7", "4.14", "1.7", "1.8"}:
        # Some servers number an unknown user as a matter of policy; their words say so.
        return Meaning.GONE if is_gone and not is_unwanted else Meaning.UNWANTED
    if is_unwanted:
        return Meaning.UNWANTED
    return Meaning.GONE if is_gone else Meaning.UNCLEAR


def is_worth_another_try(status: str | None, words: str | None) -> bool:
    """Whether the same mail may go through on another day: a full mailbox, unless a server has tried for days already."""
    is_tired = TIRED_WORDS.search(words or "")
    is_full = (status or "").partition(".")[2] in FULL or FULL_WORDS.search(words or "")
    return meaning(status, words) is Meaning.PASSING and bool(is_full) and not is_tired


def _is_office_for_unknown(detail: str, said: str) -> bool:
    # Microsoft 365 knows its recipients at the edge and says of all others “Recipient address rejected: Access denied”.
    return detail == "4.1" and "recipient address rejected: access denied" in said.lower()
