"""New words told apart from quotation and signature.

Nothing is deleted: every line of the text lands in exactly one of the three. Where it is not sure that a line
is old, it counts as new, because a customer's words must never be swallowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .phrases import (
    ADDRESS,
    ANSWERS_BELOW,
    ANY_VERB,
    ARMOUR_BEGIN,
    ARMOUR_END,
    ATTRIBUTION,
    ATTRIBUTION_START,
    DASHES,
    DATE_FIELD,
    DATED_START,
    DEVICE,
    DIVIDER,
    FORWARD,
    FULL_DATE,
    HEADER,
    OTHER_FIELD,
    RULE,
    SENDER_FIELD,
    TIME,
    TOLD,
)


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
HEADER_LINES = 14
QUOTED = re.compile(r"^\s{0,3}(>|&gt;)")
# Gmail breaks `<address>:` in front of the bracket.
WRAPPED_END = re.compile(r"^>\s?[^>\n]{0,30}:\s*$")
# “> 2 bar” on a line of its own is a measure.
MEASURE = re.compile(r"^\s{0,3}>\s?\d")


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
    _measures_are_new(lines, kinds)
    has_verb = any(ANY_VERB.search(line[:MAX_LINE]) for line in lines[:MAX_LINES])
    position = 0
    while position < min(len(lines), MAX_LINES):
        if kinds[position] is Kind.NEW and (length := _opening(lines, position, has_verb=has_verb)):
            position = _close_opening(lines, kinds, position, length)
        else:
            position += 1
    _blank_between_old(lines, kinds)
    _mark_signatures(lines, kinds)
    return kinds


def _measures_are_new(lines: list[str], kinds: list[Kind]) -> None:
    for position, line in enumerate(lines):
        if kinds[position] is Kind.OLD and MEASURE.match(line):
            around = kinds[max(position - 1, 0) : position] + kinds[position + 1 : position + 2]
            before = lines[position - 1] if position else ""
            if Kind.OLD not in around and not before.rstrip().endswith(":"):
                kinds[position] = Kind.NEW


def _opening(lines: list[str], position: int, *, has_verb: bool) -> int:
    """How many lines open a quotation here: 0 when none."""
    line = lines[position][:MAX_LINE]
    if not line.strip():
        return 0
    if DIVIDER.match(line) or FORWARD.match(line):
        return 1 + _header_block(lines, position + 1, is_divided=True)
    if RULE.match(line):
        block = _header_block(lines, position + 1, is_divided=True)
        return block + 1 if block else 0
    if HEADER.match(line) and (block := _header_block(lines, position, is_divided=False)):
        return block
    return _attribution(lines, position) if has_verb else 0


def _header_block(lines: list[str], position: int, *, is_divided: bool) -> int:
    """The length of a block `Von: … Gesendet: … An: … Betreff: …`, leading blank lines included; 0 when none. Where no
    line parts it from the text, the day must come with a time of day, as programs write it."""
    at, said = position, dict[str, str]()
    while at < len(lines) and at < position + 3 and not lines[at].strip():
        at += 1
    start = end = at
    while at < len(lines) and at < start + HEADER_LINES:
        found = HEADER.match(lines[at][:MAX_LINE])
        if found:
            said.setdefault(found.group(1).lower(), found.group(2))
        elif at == start or not _continues(lines, at):
            break
        at = end = at + 1
        if at + 1 < len(lines) and not lines[at].strip() and HEADER.match(lines[at + 1][:MAX_LINE]):
            at += 1  # some programs put an empty line between the fields
    return end - position if _is_header_block(said, is_divided=is_divided) else 0


def _is_header_block(said: dict[str, str], *, is_divided: bool) -> bool:
    dated = next((said[name] for name in said if name in DATE_FIELD), None)
    if dated is None or not said.keys() & SENDER_FIELD or not said.keys() & OTHER_FIELD:
        return False
    return is_divided or bool(TIME.search(dated)) or any(ADDRESS.search(value) for value in said.values())


def _continues(lines: list[str], at: int) -> bool:
    # A long list of recipients runs on to the next line; it holds addresses, or a field follows it at once.
    if not lines[at].strip():
        return False
    follows = at + 1 < len(lines) and HEADER.match(lines[at + 1][:MAX_LINE])
    return "@" in lines[at] or lines[at].rstrip().endswith((";", ",")) or bool(follows)


def _attribution(lines: list[str], position: int) -> int:
    """The length of `Am … schrieb …:` over up to five lines; it must be followed by a quotation or name a time
    or an address; 0 when it is none."""
    if not ATTRIBUTION_START.match(lines[position][:MAX_LINE]):
        return 0
    joined = ""
    for length in range(1, ATTRIBUTION_LINES + 1):
        at = position + length - 1
        if at >= len(lines) or not lines[at].strip():
            return 0
        if length > 1 and QUOTED.match(lines[at]) and not WRAPPED_END.match(lines[at]):
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
    """Marks an opening as old, and all that follows too unless the quotation marks its lines with `>`, or the
    sender says that answers stand in between."""
    end = position + length
    kinds[position:end] = [Kind.OLD] * length
    if _quote_follows(lines, end) or ANSWERS_BELOW.search("\n".join(lines[max(0, position - 40) : position])[-4_000:]):
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
        if kinds[position] is not Kind.NEW:
            pass
        elif DASHES.match(line) and (end := _signature_end(lines, kinds, position)):
            kinds[position:end] = [Kind.SIGNATURE] * (end - position)
            position = end
        elif line.startswith("-----BEGIN PGP") and (end := _armour_end(lines, kinds, position)):
            kinds[position:end] = [Kind.SIGNATURE] * (end - position)
            position = end - 1
        elif len(line) <= 200 and DEVICE.match(line):
            kinds[position] = Kind.SIGNATURE
        position += 1


def _armour_end(lines: list[str], kinds: list[Kind], position: int) -> int:
    """Where the frame of a signed text ends that begins here: the lines above its words, or the signature below."""
    found = ARMOUR_BEGIN.match(lines[position])
    if found is None:
        return 0
    is_head = found.group(1) == "SIGNED MESSAGE"
    for end in range(position + 1, min(len(lines), position + (10 if is_head else 200))):
        if (not lines[end].strip()) if is_head else ARMOUR_END.match(lines[end]):
            return end if is_head else end + 1
        if kinds[end] is not Kind.NEW:
            return 0
    return 0


def _signature_end(lines: list[str], kinds: list[Kind], position: int) -> int:
    """Where the signature that starts with `-- ` ends (RFC 3676 §4.3): at the next quotation or the end of the
    mail. A long text behind two bare dashes is a rule somebody drew, no signature: then 0."""
    end, written = position + 1, 0
    limit = 40 if lines[position].startswith("-- ") else 15
    while end < len(lines) and end < position + 200 and written <= limit and kinds[end] is Kind.NEW:
        written += bool(lines[end].strip())
        end += 1
    return end if written <= limit and end < position + 200 else 0
