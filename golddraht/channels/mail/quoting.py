"""New words told apart from quotation and signature, in German and English mails.

Nothing is deleted: every line of the text lands in exactly one of the three. Where it is not sure that a line
is old, it counts as new, because a customer's words must never be swallowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a line is."""

    NEW = "new"
    OLD = "old"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Told:
    """The three parts of a text; None where a part is empty."""

    reply_text: str | None
    quoted_text: str | None
    signature: str | None


MAX_LINE = 1_000
MAX_LINES = 20_000
ATTRIBUTION_LINES = 5
QUOTED = re.compile(r"^\s{0,3}(>|&gt;)")
ATTRIBUTION_START = re.compile(
    r"^\s*(?:>\s*)?(?:(?:am|on|le|el|il)\b|(?:mo|di|mi|do|fr|sa|so)\w*[.,]? |\d{1,2}[./]\s?\d|\d{4}-\d\d-\d\d|[\w\"„].{0,80}(?:schrieb|wrote)\b)",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"\b(?:schrieb(?:en)?|schrieben? sie|wrote|a écrit|hat .{0,120}geschrieben|geschrieben)\b[^\n]{0,200}:\s*$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]+\.\w")
TIME = re.compile(r"\d{1,2}[:.]\d{2}\b")
FULL_DATE = re.compile(r"\b20\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2}\b")
# A person tells a story: “Am 3. März 2026 um 10:15 schrieb mir Ihr Kollege: …”. Programs know no pronouns.
TOLD = re.compile(
    r"\b(?:schrieb(?:en)?|geschrieben|wrote)\s+(?:mir|ich|uns|er|sie|wir|man|ihr\w*|me|us|to)\b", re.IGNORECASE
)
DATED_START = re.compile(r"^\s*(?:am|on|le|\d|(?:mo|di|mi|do|fr|sa|so)\w*[.,])", re.IGNORECASE)
DIVIDER = re.compile(
    r"^\s*(?:-{2,}|_{2,}|\*{2,}|={2,})\s*(?:urspr(?:ü|ue)ngliche\s+(?:nachricht|e-?mail|mail)|original-?\s?(?:nachricht|message|mail|e-?mail)"
    r"|weitergeleitete\s+(?:nachricht|e-?mail|mail)|forwarded\s+(?:message|by)|urspr\. nachricht|antwort(?:nachricht)?|reply message)\b.{0,100}$",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"^\s*(?:anfang der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message|weitergeleitete nachricht)\s*:?\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*(?:_{10,}|-{20,})\s*$")
