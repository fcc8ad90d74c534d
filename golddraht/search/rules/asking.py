"""What somebody typed into the search field, understood: words, "phrases", -without, and von: an: status: … in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from golddraht.ground.text import folded, words

LONGEST = 300
MOST_PHRASES = 20
PIECE = re.compile(r'(?P<minus>-)?(?:(?P<key>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')
KEYS = {
    "from": ("von", "from"),
    "to": ("an", "to"),
    "status": ("status", "state"),
    "until": ("vor", "bis", "before"),
    "since": ("nach", "seit", "ab", "after", "since"),
    "tag": ("tag", "schlagwort"),
    "team": ("team", "gruppe"),
    "owner": ("kuemmerer", "kuemmerin", "owner"),
    "priority": ("prioritaet", "prio", "priority"),
    "has": ("hat", "mit", "has"),
    "kind": ("art", "in", "kind"),
}
"""Folded, as everything that is typed."""
STATUSES = {
    "OPEN": ("offen", "open"),
    "WAITING": ("wartet", "wartend", "waiting"),
    "PROPOSED": ("gefragt", "asked"),
    "SOLVED": ("geloest", "erledigt", "solved"),
    "QUIET": ("ruhig", "ruht", "quiet"),
    "MERGED": ("zusammengefuehrt", "merged"),
    "SPAM": ("spam",),
}
PRIORITIES: dict[str, tuple[str, ...]] = {
    "NORMAL": ("normal", "ueblich", "usual"),
    "HIGH": ("wichtig", "important", "high"),
    "URGENT": ("dringend", "eilig", "urgent"),
}
KINDS = {
    "message": ("nachricht", "nachrichten", "message", "messages"),
    "note": ("notiz", "notizen", "note", "notes"),
    "customer": ("kunde", "kundin", "kunden", "customer", "customers"),
    "article": ("artikel", "wissen", "article", "articles"),
}
FILES = ("anhang", "anhaenge", "datei", "attachment", "attachments", "file")
ME = ("ich", "mir", "me")
DAYS_AGO = {"heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2}
GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
AGO = re.compile(r"(\d{1,4})\s?(t|tag|tage|tagen|d|day|days)")


@dataclass(frozen=True)
class Phrase:
    """Folded words that must stand in this order. `meant` are names that may have been meant by a misspelled one."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_quoted: bool = False
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misunderstood:
    """A filter whose value means nothing here; it was left out."""

    key: str
    value: str


@dataclass(frozen=True)
class Asked:
    """What is to be found. Of each kind of filter one value must fit; of words and phrases all."""

    phrases: tuple[Phrase, ...] = ()
    senders: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tags_excluded: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    is_mine: bool = False
    since: date | None = None
    until: date | None = None
    has_file: bool | None = None
    misunderstood: tuple[Misunderstood, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Asked(misunderstood=self.misunderstood)

    @property
    def is_words_only(self) -> bool:
        """Whether nothing but words was given, so that it may be somebody's name."""
        return (
            bool(self.phrases)
            and self == Asked(phrases=self.phrases)
            and not any(one.is_excluded for one in self.phrases)
        )

    @property
    def plain_words(self) -> tuple[str, ...]:
        return tuple(word for phrase in self.phrases if not phrase.is_excluded for word in phrase.words)


def asked(typed: str, *, today: date) -> Asked:
    """Whatever was typed means something: what is no filter is a word."""
    found = Asked()
    for piece in PIECE.finditer(typed[:LONGEST].replace("„", '"').replace("“", '"').replace("”", '"')):
        found = _with(found, piece, today)
    return found


def _with(found: Asked, piece: re.Match[str], today: date) -> Asked:
    value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
    key = _key(piece["key"] or "")
    if piece["key"] and key and value:
        return READERS[key](found, value, bool(piece["minus"]), today)
    text = f"{piece['key']} {value}" if piece["key"] else value
    return _add_phrase(found, "phrases", text, bool(piece["minus"]), piece["quoted"] is not None)


def _key(written: str) -> str:
    plain = folded(written)
    return next((key for key, names in KEYS.items() if plain in names), "")


def _add_phrase(found: Asked, field: str, text: str, is_excluded: bool, is_quoted: bool = False) -> Asked:
    said, before = words(text), getattr(found, field)
    if not said or len(before) >= MOST_PHRASES:
        return found
    return replace(found, **{field: (*before, Phrase(said, is_excluded, is_quoted))})  # type: ignore[arg-type]  # All are tuples of phrases.


def _sender(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    return _add_phrase(found, "senders", value, is_excluded)


def _recipient(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    return _add_phrase(found, "recipients", value, is_excluded)


def _status(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    name = _named(STATUSES, value)
    if not name:
        return _misunderstood(found, "status", value)
    others = tuple(one for one in found.statuses or STATUSES if one != name)
    return replace(found, statuses=others if is_excluded else (*found.statuses, name))


def _priority(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    name = _named(PRIORITIES, value)
    if not name:
        return _misunderstood(found, "priority", value)
    others = tuple(one for one in found.priorities or PRIORITIES if one != name)
    return replace(found, priorities=others if is_excluded else (*found.priorities, name))


def _kind(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    name = _named(KINDS, value)
    if not name:
        return _misunderstood(found, "kind", value)
    others = tuple(one for one in found.kinds or KINDS if one != name)
    return replace(found, kinds=others if is_excluded else (*found.kinds, name))


def _until(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    day = _day(value, today)
    return replace(found, until=day) if day else _misunderstood(found, "until", value)


def _since(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    day = _day(value, today)
    return replace(found, since=day) if day else _misunderstood(found, "since", value)


def _tag(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    field = "tags_excluded" if is_excluded else "tags"
    return replace(found, **{field: (*getattr(found, field), value)})  # type: ignore[arg-type]  # Both are tuples of texts.


def _team(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    return replace(found, teams=(*found.teams, folded(value)))


def _owner(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    if folded(value) in ME:
        return replace(found, is_mine=True)
    return replace(found, owners=(*found.owners, folded(value)))


def _has(found: Asked, value: str, is_excluded: bool, today: date) -> Asked:
    if folded(value) not in FILES:
        return _misunderstood(found, "has", value)
    return replace(found, has_file=not is_excluded)


READERS: dict[str, Callable[[Asked, str, bool, date], Asked]] = {
    "from": _sender,
    "to": _recipient,
    "status": _status,
    "until": _until,
    "since": _since,
    "tag": _tag,
    "team": _team,
    "owner": _owner,
    "priority": _priority,
    "has": _has,
    "kind": _kind,
}


def _misunderstood(found: Asked, key: str, value: str) -> Asked:
    return replace(found, misunderstood=(*found.misunderstood, Misunderstood(key, value)))


def _named(table: dict[str, tuple[str, ...]], value: str) -> str:
    plain = folded(value)
    return next((name for name, spellings in table.items() if plain in spellings), "")


def _day(value: str, today: date) -> date | None:
    """2026-11-03, 3.11.2026, 3.11., "gestern", "30tage"; None for anything else."""
    plain = folded(value)
    ago, german = AGO.fullmatch(plain), GERMAN_DATE.fullmatch(plain)
    days = DAYS_AGO.get(plain, int(ago[1]) if ago else None)
    try:
        if days is not None:
            return today - timedelta(days=days)
        return _german_day(german, today) if german else date.fromisoformat(value)
    except (ValueError, OverflowError):
        return None


def _german_day(written: re.Match[str], today: date) -> date:
    """Without a year it is the last such day."""
    day, month, year = int(written[1]), int(written[2]), written[3]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
