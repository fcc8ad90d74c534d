"""Address lists of RFC 5322 §3.4, read so that no name and no comma breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .headers import ENCODED_WORD, decoded_words
from .mail import Address

MAX_ADDRESSES = 1_000
PIECE = re.compile(
    rf'"(?:[^"\\]|\\.){{0,500}}"|{ENCODED_WORD.pattern}|<[^<>,;"]*(?:"[^"]*"[^<>,;"]*)?>|\((?:[^()\\]|\\.){{0,200}}\)|[^"=<>(),;:\s]+|\s+|.',
    re.DOTALL,
)
BARE = re.compile(r"[^\s<>()\[\]:;,\"\\@]{1,320}@[^\s<>()\[\]:;,\"\\@]{1,255}")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Draft:
    """One address while it is being read."""

    words: list[str] = field(default_factory=list)
    comment: str = ""
    angle: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.angle is None and not "".join(self.words).strip()


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Every address in the unfolded values of a field, group names left out. Never raises."""
    found: list[Address] = []
    for value in values:
        for draft in _healed(_drafts(value)):
            found.append(_address(draft))
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(one for one in found if one.name or one.address)


def _drafts(value: str) -> Iterator[Draft]:
    draft, in_group = Draft(), False
    for found in PIECE.finditer(value):
        piece = found.group()
        if piece == "," or (piece == ";" and (in_group or not draft.is_empty)):
            yield draft
            draft, in_group = Draft(), in_group and piece == ","
        elif piece == ":" and draft.angle is None and not _has_address(draft):
            draft, in_group = _after_colon(draft)
        else:
            _add(draft, piece)
    yield draft


def _after_colon(draft: Draft) -> tuple[Draft, bool]:
    is_mailto = "".join(draft.words).strip().lower() == "mailto"
    return Draft(), not is_mailto


def _has_address(draft: Draft) -> bool:
    return bool(BARE.search("".join(draft.words)))


def _add(draft: Draft, piece: str) -> None:
    if piece.startswith("<") and piece.endswith(">") and len(piece) > 1:
        draft.angle = piece[1:-1]
    elif piece.startswith("(") and len(piece) > 1:
        draft.comment = draft.comment or piece[1:-1]
    elif piece.startswith('"') and len(piece) > 1:
        draft.words.append(ESCAPED.sub(r"\1", piece[1:-1]))
    else:
        draft.words.append(piece)


def _healed(drafts: Iterable[Draft]) -> Iterator[Draft]:
    # `Müller, Petra <p@x>` forgot its quotes: a piece without an address belongs to the name that follows.
    held: Draft | None = None
    for draft in drafts:
        if draft.is_empty:
            continue
        if held and draft.angle is not None:
            draft.words = [*held.words, ", ", *draft.words]
        elif held:
            yield held
        held = None
        if draft.angle is None and not _has_address(draft):
            held = draft
        else:
            yield draft
    if held:
        yield held


def _address(draft: Draft) -> Address:
    words = "".join(draft.words)
    if draft.angle is not None:
        return Address(_name(words) or _name(draft.comment), _bare(draft.angle))
    if "@" in words and '"' not in words and " " not in words.strip():
        return Address(_name(draft.comment), _bare(words))
    found = BARE.search(words)
    if found is None:
        return Address(_name(words), None)
    rest = words[: found.start()] + " " + words[found.end() :]
    # The bracket in front of it was never closed.
    return Address(_name(rest.rstrip(" <")) or _name(draft.comment), _bare(found.group()))


def _name(words: str) -> str | None:
    text = " ".join(decoded_words(words).split()).strip(" ,")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    return text or None


def _bare(angle: str) -> str | None:
    text = re.sub(r"\s+", "", decoded_words(angle))
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]  # an RFC 822 source route
    return text.strip("<>").rstrip(".,;") or None