HEADER = re.compile(
    r"^\s*\*?(von|from|gesendet|sent|datum|date|an|to|cc|kopie|betreff|subject|bis|antwort an|reply-to|wichtigkeit|importance)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
SENDER_FIELD = {"von", "from"}
DATE_FIELD = {"gesendet", "sent", "datum", "date"}
OTHER_FIELD = {"betreff", "subject", "an", "to"}
DASHES = re.compile(r"^--\s*$")
DEVICE = re.compile(
    r"^\s*(?:[-–—_*]{0,3}\s*)(?:von meine[mr]\b.{1,60}\bgesendet|(?:gesendet|versendet|verschickt) von meine[mr]\b.{1,60}|sent from my\b.{1,60}"
    r"|(?:gesendet|sent|versendet) (?:von|mit|from|with|via|über|aus) (?:der |dem )?.{0,20}(?:outlook|mail|yahoo|gmx|web\.de|proton|iphone|ipad|android|samsung|huawei|t-online|k-9|app)\b.{0,60}"
    r"|diese (?:nachricht|mail|e-mail) wurde von meinem .{1,80} gesendet|holen sie sich outlook\b.{0,60}|get outlook for\b.{0,60}|outlook (?:für|for) (?:android|ios)\b.{0,40}"
    r"|von .{1,30} mobile? gesendet|mobil gesendet|unterwegs gesendet)\s*\.?\s*(?:<?https?://\S+>?)?\s*$",
    re.IGNORECASE,
)


def told_apart(text: str) -> Told:
    """The parts of a mail's text. An empty reply means that nothing could be told: then all of it is the reply."""
    lines = text.split("\n")
    kinds = _kinds(lines)
    reply = _joined(lines, kinds, Kind.NEW)
    if not reply:
        return Told(_trimmed(text), None, None)
    return Told(reply, _joined(lines, kinds, Kind.OLD), _joined(lines, kinds, Kind.SIGNATURE))


def _joined(lines: list[str], kinds: list[Kind], kind: Kind) -> str | None:
    kept: list[str] = []
    for position, line in enumerate(lines):
        if kinds[position] is kind:
            if kept and position and kinds[position - 1] is not kind and kept[-1].strip():
                kept.append("")  # an answer between quoted lines stays a paragraph of its own
            kept.append(line)
    return _trimmed("\n".join(kept))


def _trimmed(text: str) -> str | None:
    lines = text.rstrip().split("\n")
    first = next((position for position, line in enumerate(lines) if line.strip()), None)
    return None if first is None else "\n".join(lines[first:])


def _kinds(lines: list[str]) -> list[Kind]:
    kinds = [Kind.OLD if QUOTED.match(line) else Kind.NEW for line in lines]
    position = 0
    while position < min(len(lines), MAX_LINES):
        if kinds[position] is Kind.NEW and (length := _opening(lines, position)):
            position = _close_opening(lines, kinds, position, length)
        else:
            position += 1
    _blank_between_old(lines, kinds)
    _mark_signatures(lines, kinds)
    return kinds


def _opening(lines: list[str], position: int) -> int:
    """How many lines open a quotation here: 0 when none."""
    line = lines[position][:MAX_LINE]
    if DIVIDER.match(line) or FORWARD.match(line):
        return 1 + _header_block(lines, position + 1, strict=False)
    if RULE.match(line):
        block = _header_block(lines, position + 1, strict=True)
        return block + 1 if block else 0
    return _header_block(lines, position, strict=True) or _attribution(lines, position)


def _header_block(lines: list[str], position: int, *, strict: bool) -> int:
    """The length of a block `Von: … Gesendet: … An: … Betreff: …`, leading blank lines included; 0 when none."""
    at, names = position, set[str]()
    while at < len(lines) and at < position + 3 and not lines[at].strip():
        at += 1
    start = at
    while at < len(lines) and at < start + 14 and lines[at].strip():
        found = HEADER.match(lines[at])
        if not found and (at == start or not _continues(lines, at)):
            break
        names.update([found.group(1).lower()] if found else [])
        at += 1
    enough = (
        names & SENDER_FIELD
        and (names & DATE_FIELD)
        and (names & OTHER_FIELD)
        and (not strict or start == position or True)
    )
    return at - position if enough else 0


def _continues(lines: list[str], at: int) -> bool:
    # A long list of recipients runs on to the next line; it holds addresses, or a field follows it at once.
    follows = at + 1 < len(lines) and HEADER.match(lines[at + 1])
    return "@" in lines[at] or lines[at].rstrip().endswith((";", ",")) or bool(follows)


def _attribution(lines: list[str], position: int) -> int:
    """The length of `Am … schrieb …:` over up to five lines; it must be followed by a quotation or name a time
    or an address; 0 when it is none."""
    if not ATTRIBUTION_START.match(lines[position][:MAX_LINE]):
        return 0
    joined = ""
    for length in range(1, ATTRIBUTION_LINES + 1):
        at = position + length - 1
        if at >= len(lines) or not lines[at].strip() or (length > 1 and QUOTED.match(lines[at])):
            return 0
        joined = f"{joined} {lines[at].strip()}"[-MAX_LINE:]
        if ATTRIBUTION.search(joined):
            return length if _quote_follows(lines, at + 1) or _is_programs_line(joined) else 0
    return 0


def _is_programs_line(line: str) -> bool:
    """Whether a mail program wrote this attribution, so that all below it is old although nothing marks it."""
    if TOLD.search(line):
        return False
    has_address, has_date = ADDRESS.search(line), FULL_DATE.search(line)
    if DATED_START.match(line):
        return bool(has_address or (has_date and TIME.search(line)))
    return bool(has_address and has_date)


def _quote_follows(lines: list[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 4] if line.strip()), "")
    return bool(QUOTED.match(following))


def _close_opening(lines: list[str], kinds: list[Kind], position: int, length: int) -> int:
    """Marks an opening as old, and all that follows too unless the quotation marks its lines with `>`."""
    end = position + length
    kinds[position:end] = [Kind.OLD] * length
    if _quote_follows(lines, end):
        return end
    kinds[end:] = [Kind.OLD] * (len(lines) - end)
    return len(lines)


def _blank_between_old(lines: list[str], kinds: list[Kind]) -> None:
    for position, line in enumerate(lines):
        if not line.strip() and position and kinds[position - 1] is Kind.OLD:
            kinds[position] = Kind.OLD


def _mark_signatures(lines: list[str], kinds: list[Kind]) -> None:
    position = 0
    while position < min(len(lines), MAX_LINES):
        line = lines[position]
        if kinds[position] is Kind.NEW and DASHES.match(line) and (end := _signature_end(lines, kinds, position)):
            kinds[position:end] = [Kind.SIGNATURE] * (end - position)
            position = end
        elif kinds[position] is Kind.NEW and DEVICE.match(line[:MAX_LINE]):
            kinds[position] = Kind.SIGNATURE
        position += 1


def _signature_end(lines: list[str], kinds: list[Kind], position: int) -> int:
    """Where the signature that starts with `-- ` ends (RFC 3676 §4.3): at the next quotation or the end of the
    mail. A long text behind two bare dashes is a rule somebody drew, no signature: then 0."""
    end, written = position + 1, 0
    limit = 40 if lines[position].startswith("-- ") else 15
    while end < len(lines) and end < position + 200 and written <= limit and kinds[end] is Kind.NEW:
        written += bool(lines[end].strip())
        end += 1
    return end if written <= limit and end < position + 200 else 0
